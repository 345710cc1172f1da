"""The table of bookmarks, wherever it stands: a click plays, the text is edited in its place.

Must not know which bookmarks are in it, nor how they are changed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from player.core.bookmarks import LONGEST_TEXT, BookmarkId, ListedBookmark
from player.ui.bookmark_model import BookmarkModel
from player.ui.mirroring import mirrored_rect
from player.ui.plain_table import make_plain
from player.ui.results_delegate import ResultsDelegate
from player.ui.texts import translate

AnyIndex = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BookmarkDelegate(ResultsDelegate):
    """Draws a bookmark as the search draws a chapter; a line to type into takes the place of the words.

    `writing_ended()` when that line has gone, whatever became of the words. Other rows would take it away: they wait.
    """

    writing_ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_writing = False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line for the text."""
        del option, index
        line = QLineEdit(parent)
        line.setMaxLength(LONGEST_TEXT)
        line.setPlaceholderText(translate("bookmarks", "What is it about?"))
        line.setAccessibleName(translate("bookmarks", "Text of the bookmark"))
        self.is_writing = True
        return line

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """The line goes."""
        super().destroyEditor(editor, index)
        self.is_writing = False
        self.writing_ended.emit()

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Begin with the present text. Rows that are read again meanwhile leave what was typed alone."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            super().setEditorData(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Beside the play button, over both lines."""
        del index
        unit = option.fontMetrics.height()
        area = QRect(option.rect)
        height = round(unit * 2.7)
        left = round(self.play_button(area, unit).right() + unit * 0.4)
        place = QRect(left, area.top() + (area.height() - height) // 2, area.right() - left - unit, height)
        editor.setGeometry(mirrored_rect(place, area, editor.layoutDirection()))


class BookmarkTable(QTableView):
    """`play_asked(ListedBookmark)` by a click or Enter, `row_reached(QRect)` when the cursor is in another row."""

    play_asked = Signal(object)
    row_reached = Signal(QRect)

    def __init__(self, model: BookmarkModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.delegate = BookmarkDelegate(self)
        self.setItemDelegate(self.delegate)
        make_plain(self, ResultsDelegate.row_height(self.fontMetrics().height()))
        self.setAccessibleName(self.tr("Bookmarks"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def chosen(self) -> ListedBookmark | None:
        """The bookmark under the cursor."""
        return self._model.listed(self.currentIndex())

    def choose(self, bookmark: BookmarkId | None, otherwise: int = 0) -> None:
        """Put the cursor on a bookmark, or, where that is not there, on the row that is nearest to `otherwise`."""
        ids = self._model.ids
        if ids:
            self.selectRow(ids.index(bookmark) if bookmark in ids else min(max(otherwise, 0), len(ids) - 1))

    def edit_chosen(self) -> None:
        """Let the text of the bookmark under the cursor be typed."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays; that which ended the writing of a text comes here, too, and does not."""
        is_enter = event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter and self.state() is not QTableView.State.EditingState:
            self._play(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._play(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The play button below the mouse shows."""
        self.delegate.pointer = event.position().toPoint()
        self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """None shows any more."""
        self.delegate.pointer = None
        self.viewport().update()
        super().leaveEvent(event)

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_reached.emit(self.visualRect(index))

    def _play(self, index: QModelIndex) -> None:
        listed = self._model.listed(index)
        if listed is not None:
            self.play_asked.emit(listed)
