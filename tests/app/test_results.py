"""All that has some words, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from house.later import LaterExecutor
from player.app import results
from player.app.bus import Bus
from player.app.home import InlineHome
from player.app.jobs import Jobs
from player.app.results import KINDS, Page, Results
from player.core.errors import ProfileError
from player.core.events import ProblemReported
from player.core.model import Chapter, EpisodeId, FetchedEpisode, FetchedFeed, FoundKind
from player.storage.chapters import store_shown
from player.storage.database import open_reader, open_writer
from player.storage.feeds import add_podcast, store_feed
from player.storage.search_index import bring_all_up_to_date

COUNT = 300


class Stage:
    """Results on a library of many episodes called "Star", and the pages that were told."""

    def __init__(self, path: Path) -> None:
        writer = open_writer(path)
        show = add_podcast(writer, "https://x.org", "Show", 1)
        items = tuple(FetchedEpisode(str(age), f"Star {age}", None, COUNT - age) for age in range(COUNT))
        store_feed(writer, show, FetchedFeed("Show", None, "", None, None, items), 1)
        store_shown(writer, EpisodeId(3), [Chapter(5, 9, "A star")])
        bring_all_up_to_date(writer)
        writer.close()
        self.path = path
        self.executor = LaterExecutor(is_inline=True)
        self.bus = Bus(InlineHome())
        self.fails = False
        self.results = Results(self._connect, Jobs(self.executor, InlineHome()), self.bus, lambda: 2)
        self.pages: list[Page] = []

    def _connect(self) -> Connection:
        if self.fails:
            raise ProfileError("/profile", "the library in it is damaged")
        return open_reader(self.path)

    def find(self, words: str) -> None:
        self.results.find(words, self.pages.append)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path / "library.db")
    yield made
    made.results.close()


def test_the_first_page_of_each_kind_then_more_of_one(stage: Stage) -> None:
    stage.find("star")
    assert [(page.kind, len(page.hits), page.is_last) for page in stage.pages] == [
        (FoundKind.PODCAST, 0, True),
        (FoundKind.EPISODE, 40, False),
        (FoundKind.BOOKMARK, 0, True),
        (FoundKind.CHAPTER, 1, True),
        (FoundKind.NOTES, 0, True),
    ]
    assert stage.pages[3].hits[0].start == 5
    while not stage.pages[-1].is_last or stage.pages[-1].kind is not FoundKind.EPISODE:
        stage.results.more(FoundKind.EPISODE)
    hits = [hit for page in stage.pages if page.kind is FoundKind.EPISODE for hit in page.hits]
    assert len(hits) == len({hit.episode for hit in hits}) == COUNT
    assert all(len(page.hits) == 40 for page in stage.pages if page.kind is FoundKind.EPISODE and not page.is_last)
    stage.results.more(FoundKind.EPISODE)
    assert stage.pages[-1] == Page(FoundKind.EPISODE, (), is_last=True)


def test_a_page_that_is_just_full_is_known_to_be_the_last(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "PAGE", COUNT)
    stage.find("star")
    assert (len(stage.pages[1].hits), stage.pages[1].is_last) == (COUNT, True)


def test_hits_that_lie_far_apart_come_in_short_pages(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "_MOST_PARTS", 1)
    stage.find('"star 299"')
    assert not stage.pages[1].is_last
    stage.results.more(FoundKind.EPISODE)
    assert sum(len(page.hits) for page in stage.pages if page.kind is FoundKind.EPISODE) == 1


def test_only_the_newest_question_is_told(stage: Stage) -> None:
    stage.executor.is_inline = False
    stage.find("star")
    stage.executor.run()
    stage.find("nothing")
    assert len(stage.executor.kept) == 1
    while stage.executor.kept:
        stage.executor.run()
    assert [len(page.hits) for page in stage.pages] == [0] * (1 + len(KINDS))


def test_what_is_cancelled_is_not_told(stage: Stage) -> None:
    stage.executor.is_inline = False
    stage.find("star")
    stage.results.cancel()
    stage.results.more(FoundKind.EPISODE)
    stage.executor.run()
    assert (stage.pages, stage.executor.kept) == ([], [])


def test_a_page_is_asked_for_once(stage: Stage) -> None:
    stage.find("star")
    stage.executor.is_inline = False
    stage.results.more(FoundKind.EPISODE)
    stage.results.more(FoundKind.EPISODE)
    stage.executor.run()
    assert stage.executor.kept == []


def test_no_words_find_nothing(stage: Stage) -> None:
    stage.find(" ")
    assert stage.pages == [Page(kind, (), is_last=True) for kind in KINDS]


def test_a_library_that_cannot_be_read_is_told(stage: Stage) -> None:
    told: list[ProblemReported] = []
    stage.bus.subscribe(ProblemReported, told.append)
    stage.fails = True
    stage.find("star")
    assert len(told) == 1
    assert stage.pages == [Page(kind, (), is_last=True) for kind in KINDS]
