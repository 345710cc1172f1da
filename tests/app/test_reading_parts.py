"""A feed of which only new items are read leaves the library as one that is read as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.app.bus import Bus
from player.app.computing import parse_feed
from player.app.home import InlineHome
from player.app.intake import Intake
from player.app.jobs import InlineExecutor, Jobs
from player.app.outlines import Outlines
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.model import PodcastId
from player.net.fetch import Answer
from player.storage import feeds
from player.storage.database import change, open_writer, rows

URL = "https://x.org/feed.xml"
TABLES = ("episode", "notes", "chapter_list", "soundbite", "transcript", "chapter_document")


class Recording(Processes):
    """Counts the episodes that were read."""

    def __init__(self) -> None:
        super().__init__(0)
        self.read = 0

    def call(self, size: int, work: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().call(size, work, *args, **kwargs)
        if work is parse_feed:
            self.read += len(found.episodes)
        return found


class Side:
    """A library, and the service that takes feeds into it; `is_whole` forgets what items were before each time."""

    def __init__(self, path: Path, *, is_whole: bool) -> None:
        self.library: Connection = open_writer(path)
        self.processes = Recording()
        self._is_whole = is_whole
        home = InlineHome()
        bus, jobs = Bus(home), Jobs(InlineExecutor(), home)
        writer = Writer(lambda: self.library, InlineExecutor())
        outlines = Outlines(writer, bus, jobs, self.processes, lambda: 5)
        self.intake = Intake(writer, bus, self.processes, outlines, lambda: 5)

    def last_id(self) -> int:
        """The last number that anything was given."""
        return max((seq for (seq,) in rows(self.library, "SELECT seq FROM sqlite_sequence")), default=0)

    def begin(self, last_id: int) -> PodcastId:
        """Another podcast, the only one; its numbers follow on that one."""
        change(self.library, "DELETE FROM podcast")
        change(self.library, "DELETE FROM sqlite_sequence")
        change(self.library, "INSERT INTO sqlite_sequence VALUES ('podcast', ?1), ('episode', ?1)", (last_id,))
        return feeds.add_podcast(self.library, URL, "", 1)

    def take(self, podcast: PodcastId, body: bytes) -> None:
        if self._is_whole:
            change(self.library, "UPDATE episode SET item_digest = NULL")
        self.intake.store(URL, Answer(body, URL, None, None, "text/xml"), podcast)

    def contents(self) -> list[Any]:
        """All that is kept, but for digests."""
        found: list[Any] = rows(self.library, "SELECT title, link, body_hash FROM podcast")
        for table in TABLES:
            columns = [name for _, name, *_ in rows(self.library, f"PRAGMA table_info({table})")]
            wanted = ", ".join(name for name in columns if name != "item_digest")
            found.append((table, rows(self.library, f"SELECT {wanted} FROM {table} ORDER BY 1, 2")))
        return found


def item(guid: int, number: int, day: int, notes: str, written: str) -> str:
    """An item; few numbers, so that guids, addresses and titles come together in all ways."""
    named = f"<guid>{guid}</guid>" if guid else ""
    dated = f"<pubDate>{day:02} Jan 2024 00:00:00 GMT</pubDate>" if day else ""
    audio = f'<enclosure url="https://x.org/{number}.mp3" type="audio/mpeg" length="1"/>' if number else ""
    return (
        f"<item>{written}<title>T{number}</title>{named}{dated}{audio}<description>{escape(notes)}</description></item>"
    )


ITEMS = st.builds(
    item,
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 4),
    st.sampled_from(("", "words", "0:00 Ünï<br>0:10 Two<br>0:20 Three", "ü")),
    st.sampled_from(("", " ", "<!-- a comment -->")),
)
LISTS = st.lists(ITEMS, max_size=6)


def feed(items: Sequence[str], head: str = "Show") -> bytes:
    body = f"<rss version='2.0'><channel><title>{head}</title>{''.join(items)}</channel></rss>"
    return body.encode()


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    folder = tmp_path_factory.mktemp("sides")
    whole, parts = Side(folder / "whole.db", is_whole=True), Side(folder / "parts.db", is_whole=False)
    yield whole, parts
    whole.library.close()
    parts.library.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=LISTS, steps=st.lists(st.tuples(LISTS, st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=3))
def test_whatever_changes_in_a_feed(sides: tuple[Side, Side], first: list[str], steps: list[Any]) -> None:
    versions, items = [first], first
    for more, begin, end, is_doubled in steps:
        items = [*more, *items[begin:], *(items[:end] if is_doubled else ())]
        versions.append(items)
    last = max(side.last_id() for side in sides)
    podcasts = [side.begin(last) for side in sides]
    for number, version in enumerate(versions):
        for side, podcast in zip(sides, podcasts, strict=True):
            side.take(podcast, feed(version, f"Show {number}"))
        whole, parts = (side.contents() for side in sides)
        assert parts == whole


def test_only_what_is_new_is_read(sides: tuple[Side, Side]) -> None:
    _, parts = sides
    podcast = parts.begin(parts.last_id())
    items = [item(number, number, 1, "0:00 One<br>0:10 Two<br>0:20 Three", "") for number in range(1, 40)]
    parts.take(podcast, feed(items))
    parts.processes.read = 0
    parts.take(podcast, feed([item(50, 50, 2, "new", ""), *items]))
    assert parts.processes.read == 1
    # One that is written otherwise is read, and then known as well.
    parts.take(podcast, feed([*items[:-1], items[-1].replace("<item>", "<item><!-- -->")]))
    assert parts.processes.read == 2
    parts.take(podcast, feed([*items[:-1], items[-1].replace("<item>", "<item><!-- -->")], "Other"))
    assert parts.processes.read == 2
    # Two of one guid are told apart by other things, so all is read.
    parts.take(podcast, feed([item(1, 60, 3, "", ""), *items]))
    assert parts.processes.read > 2 + len(items)
