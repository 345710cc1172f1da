"""What is drawn by hand goes from the leading edge to the trailing one, whichever side that is; words stay as they are.

Must not know what is drawn.

Code that draws thinks from left to right. Where the window reads from right to left, `mirror` turns over all that is
drawn, and what is drawn by `draw_text` or between `upright` is turned back in its place. A text reads as its own words
do, whichever way the window does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextOption
from PySide6.QtWidgets import QStyle

from player.ui.texts import ISOLATE

_Side = Qt.AlignmentFlag


def mirror(painter: QPainter, area: QRect | QRectF, direction: Qt.LayoutDirection) -> None:
    """From now on draw in `area` as if from left to right; it stands mirrored where `direction` is the other one.

    A painter does not know the direction of its widget, only that of the application.
    """
    painter.setLayoutDirection(direction)
    if direction is Qt.LayoutDirection.RightToLeft:
        _turn_over(painter, QRectF(area))


@contextmanager
def upright(painter: QPainter, rect: QRectF) -> Iterator[None]:
    """Draw in `rect` what must not be seen in a mirror."""
    with _turned_over(painter, rect, is_wanted=is_turned_over(painter)):
        yield


@contextmanager
def facing(painter: QPainter, rect: QRectF) -> Iterator[None]:
    """Draw in `rect` what looks along the lines of text, whether the rest is turned over or not."""
    is_mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    with _turned_over(painter, rect, is_wanted=is_mirrored != is_turned_over(painter)):
        yield


@contextmanager
def _turned_over(painter: QPainter, rect: QRectF, *, is_wanted: bool) -> Iterator[None]:
    if not is_wanted:
        yield
        return
    painter.save()
    _turn_over(painter, rect)
    yield
    painter.restore()


def is_turned_over(painter: QPainter) -> bool:
    """Whether what is drawn now stands mirrored."""
    return painter.worldTransform().m11() < 0


def draw_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    alignment: Qt.AlignmentFlag = _Side.AlignVCenter | _Side.AlignLeft,
) -> None:
    """Draw one line of text. Left means the leading edge; the words run in their own direction.

    Several facts on one line, of which some are isolated, follow one another as the window reads.
    """
    place = QRectF(rect)
    if is_turned_over(painter) and alignment & (_Side.AlignLeft | _Side.AlignRight):
        alignment ^= _Side.AlignLeft | _Side.AlignRight
    option = QTextOption(alignment | _Side.AlignAbsolute)
    is_joined = ISOLATE in text
    option.setTextDirection(painter.layoutDirection() if is_joined else Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    with upright(painter, place):
        painter.drawText(place, text, option)


def leading_point(point: QPoint, area: QRect, direction: Qt.LayoutDirection) -> QPoint:
    """A place on the screen in `area`, as code that thinks from left to right tells it."""
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    return QPoint(area.left() + area.right() - point.x(), point.y()) if is_mirrored else point


def mirrored_rect(rect: QRect, area: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Where a part of `area`, told as if from left to right, stands on the screen."""
    return QStyle.visualRect(direction, area, rect)


def _turn_over(painter: QPainter, rect: QRectF) -> None:
    painter.translate(rect.left() + rect.right(), 0)
    painter.scale(-1, 1)
