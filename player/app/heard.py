"""What was heard of each episode: noted while it plays, told to views, said otherwise by the listener.

Must not know the engine, nor when what is noted is written (`app.listening`, with the place).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_view import read_shown
from player.app.writer import Writer
from player.core.events import EpisodesChanged, HeardChanged, PodcastsChanged
from player.core.heard import Heard, marked, marks_of, with_spans
from player.core.model import Chapter, EpisodeId, EpochMillis
from player.core.ranges import Ranges
from player.core.skips import Span
from player.storage import episodes, listening
from player.storage import heard as stored


@dataclass(frozen=True, slots=True)
class HeardBefore:
    """What was so before the listener said otherwise: what was kept of what had been heard, and the played mark."""

    episode: EpisodeId
    kept: Ranges | None
    is_played: bool


class HeardService:
    """Knows what was heard to the second, also what is not written yet."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus, now: Callable[[], EpochMillis]) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._now = now
        self._noted: dict[EpisodeId, list[Span]] = defaultdict(list)

    def of(self, episode: EpisodeId) -> Ranges:
        """What was heard of an episode up to now."""
        noted = self._noted.get(episode, ())
        kept = stored.heard(self._reader, episode)
        return with_spans(kept, noted) if noted else kept

    def marks(self, episode: EpisodeId, chapters: Sequence[Chapter]) -> tuple[Heard, ...]:
        """Which of these chapters of an episode were heard."""
        return marks_of(chapters, self.of(episode))

    def note(self, episode: EpisodeId, spans: Iterable[Span]) -> None:
        """Spans of an episode have just been heard; `take` has to follow before long."""
        noted = self._noted[episode]
        for start, stop in spans:
            goes_on = bool(noted) and noted[-1][1] == start
            noted.append((noted.pop()[0], stop) if goes_on else (start, stop))

    def take(self, episode: EpisodeId) -> tuple[Span, ...]:
        """What was noted since the last call, for whoever writes it and then calls `tell`."""
        return tuple(self._noted.pop(episode, ()))

    def tell(self, episode: EpisodeId) -> None:
        """What was heard of an episode is another. May come from any thread."""
        self._bus.publish(HeardChanged((episode,)))

    def mark(self, episode: EpisodeId, chapters: Sequence[Chapter], *, is_heard: bool) -> Future[HeardBefore]:
        """Say of some of the shown chapters that they were heard, or were not.

        An episode of which every chapter was heard is played, one of which a chapter was not is not. The future holds
        what was so before, for `restore`.
        """
        noted = self.take(episode)
        has_other_mark: list[bool] = []

        def write(connection: Connection) -> HeardBefore:
            before = self._before(connection, episode)
            heard = with_spans(stored.heard(connection, episode), noted)
            heard = marked(heard, chapters, is_heard=is_heard)
            chosen = read_shown(connection, episode).view.chosen
            marks = marks_of(chosen.chapters, heard) if chosen else ()
            is_played = all(mark is Heard.ALL for mark in marks) if is_heard else False
            if is_played != before.is_played and (is_played or not is_heard):
                listening.store_played(connection, episode, is_played, self._now())
                has_other_mark.append(True)
            stored.store_heard(connection, episode, heard)
            return before

        return self._writer.submit(write, lambda: self._tell_marked(episode, has_other_mark=bool(has_other_mark)))

    def restore(self, before: HeardBefore) -> Future[None]:
        """Take back what `mark` changed."""
        self.take(before.episode)

        def write(connection: Connection) -> None:
            listening.store_played(connection, before.episode, before.is_played, self._now())
            if before.kept is None:
                stored.forget_heard(connection, [before.episode])
            else:
                stored.store_heard(connection, before.episode, before.kept)

        return self._writer.submit(write, lambda: self._tell_marked(before.episode, has_other_mark=True))

    @staticmethod
    def _before(connection: Connection, episode: EpisodeId) -> HeardBefore:
        kept = stored.kept_heard(connection, [episode]).get(episode)
        return HeardBefore(episode, kept, episodes.episode(connection, episode).is_played)

    def _tell_marked(self, episode: EpisodeId, *, has_other_mark: bool) -> None:
        self.tell(episode)
        if has_other_mark:
            self._bus.publish(EpisodesChanged((episode,)))
            self._bus.publish(PodcastsChanged(()))
