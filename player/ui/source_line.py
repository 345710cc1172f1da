"""One or two quiet lines under the heading of the chapters: where they come from; pressed, it asks for another source.

Must not know what sources there are.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, mirror
from player.ui.theme import colours
from player.ui.tool_tips import plain_tip
from player.ui.widgets import broken_lines, sized

_MOST_LINES = 2


class SourceLine(QAbstractButton):
    """A sentence that is a button. Takes the focus by Tab only."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(sized(self.font(), 0.88))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription(self.tr("Choose where the chapters come from"))

    def show_words(self, words: str) -> None:
        """Show another sentence; an empty one hides the line."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        """As high as its lines at the present width."""
        lines = max(1, len(self._lines()))
        return QSize(120, self.fontMetrics().lineSpacing() * lines + self._air())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentence, and a mark that there is a choice behind its last word."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = shades.text if self.underMouse() else shades.muted
        painter.setPen(ink)
        metrics, lines = self.fontMetrics(), self._lines()
        top = self._air() / 2
        for number, line in enumerate(lines):
            area = QRectF(0, top + number * metrics.lineSpacing(), self.width(), metrics.lineSpacing())
            draw_text(painter, area, line)
        if lines:
            side = metrics.height() * 0.9
            below = top + (len(lines) - 1) * metrics.lineSpacing() + (metrics.lineSpacing() - side) / 2
            paint_icon(painter, "choose", QRectF(metrics.horizontalAdvance(lines[-1]) + 2, below, side, side), ink)
        self.setToolTip(plain_tip(self.text()) if lines and lines[-1].endswith("…") else "")
        if self.hasFocus():
            painter.setPen(QPen(shades.accent, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _air(self) -> int:
        return round(self.fontMetrics().height() * 0.3)

    def _lines(self) -> list[str]:
        room = max(40, self.width() - self.fontMetrics().height())
        return broken_lines(self.text(), self.font(), room, _MOST_LINES)
