"""The part of a page that scrolls as a whole, above a part that scrolls by itself, if there is one.

Must not know what is in either.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from player.ui.widgets import PlainScrollArea

_ANY_HEIGHT = 16_777_215
"""Qt's limit of a height that has none."""


class PageArea(PlainScrollArea):
    """Takes all of the page, or as much as is in it: then it scrolls only where there is too little room."""

    # Of the class, for Qt sends events also while Python has taken the attributes of the object away already.
    _left: int | None = None

    def __init__(self, inside: QWidget, layout: QLayout) -> None:
        """`layout` is the one of the widget inside."""
        super().__init__(inside)
        self._layout = layout

    def leave(self, pixels: int | None) -> None:
        """Leave all that is not needed to what stands below, and so many pixels at least; None: leave nothing."""
        self._left = pixels
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside takes another height. (A scroll area filters the events of its widget.)"""
        is_done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return is_done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = self.parentWidget()
        if self._left is None or page is None:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY_HEIGHT)
        else:
            room = page.height() - self._left
            self.setFixedHeight(max(0, min(self._layout.totalHeightForWidth(self.viewport().width()), room)))
