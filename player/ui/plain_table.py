"""Table views that look like lists.

Must not know what stands in the rows.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from player.ui.widgets import ThinScrollBar

_WIDEST = 64
"""In heights of a line of text: in a wider row the eye loses the line between its beginning and its end."""


def read_width(unit: int) -> int:
    """How wide rows are at most, from the height of a line of text."""
    return unit * _WIDEST


class _Width(QObject):
    """Keeps the only column of a table as wide as there is room, and as lines are read well."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """There is another width."""
        if event.type() is QEvent.Type.Resize:
            width = self._table.viewport().width()
            self._table.setColumnWidth(0, min(width, read_width(self._table.fontMetrics().height())))
        return super().eventFilter(watched, event)


def make_plain(table: QTableView, row_height: int) -> None:
    """A table that looks like a list: one column, rows of one height, which is quick with very many rows."""
    clear = QPalette()
    # The style would fill the whole row with the highlight colour; the delegates draw what is chosen.
    clear.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
    table.setPalette(clear)
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setMinimumSectionSize(1)
    _Width(table)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(row_height)
    table.setShowGrid(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollBar(ThinScrollBar())
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setTabKeyNavigation(False)
    table.setMouseTracking(True)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
