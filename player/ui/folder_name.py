"""Asks for the name of a folder of podcasts: a line that completes the names that are there, by itself or in a dialog.

Must not know what becomes of the folder.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QCompleter, QDialog, QLineEdit, QWidget

from player.core.folders import Folder, folder_meant, folder_words
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.setting_fields import FIELD_HEIGHT
from player.ui.widgets import WrappedLabel

_WIDTH = 26
"""In heights of a line of text."""


class FolderLine(QLineEdit):
    """A line with a folder."""

    def __init__(self, folder: Folder, known: Iterable[Folder]) -> None:
        super().__init__(folder_words(folder))
        self.setAccessibleName(self.tr("Folder"))
        self.setMinimumHeight(round(self.fontMetrics().height() * FIELD_HEIGHT))
        completer = QCompleter([folder_words(each) for each in known], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    @property
    def value(self) -> Folder:
        """The folder that is meant; of an empty line, none."""
        return folder_meant(self.text())

    def hint(self) -> str:
        """How a folder within another is written."""
        return self.tr("“News / World” is World within News.")


class FolderName(QDialog):
    """`chosen(Folder)` when a name was given."""

    chosen = Signal(object)

    def __init__(self, heading: str, done: str, folder: Folder, known: Iterable[Folder], parent: QWidget) -> None:
        """`heading` says what for, `done` what the button does."""
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        unit = self.fontMetrics().height()
        title = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        title.setText(heading)
        self.line = FolderLine(folder, known)
        self.line.selectAll()
        self.line.textChanged.connect(lambda _: self._show_whether_it_goes())
        hint = WrappedLabel(0.9, role=QPalette.ColorRole.PlaceholderText)
        hint.setText(self.line.hint())
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.done_button = FlatButton(done, "check", Look.PRIMARY)
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self._on_done)
        frame = DialogFrame(self, (self.cancel, self.done_button), spacing=0.7)
        for part in (title, self.line, hint):
            frame.column.addWidget(part)
        frame.fit(unit * _WIDTH)
        self._before = folder
        self._show_whether_it_goes()

    def _show_whether_it_goes(self) -> None:
        self.done_button.setEnabled(self.line.value not in ((), self._before))

    def _on_done(self) -> None:
        self.chosen.emit(self.line.value)
        self.accept()
