"""The chapters of what plays on a card, to choose another one.

Must not know where it opens.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.app.compose import Services
from player.ui.chapter_hearing import ChapterHearing
from player.ui.chapter_menus import open_link
from player.ui.chapter_model import ChapterModel, LinkRole
from player.ui.chapter_skipping import ChapterSkipping
from player.ui.chapter_table import ChapterTable
from player.ui.errands import Errands
from player.ui.now_playing import NowPlaying
from player.ui.popup_card import PopupCard
from player.ui.texts import translate

_MOST_ROWS, _LEAST_ROWS = 14, 4


class ChaptersPopup(PopupCard):
    """Plays the one that is chosen, and goes away then."""

    def __init__(self, services: Services, now: NowPlaying, errands: Errands, parent: QWidget) -> None:
        super().__init__(translate("chapters", "Chapters"), parent)
        self._services = services
        self._now = now
        self.model = ChapterModel()
        self.table = ChapterTable(self.model)
        self._skipping = ChapterSkipping(services, self.table)
        self._hearing = ChapterHearing(services, self.table)
        for changing in (self._skipping, self._hearing):
            changing.told.connect(errands.tell_done)
            changing.failed.connect(errands.report)
        self.table.clicked.connect(self._on_chosen)
        self.table.activated.connect(self._on_chosen)
        self.table.link_asked.connect(lambda index: open_link(index.data(LinkRole)))
        self.table.box_asked.connect(lambda index: self._skipping.toggle(self.model.chapter_index(index.row())))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.table)
        now.changed.connect(self._show)
        now.moved.connect(self._show_position)
        self._show()

    def open_beside(self, anchor: QWidget) -> None:
        """Open above or below a widget, as high as there is room, with the cursor on the chapter that plays."""
        unit = self.fontMetrics().height()
        row, screen = self.table.delegate.row_height(unit), anchor.screen().availableGeometry()
        top = anchor.mapToGlobal(QPoint(0, 0)).y()
        room = max(top - screen.top(), screen.bottom() - top - anchor.height()) - unit
        rows = min(_MOST_ROWS, self.model.rowCount(), max(_LEAST_ROWS, room // row))
        self.setFixedSize(min(unit * 24, screen.width()), row * rows + 2)
        self.show_above(anchor, self.table)
        if self.model.current is not None:
            index = self.model.index(self.model.current, 0)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, ChapterTable.ScrollHint.PositionAtCenter)

    def _show(self) -> None:
        state, is_playing = self._now.state, self._now.state.is_playing
        self.model.show_chapters(state.chapters)
        self._skipping.show_view(state.episode, state.skipped)
        self._hearing.show_view(state.episode)
        if self.table.delegate.is_playing != is_playing:
            self.table.delegate.is_playing = is_playing
            self.model.refresh_all()
        self._show_position()
        if not state.chapters:
            self.close()

    def _show_position(self) -> None:
        self.model.show_position(self._now.position)

    def _on_chosen(self, index: QModelIndex) -> None:
        number, playback = self.model.chapter_index(index.row()), self._services.playback
        self.close()
        if number == self.model.current:
            playback.play()
        else:
            playback.play_chapter(number)
