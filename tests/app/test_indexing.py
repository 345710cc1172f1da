"""The indexes of the search follow whatever is written, soon, and never in the way of who writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from house.later import LaterExecutor
from player.app import indexing
from player.app.home import InlineHome
from player.app.indexing import Indexing
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.errors import ProfileError
from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed
from player.storage import search_index
from player.storage.database import open_reader, open_writer, row
from player.storage.feeds import add_podcast, store_feed


class Reader:
    """Looks through texts while `is_working`, and was so far through with `read`."""

    def __init__(self) -> None:
        self.is_working = False
        self.read: list[EpisodeId] = []

    def take_read(self, most: int) -> list[EpisodeId]:
        taken, self.read = self.read[:most], self.read[most:]
        return taken


class Stage:
    """Indexing of a library that begins empty; its writer is at hand at once until `executor.is_inline` is False."""

    def __init__(self, path: Path) -> None:
        self.executor = LaterExecutor(is_inline=True)
        self.home = InlineHome()
        self.writer = Writer(lambda: open_writer(path), self.executor)
        self.reader = open_reader(path)
        self.reading = Reader()
        self.indexing = self.begin()

    def begin(self) -> Indexing:
        """What a start of the program does."""
        return Indexing(self.reader, self.writer, Jobs(self.executor, self.home), self.home, self.reading)

    def add(self, *titles: str) -> None:
        """Write a feed into the library."""
        items = tuple(FetchedEpisode(title, title) for title in titles)

        def write(connection: Connection) -> None:
            show = add_podcast(connection, f"https://x.org/{titles[0]}", "Show", 1)
            store_feed(connection, show, FetchedFeed("Show", None, "", None, None, items), 1)

        self.writer.submit(write)

    def indexed(self) -> int:
        """How many episodes are in the indexes."""
        found = row(self.reader, "SELECT count(*) FROM search_row")
        return int(found[0]) if found else 0

    def close(self) -> None:
        self.executor.is_inline = True
        self.writer.close()
        self.reader.close()


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A step takes two episodes."""
    monkeypatch.setattr(search_index, "_MOST_EPISODES", 2)
    made = Stage(tmp_path / "library.db")
    yield made
    made.close()


def test_what_is_written_is_indexed(stage: Stage) -> None:
    stage.add("1", "2", "3", "4", "5")
    assert stage.indexed() == 5
    stage.add("6")
    assert stage.indexed() == 6


def test_who_writes_meanwhile_waits_for_one_step_and_then_steps_are_few(stage: Stage) -> None:
    stage.executor.is_inline = False
    stage.add("1", "2", "3", "4", "5", "6", "7")
    stage.add("8")
    stage.executor.run()
    assert len(stage.executor.kept) == 2
    stage.executor.run()
    stage.executor.run()
    assert (stage.indexed(), stage.executor.kept) == (2, [])
    stage.add("9")
    stage.executor.run()
    assert stage.executor.kept == [], "a write does not bring the next step nearer"
    stage.home.tick()
    stage.executor.run()
    assert stage.indexed() == 4
    while stage.executor.kept:
        stage.executor.run()
    assert stage.indexed() == 9, "nobody wrote meanwhile"


def test_while_texts_are_looked_through_those_that_were_are_indexed(stage: Stage) -> None:
    stage.reading.is_working = True
    stage.add("1", "2", "3", "4", "5")
    assert stage.indexed() == 0
    stage.reading.read = [EpisodeId(4), EpisodeId(2)]
    stage.home.tick()
    assert [found[0] for found in stage.reader.execute("SELECT episode FROM search_row ORDER BY 1")] == [2, 4]
    stage.home.tick()
    assert stage.indexed() == 2
    stage.reading.is_working = False
    stage.home.tick()
    assert stage.indexed() == 5


def test_after_many_episodes_the_indexes_are_tidied_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    tidied: list[bool] = []

    def tidy(_: Connection) -> bool:
        tidied.append(len(tidied) < 2)
        return tidied[-1]

    monkeypatch.setattr(indexing, "tidy", tidy)
    stage.add(*map(str, range(8)))
    assert tidied == []
    stage.add(*map(str, range(8, 18)))
    assert tidied == [True, True, False]
    stage.add("11")
    assert tidied == [True, True, False]


def test_a_step_that_failed_is_taken_again_after_the_next_change(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Connection) -> bool:
        raise ProfileError("/profile", "the disk is full")

    with monkeypatch.context() as full:
        full.setattr(indexing, "bring_up_to_date", fail)
        stage.add("1")
    assert stage.indexed() == 0
    stage.add("2")
    assert stage.indexed() == 2


def test_what_is_left_at_the_end_comes_at_the_next_start(stage: Stage) -> None:
    stage.executor.is_inline = False
    stage.add(*map(str, range(40)))
    stage.executor.run()
    stage.executor.kept.clear()
    stage.executor.is_inline = True
    stage.indexing.close()
    assert stage.indexed() == 16
    stage.begin()
    assert stage.indexed() == 40
