"""What stands in the place of chapters where there are none: how to get some.

Must not know how an outline is taken.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.ui.buttons import FlatButton
from player.ui.widgets import WrappedLabel


class NoChapters(QWidget):
    """A few words, and the button that pastes."""

    def __init__(self, paste: FlatButton) -> None:
        super().__init__()
        self.words = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self._paste = paste
        unit = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit // 2, unit, unit)
        column.setSpacing(unit)
        column.addWidget(self.words)
        column.addWidget(paste)
        column.addStretch()

    def show_words(self, *, has_episode: bool) -> None:
        """Say it for an episode, or for none."""
        self._paste.setVisible(has_episode)
        if not has_episode:
            self.words.setText(self.tr("The chapters of the episode that you choose appear here."))
            return
        self.words.setText(
            self.tr(
                "This episode has no chapters: its show notes have no outline, and its feed and audio file name none."
                " Copy an outline from anywhere, a line with a time for each chapter, and paste it here. Or choose Edit"
                " and add chapters while you listen."
            )
        )
