"""The queue as a service: what the listener does to it, kept and told.

Must not know how entries are played (`app.queue_playing`), nor the rules of the queue (`core.play_queue`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import Future
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapters import ChapterService
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.chapters import chapter_at, find_chapter
from player.core.errors import KnownError, NotFoundError
from player.core.events import ChaptersChanged, PodcastsChanged, ProblemReported, QueueChanged
from player.core.model import EpisodeId
from player.core.play_queue import Piece, Queue, QueueEntry, QueueEntryId, piece_of_chapter, queue_of
from player.core.timecode import parse_timecode
from player.storage import play_queue as stored


class QueueService:
    """Holds the queue. Every command returns a future that is done once the change is on the disk.

    What is known against an entry is not kept: at the next start the network or the disk may be as it should be.
    """

    def __init__(self, reader: Connection, writer: Writer, bus: Bus, jobs: Jobs, chapters: ChapterService) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._chapters = chapters
        self._queue = queue_of(stored.entries(reader))
        bus.subscribe(PodcastsChanged, self._on_podcasts_changed)
        bus.subscribe(ChaptersChanged, self._on_chapters_changed)

    @property
    def queue(self) -> Queue:
        """The queue as it is now."""
        return self._queue

    def upcoming(self) -> QueueEntry | None:
        """The first entry that can be played, as far as is known."""
        return self._queue.upcoming

    def piece_meant(self, episode: EpisodeId, words: str | None) -> Piece:
        """An episode, or its chapter that `words` mean: title, part of it, or a time in it. Raises NotFoundError."""
        if words is None:
            return Piece(episode)
        chosen = self._chapters.chosen(episode)
        chapters = chosen.chapters if chosen else ()
        index, time = find_chapter(chapters, words), parse_timecode(words)
        if index is None and time is not None:
            index = chapter_at(chapters, time)
        if index is None:
            raise NotFoundError("chapter", words)
        return piece_of_chapter(episode, chapters, index)

    def add(self, piece: Piece) -> Future[None]:
        """Put an episode or a chapter at the end; one that is there already moves."""
        return self._keep(self._queue.added(piece))

    def add_all(self, pieces: Iterable[Piece]) -> Future[None]:
        """Put those at the end, in their order, that are not there yet."""
        queue = self._queue
        for piece in pieces:
            if queue.place_of(piece) is None:
                queue = queue.added(piece)
        return self._keep(queue)

    def add_next(self, piece: Piece) -> Future[None]:
        """Put an episode or a chapter at the front."""
        return self._keep(self._queue.added_next(piece))

    def move(self, entry: QueueEntryId, place: int) -> Future[None]:
        """Move an entry to a place, counted without it."""
        return self._keep(self._queue.moved(entry, place))

    def remove(self, entries: Collection[QueueEntryId]) -> Future[None]:
        """Take entries out."""
        return self._keep(self._queue.removed(entries))

    def clear(self) -> Future[None]:
        """Take all entries out."""
        return self._keep(self._queue.cleared())

    def undo(self, change: int | None = None) -> Future[None]:
        """Take the last change back; with a number, only if it is that of the last change."""
        is_last = change is None or change == self._queue.change
        return self._keep(self._queue.undone() if is_last else self._queue)

    def take(self, entry: QueueEntryId) -> Future[None]:
        """An entry plays now: it is no longer in the queue."""
        return self._keep(self._queue.taken(entry))

    def mark(self, entry: QueueEntryId, problem: KnownError | None) -> None:
        """Note what is known against an entry, or that nothing is any more."""
        self._show(self._queue.marked(entry, problem))

    def _keep(self, queue: Queue) -> Future[None]:
        """Show another queue, and write it."""
        if queue is self._queue:
            done: Future[None] = Future()
            done.set_result(None)
            return done
        future = self._writer.submit(lambda connection: stored.store_entries(connection, queue.entries))
        self._jobs.when_done(future, None, lambda error: self._bus.publish(ProblemReported(error)))
        self._show(queue)
        return future

    def _show(self, queue: Queue) -> None:
        if queue is not self._queue:
            self._queue = queue
            self._bus.publish(QueueChanged())

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        if fact.ids and self._queue.entries:
            gone = stored.gone(self._reader, {each.episode for each in self._queue.entries})
            self._keep(self._queue.without(gone))

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        for episode in {each.episode for each in self._queue.entries if each.is_chapter}.intersection(fact.ids):
            try:
                chosen = self._chapters.chosen(episode)
            except NotFoundError:
                continue
            self._keep(self._queue.followed(episode, chosen.chapters if chosen else ()))
