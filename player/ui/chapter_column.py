"""The column on the right: the chapters of the episode that is shown, where they come from, and which is heard.

Must not know how chapters are found; where there are none it says how to get some.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from player.app.chapter_view import ChapterView
from player.app.compose import Services
from player.core.chapters import chapter_at
from player.core.errors import NotFoundError
from player.core.events import (
    ChaptersChanged,
    EpisodesChanged,
    HeardChanged,
    PictureAllowanceChanged,
    PicturesFetched,
    PlaybackChanged,
    PodcastsChanged,
    PositionChanged,
)
from player.core.model import Chapter, EpisodeId, Millis, PodcastId
from player.core.session import Phase, PlaybackState
from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_editor import ChapterEditor
from player.ui.chapter_filter import ChapterFilter
from player.ui.chapter_hearing import ChapterHearing
from player.ui.chapter_menus import open_link
from player.ui.chapter_model import ChapterModel, LinkRole, title_of
from player.ui.chapter_notes import ChapterNotes
from player.ui.chapter_pictures import ChapterPictures
from player.ui.chapter_skipping import ChapterSkipping
from player.ui.chapter_table import ChapterTable
from player.ui.column_menus import ColumnMenus, Shown, Wishes
from player.ui.listen import listen
from player.ui.no_chapters import NoChapters
from player.ui.search_field import SearchField
from player.ui.source_line import SourceLine
from player.ui.texts import chapters_text, place_of_text, shown
from player.ui.widgets import Panel, sized


class ChapterColumn(Panel):
    """Shows the chapters of one episode; plays from the one that is clicked.

    `save_asked(episode)`, `export_asked(episode)` for its chapters in a file, `clip_asked(span)` for the sound of one,
    `removal_asked(episode)` for the outline that was pasted.
    """

    save_asked = Signal(object)
    export_asked = Signal(object)
    clip_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, services: Services, paste: FlatButton) -> None:
        super().__init__(QPalette.ColorRole.Base, Qt.Edge.LeftEdge)
        self._services = services
        self._episode: EpisodeId | None = None
        self._podcast: PodcastId | None = None
        self._view = ChapterView()
        self.model = ChapterModel()
        self._pictures = ChapterPictures(services)
        self._pictures.arrived.connect(self.model.refresh_all)
        self._build(paste)
        bus = services.bus
        listen(self, bus, ChaptersChanged, self._on_chapters_changed)
        listen(self, bus, EpisodesChanged, self._on_episodes_changed)
        listen(self, bus, PodcastsChanged, self._on_podcasts_changed)
        listen(self, bus, HeardChanged, self._on_heard_changed)
        listen(self, bus, PicturesFetched, lambda _: self.refresh())
        listen(self, bus, PictureAllowanceChanged, lambda _: self.refresh())
        # Not the state in the fact: chapters that were read since may be in a newer one already.
        listen(self, bus, PlaybackChanged, lambda _: self._show_state(services.playback.state))
        listen(self, bus, PositionChanged, self._on_position_changed)

    def _build(self, paste: FlatButton) -> None:
        self.heading = QLabel(self.tr("Chapters"))
        self.heading.setFont(sized(self.font(), 1.1, QFont.Weight.DemiBold))
        self.count = QLabel()
        self.count.setFont(sized(self.font(), 0.92))
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.filter_button = FlatButton(self.tr("Filter"), "", Look.CHIP, self.tr("Filter chapters (Ctrl+F)"))
        self.filter_button.setCheckable(True)
        self.edit_button = FlatButton(self.tr("Edit"), "", Look.CHIP)
        self.edit_button.setCheckable(True)
        self.more = FlatButton("", "more", Look.CHIP, self.tr("More for these chapters"))
        self.more.clicked.connect(self._on_more_clicked)
        self.filter = SearchField(self.tr("Filter chapters"), self.tr("Filter chapters"))
        self.source = SourceLine()
        self.source.clicked.connect(self._on_source_clicked)
        self.table = ChapterTable(self.model)
        self.delegate = self.table.delegate
        self.delegate.picture_of = self._pictures.picture
        self.delegate.writing_ended.connect(self.refresh, Qt.ConnectionType.QueuedConnection)
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_notes())
        self.table.activated.connect(self._on_chosen)
        self.table.link_asked.connect(lambda index: open_link(index.data(LinkRole)))
        self.table.menu_asked.connect(self._on_row_menu_asked)
        ChapterFilter(self.filter_button, self.filter, self.table, self.model).entered.connect(self._play)
        self.editor = ChapterEditor(self._services, self.table)
        self.editor.all_asked.connect(lambda: self.filter_button.setChecked(False))
        self.notes = ChapterNotes(self._services, self.editor.start_here, self.editor.move_all)
        self.paste = paste
        emits = (self.save_asked.emit, self.export_asked.emit, self.clip_asked.emit, self.removal_asked.emit)
        resets = (self.editor.revert, self.editor.forget_starts, self.editor.follow_file)
        self.skipping = ChapterSkipping(self._services, self.table)
        self.hearing = ChapterHearing(self._services, self.table)
        told = self.hearing.told
        wishes = Wishes(paste.click, *emits, resets, self._play, self._edit, lambda words: told.emit(words, None))
        self.table.box_asked.connect(lambda index: self.skipping.toggle(self.model.chapter_index(index.row())))
        self._menus = ColumnMenus(self._services, self, wishes, self.skipping, self.hearing)
        empty_page = NoChapters(paste)
        self.nothing = empty_page.words
        self._show_nothing = empty_page.show_words
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(empty_page)
        _arrange(self)

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys that edit chapters count in here."""
        self.editor.connect_actions(actions, self)
        self.edit_button.set_name(actions.words("edit_chapters"))
        actions.connect("edit_chapters", self.edit_button.toggle)
        self.skipping.connect_actions(actions)
        self.hearing.connect_actions(actions)
        self.edit_button.toggled.connect(lambda is_on: self.editor.set_editing(is_editing=is_on))

    # --- showing

    @property
    def episode(self) -> EpisodeId | None:
        """Whose chapters are shown."""
        return self._episode

    def show_episode(self, episode: EpisodeId | None) -> None:
        """Show the chapters of another episode."""
        if episode != self._episode:
            self._episode = episode
            self.filter_button.setChecked(False)
            self.edit_button.setChecked(False)
            self.table.setCurrentIndex(QModelIndex())
            self.table.scrollToTop()
        self.refresh()

    def refresh(self) -> None:
        """Read the chapters again."""
        self._view, self._podcast = ChapterView(), None
        if self._episode is not None:
            try:
                self._view = self._services.chapters.view(self._episode)
                self._podcast = self._services.library.episode(self._episode).podcast
            except NotFoundError:
                self._episode = None
        chosen = self._view.chosen
        if self._podcast is not None and chosen is not None:
            self._pictures.show_those_of(self._podcast, (*chosen.chapters, *chosen.hidden))
        self._show_state(self._services.playback.state)

    def focus_filter(self) -> None:
        """Type into the filter, where there are chapters."""
        if not self.model.chapters:
            return
        self.filter_button.setChecked(True)
        self.filter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_state(self, state: PlaybackState) -> None:
        if self.delegate.is_writing:
            # Other rows would take away the line in which a title is written just now: they come when it is.
            return
        is_open = self._episode is not None and state.episode == self._episode
        stored, had = self._view.chosen.chapters if self._view.chosen else (), self.model.chapters
        self.editor.keep_chosen()
        self.model.moved = dict(self._view.moved)
        self.model.show_chapters(state.chapters if is_open and state.chapters else stored)
        self.setAccessibleDescription(chapters_text(len(self.model.chapters)))
        self.table.show_pictures(has_pictures=any(self._pictures.is_here(each.picture) for each in self.model.chapters))
        self.source.show_words(shown(self._view.reason))
        if self.delegate.is_playing != (is_open and state.is_playing):
            self.delegate.is_playing = is_open and state.is_playing
            self.model.refresh_all()
        self._show_position(self._services.playback.position() if is_open else None, says_it=had == self.model.chapters)
        has_chapters = bool(self.model.chapters)
        self.editor.show_view(self._episode, self._view)
        self.skipping.show_view(self._episode, self._view.skipped)
        self.hearing.show_view(self._episode)
        self.pages.setCurrentIndex(0 if has_chapters else 1)
        self.filter_button.setVisible(has_chapters)
        for button in (self.more, self.edit_button):
            button.setVisible(self._episode is not None)
        self._show_nothing(has_episode=self._episode is not None)
        self._show_notes()

    def _show_notes(self) -> None:
        target = self.editor.startable()
        self.notes.show_view(self._episode, self._podcast, self._view, title_of(*target) if target else None)

    def _show_position(self, position: Millis | None, *, says_it: bool) -> None:
        chapter = chapter_at(self.model.chapters, position) if position is not None else None
        shown = self.model.chapters[chapter] if chapter is not None else None
        self.delegate.current_picture = self._pictures.at(self._view.chosen, shown, position or 0)
        has_moved = self.model.show_position(position)
        current, chapters = self.model.current, self.model.chapters
        self._show_count()
        if has_moved:
            self._show_notes()
            self.hearing.refresh()
        if has_moved and current is not None:
            self._bring_into_view(current)
            if says_it and self.delegate.is_playing:
                self._announce(chapters[current], current)

    def _bring_into_view(self, current: int) -> None:
        """Show the current chapter with its neighbours, unless the listener is looking at the list just now."""
        row = self.model.row_of(current)
        if row is None or self.table.underMouse() or self.table.hasFocus():
            return
        for near in (max(0, row - 2), min(self.model.rowCount() - 1, row + 3), row):
            self.table.scrollTo(self.model.index(near, 0))

    def _announce(self, chapter: Chapter, index: int) -> None:
        if QAccessible.isActive():
            words = self.tr("Chapter {number}: {title}").format(number=index + 1, title=title_of(chapter, index))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.table, words))

    # --- facts and gestures

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        if self._episode in fact.ids:
            self.refresh()

    def _on_episodes_changed(self, fact: EpisodesChanged) -> None:
        if self._episode in fact.ids:
            self.refresh()

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        """The podcast may be gone, or its episodes another's now."""
        if self._podcast in fact.ids:
            self.refresh()

    def _on_heard_changed(self, fact: HeardChanged) -> None:
        if self._episode in fact.ids:
            self.hearing.refresh()

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self._episode:
            self._show_position(fact.position, says_it=True)

    def _on_clicked(self, index: QModelIndex) -> None:
        """A click plays; while chapters are edited it only chooses the row."""
        if not self.edit_button.isChecked():
            self._on_chosen(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._play(self.model.chapter_index(index.row()))

    def _play(self, number: int) -> None:
        """Play from a chapter; the current one goes on where it is instead of beginning anew, unless it is over."""
        if self._episode is None:
            return
        playback = self._services.playback
        if number == self.model.current and playback.state.phase is not Phase.ENDED:
            playback.play()
        else:
            self.hearing.offer_going_on(number)
            playback.play_chapter_of(self._episode, number)

    def _edit(self, number: int) -> None:
        """Begin to edit the chapters at one of them."""
        self.edit_button.setChecked(True)
        row = self.model.row_of(number)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, 0))
            self.table.setFocus()

    def play_number(self, number: int) -> None:
        """Play the chapter with this number, from 1."""
        if 0 < number <= len(self.model.chapters):
            self._play(number - 1)

    def _show_count(self) -> None:
        current, count = self.model.current, len(self.model.chapters)
        self.count.setText(place_of_text(current, count, is_short=not self.delegate.has_lengths))

    def _shown(self) -> Shown:
        return Shown(self._episode, self._view, self.model.chapters)

    def _on_more_clicked(self) -> None:
        self._menus.open_list_menu(self._shown(), self.more)

    def _on_source_clicked(self) -> None:
        self._menus.open_source_menu(self._shown(), self.source)

    def _on_row_menu_asked(self, index: QModelIndex, at: QPoint) -> None:
        # Keys are about the row that a menu was opened for, too.
        self.table.setCurrentIndex(index)
        editing = self.actions() if self.edit_button.isChecked() else []
        self._menus.open_row_menu(self._shown(), self.model.chapter_index(index.row()), at, editing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow column leaves the lengths out."""
        super().resizeEvent(event)
        self.delegate.has_lengths = self.width() > self.fontMetrics().height() * 20
        self._show_count()


def _arrange(column: ChapterColumn) -> None:
    """Lay its parts out, one below the other."""
    unit = column.fontMetrics().height()
    head = QHBoxLayout()
    head.setContentsMargins(unit, round(unit * 0.75), unit, 0)
    head.addWidget(column.heading)
    head.addSpacing(unit // 3)
    head.addWidget(column.count, 1)
    head.addWidget(column.filter_button)
    head.addWidget(column.edit_button)
    head.addWidget(column.more)
    holder = QHBoxLayout()
    holder.setContentsMargins(unit, 0, unit, 0)
    holder.addWidget(column.filter)
    origin = QHBoxLayout()
    origin.setContentsMargins(unit, 0, unit // 2, 0)
    origin.addWidget(column.source)
    whole = QVBoxLayout(column)
    whole.setContentsMargins(1, 0, 0, 0)
    whole.setSpacing(unit // 4)
    whole.addLayout(head)
    whole.addLayout(origin)
    whole.addWidget(column.notes)
    whole.addLayout(holder)
    whole.addWidget(column.editor)
    whole.addWidget(column.pages, 1)
