"""The window: how its parts are laid out, fold when it is narrow, and lead to one another.

Must not know what happens inside a part.
"""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.events import PodcastsChanged
from player.core.model import EpisodeId, PodcastId, View
from player.core.play_queue import Piece
from player.ui.actions import Actions, is_no_shortcut
from player.ui.artworks import Artworks
from player.ui.bookmark_gestures import BookmarkGestures
from player.ui.bookmarks_view import BookmarksView
from player.ui.buttons import FlatButton
from player.ui.chapter_column import ChapterColumn
from player.ui.chapter_saver import ChapterSaver
from player.ui.clip_saver import ClipSaver
from player.ui.columns import Columns
from player.ui.damaged_library import RepairOffer
from player.ui.dialogs import connect_dialogs
from player.ui.drop_veil import DropVeil
from player.ui.episode_list import EpisodeList
from player.ui.episode_page import EpisodePage
from player.ui.errands import Errands
from player.ui.folder_gestures import FolderGestures
from player.ui.goto_box import GotoBox
from player.ui.goto_ways import GotoWays
from player.ui.lingering import Lingering
from player.ui.listen import listen
from player.ui.marking import Marking
from player.ui.menus import open_row_menu
from player.ui.mini_player import MiniPlayer
from player.ui.mini_switch import MiniSwitch
from player.ui.notice_bar import NoticeBar
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place, first_place, is_gone
from player.ui.player_bar import PlayerBar
from player.ui.playing_keys import connect_playing
from player.ui.podcast_gestures import PodcastGestures
from player.ui.queue_gestures import QueueGestures, piece_shown
from player.ui.queue_view import QueueView
from player.ui.search_view import SearchView
from player.ui.sidebar import Sidebar
from player.ui.sidebar_model import ClosedFolders
from player.ui.taking import Taking
from player.ui.theme import Theme
from player.ui.top_bar import TopBar
from player.ui.transfers_panel import TransfersPanel
from player.ui.tray import Tray
from player.ui.welcome import Welcome
from player.ui.window_state import WindowState

_LOW_BELOW = 18
"""A height of the window, in heights of a line of text."""


Listing: TypeAlias = EpisodeList | QueueView | SearchView | BookmarksView


class MainWindow(QWidget):
    """Top bar, sidebar, list or page, chapters, notices, player."""

    def __init__(self, services: Services, theme: Theme, memory: QSettings) -> None:
        super().__init__()
        self._services = services
        self._theme = theme
        self._memory = memory
        self._state = WindowState(memory)
        self.setWindowTitle("Earmark")
        self.setMinimumSize(600, 440)
        self.actions_table = Actions(self)
        self.notices = NoticeBar()
        self.errands = Errands(services, self.notices, self)
        artworks = self._artworks = Artworks(services, self)
        self.search = SearchView(services, artworks)
        self.ways = GotoWays(services, self, self.search.show_words, self.errands.say)
        self.goto = GotoBox(self.ways.find, self.ways.here, services.finder.cancel, artworks)
        self.top = TopBar(services, self.actions_table, theme, self.goto)
        closed = ClosedFolders(memory)
        self.sidebar = Sidebar(services, artworks, FolderGestures(services, closed, self.errands, self), closed)
        self.transfers = TransfersPanel(services, artworks)
        self.list = EpisodeList(services, memory, Marking(services, self.errands), self.transfers, artworks)
        self.queue = QueueView(services, artworks)
        self.bookmarks = BookmarksView(services)
        self.page = EpisodePage(services)
        paste = FlatButton(self.tr("Paste outline"), "paste")
        self.chapters = ChapterColumn(services, paste)
        self.player = PlayerBar(services, self.actions_table, artworks)
        self.mini = MiniPlayer(services, self.actions_table, self.player.now, self.errands, memory, self)
        self.mini_switch = MiniSwitch(self, self.mini, self.player.now, self.chapters)
        self.saver = ChapterSaver(services, self.notices, self.errands.overwriting, self)
        self.clip_saver = ClipSaver(services, self.notices, self.errands.overwriting, self)
        self.lingering = Lingering(self._want_what_belongs_to, self)
        self.queueing = QueueGestures(services, self._piece_shown, self.errands, self.queue)
        self.podcasts = PodcastGestures(services, self.sidebar, self.list, self.page, self.errands)
        self.marking = BookmarkGestures(services, self.errands, self.player.timeline, self.bookmarks, self.page, self)
        self.repair = RepairOffer(services, self.notices, self.errands.report, self)
        self.welcome = Welcome(self.actions_table)
        self.tray = Tray(services, self.actions_table, self.bring_to_front, self)
        self.taking = Taking(services, self.errands, lambda: self.chapters.episode, self.show_episode)
        self.veil = DropVeil(self, self.taking.title_shown)
        self.veil.dropped.connect(self.taking.take)
        self.mini_veil = DropVeil(self.mini, self.taking.title_shown)
        self.mini_veil.dropped.connect(partial(self.taking.take, show_window=self.mini_switch.show_window))
        paste.clicked.connect(lambda: self.errands.paste_outline(self.chapters.episode))
        self._lay_out()
        self._connect_parts()
        self._connect_actions()
        self._show_beginning()
        self._state.restore_size(self)

    # --- building

    def _lay_out(self) -> None:
        self.middle = QStackedWidget()
        for part in (self.list, self.queue, self.search, self.bookmarks, self.page):
            self.middle.addWidget(part)
        self.library = Columns(self.sidebar, self.middle, self.chapters)
        self.library.chosen = self._state.widths()
        self.whole = QStackedWidget()
        self.whole.addWidget(self.welcome)
        self.whole.addWidget(self.library)
        self.whole.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.whole, 1)
        column.addWidget(self.notices)
        column.addWidget(self.player)

    def _connect_parts(self) -> None:
        self.sidebar.place_chosen.connect(self.show_place)
        self.sidebar.removal_asked.connect(self.errands.remove_podcast)
        for listing in (self.list, self.queue, self.transfers):
            listing.episode_chosen.connect(self.show_episode)
        self.search.hit_chosen.connect(self.ways.go_to_hit)
        self.search.play_asked.connect(self.ways.play)
        for browsed in (self.list, self.queue, self.search, self.bookmarks):
            browsed.episode_browsed.connect(self.chapters.show_episode)
            browsed.episode_browsed.connect(self.lingering.passed)
        self.chapters.connect_actions(self.actions_table)
        self.queue.connect_actions(self.actions_table)
        self.list.connect_actions(self.actions_table)
        self.transfers.connect_actions(self.actions_table)
        self.queueing.connect_actions(self.actions_table)
        self.podcasts.connect_actions(self.actions_table)
        self.marking.connect_actions(self.actions_table)
        self.chapters.hearing.offered.connect(self.notices.tell)
        for changing in (self.chapters.editor, self.chapters.skipping, self.chapters.hearing):
            changing.told.connect(self.errands.tell_done)
            changing.failed.connect(self.errands.report)
        self.chapters.save_asked.connect(self.saver.ask_for_file)
        self.chapters.export_asked.connect(self.saver.ask_for_document)
        self.clip_saver.hear(self.actions_table, self.chapters.clip_asked, self.marking.clip_asked)
        self.chapters.removal_asked.connect(self.errands.remove_outline)
        self.page.back_asked.connect(self.show_list)
        self.page.emptied.connect(self._on_page_emptied)
        self.player.episode_asked.connect(self.show_episode)
        self.notices.said.connect(self.mini.note)
        self.goto.target_chosen.connect(self.ways.go)
        self.top.chapters.toggled.connect(lambda _: self._fold())
        self.errands.podcast_arrived.connect(self._on_podcast_arrived)
        self.errands.episode_arrived.connect(self.show_episode)
        self.errands.hidden_changed.connect(self._on_hidden_changed)
        listen(self, self._services.bus, PodcastsChanged, self._on_podcasts_changed)

    def _connect_actions(self) -> None:
        actions = self.actions_table
        connect_playing(actions, self._services, self.chapters)
        self.mini_switch.connect_actions(actions, self.player.sleep)
        actions.connect("paste", lambda: self.errands.paste(self.chapters.episode))
        actions.connect("go_to", self.goto.ask)
        actions.connect("search", lambda: self.show_place(SEARCH))
        actions.connect("filter", self._on_filter)
        actions.connect("back", self._on_back)
        actions.connect("row_menu", open_row_menu)
        connect_dialogs(actions, self._services, self._theme, self._artworks, self.errands.report, self)
        actions.connect("quit", self.close)
        self.errands.connect_actions(actions)

    # --- going to places

    def show_place(self, place: Place) -> None:
        """Show the search, the queue, the bookmarks, or the episodes of another place of the sidebar."""
        self._lay_behind(place)
        self.chapters.show_episode(self._services.playback.state.episode)
        self.show_list()
        if place.is_search:
            self.search.begin()
        else:
            self._choose_first()

    def _choose_first(self) -> None:
        """Where nothing plays whose chapters could be shown, those of the first row are."""
        if self._services.playback.state.episode is None and self._listing.model.rowCount():
            self._listing.table.selectRow(0)

    def _lay_behind(self, place: Place) -> None:
        """Have a place be what one goes back to from a page."""
        self._place = place
        self.sidebar.show_place(place)
        own: dict[Place, Listing] = {SEARCH: self.search, QUEUE: self.queue, BOOKMARKS: self.bookmarks}
        self._listing = own.get(place, self.list)
        if self._listing is self.list:
            self.list.show_place(place)

    def show_episode(self, episode: EpisodeId) -> None:
        """Show the page and the chapters of an episode; nothing happens when it is gone."""
        try:
            self.page.show_episode(episode)
        except NotFoundError:
            return
        self.top.chapters.setChecked(False)
        self.middle.setCurrentWidget(self.page)
        # Behind the page, so that it is not taken for a row that was passed by arrow keys.
        self.list.select(episode)
        self.chapters.show_episode(episode)
        self.whole.setCurrentWidget(self.library)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._want_what_belongs_to(episode)

    def show_list(self) -> None:
        """Go back from a page to the list that it was opened from."""
        self._uncover_list()
        (self.search.take_focus if self._listing is self.search else self._listing.table.setFocus)()

    def _uncover_list(self) -> None:
        self.top.chapters.setChecked(False)
        self.middle.setCurrentWidget(self._listing)

    def _want_what_belongs_to(self, episode: EpisodeId) -> None:
        """See to it that the chapter document and the pictures of an episode that is looked at are here."""
        self._services.chapter_documents.want(episode)
        self._services.web_pictures.want(episode)

    def appear(self) -> None:
        """Show the window, or the mini player where that was shown last."""
        self.mini_switch.begin(self._memory)

    def bring_to_front(self) -> None:
        """Show the window, whatever covers it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_beginning(self) -> None:
        """What was shown last, else the episode that is open, else what is new, else the first podcast."""
        playing, kept = self._services.playback.state.episode, self._state.place(self._services.library)
        self.show_place(kept or first_place(self._services.library, playing))
        self._show_library()
        page = playing if kept is None else self._state.page()
        if page is not None:
            self.show_episode(page)
        self.top.chapters.setChecked(self._state.has_chapters_unfolded())

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        """The first one came, the last one went, or the one whose episodes are listed."""
        library = self._services.library
        if library.has_podcasts() != (self.whole.currentWidget() is self.library):
            self._show_library()
        listed = self._place.podcast
        if listed is not None and listed in fact.ids and is_gone(listed, library):
            # The listener did not ask to go elsewhere: a page stays, and the keys stay where they are.
            self._lay_behind(Place(View.NEW))
            if self.chapters.episode is None:
                self.chapters.show_episode(self._services.playback.state.episode)
                self._choose_first()

    def _on_page_emptied(self) -> None:
        """Nothing is on the page any more: back to the list, with the keys if the page had them."""
        if self.middle.currentWidget() is self.page:
            (self.show_list if self.middle.isAncestorOf(self.focusWidget()) else self._uncover_list)()

    def _show_library(self) -> None:
        has_podcasts = self._services.library.has_podcasts()
        self.whole.setCurrentWidget(self.library if has_podcasts else self.welcome)
        self.player.setVisible(has_podcasts)
        self.goto.setVisible(has_podcasts)
        if not has_podcasts:
            self.welcome.setFocus()
        self._fold()

    # --- folding

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns fold where the window is narrow."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        has_library = self.whole.currentWidget() is self.library
        self.top.chapters.setVisible(self.library.is_folded(self.width()) and has_library)
        self.library.fold(self.width(), is_unfolded=self.top.chapters.isChecked())
        for bar in (self.top, self.player):
            bar.set_low(is_low=self.height() < self.fontMetrics().height() * _LOW_BELOW)

    # --- what the parts ask for

    def _on_podcast_arrived(self, podcast: PodcastId) -> None:
        self.sidebar.refresh()
        self._show_library()
        self.show_place(Place(podcast=podcast))

    def _on_hidden_changed(self, hidden: frozenset[PodcastId]) -> None:
        self.sidebar.model.hide(hidden)
        if self._listing is self.list and self.list.place.podcast in hidden:
            self.show_place(Place(View.NEW))

    def _piece_shown(self) -> Piece | None:
        """What the keys of the queue are about: the chapter with the focus, the page's or the list's episode."""
        middle = self.middle.currentWidget()
        if middle is self.search and not self.chapters.table.hasFocus():
            return self.search.piece
        listed = self.list.chosen if middle is self.list else None
        return piece_shown(self.chapters, self.page.episode if middle is self.page else listed)

    def _on_filter(self) -> None:
        middle = None if self.chapters.table.hasFocus() else self.middle.currentWidget()
        if middle is self.list:
            self.list.focus_filter()
        elif middle is self.search:
            self.search.begin()
        elif middle is self.bookmarks:
            self.bookmarks.focus_filter()
        elif middle is not self.page or not self.page.begin_find():
            self.chapters.focus_filter()

    def _on_back(self) -> None:
        if self.notices.isVisible():
            self.notices.dismiss()
        elif self.top.chapters.isChecked():
            self.top.chapters.setChecked(False)
        elif self.middle.currentWidget() is self.page:
            self.show_list()

    # --- events

    def event(self, event: QEvent) -> bool:
        """Keys that belong to a text field or a focused button are no shortcuts."""
        if is_no_shortcut(event, self):
            event.accept()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep how the window is, and what is being typed; removals that wait to be undone are done."""
        self.marking.field.keep()
        self._state.keep_size(self)
        self._state.keep_widths(self.library.chosen)
        page = self.page.episode if self.middle.currentWidget() is self.page else None
        self._state.keep_shown(self._place, page, has_chapters_unfolded=self.top.chapters.isChecked())
        self.mini_switch.end(self._memory)
        self._memory.sync()
        self.errands.finish_removals()
        super().closeEvent(event)
