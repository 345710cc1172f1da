"""How the parts of a timeline are drawn: segments, played or skipped, what is not here yet, and the playhead.

Must not know a widget, nor how a place becomes a point.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from player.ui.theme import Colours, mixed


def paint_segment(
    painter: QPainter, shades: Colours, rect: QRectF, heard: float, *, is_current: bool, is_hovered: bool
) -> None:
    """Draw a segment, played up to `heard` across."""
    track = shades.segment_hot if is_hovered else shades.segment
    played = mixed(shades.accent, shades.text, 0.15) if is_hovered else shades.accent
    if heard >= rect.right():
        fill(painter, rect, played)
        return
    fill(painter, rect, mixed(track, shades.accent, 0.18) if is_current else track)
    if heard > rect.left():
        painter.save()
        painter.setClipRect(QRectF(rect.left(), 0, heard - rect.left(), rect.bottom() + 1))
        fill(painter, rect, played)
        painter.restore()


def paint_playhead(painter: QPainter, x: float, height: int, shades: Colours) -> None:
    """Draw the post that shows the place."""
    painter.setBrush(shades.text)
    painter.drawRoundedRect(QRectF(x - 1, height * 0.05, 2, height * 0.9), 1, 1)


def paint_skipped(
    painter: QPainter, shades: Colours, area: QRectF, is_alone: bool, *, is_hovered: bool = False
) -> None:
    """A hatched segment, and, unless it stands alone, the waveform above it pale: this is left out."""
    if not is_alone:
        veil(painter, QRectF(area.left(), 0, area.width(), area.top()), shades)
    fill(painter, area, mixed(shades.chrome, shades.track, 0.5))
    painter.setBrush(QBrush(shades.track_strong if is_hovered else shades.faint, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(area)


def veil(painter: QPainter, rect: QRectF, shades: Colours) -> None:
    """Make what is drawn there pale."""
    colour = QColor(shades.chrome)
    colour.setAlphaF(0.65)
    painter.fillRect(rect, colour)


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle with round corners."""
    radius = min(3.0, rect.width() / 2)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
