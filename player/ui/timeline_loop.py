"""Draws a loop on the timeline: a band between two posts, or one post until its end is known.

Must not know what plays, nor how a place becomes a point.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from player.ui.theme import Colours


def paint_loop(painter: QPainter, shades: Colours, area: QRectF, begin: float, end: float | None) -> None:
    """Draw it over the whole height of `area`, from `begin` to `end`, both across."""
    if end is not None:
        band = QColor(shades.accent)
        band.setAlphaF(0.16)
        painter.fillRect(QRectF(begin, area.top(), max(1.0, end - begin), area.height()), band)
    _paint_post(painter, shades, area, begin, 1)
    if end is not None:
        _paint_post(painter, shades, area, end, -1)


def _paint_post(painter: QPainter, shades: Colours, area: QRectF, x: float, side: int) -> None:
    """A post with a pennant that points into the loop."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.accent)
    painter.drawRect(QRectF(x - 0.75, area.top(), 1.5, area.height()))
    top, size = area.top(), 5.0
    painter.drawPolygon(QPolygonF([QPointF(x, top), QPointF(x + side * size, top + size / 2), QPointF(x, top + size)]))
