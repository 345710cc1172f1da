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
    """What was so before the listener said otherwise. The played mark is None where it stayed as it was."""

    episode: EpisodeId
    heard: Ranges
    was_played: bool | None


class HeardService:
    """Knows what was heard to the second, also what is not written yet."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus, now: Callable[[], EpochMillis]) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._now = now
        self._noted: dict[EpisodeId, list[Span]] = defaultdict(list)
        self._since: dict[EpisodeId, list[Span]] = {}
        """What was noted of an episode since its last `mark`."""

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
        since = self._since.get(episode)
        for span in spans:
            _append(self._noted[episode], span)
            if since is not None:
                _append(since, span)

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
        self._since[episode] = []
        has_other_mark: list[bool] = []

        def write(connection: Connection) -> HeardBefore:
            before = with_spans(stored.heard(connection, episode), noted)
            heard = marked(before, chapters, is_heard=is_heard)
            chosen = read_shown(connection, episode).view.chosen
            marks = marks_of(chosen.chapters, heard) if chosen else ()
            is_played = all(mark is Heard.ALL for mark in marks) if is_heard else False
            was_played = episodes.episode(connection, episode).is_played
            if is_played != was_played and (is_played or not is_heard):
                listening.store_played(connection, episode, is_played, self._now())
                has_other_mark.append(True)
            stored.store_heard(connection, episode, heard)
            return HeardBefore(episode, before, was_played if has_other_mark else None)

        return self._writer.submit(write, lambda: self._tell_marked(episode, has_other_mark=bool(has_other_mark)))

    def restore(self, before: HeardBefore) -> Future[None]:
        """Take back what the last `mark` of an episode changed. What was heard of it since then stays heard."""
        episode, was_played = before.episode, before.was_played
        self.take(episode)
        since = self._since.pop(episode, ())

        def write(connection: Connection) -> None:
            if was_played is not None:
                listening.store_played(connection, episode, was_played, self._now())
            heard = with_spans(before.heard, since)
            stored.forget_heard(connection, [episode])
            if heard != stored.heard(connection, episode):
                stored.store_heard(connection, episode, heard)

        return self._writer.submit(write, lambda: self._tell_marked(episode, has_other_mark=was_played is not None))

    def _tell_marked(self, episode: EpisodeId, *, has_other_mark: bool) -> None:
        self.tell(episode)
        if has_other_mark:
            self._bus.publish(EpisodesChanged((episode,)))
            self._bus.publish(PodcastsChanged(()))


def _append(spans: list[Span], span: Span) -> None:
    """Add a span, to the last one where it goes on from that."""
    goes_on = bool(spans) and spans[-1][1] == span[0]
    spans.append((spans.pop()[0], span[1]) if goes_on else span)
