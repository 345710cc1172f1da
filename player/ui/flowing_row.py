"""A layout of a row that goes on in further rows where it is narrow.

Must not know what stands in it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget

_LEAST = 9
"""No row asks for more than this, in heights of a line of text: wider things become narrower."""


class FlowingRow(QLayout):
    """Side by side as long as there is room; those of one row have their middles in line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0, ends: bool = False) -> None:
        """`gap` stands between them, in pixels. With `ends` each row stands at the trailing edge."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self._ends = ends
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add one behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The one at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrower row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high all rows are at a width."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest, unless that gives way itself."""
        sizes = [item.minimumSize() for item in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(min(widest, self._unit() * _LEAST), max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Give each its place."""
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        for item, place in self._places(rect.width())[0]:
            item.setGeometry(QStyle.visualRect(direction, rect, place.translated(rect.topLeft())))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _unit(self) -> int:
        parent = self.parentWidget()
        return parent.fontMetrics().height() if parent is not None else 0

    def _places(self, width: int) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        """Where each stands, and how high all rows are."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width:
                size = QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height())
            if left and left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + self.spacing()
        places: list[tuple[QLayoutItem, QRect]] = []
        top = 0
        for row in rows:
            high = max((size.height() for _, size in row), default=0)
            taken = sum(size.width() for _, size in row) + self.spacing() * (len(row) - 1)
            left = width - taken if self._ends else 0
            for item, size in row:
                places.append((item, QRect(QPoint(left, top + (high - size.height()) // 2), size)))
                left += size.width() + self.spacing()
            top += high + self.spacing()
        return places, max(0, top - self.spacing())
