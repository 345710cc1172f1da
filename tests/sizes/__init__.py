"""Finds what has too little room in a window that is shown: cut, pressed together, over one another, off the screen.

Must not know any view: `accessibility.scenes` brings them to the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QSlider,
    QWidget,
)

from player.ui.widgets import ElidedLabel

_READ = (QAbstractButton, QAbstractSpinBox, QLabel, QLineEdit, QSlider, QAbstractItemView)
_LEAST_WORDS = 2.5
"""So much of a text that is cut must be left at least, in heights of a line."""


def squeezed(root: QWidget) -> list[str]:
    """What cannot be seen, read or pressed as a whole, nor be scrolled to."""
    found = []
    screen, frame = root.screen().availableGeometry(), root.frameGeometry().size() - root.size()
    # Before a window stands somewhere, nobody knows how wide its frame is.
    if root.isWindow() and not screen.adjusted(0, 0, frame.width(), frame.height()).contains(root.geometry()):
        found.append(f"{_who(root)} of {_size(root)} is not on the screen of {screen.width()}×{screen.height()}")
    shown = [each for each in root.findChildren(QWidget) if _is_read(each, root)]
    for each in shown:
        found += [f"{_who(each)} {problem}" for problem in (*_cuts(each, root), *_lacks(each))]
    for one, other in combinations(shown, 2):
        if _is_over(one, other):
            found.append(f"{_who(one)} and {_who(other)} are over one another")
    return found


def _is_read(widget: QWidget, root: QWidget) -> bool:
    """Whether it stands for itself: seen, in this window, and no part of a field or of a list."""
    is_there = widget.isVisible() and widget.window() is root.window() and isinstance(widget, _READ)
    around = widget.parentWidget()
    is_part = (
        isinstance(widget, QHeaderView)
        or isinstance(around, QAbstractSpinBox | QLineEdit)
        or _is_viewport(around, QAbstractItemView)
    )
    has_words = not isinstance(widget, QLabel) or bool(widget.text()) or not widget.pixmap().isNull()
    return is_there and not is_part and has_words


def _is_viewport(widget: QWidget | None, kind: type[QAbstractScrollArea] = QAbstractScrollArea) -> bool:
    area = widget.parentWidget() if widget is not None else None
    return isinstance(area, kind) and area.viewport() is widget


def _cuts(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Where what is around leaves no room for it; what scrolls does so upwards and downwards only."""
    scrolls, around = False, widget
    while around is not root and (parent := around.parentWidget()) is not None:
        around = parent
        place = QRect(widget.mapTo(around, QPoint()), widget.size())
        scrolls = scrolls or _is_viewport(around)
        if place.left() < -1 or place.right() > around.width():
            yield f"is cut at a side by {type(around).__name__}: {place.left()} to {place.right()} of {around.width()}"
            return
        if not scrolls and (place.top() < -1 or place.bottom() > around.height()):
            yield f"is cut by {type(around).__name__}: {place.top()} to {place.bottom()} of {around.height()}"
            return


def _lacks(widget: QWidget) -> Iterator[str]:
    """What it has less of than it needs."""
    unit = widget.fontMetrics().height()
    least = widget.minimumSizeHint()
    wide, high = least.width(), least.height()
    if isinstance(widget, ElidedLabel):
        wide, high = min(widget.fontMetrics().horizontalAdvance(widget.text()), round(unit * _LEAST_WORDS)), unit
    elif isinstance(widget, QLabel) and widget.wordWrap():
        wide, high = unit * 3, widget.heightForWidth(widget.width())
    elif isinstance(widget, QLineEdit):
        wide = unit * 3
    elif isinstance(widget, QAbstractItemView):
        wide, high = unit * 2, unit * 2
    if widget.width() < wide - 1 or widget.height() < high - 1:
        yield f"has {_size(widget)} and needs {wide}×{high}"


def _is_over(one: QWidget, other: QWidget) -> bool:
    """Whether parts of one layout are on top of one another; what floats above the rest is in none."""
    first, second = _line(one), _line(other)
    if one in second or other in first:
        return False
    around = next(each for each in first if each in second)
    branches = first[first.index(around) - 1], second[second.index(around) - 1]
    layout = around.layout()
    if layout is None or not all(_holds(layout, each) for each in branches):
        return False
    places = [_seen(each, around) for each in (one, other)]
    shared = places[0].intersected(places[1])
    return shared.width() > 1 and shared.height() > 1


def _seen(widget: QWidget, around: QWidget) -> QRect:
    """The part of a widget that is not scrolled away, in the place of what is around it."""
    place, each = QRect(QPoint(), widget.size()), widget
    while each is not around and (parent := each.parentWidget()) is not None:
        place = place.translated(each.pos()).intersected(parent.rect())
        each = parent
    return place


def _line(widget: QWidget) -> list[QWidget]:
    """A widget and all that is around it."""
    line = [widget]
    while not line[-1].isWindow() and (parent := line[-1].parentWidget()) is not None:
        line.append(parent)
    return line


def _holds(layout: QLayout, widget: QWidget) -> bool:
    # Not by `itemAt`: PySide keeps what that gives for as long as the layout, and takes another object for it that lies
    # in its place later on.
    inner = (each for each in layout.children() if isinstance(each, QLayout))
    return layout.indexOf(widget) >= 0 or any(_holds(each, widget) for each in inner)


def _size(widget: QWidget) -> str:
    return f"{widget.width()}×{widget.height()}"


def _who(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    around = f" in {type(widget.parentWidget()).__name__}" if widget.parentWidget() is not None else ""
    return f"{type(widget).__name__} “{(words or widget.accessibleName())[:40]}”{around}"
