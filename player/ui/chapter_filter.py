"""Looking for a chapter by words of its title: a button opens a field, Up and Down choose, Enter takes one.

Must not know what is done with a chapter that was found.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from player.ui.buttons import FlatButton
from player.ui.chapter_model import ChapterModel
from player.ui.chapter_table import ChapterTable
from player.ui.search_field import SearchField


class ChapterFilter(QObject):
    """Lives as long as its table. `entered(index)` with the chapter that Enter took."""

    entered = Signal(int)

    def __init__(self, button: FlatButton, field: SearchField, table: ChapterTable, model: ChapterModel) -> None:
        super().__init__(table)
        self._button = button
        self._field = field
        self._table = table
        self._model = model
        self._chosen_before: int | None = None
        field.hide()
        button.toggled.connect(self._show)
        field.line.textChanged.connect(self._on_typed)
        field.line.returnPressed.connect(self._on_entered)
        field.line.installEventFilter(self)
        field.escaped.connect(self._on_left)

    def _show(self, is_shown: bool) -> None:
        self._field.setVisible(is_shown)
        if is_shown:
            self._field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.line.clear()

    def _on_typed(self, words: str) -> None:
        """The first one found is chosen; when all are shown again, it still is, or without one what was before."""
        chosen = self._table.currentIndex()
        number = self._model.chapter_index(chosen.row()) if chosen.isValid() else None
        if not self._model.is_filtered:
            self._chosen_before = number
        self._model.filter(words)
        if self._model.is_filtered:
            row = 0 if self._model.rowCount() else None
        else:
            row = self._model.row_of(self._chosen_before if number is None else number)
        if row is not None:
            self._table.setCurrentIndex(self._model.index(row, 0))

    def _on_entered(self) -> None:
        index = self._table.currentIndex()
        if self._model.rowCount():
            chosen = self._model.chapter_index(index.row() if index.isValid() else 0)
            self._button.setChecked(False)
            self.entered.emit(chosen)

    def _on_left(self) -> None:
        self._button.setChecked(False)
        self._table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field choose a chapter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._model.rowCount():
                row = min(max(self._table.currentIndex().row() + step, 0), self._model.rowCount() - 1)
                self._table.setCurrentIndex(self._model.index(row, 0))
                return True
        return super().eventFilter(watched, event)
