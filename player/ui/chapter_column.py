"""The column on the right: the chapters of the episode that is shown, and which of them is heard.

Must not know how chapters are found; where there are none it says how to get some.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QTableView, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged, PlaybackChanged, PositionChanged
from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, Millis
from player.core.session import PlaybackState
from player.core.timecode import format_timecode
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_delegate import ChapterDelegate
from player.ui.chapter_model import ChapterModel, title_of
from player.ui.listen import listen
from player.ui.plain_table import make_plain
from player.ui.search_field import SearchField
from player.ui.texts import chapters_text
from player.ui.widgets import Panel, WrappedLabel, sized


class ChapterColumn(Panel):
    """Shows the chapters of one episode; plays from the one that is clicked."""

    def __init__(self, services: Services, paste: FlatButton) -> None:
        super().__init__(QPalette.ColorRole.Base, Qt.Edge.LeftEdge)
        self._services = services
        self._episode: EpisodeId | None = None
        self._list: ChapterList | None = None
        self.model = ChapterModel()
        self._build(paste)
        bus = services.bus
        listen(self, bus, ChaptersChanged, self._on_chapters_changed)
        listen(self, bus, EpisodesChanged, self._on_episodes_changed)
        listen(self, bus, PlaybackChanged, lambda fact: self._show_state(fact.state))
        listen(self, bus, PositionChanged, self._on_position_changed)

    def _build(self, paste: FlatButton) -> None:
        unit = self.fontMetrics().height()
        self.heading = QLabel(self.tr("Chapters"))
        self.heading.setFont(sized(self.font(), 1.1, QFont.Weight.DemiBold))
        self.count = QLabel()
        self.count.setFont(sized(self.font(), 0.92))
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.filter_button = FlatButton(self.tr("Filter"), "", Look.CHIP, self.tr("Filter chapters (Ctrl+F)"))
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self._show_filter)
        self.more = FlatButton("", "more", Look.CHIP, self.tr("More for these chapters"))
        self.more.clicked.connect(self._on_more_clicked)
        self.filter = SearchField(self.tr("Filter chapters"), self.tr("Filter chapters"))
        self.filter.hide()
        self.filter.line.textChanged.connect(self._on_filter_typed)
        self.filter.line.returnPressed.connect(self._on_filter_entered)
        self.filter.line.installEventFilter(self)
        self.filter.escaped.connect(self._on_filter_left)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.delegate = ChapterDelegate(self.table, self.model)
        self.table.setItemDelegate(self.delegate)
        make_plain(self.table, ChapterDelegate.row_height(unit))
        self.table.setAccessibleName(self.tr("Chapters"))
        self.table.clicked.connect(self._on_chosen)
        self.table.activated.connect(self._on_chosen)
        self.nothing = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.paste = paste
        empty_page = QWidget()
        empty = QVBoxLayout(empty_page)
        empty.setContentsMargins(unit, unit // 2, unit, unit)
        empty.setSpacing(unit)
        empty.addWidget(self.nothing)
        empty.addWidget(paste)
        empty.addStretch()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(empty_page)
        self._arrange()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        head = QHBoxLayout()
        head.setContentsMargins(unit, round(unit * 0.75), unit, round(unit * 0.35))
        head.addWidget(self.heading)
        head.addSpacing(unit // 3)
        head.addWidget(self.count, 1)
        head.addWidget(self.filter_button)
        head.addWidget(self.more)
        holder = QHBoxLayout()
        holder.setContentsMargins(unit, 0, unit, 0)
        holder.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(unit // 4)
        column.addLayout(head)
        column.addLayout(holder)
        column.addWidget(self.pages, 1)

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
            self.table.scrollToTop()
        self.refresh()

    def refresh(self) -> None:
        """Read the chapters again."""
        self._list = None
        self.delegate.is_played = False
        if self._episode is not None:
            try:
                self._list = self._services.chapters.chosen(self._episode)
                self.delegate.is_played = self._services.library.episode(self._episode).is_played
            except NotFoundError:
                self._episode = None
        self._show_state(self._services.playback.state)

    def focus_filter(self) -> None:
        """Type into the filter, where there are chapters."""
        if not self.model.chapters:
            return
        self.filter_button.setChecked(True)
        self.filter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_state(self, state: PlaybackState) -> None:
        is_open = self._episode is not None and state.episode == self._episode
        stored = self._list.chapters if self._list else ()
        had = self.model.chapters
        self.model.show_chapters(state.chapters if is_open and state.chapters else stored)
        if self.delegate.is_playing != (is_open and state.is_playing):
            self.delegate.is_playing = is_open and state.is_playing
            self.model.refresh_all()
        self._show_position(self._services.playback.position() if is_open else None, says_it=had == self.model.chapters)
        has_chapters = bool(self.model.chapters)
        self.pages.setCurrentIndex(0 if has_chapters else 1)
        self.filter_button.setVisible(has_chapters)
        self.more.setVisible(self._episode is not None)
        self.paste.setVisible(self._episode is not None)
        self.nothing.setText(self._nothing_text())

    def _nothing_text(self) -> str:
        if self._episode is None:
            return self.tr("The chapters of the episode that you choose appear here.")
        return self.tr(
            "This episode has no chapters: its show notes have no outline, and its feed and audio file name none."
            " Copy an outline from anywhere, a line with a time for each chapter, and paste it here."
        )

    def _show_position(self, position: Millis | None, *, says_it: bool) -> None:
        has_moved = self.model.show_position(position)
        current, chapters = self.model.current, self.model.chapters
        if not chapters:
            self.count.setText("")
        elif current is None:
            self.count.setText(str(len(chapters)))
        else:
            self.count.setText(self.tr("{number} of {count}").format(number=current + 1, count=len(chapters)))
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

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self._episode:
            self._show_position(fact.position, says_it=True)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._play(self.model.chapter_index(index.row()))

    def _play(self, number: int) -> None:
        """Play from a chapter; the current one goes on where it is instead of beginning anew."""
        if self._episode is None:
            return
        if number == self.model.current:
            self._services.playback.play()
        else:
            self._services.playback.play_chapter_of(self._episode, number)

    def play_number(self, number: int) -> None:
        """Play the chapter with this number, from 1."""
        if 0 < number <= len(self.model.chapters):
            self._play(number - 1)

    def _show_filter(self, is_shown: bool) -> None:
        self.filter.setVisible(is_shown)
        if is_shown:
            self.filter.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.filter.line.clear()

    def _on_filter_typed(self, words: str) -> None:
        self.model.filter(words)
        if words and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _on_filter_entered(self) -> None:
        index = self.table.currentIndex()
        if self.model.rowCount():
            row = index.row() if index.isValid() else 0
            chosen = self.model.chapter_index(row)
            self.filter_button.setChecked(False)
            self._play(chosen)

    def _on_filter_left(self) -> None:
        self.filter_button.setChecked(False)
        self.table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter, Up and Down choose a chapter."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.model.rowCount():
                row = min(max(self.table.currentIndex().row() + step, 0), self.model.rowCount() - 1)
                self.table.setCurrentIndex(self.model.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Paste outline")).triggered.connect(self.paste.click)
        copy = menu.addAction(self.tr("Copy outline"))
        copy.setEnabled(bool(self.model.chapters))
        copy.triggered.connect(self._on_copy_asked)
        if self._list is not None and self._list.source is ChapterSource.LISTENER:
            menu.addAction(self.tr("Remove pasted outline")).triggered.connect(self._on_clear_asked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_copy_asked(self) -> None:
        lines = (
            f"{format_timecode(chapter.start)} {title_of(chapter, index)}"
            for index, chapter in enumerate(self.model.chapters)
        )
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _on_clear_asked(self) -> None:
        if self._episode is not None:
            self._services.chapters.clear_pasted(self._episode)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow column leaves the lengths out."""
        super().resizeEvent(event)
        self.delegate.has_lengths = self.width() > self.fontMetrics().height() * 20
        self.setAccessibleDescription(chapters_text(len(self.model.chapters)))
