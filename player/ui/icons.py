"""Our monochrome icons, drawn in any colour.

Must not know where an icon is used.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtSvg import QSvgRenderer

from player.ui.mirroring import facing, upright

_FACING = {"return", "chapters", "queue", "all", "sort", "window", "closed"}
"""Arrows of playing and of time are not among them: time goes from left to right everywhere, as on the timeline."""
_PACKAGE = Path(__file__).parents[1]


def resource_folder() -> Path:
    """Where icons and translations lie: inside the package once it is installed, beside it in a checkout."""
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def icon_folder() -> Path:
    """Where the icons lie."""
    return resource_folder() / "icons"


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw the icon `name` into `rect`; one that points along the lines of text does so in either direction."""
    with (facing if name in _FACING else upright)(painter, rect):
        _renderer(name, colour.name()).render(painter, rect)


def window_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(icon_folder() / "earmark.svg"))
