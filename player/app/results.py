"""All that has some words, kind by kind and page by page: it works beside the home thread.

Must not know how words are found (`storage.search`), nor where hits are shown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.jobs import Jobs
from player.app.library import TYPED_LIMITS
from player.core.errors import KnownError
from player.core.events import ProblemReported
from player.core.model import EpochMillis, Found, FoundKind
from player.core.search_query import Query, read_query
from player.storage import search

PAGE = 40
"""How many hits of a kind are told at once; the last page has fewer."""
KINDS = tuple(TYPED_LIMITS)
"""The kinds in the order in which they are found."""
_MOST_PARTS = 12
"""So many parts of an index are gone through at most for a page, so that other questions are not held up."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some more hits of a kind, perhaps none, and whether there are no others after them."""

    kind: FoundKind
    hits: tuple[Found, ...]
    is_last: bool


OnPage = Callable[[Page], None]


@dataclass(eq=False)
class _Search:
    """What was asked, how far each kind was read, and hits that were read and not told yet."""

    query: Query
    on_page: OnPage
    parts: dict[FoundKind, Iterator[list[Found]]] = field(default_factory=dict)
    rest: dict[FoundKind, list[Found]] = field(default_factory=dict)


class Results:
    """Takes questions on the home thread and tells pages there, one after the other, of the newest question only."""

    def __init__(self, connect: Callable[[], Connection], jobs: Jobs, bus: Bus, now: Callable[[], EpochMillis]) -> None:
        """`connect` opens a connection that reads, for this alone; it is called when it is first needed."""
        self._connect = connect
        self._connection: Connection | None = None
        self._jobs = jobs
        self._bus = bus
        self._now = now
        self._newest: _Search | None = None
        self._wanted: deque[FoundKind] = deque()
        self._is_working = False

    def find(self, words: str, on_page: OnPage) -> None:
        """Tell the first page of each kind of what has `words`, in the order of `KINDS`, unless it is cancelled."""
        self._newest = _Search(read_query(words), on_page)
        self._wanted = deque(KINDS)
        self._work()

    def more(self, kind: FoundKind) -> None:
        """Tell the next page of a kind."""
        if self._newest is not None and kind not in self._wanted:
            self._wanted.append(kind)
            self._work()

    def cancel(self) -> None:
        """Nothing is wanted any more."""
        self._newest = None
        self._wanted.clear()

    def close(self) -> None:
        """Let go of the library. No job may be running any more."""
        self.cancel()
        if self._connection is not None:
            self._connection.close()

    def _work(self) -> None:
        if self._is_working or self._newest is None or not self._wanted:
            return
        self._is_working = True
        asked, kind = self._newest, self._wanted[0]
        future = self._jobs.submit(self._read, asked, kind)
        self._jobs.when_done(
            future, lambda page: self._on_read(asked, page), lambda error: self._on_failed(asked, error)
        )

    def _read(self, asked: _Search, kind: FoundKind) -> Page:
        if self._connection is None:
            self._connection = self._connect()
        if kind not in asked.parts:
            asked.parts[kind] = search.pages(self._connection, asked.query, kind, self._now())
        hits = asked.rest.pop(kind, [])
        is_last = False
        for _ in range(_MOST_PARTS):
            # One more than a page: then it is known whether another follows.
            if len(hits) > PAGE or is_last or asked is not self._newest:
                break
            part = next(asked.parts[kind], None)
            is_last = part is None
            hits += part or ()
        asked.rest[kind] = hits[PAGE:]
        return Page(kind, tuple(hits[:PAGE]), is_last and len(hits) <= PAGE)

    def _on_failed(self, asked: _Search, error: KnownError) -> None:
        self._bus.publish(ProblemReported(error))
        self._is_working = False
        if asked is self._newest:
            for kind in self._wanted:
                asked.on_page(Page(kind, (), is_last=True))
            self._wanted.clear()
        self._work()

    def _on_read(self, asked: _Search, page: Page) -> None:
        self._is_working = False
        if asked is self._newest:
            self._wanted.popleft()
            asked.on_page(page)
        self._work()
