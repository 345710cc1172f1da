"""Keeps the indexes of the search up to date: soon after any change of the library, beside everything else.

Must not know what changes, nor how the indexes are worked on (`storage.search_index`).
"""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection
from typing import Protocol

from player.app.home import Home
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.errors import KnownError
from player.core.model import EpisodeId
from player.storage.search_index import bring_up_to_date, is_due, tidy

_STEP_EVERY_MS = 100
_READ_AT_ONCE = 400
_LAST_STEPS = 8
_MANY_STEPS = 4
"""After so many full steps, some 2000 episodes, the indexes are tidied when nothing is due."""


class Reading(Protocol):
    """Who looks through the texts of new episodes for chapters: `app.outlines`."""

    @property
    def is_working(self) -> bool:
        """Whether texts are looked through."""

    def take_read(self, most: int) -> list[EpisodeId]:
        """Up to so many of the episodes whose texts were, each given once."""


class Indexing:
    """One step after the other, each a change like any other, so that whoever writes meanwhile waits for one at most.

    While others write, there is a pause after each step. While texts are looked through for chapters, as when feeds
    come in, only episodes whose texts were are taken: else they would be twice, without chapters and with them.
    """

    def __init__(self, reader: Connection, writer: Writer, jobs: Jobs, home: Home, reading: Reading) -> None:
        """Begin with what the last run left."""
        self._reader = reader
        self._writer = writer
        self._jobs = jobs
        self._home = home
        self._reading = reading
        self._is_working = False
        self._is_closed = False
        self._writes = 0
        self._full_steps = 0
        self._stop_waiting: Callable[[], None] | None = None
        writer.watch(lambda: home.post(self._on_written))
        self._go_on()

    def close(self) -> None:
        """Take in what changed last; what is more than a second of work is left for the next run."""
        if self._stop_waiting is not None:
            self._stop_waiting()
        for _ in range(0 if self._is_closed else _LAST_STEPS):
            if not self._writer.submit(bring_up_to_date).result():
                break
        self._is_closed = True

    def _on_written(self) -> None:
        self._writes += 1
        if self._stop_waiting is None:
            self._go_on()

    def _go_on(self) -> None:
        if self._is_working or self._is_closed:
            return
        if self._reading.is_working:
            read = self._reading.take_read(_READ_AT_ONCE)
            if read:
                self._begin(lambda connection: bring_up_to_date(connection, read), self._on_indexed)
            else:
                self._wait()
        elif is_due(self._reader):
            self._begin(bring_up_to_date, self._on_indexed)
        elif self._full_steps >= _MANY_STEPS:
            self._begin(tidy, self._on_tidied)

    def _begin(self, step: Callable[[Connection], bool], on_done: Callable[[bool], None]) -> None:
        self._is_working, self._writes = True, 0
        self._jobs.when_done(self._writer.submit(step), on_done, self._on_failed)

    def _on_indexed(self, has_more: bool) -> None:
        self._full_steps += has_more
        self._on_done(has_more)

    def _on_tidied(self, has_more: bool) -> None:
        if not has_more:
            self._full_steps = 0
        self._on_done(has_more)

    def _on_done(self, has_more: bool) -> None:
        self._is_working = False
        # The step itself was one.
        if has_more and self._writes > 1:
            self._wait()
        else:
            self._go_on()

    def _wait(self) -> None:
        self._stop_waiting = self._home.after(_STEP_EVERY_MS, self._on_waited)

    def _on_failed(self, _: KnownError) -> None:
        # A full disk: whoever changes something next hears of it, and then this is tried again.
        self._is_working = False

    def _on_waited(self) -> None:
        self._stop_waiting = None
        self._go_on()
