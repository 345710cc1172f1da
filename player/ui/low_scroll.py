"""A view of a head and a list: as wide as lines are read well, and scrolled as a whole where the window is low.

Must not know what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from player.ui.following_area import FollowingArea
from player.ui.plain_table import read_width
from player.ui.widgets import set_margins

_LEAST_LIST = 7.0
"""How high the list is at least, in heights of a line of text, unless the view itself is lower."""


class _Rest(QWidget):
    """The pages, which take what height is left. A list asks for little, any other page for what is on it."""

    def __init__(self, pages: QStackedWidget, table: QWidget) -> None:
        super().__init__()
        self._pages = pages
        self._table = table
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)
        pages.currentChanged.connect(lambda _: self.updateGeometry())

    def hasHeightForWidth(self) -> bool:
        """Some pages have words that break."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of the page that is shown: Qt would take the highest of all, and of a list what it would like to have."""
        page = self._pages.currentWidget()
        if page is None or page is self._table or page.isAncestorOf(self._table):
            return self.minimumHeight()
        layout = page.layout()
        return max(self.minimumHeight(), layout.totalHeightForWidth(width) if layout else page.sizeHint().height())


class LowScroll(FollowingArea):
    """Takes the place of the view's layout; `head` is what stands above the list."""

    def __init__(self, view: QWidget, table: QAbstractItemView, pages: QStackedWidget) -> None:
        """`table` is on one of the `pages`, which are what takes the rest of the height."""
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        inside.setAutoFillBackground(True)
        super().__init__(inside)
        self._table = table
        self._rest = _Rest(pages, table)
        self.head = QVBoxLayout()
        self.head.setSpacing(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self._rest, 1)
        whole = QVBoxLayout(view)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    def begin(self) -> None:
        """Show the head again: something else is listed."""
        self.verticalScrollBar().setValue(0)

    def settle(self) -> None:
        """Lay out at once what has changed in the head. Qt does it from the inside out, and draws the steps."""
        for part in (*self._inside.children(), self._inside):
            layout = part.layout() if isinstance(part, QWidget) else None
            if layout is not None:
                layout.activate()

    def follows(self, focus: QWidget) -> bool:
        """The list has the focus while one looks at the head: only keys lead to its rows."""
        return focus is not self._table and super().follows(focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list is never higher than what is seen of the view; what is too wide for the head becomes margin."""
        spare = max(0, self.viewport().width() - read_width(self.fontMetrics().height()))
        set_margins(self.head, self.layoutDirection(), 0, 0, spare, 0)
        least = min(round(self.fontMetrics().height() * _LEAST_LIST), self.viewport().height())
        self._rest.setMinimumHeight(least)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Downwards the wheel scrolls the head away before it scrolls the list. A row that keys lead to is seen."""
        if isinstance(event, QWheelEvent) and watched is self._table.viewport():
            bar = self.verticalScrollBar()
            if event.angleDelta().y() < 0 and bar.value() < bar.maximum():
                QCoreApplication.sendEvent(bar, event)
                return True
        elif event.type() is QEvent.Type.KeyPress and watched is self._table:
            QTimer.singleShot(0, self, self._show_row)
        return super().eventFilter(watched, event)

    def _show_row(self) -> None:
        row = self._table.visualRect(self._table.currentIndex())
        if self._table.isVisible() and row.isValid():
            middle = self._table.viewport().mapTo(self._inside, QPoint(0, row.center().y()))
            self.ensureVisible(0, middle.y(), 0, row.height() // 2 + 1)
