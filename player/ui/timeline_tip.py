"""The small label above the timeline that says which chapter and time are under the pointer.

Must not know a timeline.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from player.ui.mirroring import draw_text
from player.ui.theme import colours
from player.ui.widgets import sized

_WIDEST = 26
"""In heights of a line of text: a long title is cut, so that the label still points at something."""


class TimelineTip(QWidget):
    """A label that floats inside its window, above a point."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text = ""
        self.setFont(sized(window.font(), 0.92))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def text(self) -> str:
        """What it says."""
        return self._text

    def show_above(self, point: QPoint, text: str) -> None:
        """Say `text` above `point` (in global coordinates), inside the window."""
        self._text = text
        metrics = self.fontMetrics()
        window = self._window
        room = min(window.width() - 16, metrics.height() * _WIDEST)
        width = min(metrics.horizontalAdvance(text) + metrics.height() + 4, room)
        height = round(metrics.height() * 1.7)
        at = window.mapFromGlobal(point)
        left = min(max(8, at.x() - width // 2), window.width() - width - 8)
        self.setGeometry(left, at.y() - height, width, height)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the label."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.tip)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(shades.tip_text)
        text = self.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideMiddle, self.width() - self.fontMetrics().height()
        )
        draw_text(painter, self.rect(), text, Qt.AlignmentFlag.AlignCenter)
