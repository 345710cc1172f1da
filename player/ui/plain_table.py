"""Table views that look like lists.

Must not know what stands in the rows.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from player.ui.widgets import ThinScrollBar


def make_plain(table: QTableView, row_height: int) -> None:
    """A table that looks like a list: one column, rows of one height, which is quick with very many rows."""
    clear = QPalette()
    # The style would fill the whole row with the highlight colour; the delegates draw what is chosen.
    clear.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
    table.setPalette(clear)
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
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
