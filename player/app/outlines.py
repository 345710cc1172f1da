"""Outlines: the texts of episodes that are new or described anew are looked through for chapters, many at a time.

Must not know where the texts came from, nor how an outline is read. What is still to be looked through is kept
(`storage.unread`), so that a program that is killed meanwhile goes on with it at its next start.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from sqlite3 import Connection
from typing import Protocol

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import Texts, outlines_in
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.errors import KnownError, UnexpectedError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import ChapterSource, EpisodeId, EpochMillis, Mark, PodcastId
from player.storage.chapters import store_first_lists, without_lists
from player.storage.packed_chapters import unpack
from player.storage.unread import Unread, drop_unread, next_unread, still_unread

_AT_ONCE = 300
"""How many episodes are looked through together: some 0.1 s of work."""
_LANES = 4
"""Two for each worker process: one is read or written while another is computed."""

Found = list[str | None]
"""Lists of chapters as `storage.packed_chapters` has them; None where there are none."""


class _Call(Protocol):
    """`Processes.call` or `Processes.call_patiently`."""

    def __call__(self, size: int, work: Callable[[Sequence[Texts]], Found], texts: Sequence[Texts], /) -> Found: ...


class Outlines:
    """Looks through what is to be looked through, behind all else that is computed, unless somebody waits for it."""

    def __init__(
        self, writer: Writer, bus: Bus, jobs: Jobs, processes: Processes, now: Callable[[], EpochMillis]
    ) -> None:
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._now = now
        self._changed = threading.Condition()
        self._lanes = 0
        self._asked = 0
        self._in_hand: dict[EpisodeId, PodcastId] = {}
        self._deadly: set[EpisodeId] = set()
        self._read_through: list[EpisodeId] = []
        self._is_closed = False

    def go_on(self) -> None:
        """Look through what is left, in the background."""
        with self._changed:
            self._asked += 1
            begun = 0 if self._is_closed else _LANES - self._lanes
            self._lanes += begun
        for _ in range(begun):
            self._jobs.submit(self._run_lane)

    @property
    def is_working(self) -> bool:
        """Whether texts are looked through in the background."""
        return bool(self._lanes)

    def take_read(self, most: int) -> list[EpisodeId]:
        """Up to so many of the episodes that were looked through since it `is_working`, each given once."""
        with self._changed:
            taken = self._read_through[:most]
            del self._read_through[:most]
        return taken

    def close(self) -> None:
        """Look through no more than what is in hand; the rest waits for the next start."""
        with self._changed:
            self._is_closed = True

    # What follows runs on workers, and waits there

    def look_through(self, podcast: PodcastId) -> None:
        """Look through the texts of a podcast now. Raises KnownError."""
        while self._look_through_some(self._processes.call, podcast) == _AT_ONCE:
            pass
        with self._changed:
            self._changed.wait_for(lambda: podcast not in self._in_hand.values())

    def finish(self) -> None:
        """Look through all that is left, and wait for it."""
        self.go_on()
        with self._changed:
            self._changed.wait_for(lambda: not self._lanes)

    def _run_lane(self) -> None:
        try:
            while self._look_through_all():
                pass
        except (KnownError, CancelledError):
            # A full disk and the like, of which others tell: when more has come, or at the next start, it goes on.
            self._end_lane()
        except BaseException:
            self._end_lane()
            raise

    def _look_through_all(self) -> bool:
        """Look through what is left; whether there may be more by now. If not, the lane is at its end."""
        asked = self._asked
        while not self._is_closed and self._look_through_some(self._processes.call_patiently) == _AT_ONCE:
            pass
        with self._changed:
            if asked != self._asked and not self._is_closed:
                return True
            self._end_lane()
        return False

    def _end_lane(self) -> None:
        with self._changed:
            self._lanes -= 1
            if not self._lanes:
                self._read_through.clear()
            self._changed.notify_all()

    def _look_through_some(self, call: _Call, podcast: PodcastId | None = None) -> int:
        """Look through the next episodes, of one podcast or of all; returns how many there were."""
        taken = self._writer.submit(lambda connection: self._take(connection, podcast)).result()
        try:
            if taken:
                self._read(call, taken)
        finally:
            with self._changed:
                for each in taken:
                    del self._in_hand[each.episode]
                self._changed.notify_all()
        return len(taken)

    def _take(self, connection: Connection, podcast: PodcastId | None) -> list[Unread]:
        with self._changed:
            taken = next_unread(connection, _AT_ONCE, podcast, self._in_hand.keys() | self._deadly)
            self._in_hand.update((each.episode, each.podcast) for each in taken)
        return taken

    def _read(self, call: _Call, taken: Sequence[Unread]) -> None:
        size = sum(len(text) for each in taken for text in each.texts)
        try:
            found = call(size, outlines_in, [(each.texts, each.duration) for each in taken])
        except UnexpectedError:
            # A worker died of one of them: that one is left, until the next start.
            if len(taken) == 1:
                self._deadly.add(taken[0].episode)
            else:
                for each in taken:
                    self._read(call, [each])
            return
        changed = self._writer.submit(lambda connection: self._store(connection, taken, found)).result()
        with self._changed:
            self._read_through += [each.episode for each in taken]
        if changed:
            self._bus.publish(EpisodesChanged(changed))
            self._bus.publish(ChaptersChanged(changed))

    def _store(self, connection: Connection, taken: Sequence[Unread], found: Found) -> tuple[EpisodeId, ...]:
        """Keep what was found in texts that are still the same; returns those whose chapters may have changed."""
        same = still_unread(connection, taken)
        read = {each.episode: packed for each, packed in zip(taken, found, strict=True) if each.episode in same}
        fresh = without_lists(connection, read)
        first = [(episode, packed) for episode, packed in read.items() if packed and episode in fresh]
        others = [episode for episode in read if episode not in fresh]
        now = self._now()
        store_first_lists(connection, ChapterSource.OUTLINE, first, now)
        for episode in others:
            chapters, _ = unpack(read[episode] or "[]")
            marks = [Mark(each.start, each.title, each.end, each.link) for each in chapters]
            store_marks(connection, episode, ChapterSource.OUTLINE, marks, now)
        drop_unread(connection, read)
        return (*(episode for episode, _ in first), *others)
