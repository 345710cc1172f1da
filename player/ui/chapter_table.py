"""The table of chapters: clicks on a link's sign and the menu of a row are told apart from clicks that play.

Must not know what is done with them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

from player.ui.chapter_delegate import ChapterDelegate
from player.ui.chapter_model import ChapterModel, LinkRole
from player.ui.mirroring import leading_point
from player.ui.plain_table import make_plain


class ChapterTable(QTableView):
    """Signals: `link_asked(index)` for a click on the sign of a link, `box_asked(index)` for one on a check box,
    `menu_asked(index, point)` on the screen.
    """

    link_asked = Signal(QModelIndex)
    box_asked = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, model: ChapterModel) -> None:
        super().__init__()
        self.chapters = model
        self._is_taken = False
        """Whether the last press of the left button was on a link or a check box."""
        self.setModel(model)
        self.delegate = ChapterDelegate(self, model)
        self.setItemDelegate(self.delegate)
        make_plain(self, self.delegate.row_height(self.fontMetrics().height()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setAccessibleName(self.tr("Chapters"))

    def show_pictures(self, *, has_pictures: bool) -> None:
        """Make room for pictures, or none."""
        if has_pictures != self.delegate.has_pictures:
            self.delegate.has_pictures = has_pictures
            height = self.delegate.row_height(self.fontMetrics().height())
            self.verticalHeader().setDefaultSectionSize(height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the sign of a link opens it and does not play; one on a check box changes that."""
        if event.button() is Qt.MouseButton.LeftButton and not self._takes(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a link or a check box, the second press counts as the first did."""
        if event.button() is Qt.MouseButton.LeftButton and not self._takes(event):
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that began or ends on a link or a check box is no click on the row."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if not self._is_taken and not self._is_on_link(index, place) and not self._is_on_box(index, place):
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the sign of a link; a check box in the place of a mark."""
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        self._point_at(index if self._is_on_box(index, place) else None)
        is_hand = self._is_on_link(index, place)
        shape = Qt.CursorShape.PointingHandCursor if is_hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the chosen one when a key asks for it."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index, at = self.indexAt(self.viewport().mapFromGlobal(event.globalPos())), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(index, at)

    def _point_at(self, index: QModelIndex | None) -> None:
        pointed = None if index is None else self.chapters.chapter_index(index.row())
        if pointed != self.delegate.pointed:
            self.delegate.pointed = pointed
            self.viewport().update()

    def _takes(self, event: QMouseEvent) -> bool:
        """Do what a press on a link or a check box asks for; False for all others."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_on_link, is_on_box = self._is_on_link(index, place), self._is_on_box(index, place)
        self._is_taken = is_on_link or is_on_box
        if is_on_link:
            self.link_asked.emit(index)
        elif is_on_box:
            self.box_asked.emit(index)
        return self._is_taken

    def _is_on_box(self, index: QModelIndex, place: QPoint) -> bool:
        row = self.visualRect(index)
        place = leading_point(place, row, self.layoutDirection())
        return index.isValid() and self.delegate.mark_area(row, self.font()).contains(place)

    def _is_on_link(self, index: QModelIndex, place: QPoint) -> bool:
        if not index.isValid() or not index.data(LinkRole):
            return False
        row = self.visualRect(index)
        place = leading_point(place, row, self.layoutDirection())
        return self.delegate.link_area(row, self.font(), index).contains(place)
