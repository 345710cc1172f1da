"""The search while one types: who is answered, and who is not any more."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest

from house.later import LaterExecutor
from player.app.bus import Bus
from player.app.finding import Finder
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor, Jobs
from player.core.errors import ProfileError
from player.core.events import ProblemReported
from player.core.model import FetchedEpisode, FetchedFeed, Found
from player.storage.database import open_reader, open_writer
from player.storage.feeds import add_podcast, store_feed
from player.storage.search_index import bring_all_up_to_date


class Stage:
    """A finder on two episodes, and what it answered."""

    def __init__(self, path: Path) -> None:
        writer = open_writer(path)
        show = add_podcast(writer, "https://x.org", "Show", 1)
        items = (FetchedEpisode("1", "First star", None, 2), FetchedEpisode("2", "Second moon", None, 1))
        store_feed(writer, show, FetchedFeed("Show", None, "", None, None, items), 1)
        bring_all_up_to_date(writer)
        writer.close()
        self.executor = LaterExecutor()
        self.bus = Bus(InlineHome())
        self.fails = False
        self.finder = Finder(lambda: self._connect(path), Jobs(self.executor, InlineHome()), self.bus, lambda: 2)
        self.answers: list[list[str]] = []

    def _connect(self, path: Path) -> Connection:
        if self.fails:
            raise ProfileError("folder", "the disk could not be read or written")
        return open_reader(path)

    def ask(self, words: str) -> None:
        """Ask, and keep the titles of the answer."""

        def keep(found: list[Found]) -> None:
            self.answers.append([hit.title for hit in found])

        self.finder.ask(words, keep)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "library.db")


def test_an_answer_comes_once(stage: Stage) -> None:
    stage.ask("star")
    assert stage.answers == []
    stage.executor.run()
    assert stage.answers == [["First star"]]
    stage.finder.close()


def test_only_the_newest_question_is_answered_and_no_other_one_is_worked_on(stage: Stage) -> None:
    for words in ("s", "st", "second"):
        stage.ask(words)
    assert len(stage.executor.kept) == 1
    stage.executor.run()
    assert stage.answers == []
    stage.executor.run()
    assert stage.answers == [["Second moon"]]
    assert stage.executor.kept == []
    stage.finder.close()


def test_no_words_are_answered_at_once_and_end_what_was_asked(stage: Stage) -> None:
    stage.ask("star")
    stage.ask(" ")
    assert stage.answers == [[]]
    stage.executor.run()
    assert stage.answers == [[]]
    assert stage.executor.kept == []
    stage.finder.close()


def test_what_is_cancelled_is_not_answered(stage: Stage) -> None:
    stage.ask("star")
    stage.finder.cancel()
    stage.executor.run()
    assert stage.answers == []
    stage.ask("moon")
    stage.executor.run()
    assert stage.answers == [["Second moon"]]
    stage.finder.close()


def test_a_library_that_cannot_be_read_is_told_and_the_next_question_asks_again(stage: Stage) -> None:
    told: list[ProblemReported] = []
    stage.bus.subscribe(ProblemReported, told.append)
    stage.fails = True
    stage.ask("star")
    stage.executor.run()
    assert stage.answers == [[]]
    assert len(told) == 1
    stage.fails = False
    stage.ask("star")
    stage.executor.run()
    assert stage.answers[-1] == ["First star"]
    stage.finder.close()


def test_a_finder_that_was_never_asked_closes(tmp_path: Path) -> None:
    Finder(
        lambda: open_reader(tmp_path / "none"), Jobs(InlineExecutor(), InlineHome()), Bus(InlineHome()), lambda: 0
    ).close()
