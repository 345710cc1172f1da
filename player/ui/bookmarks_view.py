"""The bookmarks in the middle of the window, or on an episode's page: a list, and what it says when it is empty.

Must not know how bookmarks are made or changed (`ui.bookmark_gestures`).
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.bookmarks import BookmarkId
from player.core.events import BookmarksChanged, ChaptersChanged, EpisodesChanged, PodcastsChanged
from player.core.model import EpisodeId
from player.core.search_query import read_query
from player.ui.bookmark_model import BookmarkModel
from player.ui.bookmark_table import BookmarkTable
from player.ui.buttons import FlatButton, Look
from player.ui.listen import listen
from player.ui.low_scroll import LowScroll
from player.ui.search_field import SearchField
from player.ui.soon import Soon
from player.ui.texts import bookmarks_text
from player.ui.widgets import ElidedLabel, EmptyPage, Panel, WrappedLabel

READ_AFTER_MS = 150
"""Facts about episodes come in swarms; the rows are read once for all of them."""
_TO_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class BookmarksView(Panel):
    """All of the library, the newest first. `episode_browsed(id)` by arrow keys, `export_asked()`."""

    episode_browsed = Signal(object)
    export_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self._services = services
        self.model = BookmarkModel(services.bookmarks, is_placed=True)
        self._build()
        self._soon = Soon(self.refresh, self, READ_AFTER_MS)
        self._is_outdated = True
        self._finding: Future[list[BookmarkId]] | None = None
        listen(self, services.bus, BookmarksChanged, lambda _: self._read())
        for kind in (EpisodesChanged, PodcastsChanged, ChaptersChanged):
            listen(self, services.bus, kind, lambda _: self._soon.ask())

    def _build(self) -> None:
        unit = self.fontMetrics().height()
        heading = ElidedLabel(factor=1.5, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        heading.set_text(self.tr("Bookmarks"))
        self.facts = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.export = FlatButton(self.tr("Export…"), "", Look.CHIP, self.tr("Save them as Markdown, CSV or JSON"))
        self.export.clicked.connect(self.export_asked)
        self.filter = SearchField(self.tr("Words in texts and titles"), self.tr("Filter the bookmarks"))
        self.filter.line.textChanged.connect(lambda _: self.refresh())
        self.filter.line.installEventFilter(self)
        self.filter.escaped.connect(self._on_escaped)
        self.table = BookmarkTable(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_browsed())
        self.table.delegate.writing_ended.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        self.empty = EmptyPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(heading)
        names.addWidget(self.facts)
        first = QHBoxLayout()
        first.addLayout(names, 1)
        first.addWidget(self.export)
        top = QVBoxLayout()
        top.setContentsMargins(round(unit * 1.7), round(unit * 1.3), unit, unit // 2)
        top.setSpacing(round(unit * 0.7))
        top.addLayout(first)
        top.addWidget(self.filter)
        LowScroll(self, self.table, self.pages).head.addLayout(top)

    @property
    def words(self) -> str:
        """What the list is filtered by."""
        return self.filter.line.text()

    def refresh(self) -> None:
        """Read them again; the chosen one stays chosen."""
        if not self.isVisible():
            self._is_outdated = True
            return
        self._is_outdated = False
        bookmarks = self._services.bookmarks
        self._finding = None
        if not read_query(self.words).terms:
            # Their index alone is read: that is quick.
            self._show(self.words, bookmarks.ids())
            return
        finding = bookmarks.find(self.words)
        self._finding = finding
        self._services.jobs.when_done(finding, partial(self._on_found, finding, self.words))

    def _on_found(self, finding: Future[list[BookmarkId]], words: str, ids: list[BookmarkId]) -> None:
        if finding is self._finding:
            self._finding = None
            self._show(words, ids)

    def _show(self, words: str, ids: list[BookmarkId]) -> None:
        if self.table.delegate.is_writing:
            # They are read again when the text is written.
            return
        chosen, place = self.table.chosen, self.table.currentIndex().row()
        has_focus, count = self.table.hasFocus(), self._services.bookmarks.count()
        self.model.show_ids(ids, words)
        if place >= 0 and not self.table.currentIndex().isValid():
            self.table.choose(chosen.bookmark.id if chosen else None, place)
        shown = self.model.rowCount()
        self.facts.set_text(
            self.tr("{shown} of {all}").format(shown=shown, all=bookmarks_text(count))
            if shown < count
            else bookmarks_text(count)
        )
        for widget in (self.facts, self.filter, self.export):
            widget.setVisible(bool(count))
        self._say_why_empty(has_any=bool(count))
        self.pages.setCurrentWidget(self.table if shown else self.empty)
        if has_focus and not shown:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown and self.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Let words be typed."""
        self.filter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.line.selectAll()

    def showEvent(self, event: QEvent) -> None:
        """What changed meanwhile is read now."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._is_outdated:
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the words to the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _TO_LIST:
            if self.model.rowCount():
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
                self.table.selectRow(0)
            return True
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        self.refresh()

    def _say_why_empty(self, *, has_any: bool) -> None:
        if has_any:
            self.empty.say(
                self.tr("Nothing has “{words}”").format(words=self.words.strip()),
                self.tr("All words must be there; the last one may be the beginning of a word."),
            )
        else:
            self.empty.say(
                self.tr("No bookmarks yet"),
                self.tr(
                    "Press B while you listen: the place is marked, and you may write a line about it. Shift+B marks"
                    " up to where you are then."
                ),
            )

    def _on_escaped(self) -> None:
        if self.words:
            self.filter.line.clear()
        elif self.model.rowCount():
            self.table.setFocus()

    def _on_browsed(self) -> None:
        chosen = self.table.chosen
        if chosen is not None:
            self.episode_browsed.emit(chosen.bookmark.episode)


class EpisodeBookmarks(QWidget):
    """Those of one episode, in the order of their places, as high as they are. `count_changed(int)`."""

    count_changed = Signal(int)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._episode: EpisodeId | None = None
        self.model = BookmarkModel(services.bookmarks, is_placed=False)
        self.table = BookmarkTable(self.model)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.delegate.writing_ended.connect(self._read, Qt.ConnectionType.QueuedConnection)
        self.empty = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.empty.setText(self.tr("Nothing is marked here yet; press B while you listen."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.table)
        column.addStretch()
        listen(self, services.bus, BookmarksChanged, lambda fact: self._read_if(fact.ids))
        listen(self, services.bus, ChaptersChanged, lambda fact: self._read_if(fact.ids))

    def show_episode(self, episode: EpisodeId) -> None:
        """Show those of an episode."""
        if episode != self._episode:
            # A text that is being typed is kept by that.
            self.table.setCurrentIndex(QModelIndex())
        self._episode = episode
        self._read()

    def _read_if(self, ids: tuple[EpisodeId, ...]) -> None:
        if self._episode in ids:
            self._read()

    def _read(self) -> None:
        if self._episode is None or self.table.delegate.is_writing:
            return
        chosen, place = self.table.chosen, self.table.currentIndex().row()
        self.model.show_ids([each.id for each in self._services.bookmarks.of_episode(self._episode)])
        if place >= 0 and not self.table.currentIndex().isValid():
            self.table.choose(chosen.bookmark.id if chosen else None, place)
        count = self.model.rowCount()
        if self.table.hasFocus() and not count:
            # Here the keys that bring back what was taken away go on counting; a hidden table would give it anywhere.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.empty.setVisible(not count)
        self.table.setVisible(bool(count))
        if self.hasFocus() and count:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setFixedHeight(max(1, count * self.table.verticalHeader().defaultSectionSize() + 2))
        self.count_changed.emit(count)
