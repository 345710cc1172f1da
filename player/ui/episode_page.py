"""The page of one episode: title, facts, actions, download, highlights, notes and bookmarks.

Must not know the list that it was opened from.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.events import (
    ChaptersChanged,
    DownloadChanged,
    DownloadProgressed,
    EpisodesChanged,
    HeardChanged,
    PlaybackChanged,
    PodcastsChanged,
    PositionChanged,
    QueueChanged,
)
from player.core.model import DownloadState, Episode, EpisodeId, Millis
from player.core.play_queue import Piece, QueueEntry
from player.core.session import Phase
from player.core.show_notes import ShowNotes
from player.core.timecode import format_timecode
from player.ui.bookmarks_view import EpisodeBookmarks
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_hearing import unheard_words
from player.ui.download_line import DownloadLine
from player.ui.episode_menu import act_on_download, download_fact, download_words, mark_other, mark_words
from player.ui.feed_facts import FactsLine
from player.ui.folding_row import FoldingRow
from player.ui.highlights import Highlights
from player.ui.listen import listen
from player.ui.notes_part import NotesPart
from player.ui.notes_view import NotesView
from player.ui.page_area import PageArea
from player.ui.page_tabs import PageTabs
from player.ui.spaced_lines import LINE_HEIGHT
from player.ui.texts import (
    date_text,
    duration_text,
    join_facts,
    left_text,
    size_text,
    title_text,
    translate,
)
from player.ui.time_left import time_left
from player.ui.transcript_part import TranscriptPart
from player.ui.widgets import READ_LINE, ElidedLabel, Panel, WrappedLabel

_LEAST_LINES = 7
"""So many lines of a transcript are seen at least, however much stands above it."""


class EpisodePage(Panel):
    """Shows one episode.

    Signals: `back_asked()` leads back to the list, `bookmark_asked()` marks what is heard now, `emptied()` when the
    episode is in the library no longer.
    """

    back_asked = Signal()
    emptied = Signal()
    bookmark_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self._services = services
        self._episode: Episode | None = None
        self._chapter_words = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Episode"))
        self._build()
        bus = services.bus
        listen(self, bus, EpisodesChanged, lambda fact: self._read_all_if(fact.ids))
        listen(self, bus, HeardChanged, self._on_heard_changed)
        listen(self, bus, ChaptersChanged, lambda fact: self._read_all_if(fact.ids))
        listen(self, bus, DownloadChanged, lambda fact: self._read_if((fact.id,)))
        listen(self, bus, PodcastsChanged, lambda _: self._read_if((self._episode.id,) if self._episode else ()))
        listen(self, bus, DownloadProgressed, self._on_download_progressed)
        listen(self, bus, PlaybackChanged, lambda _: self._show_playing())
        listen(self, bus, PositionChanged, self._on_position_changed)
        listen(self, bus, QueueChanged, lambda _: self._show_queued())

    def _build(self) -> None:
        self.back = FlatButton("", "return", Look.QUIET, self.tr("Back to the list (Esc)"))
        self.back.clicked.connect(self.back_asked)
        self.origin = ElidedLabel(factor=0.94, role=QPalette.ColorRole.PlaceholderText)
        self.heading = WrappedLabel(factor=1.55, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        self.facts = WrappedLabel(factor=0.94, role=QPalette.ColorRole.PlaceholderText)
        self.feed_facts = FactsLine()
        self.play = FlatButton("", "play", Look.PRIMARY)
        self.play.clicked.connect(self._on_play_clicked)
        self.queue = FlatButton("", "add")
        self.queue.clicked.connect(self._on_queue_clicked)
        self.download = FlatButton("", "download")
        self.download.clicked.connect(self._on_download_clicked)
        self.mark = FlatButton("", "check")
        self.mark.clicked.connect(self._on_mark_clicked)
        self.bookmark = FlatButton(
            self.tr("Bookmark"), "bookmark", Look.PLAIN, self.tr("Bookmark what is heard now (B)")
        )
        self.bookmark.clicked.connect(self.bookmark_asked)
        self.progress = DownloadLine(self._services.now)
        self.highlights = Highlights()
        self.highlights.seek_asked.connect(self._on_seek_asked)
        self.notes = NotesView()
        self.notes.seek_asked.connect(self._on_seek_asked)
        self.notes_part = NotesPart(self._services, self.notes, self)
        self.tabs = PageTabs()
        self.tabs.add("notes", self.tr("Notes"), self.notes_part)
        self.transcript = TranscriptPart(self._services)
        self.transcript.seek_asked.connect(self._on_passage_asked)
        self.tabs.add("transcript", self.tr("Transcript"), self.transcript)
        self.bookmarks = EpisodeBookmarks(self._services)
        self.bookmarks.count_changed.connect(self._on_bookmarks_counted)
        self.bookmarks.table.row_reached.connect(self._on_bookmark_reached)
        self.tabs.add("bookmarks", self.tr("Bookmarks"), self.bookmarks)
        self.tabs.part_shown.connect(lambda _: self._fit_parts())
        self._arrange()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        origin = QHBoxLayout()
        origin.setSpacing(unit // 4)
        origin.setContentsMargins(-unit // 3, 0, 0, 0)
        origin.addWidget(self.back)
        origin.addWidget(self.origin, 1)
        self._buttons = FoldingRow(
            (self.play, self.queue, self.bookmark, self.download, self.mark),
            fold=(self.mark, self.bookmark, self.queue, self.download),
        )
        self._content = content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        column = QVBoxLayout(content)
        column.setSpacing(round(unit * 0.45))
        column.addLayout(origin)
        column.addWidget(self.heading)
        column.addWidget(self.facts)
        column.addWidget(self.feed_facts)
        column.addSpacing(unit // 2)
        column.addWidget(self._buttons)
        column.addWidget(self.progress)
        column.addWidget(self.highlights)
        column.addSpacing(unit // 2)
        column.addWidget(self.tabs)
        column.addSpacing(unit // 2)
        column.addWidget(self.notes_part)
        column.addWidget(self.bookmarks)
        column.addStretch()
        self._column = column
        self.area = PageArea(content, column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area)
        # It scrolls by itself: inside the area there would be two scroll bars, one in the other.
        whole.addWidget(self.transcript, 1)

    # --- showing

    @property
    def episode(self) -> EpisodeId | None:
        """Whose page it is."""
        return self._episode.id if self._episode else None

    def show_episode(self, episode: EpisodeId) -> None:
        """Show another episode's page from its top. Raises NotFoundError."""
        self._episode = self._services.library.episode(episode)
        self._show()
        self._show_notes()
        self.bookmarks.show_episode(episode)
        self.area.verticalScrollBar().setValue(0)

    def _read_if(self, ids: tuple[EpisodeId, ...]) -> None:
        if self._episode is None or self._episode.id not in ids:
            return
        try:
            self._episode = self._services.library.episode(self._episode.id)
        except NotFoundError:
            self._episode = None
            self.emptied.emit()
            return
        self._show()

    def _read_all_if(self, ids: tuple[EpisodeId, ...]) -> None:
        """With the notes, which the feed may word anew; their times depend on the length, their fold on chapters."""
        self._read_if(ids)
        if self._episode is not None and self._episode.id in ids:
            self._show_notes()

    def _show(self) -> None:
        episode = self._episode
        if episode is None:
            return
        published = date_text(episode.published) if episode.published is not None else ""
        self.origin.set_text(join_facts(episode.podcast_title, published))
        self.heading.setText(title_text(episode.title))
        words, icon = download_words(episode, is_going=self._services.keeping.is_going(episode.id))
        if episode.download.state is DownloadState.NONE and episode.enclosure and episode.enclosure.length:
            words = join_facts(words, size_text(episode.enclosure.length))
        self.download.show_as(words, icon)
        self.download.setVisible(episode.enclosure is not None)
        self.mark.show_as(mark_words(episode), "undo" if episode.is_played else "check")
        id_, going = episode.id, self._services.downloads
        self.progress.show_download(episode.download, going.progress(id_), going.again_at(id_), is_held=going.is_held)
        self.highlights.show_soundbites(self._services.library.soundbites(episode.id), title_text(episode.title))
        has_transcript = bool(self._services.library.transcripts(episode.id))
        self.transcript.show_episode(episode.id if has_transcript else None)
        self.tabs.offer("transcript", is_offered=has_transcript)
        self.feed_facts.show_episode(self._services.library.episode_facts(episode.id), episode.link)
        self._read_heard()
        self._show_playing()
        self._show_queued()

    def _show_queued(self) -> None:
        """Whether the episode is in the queue."""
        is_queued = self._queued() is not None
        self.queue.set_name(self.tr("Take out of the queue") if is_queued else self.tr("Add to queue"))
        self.queue.show_as(self.tr("Queued") if is_queued else self.tr("Queue"), "check" if is_queued else "add")
        self._fit_buttons()

    def _queued(self) -> QueueEntry | None:
        queue = self._services.queue.queue
        place = queue.place_of(Piece(self._episode.id)) if self._episode else None
        return None if place is None else queue.entries[place]

    def _fit_buttons(self) -> None:
        margins = self._column.contentsMargins()
        self._buttons.fit(self.width() - margins.left() - margins.right())

    def _show_notes(self) -> None:
        """Read the notes, and lay them out where they are others than before."""
        if self._episode is not None:
            notes = self._services.library.notes(self._episode.id)
            if not notes.html:
                notes = ShowNotes("<p>{}</p>".format(self.tr("This episode has no show notes.")))
            self.notes_part.show_notes(self._episode, notes)

    def _show_playing(self) -> None:
        episode = self._episode
        if episode is None:
            return
        state = self._services.playback.state
        is_open = state.episode == episode.id
        is_going = is_open and (state.is_playing or state.phase in (Phase.WAITING, Phase.LOADING, Phase.BUFFERING))
        has_begun = bool(episode.position) or (is_open and self._services.playback.position() > 0)
        start = self.tr("Resume") if has_begun and not episode.is_played else self.tr("Play")
        self.play.show_as(self.tr("Pause") if is_going else start, "pause" if is_going else "play")
        self.bookmark.setVisible(is_open)
        self._show_facts()
        self._fit_buttons()

    def _show_facts(self) -> None:
        if self._episode is not None:
            facts, tip = _facts_of(self._services, self._episode, self._chapter_words)
            self.facts.setText(facts)
            self.facts.setToolTip(tip)

    def _read_heard(self) -> None:
        """How many chapters there are, and how many of them were not heard."""
        self._chapter_words = unheard_words(self._services, self._episode) if self._episode else ""

    # --- facts and gestures

    def _on_download_progressed(self, fact: DownloadProgressed) -> None:
        if self._episode is not None and self._episode.id == fact.id:
            self.progress.show_download(self._episode.download, fact)

    def _on_heard_changed(self, fact: HeardChanged) -> None:
        if self._episode is not None and self._episode.id in fact.ids:
            self._read_heard()
            self._show_facts()

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if self._episode is not None and self._episode.id == fact.id:
            self._show_facts()

    def _on_play_clicked(self) -> None:
        if self._episode is None:
            return
        playback = self._services.playback
        if playback.state.episode == self._episode.id and playback.state.phase is not Phase.FAILED:
            playback.toggle()
        else:
            playback.open(self._episode.id)

    def _on_queue_clicked(self) -> None:
        if self._episode is not None:
            entry, queue = self._queued(), self._services.queue
            queue.add(Piece(self._episode.id)) if entry is None else queue.remove([entry.id])

    def _on_download_clicked(self) -> None:
        if self._episode is not None:
            act_on_download(self._services, self._episode)

    def _on_mark_clicked(self) -> None:
        if self._episode is not None:
            mark_other(self._services, self._episode)

    def _on_bookmarks_counted(self, count: int) -> None:
        words = self.tr("Bookmarks")
        self.tabs.offer("bookmarks", is_offered=True, words=f"{words} {count}" if count else words)

    def _on_bookmark_reached(self, row: QRect) -> None:
        """Keep the row with the cursor in view."""
        middle = self.bookmarks.table.mapTo(self._content, row.center())
        self.area.ensureVisible(middle.x(), middle.y(), 0, row.height())

    def _on_seek_asked(self, position: Millis) -> None:
        """A time in the notes, or a highlight: go there and play."""
        if self._episode is not None:
            heard = self._services.chapters.heard_at(self._episode.id, position)
            self._services.playback.open(self._episode.id, at=heard)

    def _on_passage_asked(self, position: Millis) -> None:
        """A passage of the transcript, whose times are those of the file: go there and play."""
        if self._episode is not None:
            self._services.playback.open(self._episode.id, at=position)

    def begin_find(self) -> bool:
        """Let the listener find words in the part that is shown; False where nothing can be found."""
        return self.transcript.begin_find()

    def _fit_parts(self) -> None:
        """A transcript gets the rest of the page, and some lines of it are seen at least."""
        unit = self.fontMetrics().height()
        is_above = self.tabs.shown == "transcript"
        margins = self._column.contentsMargins()
        margins.setBottom(0 if is_above else unit * 2)
        self._column.setContentsMargins(margins)
        self.area.leave(round(unit * LINE_HEIGHT * _LEAST_LINES) if is_above else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stay short enough to read: what is too wide becomes margin behind them. Buttons fold."""
        super().resizeEvent(event)
        unit = self.fontMetrics().height()
        side = round(unit * (1.7 if self.width() > unit * 28 else 1.0))
        spare = max(0, self.width() - unit * READ_LINE)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (side + spare, side) if is_mirrored else (side, side + spare)
        self._column.setContentsMargins(left, round(unit * 1.2), right, unit * 2)
        self.transcript.leave_free(left, right)
        self._fit_buttons()
        self._fit_parts()


def _facts_of(services: Services, episode: Episode, chapter_words: str) -> tuple[str, str]:
    """What stands below the title, and how much audio is left of it, which speed and skips do not change."""
    playback = services.playback
    is_open = playback.state.episode == episode.id
    duration = (playback.state.duration if is_open else None) or episode.duration
    skips = services.library.skips([episode.id]).get(episode.id, ()) if not is_open else ()
    left = time_left(playback, episode, skips)
    position = playback.position() if is_open else episode.position
    audio = format_timecode(max(0, duration - position)) if duration and left is not None else ""
    facts = join_facts(
        duration_text(duration) if duration else "",
        chapter_words,
        left_text(left) if left is not None else "",
        translate("EpisodePage", "played") if episode.is_played else "",
        download_fact(episode),
    )
    return facts, translate("EpisodePage", "{time} of audio").format(time=audio) if audio else ""
