"""The middle of the window when all that has some words is shown: a field, the kinds, and the hits.

Must not know how words are found (`app.results`), nor how one goes to a hit.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QStackedWidget, QTableView, QVBoxLayout

from player.app.compose import Services
from player.app.results import KINDS, Page
from player.core.chapters import chapter_at
from player.core.events import PlaybackChanged, PodcastsChanged, PositionChanged
from player.core.model import FoundKind
from player.core.play_queue import Piece, piece_of_chapter
from player.ui.artworks import Artworks
from player.ui.flowing_row import FlowingRow
from player.ui.listen import listen
from player.ui.low_scroll import LowScroll
from player.ui.menus import menu_about
from player.ui.mirroring import leading_point
from player.ui.one_of import OneOf, Option
from player.ui.places import is_gone
from player.ui.plain_table import make_plain
from player.ui.queue_menu import add_to_menu
from player.ui.results_delegate import ResultsDelegate
from player.ui.results_model import ResultsModel, Row, kind_name, none_of_kind
from player.ui.search_field import SearchField
from player.ui.texts import count_text
from player.ui.widgets import ElidedLabel, EmptyPage, Panel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TO_HITS = (*_ENTER, Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class ResultsTable(QTableView):
    """The hits. `chosen(index)` by a click or Enter, `play_asked(index)` by the play button or Ctrl+Enter."""

    chosen = Signal(QModelIndex)
    play_asked = Signal(QModelIndex)
    left_upwards = Signal()

    def __init__(self, model: ResultsModel, artworks: Artworks) -> None:
        super().__init__()
        self._lower: set[int] = set()
        self.setModel(model)
        self.delegate = ResultsDelegate(self, artworks)
        artworks.arrived.connect(self.viewport().update)
        self.setItemDelegate(self.delegate)
        make_plain(self, ResultsDelegate.row_height(self.fontMetrics().height()))
        self.setAccessibleName(self.tr("Results"))
        model.modelReset.connect(self._size_rows)
        model.rowsInserted.connect(lambda *_: self._size_rows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, with Ctrl it plays and stays; Up from the first hit leads back to the words."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            (self.play_asked if modifiers == Qt.KeyboardModifier.ControlModifier else self.chosen).emit(index)
        elif event.key() == Qt.Key.Key_Up and not modifiers and index.row() <= (self._model().first_hit() or 0):
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the play button plays, one beside it goes there."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            (self.play_asked if self._is_on_button(index, point) else self.chosen).emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The play button below the mouse shows."""
        self._point_at(event.position().toPoint())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """None shows any more."""
        self._point_at(None)
        super().leaveEvent(event)

    def _point_at(self, point: QPoint | None) -> None:
        self.delegate.pointer = point
        self.viewport().update()

    def _is_on_button(self, index: QModelIndex, point: QPoint) -> bool:
        row = self._model().rows[index.row()]
        area = self.visualRect(index)
        button = ResultsDelegate.play_button(area, self.fontMetrics().height())
        return row.is_played and button.contains(leading_point(point, area, self.layoutDirection()))

    def _size_rows(self) -> None:
        """Rows between the hits are lower; a row keeps its height when another takes its number."""
        rows, unit = self._model().rows, self.fontMetrics().height()
        lower = {number for number, row in enumerate(rows) if row.hit is None}
        for number in self._lower - lower:
            self.setRowHeight(number, ResultsDelegate.row_height(unit))
        for number in lower - self._lower:
            self.setRowHeight(number, ResultsDelegate.other_height(unit))
        self._lower = lower

    def _model(self) -> ResultsModel:
        model = self.model()
        assert isinstance(model, ResultsModel)
        return model


class SearchView(Panel):
    """Signals: `hit_chosen(Found)` to go there, `play_asked(Found)` to play it, `episode_browsed(id)` by arrows."""

    hit_chosen = Signal(object)
    play_asked = Signal(object)
    episode_browsed = Signal(object)

    def __init__(self, services: Services, artworks: Artworks) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self._services = services
        self._artworks = artworks
        self.model = ResultsModel()
        self.model.page_wanted.connect(services.results.more)
        self._build()
        self._connect()
        for fact in (PlaybackChanged, PositionChanged):
            listen(self, services.bus, fact, lambda _: self._show_playing())
        listen(self, services.bus, PodcastsChanged, self._on_podcasts_changed)
        self._show_playing()
        self._show_state()

    def _build(self) -> None:
        unit = self.fontMetrics().height()
        heading = ElidedLabel(factor=1.5, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        heading.set_text(self.tr("Search"))
        self.field = SearchField(
            self.tr("Words in titles, chapters, notes and bookmarks"), self.tr("Search everything")
        )
        self.kinds = OneOf(self)
        kinds = FlowingRow(gap=0.12)
        self._options: dict[FoundKind | None, Option] = {each: Option("", self.kinds) for each in (None, *KINDS)}
        for kind, button in self._options.items():
            button.setChecked(kind is None)
            button.clicked.connect(partial(self._on_kind_chosen, kind))
            kinds.add(button)
        self.table = ResultsTable(self.model, self._artworks)
        self.empty = EmptyPage(side=1.7, above=2)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        top = QVBoxLayout()
        top.setContentsMargins(round(unit * 1.7), round(unit * 1.3), round(unit * 1.4), unit // 2)
        top.setSpacing(round(unit * 0.7))
        top.addWidget(heading)
        top.addWidget(self.field)
        top.addWidget(kinds)
        LowScroll(self, self.table, self.pages).head.addLayout(top)

    def _connect(self) -> None:
        self.field.line.textChanged.connect(lambda _: self._ask())
        self.field.line.installEventFilter(self)
        self.field.escaped.connect(self._on_escaped)
        self.table.chosen.connect(self._on_chosen)
        self.table.play_asked.connect(self._on_play_asked)
        self.table.left_upwards.connect(self.begin)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_browsed())
        self.table.customContextMenuRequested.connect(self._on_menu_asked)

    # --- showing

    def begin(self) -> None:
        """Let words be typed."""
        self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()

    def take_focus(self) -> None:
        """Let the hits be gone through, or words be typed where there is none."""
        (self.table if self.pages.currentWidget() is self.table else self.field.line).setFocus()

    def show_words(self, words: str) -> None:
        """Show all that has some words."""
        self._choose_kind(None)
        self.field.line.setText(words)

    @property
    def piece(self) -> Piece | None:
        """What is to be queued of the hit under the cursor: the chapter, or the episode."""
        row = self._current()
        return None if row is None else self._piece_of(row)

    def _piece_of(self, row: Row) -> Piece | None:
        if row.hit is None or row.hit.episode is None:
            return None
        chapters = self._services.chapters.chosen(row.hit.episode) if row.kind is FoundKind.CHAPTER else None
        starts = [each.start for each in chapters.chapters] if chapters else []
        if chapters is not None and row.hit.start in starts:
            return piece_of_chapter(row.hit.episode, chapters.chapters, starts.index(row.hit.start))
        return Piece(row.hit.episode)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the words to the hits."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TO_HITS:
            self._enter_hits()
            return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        words = self.field.line.text()
        if words.strip():
            self.model.begin()
            self._services.results.find(words, self._on_page)
        else:
            self._services.results.cancel()
            self.model.clear()
        self._show_state()

    def _on_page(self, page: Page) -> None:
        is_first = not self.model.is_complete
        self.model.take(page)
        if is_first and not self.table.currentIndex().isValid():
            self.table.scrollToTop()
        self._show_state()

    def _show_state(self) -> None:
        """The numbers of hits, and words where there is none."""
        for kind, button in self._options.items():
            button.show_as(self._kind_words(kind), "")
        words, kind = self.field.line.text().strip(), self.model.kind
        if not words:
            heading = self.tr("Search all that you follow")
            text = self.tr(
                "Titles of podcasts, episodes and chapters, show notes and bookmarks. Words in “quotes” must stand"
                " together."
            )
        elif kind is not None and self.model.podcasts:
            heading = none_of_kind(kind).format(words=words)
            text = self.tr("Other kinds of things have these words: choose “All” to see them.")
        else:
            heading = self.tr("Nothing has “{words}”").format(words=words)
            text = self.tr("All words must be there; the last one may be the beginning of a word.")
        self.empty.say(heading, text)
        is_shown = bool(self.model.rows) or bool(words and not self.model.is_complete)
        self.pages.setCurrentWidget(self.table if is_shown else self.empty)

    def _kind_words(self, kind: FoundKind | None) -> str:
        if kind is None:
            return self.tr("All")
        count, is_all = self.model.count(kind)
        if not count:
            return kind_name(kind)
        return f"{kind_name(kind)} {count_text(count)}{'' if is_all else '+'}"

    def _show_playing(self) -> None:
        playback = self._services.playback
        state, playing = playback.state, None
        index = chapter_at(state.chapters, playback.position()) if state.is_playing else None
        if state.episode is not None and index is not None:
            playing = state.episode, state.chapters[index].start
        if playing != self.table.delegate.playing:
            self.table.delegate.playing = playing
            self.table.viewport().update()

    # --- facts and gestures

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        """Hits of a podcast that is gone lead nowhere. Others stay as they are: they may be gone through just now."""
        touched = self.model.podcasts.intersection(fact.ids)
        if any(is_gone(each, self._services.library) for each in touched):
            self._ask()

    def _current(self) -> Row | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _enter_hits(self) -> None:
        first = self.model.first_hit()
        if first is not None:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(first)

    def _on_escaped(self) -> None:
        if self.field.line.text():
            self.field.line.clear()

    def _on_kind_chosen(self, kind: FoundKind | None, _checked: bool = False) -> None:
        self._choose_kind(kind)
        self._show_state()

    def _choose_kind(self, kind: FoundKind | None) -> None:
        self.kinds.choose(self._options[kind])
        self.model.show_kind(kind)
        self.table.scrollToTop()

    def _on_chosen(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if row.hit is not None:
            self.hit_chosen.emit(row.hit)
        elif row.is_more:
            self._on_kind_chosen(row.kind)
            self._enter_hits()

    def _on_play_asked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if row.is_played:
            self.play_asked.emit(row.hit)
        else:
            self._on_chosen(index)

    def _on_browsed(self) -> None:
        row = self._current()
        if row is not None and row.hit is not None and row.hit.episode is not None:
            self.episode_browsed.emit(row.hit.episode)

    def _on_menu_asked(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        row = self.model.rows[index.row()] if index.isValid() else None
        piece = self._piece_of(row) if row is not None else None
        if row is None or piece is None:
            return
        menu = menu_about(str(index.data(Qt.ItemDataRole.AccessibleTextRole)), self)
        if row.is_played:
            menu.addAction(self.tr("Play")).triggered.connect(lambda: self.play_asked.emit(row.hit))
        else:
            menu.addAction(self.tr("Show episode")).triggered.connect(lambda: self.hit_chosen.emit(row.hit))
        add_to_menu(menu, self._services.queue, piece)
        menu.popup(self.table.viewport().mapToGlobal(point))
