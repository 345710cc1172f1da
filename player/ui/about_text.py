"""What a podcast says of itself: two lines, and all of it when that is asked for.

Must not know where it stands.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from player.core.search_text import without_tags
from player.ui.buttons import FlatButton, Look
from player.ui.widgets import ElidedLabel, broken_lines

_LINES, _MOST_LINES = 2, 14


class AboutText(QWidget):
    """Hidden where there are no words. A button shows more of them, where there are more."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ElidedLabel(_LINES, factor=0.94, role=QPalette.ColorRole.PlaceholderText)
        self.more = FlatButton(self.tr("more"), "", Look.QUIET)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a description, of which the tags are left out."""
        plain = " ".join(without_tags(text).split())
        if plain != self.words.text():
            self.words.set_text(plain)
            self.more.setChecked(False)
        self.setVisible(bool(plain))
        self._show_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whether there is more depends on the room."""
        super().resizeEvent(event)
        self._show_more()

    def _show_more(self) -> None:
        lines = broken_lines(self.words.text(), self.words.font(), max(40, self.width()), _LINES + 1)
        self.more.setVisible(len(lines) > _LINES)

    def _on_toggled(self, is_whole: bool) -> None:
        self.words.set_lines(_MOST_LINES if is_whole else _LINES)
        self.more.setText(self.tr("less") if is_whole else self.tr("more"))
