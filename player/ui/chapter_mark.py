"""Draws what stands before a chapter: its number, how much of it was heard, that it plays, or its check box.

Must not know a table or a model.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from player.core.heard import Heard
from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text
from player.ui.theme import Colours
from player.ui.widgets import sized

_WHOLE_TURN = 16 * 360


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """What to draw: `sign` is an icon of the chapter that plays, `part` how much was heard, from 0.0 to 1.0.

    One that `has_box` shows whether it is played, or skipped: it is skipped, or the pointer is over its mark.
    """

    number: int
    heard: Heard
    part: float
    sign: str | None
    is_skipped: bool
    has_box: bool


def paint_mark(painter: QPainter, slot: QRect, font: QFont, shades: Colours, mark: ChapterMark) -> None:
    """Draw it in the middle of `slot`; `font` is that of the row."""
    side = painter.fontMetrics().height() * 0.85
    square = QRectF(slot.center().x() - side / 2, slot.center().y() - side / 2, side, side)
    if mark.has_box:
        _paint_box(painter, square.adjusted(1, 1, -1, -1), shades, is_ticked=not mark.is_skipped)
    elif mark.sign is not None:
        paint_icon(painter, mark.sign, square, shades.accent)
    elif mark.heard is Heard.ALL:
        paint_icon(painter, "check", square, shades.good)
    elif mark.heard is Heard.PARTLY:
        _paint_part(painter, square.adjusted(1.5, 1.5, -1.5, -1.5), shades, mark.part)
    else:
        painter.setFont(sized(font, 0.86))
        painter.setPen(shades.muted)
        draw_text(painter, slot, str(mark.number), Qt.AlignmentFlag.AlignCenter)


def _paint_box(painter: QPainter, square: QRectF, shades: Colours, *, is_ticked: bool) -> None:
    """A square, ticked where the chapter is played."""
    painter.setPen(QPen(shades.accent if is_ticked else shades.muted, 1.2))
    painter.setBrush(shades.accent if is_ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, 3, 3)
    if is_ticked:
        paint_icon(painter, "check", square.adjusted(1, 1, -1, -1), shades.on_accent)


def _paint_part(painter: QPainter, square: QRectF, shades: Colours, part: float) -> None:
    """A disc that fills up clockwise."""
    painter.setPen(QPen(shades.good, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(square)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.good)
    inner = square.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawPie(inner, _WHOLE_TURN // 4, -round(_WHOLE_TURN * min(0.9, max(0.1, part))))
