"""The square that stands for a podcast or a chapter: a picture, or coloured with initials.

Must not know where pictures come from.
"""

from __future__ import annotations

import hashlib
import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath

from player.ui.mirroring import draw_text, upright

_TILES = (
    "#2b2b2b", "#1f6f54", "#b5522b", "#3d5a99", "#7b2d8b", "#a8761c", "#8c3048", "#2f6f80",
    "#5a6b2f", "#5b4a8a", "#a1443c", "#3f5d4c", "#735a3c", "#4b4f58", "#9a4a74", "#2a6296",
)  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")
_FILLERS = {"the", "a", "an", "of", "and", "podcast", "show", "der", "die", "das", "und", "le", "la"}


def initials(title: str) -> str:
    """Two letters for a title: of its first two telling words, or the first two of its only one."""
    words = [str(word) for word in _WORDS.findall(title)]
    telling = [word for word in words if word.casefold() not in _FILLERS] or words
    if not telling:
        return "?"
    if len(telling) == 1:
        return telling[0][:1].upper() + telling[0][1:2].lower()
    return (telling[0][0] + telling[1][0]).upper()


def tile_colour(title: str) -> QColor:
    """A colour that is always the same for the same title and dark enough for white letters."""
    digest = hashlib.md5(title.casefold().encode(), usedforsecurity=False).digest()
    return QColor(_TILES[int.from_bytes(digest[:4]) % len(_TILES)])


def paint_tile(painter: QPainter, rect: QRectF, title: str, font: QFont, artwork: QImage | None = None) -> None:
    """Draw the podcast `title` into the square `rect`: its artwork, or where that is not here, its tile."""
    if artwork is not None:
        paint_picture(painter, rect, artwork)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tile_colour(title))
    radius = rect.width() * 0.16
    painter.drawRoundedRect(rect, radius, radius)
    letters = QFont(font)
    letters.setPixelSize(max(7, round(rect.width() * 0.36)))
    letters.setWeight(QFont.Weight.Bold)
    painter.setFont(letters)
    painter.setPen(QColor("#ffffff"))
    draw_text(painter, rect, initials(title), Qt.AlignmentFlag.AlignCenter)
    painter.restore()


def paint_picture(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Fill the square `rect` with the middle of a picture, its corners rounded like a podcast's tile."""
    side = min(image.width(), image.height())
    middle = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
    shape = QPainterPath()
    shape.addRoundedRect(rect, rect.width() * 0.12, rect.width() * 0.12)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    with upright(painter, rect):
        painter.drawImage(rect, image, middle)
    painter.restore()
