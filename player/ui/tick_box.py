"""A check box that is drawn from the palette: the style's own frame cannot be seen on a dark window.

Must not know what is ticked.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, mirror
from player.ui.theme import colours, mixed
from player.ui.widgets import broken_lines

_WORDS_AT = 1.5
_LEAST_WIDTH = 7.0
"""In heights of a line of text."""
_MOST_LINES = 4


class TickBox(QCheckBox):
    """A square with a tick, and words beside it, over some lines where it is narrow."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for the square and the words."""
        metrics = self.fontMetrics()
        width = round(metrics.height() * 1.6) + metrics.horizontalAdvance(self._words())
        return QSize(width + 2, round(metrics.height() * 1.5))

    def minimumSizeHint(self) -> QSize:
        """Room for a word or two."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), round(self.fontMetrics().height() * _LEAST_WIDTH)), hint.height())

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        unit = self.fontMetrics().height()
        return round(unit * 1.5) + unit * (len(self._lines(width)) - 1)

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def _lines(self, width: int) -> list[str]:
        room = width - round(self.fontMetrics().height() * _WORDS_AT)
        return broken_lines(self._words(), self.font(), room, _MOST_LINES) or [""]

    def hitButton(self, place: QPoint) -> bool:
        """A click anywhere counts."""
        del place
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the square, its tick, and the words."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = round(self.fontMetrics().height() * 0.95)
        square = QRectF(1.5, (self.height() - side) / 2, side, side)
        is_on = self.isChecked()
        painter.setPen(QPen(shades.accent if is_on else shades.track_strong))
        fill = shades.accent if is_on else shades.card
        painter.setBrush(mixed(fill, shades.text, 0.06) if self.underMouse() else fill)
        painter.drawRoundedRect(square, 4, 4)
        if is_on:
            paint_icon(painter, "check", square.adjusted(2, 2, -2, -2), shades.on_accent)
        if self.hasFocus():
            painter.setPen(QPen(shades.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(square.adjusted(-1, -1, 1, 1), 5, 5)
        painter.setPen(shades.text if self.isEnabled() else shades.faint)
        unit = self.fontMetrics().height()
        lines = self._lines(self.width())
        words = self.rect().adjusted(round(unit * _WORDS_AT), 0, 0, 0)
        words.setHeight(unit)
        words.moveTop((self.height() - unit * len(lines)) // 2)
        for line in lines:
            draw_text(painter, words, line)
            words.translate(0, unit)
