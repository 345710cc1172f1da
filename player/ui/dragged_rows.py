"""Rows of a model that are dragged to another place among themselves.

Must not know what a row is: each is known by a number.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

AnyIndex = QModelIndex | QPersistentModelIndex


class DraggedRows(QAbstractTableModel):
    """One column of rows. `dropped(id, place)` when one was dragged: `place` is counted without it."""

    dropped = Signal(object, int)

    def __init__(self, mime: str) -> None:
        """`mime` is the type of what is dragged, which means nothing elsewhere."""
        super().__init__()
        self._mime = mime

    @property
    def ids(self) -> Sequence[int]:
        """What the rows are known by, in their order."""
        raise NotImplementedError

    def row_of(self, id_: int) -> int | None:
        """The row that is known by an id."""
        return next((number for number, each in enumerate(self.ids) if each == id_), None)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between rows."""
        flags = super().flags(index)
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """They are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Our own."""
        return [self._mime]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The id of the dragged one."""
        data = QMimeData()
        data.setData(self._mime, str(self.ids[indexes[0].row()]).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Tell where one was dropped: before `row`, or at the end for -1."""
        del action, column, parent
        id_ = int(bytes(data.data(self._mime).data()))
        source = self.row_of(id_)
        if source is None:
            return False
        place = self.rowCount() if row < 0 else row
        self.dropped.emit(id_, place - 1 if place > source else place)
        return True
