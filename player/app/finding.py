"""The search while one types: it works beside the home thread, and only the newest question is answered.

Must not know how words are found (`storage.search`), nor where answers are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.jobs import Jobs
from player.app.library import TYPED_LIMITS
from player.core.errors import KnownError
from player.core.events import ProblemReported
from player.core.model import EpochMillis, Found
from player.core.search_query import Query, read_query
from player.storage import search

OnFound = Callable[[list[Found]], None]


@dataclass(frozen=True, eq=False, slots=True)
class _Question:
    query: Query
    on_found: OnFound


class Finder:
    """Takes questions on the home thread, and answers there. One is worked on at a time; what is out of date ends."""

    def __init__(self, connect: Callable[[], Connection], jobs: Jobs, bus: Bus, now: Callable[[], EpochMillis]) -> None:
        """`connect` opens a connection that reads, for the search alone; it is called when it is first needed."""
        self._connect = connect
        self._connection: Connection | None = None
        self._jobs = jobs
        self._bus = bus
        self._now = now
        self._newest: _Question | None = None
        self._is_working = False

    def ask(self, words: str, on_found: OnFound) -> None:
        """Call `on_found` with what has `words`, unless `cancel` or another question comes first. No words: at once."""
        question = _Question(read_query(words), on_found)
        self._replace(question)
        if not question.query.terms:
            self._answer(question, [])
        elif not self._is_working:
            self._work_on(question)

    def cancel(self) -> None:
        """The answer is not wanted any more."""
        self._replace(None)

    def close(self) -> None:
        """Wait for what is worked on, and let go of the library."""
        self.cancel()
        self._jobs.close()
        if self._connection is not None:
            self._connection.close()

    def _replace(self, question: _Question | None) -> None:
        self._newest = question
        # Between two questions nothing of this connection runs, and then it does nothing.
        if self._is_working and self._connection is not None:
            self._connection.interrupt()

    def _work_on(self, question: _Question) -> None:
        self._is_working = True
        future = self._jobs.submit(self._search, question)
        self._jobs.when_done(
            future, lambda found: self._on_done(question, found), lambda error: self._on_failed(question, error)
        )

    def _search(self, question: _Question) -> list[Found]:
        if self._connection is None:
            self._connection = self._connect()
        groups = search.search(
            self._connection, question.query, self._now(), TYPED_LIMITS, lambda: question is not self._newest
        )
        return [hit for _, found in groups for hit in found]

    def _on_failed(self, question: _Question, error: KnownError) -> None:
        self._bus.publish(ProblemReported(error))
        self._on_done(question, [])

    def _on_done(self, question: _Question, found: list[Found]) -> None:
        self._is_working = False
        if question is self._newest:
            self._answer(question, found)
        elif self._newest is not None:
            self._work_on(self._newest)

    def _answer(self, question: _Question, found: list[Found]) -> None:
        self._newest = None
        question.on_found(found)
