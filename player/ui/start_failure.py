"""The dialog that says why there is no window, where the program cannot start, and lets it be tried again.

Must not know how the program starts.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QWidget

from player.core.errors import KnownError, ProfileError, ProfileInUseError
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.texts import error_text
from player.ui.widgets import WrappedLabel

_WIDTH = 32
"""In heights of a line."""


class StartFailure(QDialog):
    """What happened and what helps. Accepted, when it is to be tried again."""

    def __init__(self, error: KnownError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Earmark")
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Earmark could not start"))
        self.words = WrappedLabel()
        self.words.setText(error_text(error))
        # To be copied into a search or a report.
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.more.setText(self._advice(error))
        if not self.more.text():
            self.more.hide()
        self.leave = FlatButton(self.tr("Quit"))
        self.leave.clicked.connect(self.reject)
        self.again = FlatButton(self.tr("Try again"), "", Look.PRIMARY)
        self.again.clicked.connect(self.accept)
        self.again.setDefault(True)
        frame = DialogFrame(self, (self.leave, self.again), spacing=1)
        for widget in (heading, self.words, self.more):
            frame.column.addWidget(widget)
        frame.column.addStretch()
        frame.fit(self.fontMetrics().height() * _WIDTH)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _advice(self, error: KnownError) -> str:
        if isinstance(error, ProfileError):
            return self.tr(
                "Your podcasts, places and chapters are kept in that folder. Once it can be read and written, as when"
                " its disk is there again, try again. Nothing in it was changed."
            )
        if isinstance(error, ProfileInUseError):
            return self.tr(
                "Close the other Earmark first. Where it has no window and gives no answer, end it in the list of"
                " running programs. Then try again."
            )
        return ""
