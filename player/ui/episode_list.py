"""The middle of the window when a place of the sidebar is shown: its name, filters, an order, its episodes.

Must not know what an episode's page looks like.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStackedWidget,
    QTableView,
)

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.events import (
    DownloadChanged,
    DownloadProgressed,
    EpisodesChanged,
    PlaybackChanged,
    PodcastsChanged,
    PositionChanged,
    RefreshChanged,
)
from player.core.model import EpisodeId, EpisodeQuery, Filter, Podcast, PodcastKind, View
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.episode_delegate import EpisodeDelegate
from player.ui.episode_menu import open_marks_menu, open_menu
from player.ui.episode_model import EpisodeModel, FactsRole
from player.ui.list_bar import ListBar
from player.ui.list_choice import ListMemory
from player.ui.list_head import ListHead
from player.ui.listen import listen
from player.ui.low_scroll import LowScroll
from player.ui.marking import Marking
from player.ui.places import Place, nothing_there
from player.ui.plain_table import make_plain
from player.ui.search_field import SearchField
from player.ui.soon import Soon
from player.ui.texts import episodes_text, join_facts, unplayed_text
from player.ui.time_left import time_left
from player.ui.transfers_panel import TransfersPanel
from player.ui.widgets import EmptyPage, Panel

READ_AFTER_MS = 150
"""Facts come in swarms; the ids are read once for all of them."""

_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""With these a click chooses more than one episode, and opens none."""


class EpisodeList(Panel):
    """The episodes of a place; `transfers` stands above the downloads that are finished.

    Signals: `episode_chosen(id)` to open a page, `episode_browsed(id)` by arrow keys, `settings_asked(PodcastId)`.
    """

    episode_chosen = Signal(object)
    settings_asked = Signal(object)
    episode_browsed = Signal(object)

    def __init__(
        self, services: Services, memory: QSettings, marking: Marking, transfers: TransfersPanel, artworks: Artworks
    ) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self._services = services
        self._artworks = artworks
        self._memory = ListMemory(memory)
        self._marking = marking
        self._transfers = transfers
        self._place = Place(View.NEW)
        self._phase = services.playback.state.phase
        self._left = ""
        self._counts = ""
        self.model = EpisodeModel(services.library, partial(time_left, services.playback))
        self._build()
        self._soon = Soon(self.refresh, self, READ_AFTER_MS)
        bus = services.bus
        listen(self, bus, EpisodesChanged, self._on_episodes_changed)
        listen(self, bus, PodcastsChanged, lambda _: self._soon.ask())
        listen(self, bus, DownloadChanged, self._on_download_changed)
        listen(self, bus, DownloadProgressed, lambda fact: self.model.touch(fact.id))
        listen(self, bus, PlaybackChanged, self._on_playback_changed)
        listen(self, bus, PositionChanged, lambda fact: self._show_left(fact.id))
        listen(self, bus, RefreshChanged, lambda fact: self._show_refreshing(fact.running))
        self._show_playing(services.playback.state.episode)
        artworks.arrived.connect(self.table.viewport().update)

    def _build(self) -> None:
        unit = self.fontMetrics().height()
        self.filter = SearchField(self.tr("Filter by title"), self.tr("Filter episodes"))
        self.filter.setMaximumWidth(unit * 14)
        self.filter.line.textChanged.connect(lambda _: self._read_other())
        self.filter.escaped.connect(self._on_filter_left)
        self.refresh_button = FlatButton("", "refresh", Look.QUIET, self.tr("Refresh"))
        self.refresh_button.clicked.connect(self._on_refresh_clicked)
        self.settings_button = FlatButton("", "settings", Look.QUIET, self.tr("Podcast settings"))
        self.settings_button.clicked.connect(lambda: self.settings_asked.emit(self._place.podcast))
        self.mark_button = FlatButton("", "check_all", Look.QUIET, self.tr("Mark all in this list as played"))
        self.mark_button.clicked.connect(lambda: self._marking.mark(self.model.ids, played=True))
        tools = (self.mark_button, self.settings_button, self.refresh_button, self.filter)
        self.head = ListHead(self._services, self._artworks, tools)
        self.bar = ListBar()
        self.bar.changed.connect(self._on_choice_changed)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.delegate = EpisodeDelegate(self.table, self._services.downloads.progress, self._artworks)
        self.table.setItemDelegate(self.delegate)
        make_plain(self.table, EpisodeDelegate.row_height(unit))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAccessibleName(self.tr("Episodes"))
        self.table.clicked.connect(self._on_chosen)
        self.table.activated.connect(self._on_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_browsed())
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.empty = EmptyPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        self._lay_out(unit)

    def _lay_out(self, unit: int) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(round(unit * 1.7), round(unit * 1.3), unit, unit // 2)
        top.addWidget(self.head, 1)
        choices = QHBoxLayout()
        choices.setContentsMargins(round(unit * 1.7), 0, unit, round(unit * 0.7))
        choices.addWidget(self.bar)
        self._low = LowScroll(self, self.table, self.pages)
        head = self._low.head
        head.addLayout(top)
        head.addWidget(self._transfers)
        head.addLayout(choices)

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys that mark episodes count in here."""
        for name, command in (("mark_played", self._on_mark_asked), ("marking_undo", self._marking.undo)):
            actions.connect(name, command)
            actions.move_to(name, self)

    # --- showing

    @property
    def place(self) -> Place:
        """What is shown."""
        return self._place

    @property
    def chosen(self) -> EpisodeId | None:
        """The episode that keys are about: under the cursor, among the transfers while the focus is there."""
        return self._transfers.chosen if self._transfers.has_focus else self._under_cursor

    @property
    def _under_cursor(self) -> EpisodeId | None:
        index = self.table.currentIndex()
        return self.model.ids[index.row()] if index.isValid() else None

    @property
    def selected(self) -> list[EpisodeId]:
        """The chosen episodes, in the order of the rows."""
        # By ranges: of all rows of a large list there is one.
        ranges = sorted((each.top(), each.bottom()) for each in self.table.selectionModel().selection().toList())
        return [each for top, bottom in ranges for each in self.model.ids[top : bottom + 1]]

    def show_place(self, place: Place) -> None:
        """Show another place from its beginning, filtered and sorted as it was last."""
        self._place = place
        self.bar.show_choice(place, self._memory.choice(place))
        self.filter.line.blockSignals(True)
        self.filter.line.clear()
        self.filter.line.blockSignals(False)
        self.delegate.has_tiles = place.podcast is None
        self._transfers.setVisible(place.view is View.DOWNLOADS)
        self._low.begin()
        self._read_other()

    def select(self, episode: EpisodeId) -> None:
        """Put the cursor on an episode and bring it into view."""
        row = self.model.row_of(episode)
        if row is not None:
            index = self.model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(index, flags)
            self.table.scrollTo(index)

    def focus_filter(self) -> None:
        """Type into the filter."""
        self.filter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.line.selectAll()

    def refresh(self) -> None:
        """Read which episodes are here; what stays keeps its row and selection."""
        if self.delegate.playing is not None:
            self.model.forget([self.delegate.playing])
        chosen, has_focus = self._under_cursor, self.table.hasFocus()
        self.model.update_ids(self._read_ids())
        self._show_head()
        if chosen is not None and self._under_cursor != chosen and not self.table.selectionModel().hasSelection():
            # It stands elsewhere now, in an order that follows what is heard.
            self.select(chosen)
        if has_focus and not self.model.ids:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_other(self) -> None:
        self.model.show_other(self._read_ids())
        self.table.scrollToTop()
        self._show_head()

    def _read_ids(self) -> list[EpisodeId]:
        return self._services.library.episode_ids(self._query())

    def _query(self) -> EpisodeQuery:
        choice = self.bar.choice
        finished = {Filter.DOWNLOADED} if self._place.view is View.DOWNLOADS else set()
        return self._place.query(self.filter.line.text().strip(), choice.filters | finished, choice.sort)

    def _show_head(self) -> None:
        count = len(self.model.ids)
        podcast = self._podcast()
        unplayed = podcast.unplayed_count if podcast else 0
        self.head.show_place(self._place.view, podcast)
        author = podcast.author if podcast is not None and podcast.author != podcast.title else None
        self._counts = join_facts(author or "", episodes_text(count), unplayed_text(unplayed) if unplayed else "")
        self._show_counts()
        is_feed = podcast is not None and podcast.kind is PodcastKind.FEED
        self.settings_button.setVisible(is_feed)
        self.refresh_button.setVisible(podcast is None or is_feed)
        self.pages.setCurrentWidget(self.table if count else self.empty)
        self.mark_button.setVisible(count > 0 and self._place.view is not View.PLAYED)
        self._show_empty()
        self._low.settle()

    def _show_counts(self) -> None:
        """How many there are, and of several that are chosen, how many these are."""
        chosen = len(self.selected)
        self.head.facts.set_text(join_facts(self.tr("%n chosen", None, chosen) if chosen > 1 else "", self._counts))

    def _show_empty(self) -> None:
        """Say why nothing is listed."""
        if self.filter.line.text().strip():
            heading = self.tr("No title holds these words")
            text = self.tr("Clear the filter to see all episodes; Ctrl+K searches chapters and podcasts, too.")
        elif self.bar.choice.filters:
            heading = self.tr("Nothing is left by the filters")
            text = self.tr("Turn off what is lit above to see all episodes of this list.")
        else:
            heading, text = nothing_there(self._place.view)
        self.empty.say(heading, text)

    def _podcast(self) -> Podcast | None:
        if self._place.podcast is None:
            return None
        try:
            return self._services.library.podcast(self._place.podcast)
        except NotFoundError:
            return None

    def _show_playing(self, episode: EpisodeId | None) -> None:
        before = self.delegate.playing
        if episode != before:
            self.delegate.playing = episode
            for each in (before, episode):
                if each is not None:
                    self.model.touch(each)

    def _show_left(self, episode: EpisodeId) -> None:
        """The row of what is open says how long the rest takes: it is drawn anew when that reads otherwise."""
        row = self.model.kept_row(episode) if self.isVisible() else None
        left = str(self.model.index(row, 0).data(FactsRole)) if row is not None else ""
        if left != self._left:
            self._left = left
            self.model.touch(episode)

    def _show_refreshing(self, running: int) -> None:
        self.refresh_button.setEnabled(not running)

    # --- facts and gestures

    def _on_episodes_changed(self, fact: EpisodesChanged) -> None:
        self.model.forget(fact.ids)
        self._soon.ask()

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        """What begins, pauses or ends stands elsewhere in the lists; its place is written within a moment."""
        if fact.state.episode is not None:
            self._show_left(fact.state.episode)
        if (fact.state.episode, fact.state.phase) == (self.delegate.playing, self._phase):
            return
        self._phase = fact.state.phase
        self._show_playing(fact.state.episode)
        self._soon.ask()

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        self.model.forget([fact.id])
        if self._place.view is View.DOWNLOADS or Filter.DOWNLOADED in self.bar.choice.filters:
            self._soon.ask()

    def _on_choice_changed(self) -> None:
        self._memory.keep(self._place, self.bar.choice)
        self._read_other()

    def _on_mark_asked(self) -> None:
        """Mark what is chosen the other way round; of several, as it is for the one under the cursor."""
        chosen = self.chosen
        found = self._services.library.episodes([chosen]) if chosen is not None else []
        if found:
            selected = [] if self._transfers.has_focus else self.selected
            self._marking.mark(selected or [found[0].id], played=not found[0].is_played)

    def _on_chosen(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() & _ADDING:
            return
        episode = self.model.episode(index.row())
        if episode is not None:
            self.episode_chosen.emit(episode.id)

    def _on_browsed(self) -> None:
        self._show_counts()
        found = self.selected
        # Behind a page the list moves by itself only, as when an episode leaves those that are new.
        if len(found) == 1 and not self.isHidden():
            self.episode_browsed.emit(found[0])

    def _on_filter_left(self) -> None:
        self.filter.line.clear()
        self.table.setFocus()

    def _on_refresh_clicked(self) -> None:
        podcast = self._place.podcast
        ids = [podcast] if podcast else [each.id for each in self._services.library.podcasts()]
        self._services.refreshing.refresh(ids)

    def _on_menu_asked(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        episode = self.model.episode(index.row()) if index.isValid() else None
        selected, at = self.selected, self.table.viewport().mapToGlobal(point)
        if episode is None:
            return
        if len(selected) > 1 and episode.id in selected:
            open_marks_menu(selected, self._marking, self, at)
        else:
            open_menu(self._services, episode, self, at, self._marking, lambda: self._mark_older(episode.id))

    def _mark_older(self, than: EpisodeId) -> None:
        self._marking.mark(self._services.library.older_ids(self._query(), than), played=True)
