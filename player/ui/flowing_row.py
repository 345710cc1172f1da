"""A row of widgets that goes on in further rows where it is narrow.

Must not know what stands in it. It is no layout: Qt asks one that is written in Python even while it takes it apart.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

_LEAST = 9
"""No row asks for more than this, in heights of a line of text: wider things become narrower."""


class FlowingRow(QWidget):
    """Side by side as long as there is room; those of one row have their middles in line."""

    def __init__(self, parent: QWidget | None = None, *, gap: float, ends: bool = False) -> None:
        """`gap` stands between them, in heights of a line. With `ends` each row stands at the trailing edge."""
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._known: dict[tuple[object, ...], tuple[list[tuple[QWidget, QRect]], int]] = {}
        self.gap = round(self.fontMetrics().height() * gap)
        """The same in pixels."""
        self._ends = ends
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, *parts: QWidget) -> None:
        """Add some behind the others."""
        for part in parts:
            part.setParent(self)
            part.installEventFilter(self)
            self._parts.append(part)
        self._measure()

    def heightForWidth(self, width: int) -> int:
        """How high all rows are at a width."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [_size(part) for part in self._shown()]
        width = sum(size.width() for size in sizes) + self.gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest, unless that gives way itself."""
        shown, most = self._shown(), self.fontMetrics().height() * _LEAST
        widest = max((_size(part).width() for part in shown), default=0)
        return QSize(min(widest, most), max((_size(part).height() for part in shown), default=0))

    def event(self, event: QEvent) -> bool:
        """One of them has come, gone, or needs another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._measure()
            self._arrange()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One of them comes or goes: Qt tells of it later, when what is around it may have been laid out and drawn."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._measure()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Of what changed while it was hidden, Qt tells nothing."""
        super().showEvent(event)
        self._measure()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of rows."""
        super().resizeEvent(event)
        self._arrange()

    def _measure(self) -> None:
        """Forget what was measured, for a part may want another size."""
        self._known.clear()
        self.updateGeometry()

    def _arrange(self) -> None:
        for part, place in self._places(self.width())[0]:
            part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _places(self, width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        """Where each stands, and how high all rows are. Qt asks again and again, for several widths."""
        shown = self._shown()
        if not self.isVisible():
            # Nobody tells then that a part wants another size.
            return self._placed(shown, width)
        key = (width, *map(id, shown))
        if key not in self._known:
            self._known[key] = self._placed(shown, width)
        return self._known[key]

    def _placed(self, shown: list[QWidget], width: int) -> tuple[list[tuple[QWidget, QRect]], int]:
        rows: list[list[tuple[QWidget, QSize]]] = [[]]
        left = 0
        for part in shown:
            size = _size(part)
            if size.width() > width:
                high = part.heightForWidth(width) if part.hasHeightForWidth() else size.height()
                size = QSize(width, high)
            if left and left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((part, size))
            left += size.width() + self.gap
        places: list[tuple[QWidget, QRect]] = []
        top = 0
        for row in rows:
            high = max((size.height() for _, size in row), default=0)
            taken = sum(size.width() for _, size in row) + self.gap * (len(row) - 1)
            left = width - taken if self._ends else 0
            for part, size in row:
                places.append((part, QRect(QPoint(left, top + (high - size.height()) // 2), size)))
                left += size.width() + self.gap
            top += high + self.gap
        return places, max(0, top - self.gap)


def _size(part: QWidget) -> QSize:
    """What it would like to have, as far as it may."""
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
