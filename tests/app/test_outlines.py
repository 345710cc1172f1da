"""Texts are looked through for chapters: all of them, whatever comes between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest

from house import House, build
from player.app import outlines
from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import outline_in
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor, Jobs
from player.app.outlines import Outlines
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.edits import EditLog, Identity, Rename
from player.core.errors import ProfileError, UnexpectedError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import ChapterSource, EpisodeId, FetchedEpisode, FetchedFeed, Mark, PodcastId
from player.storage import chapter_edits, chapters, episodes, feeds
from player.storage.database import open_writer, rows
from player.storage.packed_chapters import places
from player.storage.search_index import bring_all_up_to_date
from player.storage.unread import next_unread

NOTES = (
    "<p>(0:00) – Introduction<br/>(0:10) – <a href='https://x.org/e'>Export controls</a><br/>(0:20–0:25) – Stargate</p>"
)
TITLES = ["Introduction", "Export controls", "Stargate"]
FOUND = "SELECT rowid FROM chapter_index WHERE chapter_index MATCH ?"
DEADLY = "what a worker dies of"


class FrailProcesses(Processes):
    """Works on the calling thread; dies of one text, and does first what a test wants to happen meanwhile."""

    def __init__(self) -> None:
        super().__init__(0)
        self.meanwhile: Callable[[], None] = lambda: None

    def call_patiently(self, size: int, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.meanwhile()
        if any(DEADLY in texts for texts, _ in args[0]):
            raise UnexpectedError("a worker process died")
        return super().call_patiently(size, work, *args, **kwargs)


class Reading:
    """The service on a library of its own, with what it tells."""

    def __init__(self, path: Path) -> None:
        self.library = open_writer(path)
        self.processes = FrailProcesses()
        home = InlineHome()
        bus = Bus(home)
        self.told: list[tuple[int, ...]] = []
        bus.subscribe(ChaptersChanged, lambda fact: self.told.append(fact.ids))
        bus.subscribe(EpisodesChanged, lambda fact: self.told.append(fact.ids))
        jobs = Jobs(InlineExecutor(), home)
        self.writer = Writer(lambda: self.library, InlineExecutor())
        self.outlines = Outlines(self.writer, bus, jobs, self.processes, lambda: 7)
        self.show = feeds.add_podcast(self.library, "https://x.org/feed", "The Show", 1)

    def store(self, *items: FetchedEpisode, podcast: PodcastId | None = None) -> tuple[EpisodeId, ...]:
        feed = FetchedFeed("The Show", None, "", None, None, items)
        return feeds.store_feed(self.library, podcast or self.show, feed, 1).new

    def titles(self, episode: int) -> list[str]:
        lists = chapters.lists(self.library, EpisodeId(episode))
        return [each.title for found in lists for each in found.chapters]


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Reading]:
    reading = Reading(tmp_path / "library.db")
    yield reading
    reading.library.close()


def item(guid: str, *texts: str, **more: Any) -> FetchedEpisode:
    return FetchedEpisode(guid, f"Episode {guid}", duration=30_000, texts=texts, **more)


def shown(library: Connection, episode: int) -> list[tuple[int, str]]:
    return places(rows(library, "SELECT chapters FROM chapter_list WHERE episode = ? AND is_shown", (episode,))[0][0])


def test_all_that_is_unread_is_looked_through_and_what_has_chapters_is_told(reading: Reading) -> None:
    reading.store(item("a", NOTES), item("b", "nothing"), item("c"))
    reading.outlines.go_on()
    assert reading.titles(1) == TITLES
    assert reading.told == [(1,), (1,)]
    assert next_unread(reading.library, 9) == []
    assert [episodes.episode(reading.library, EpisodeId(each)).chapter_count for each in (1, 2, 3)] == [3, 0, 0]


def test_many_are_stored_as_each_alone_would_be(reading: Reading, tmp_path: Path) -> None:
    items = [
        item("a", NOTES, "0:00 Short<br>0:12 Text"),
        replace(item("b", "0:00 One\n0:40 Behind the end\n1:00 Last"), duration=None),
        item("c", "0:00 One\n0:05 Two\n0:40 Behind the end"),
        item("d", "no chapters"),
        item("e", "0:03 Late\n0:03 At once\n0:09 “Ünï”"),
    ]
    reading.store(*items)
    reading.outlines.go_on()
    with closing(open_writer(tmp_path / "other.db")) as other:
        show = feeds.add_podcast(other, "https://x.org/feed", "The Show", 1)
        feed = FetchedFeed("The Show", None, "", None, None, tuple(items))
        for episode, fetched in feeds.store_feed(other, show, feed, 1).with_new_texts:
            marks = outline_in(fetched.texts, fetched.duration)
            store_marks(other, episode, ChapterSource.OUTLINE, marks, 7)
        for library in (reading.library, other):
            bring_all_up_to_date(library)
        for table in ("chapter_list", "episode"):
            both = [rows(each, f"SELECT * FROM {table} ORDER BY 1, 2") for each in (reading.library, other)]
            assert both[0] == both[1] != [], table
        for words in ("late", "uni", "behind", "no chapters"):
            both = [rows(each, FOUND, (words,)) for each in (reading.library, other)]
            assert both[0] == both[1], words
        assert rows(other, FOUND, ("behind",)) != []


def test_what_the_listener_did_and_other_sources_count(reading: Reading) -> None:
    podlove = [Mark(0, "Podlove"), Mark(9000, "More"), Mark(12_000, "And more")]
    reading.store(item("a", NOTES), item("b", NOTES))
    store_marks(reading.library, EpisodeId(1), ChapterSource.PODLOVE, podlove, 1)
    reading.outlines.go_on()
    assert {each.source for each in chapters.lists(reading.library, EpisodeId(1))} == {
        ChapterSource.PODLOVE,
        ChapterSource.OUTLINE,
    }
    assert [title for _, title in shown(reading.library, 1)] == ["Podlove", "More", "And more"]
    reading.store(item("a", NOTES), item("b", "no chapters any more"))
    reading.outlines.go_on()
    assert reading.titles(2) == []
    assert episodes.episode(reading.library, EpisodeId(2)).chapter_count == 0


def test_a_text_that_changes_meanwhile_is_looked_through_again(reading: Reading) -> None:
    reading.store(item("a", NOTES))

    def describe_anew() -> None:
        reading.processes.meanwhile = lambda: None
        reading.store(item("a", NOTES.replace("Stargate", "Moongate")))

    reading.processes.meanwhile = describe_anew
    reading.outlines.go_on()
    assert reading.titles(1) == [*TITLES[:-1], "Moongate"]
    assert next_unread(reading.library, 9) == []


def test_what_was_looked_through_is_known_while_it_works(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "_AT_ONCE", 1)
    reading.store(item("a", NOTES), item("b", "nothing"), item("c", NOTES))
    seen: list[tuple[bool, list[EpisodeId]]] = []
    reading.processes.meanwhile = lambda: seen.append((reading.outlines.is_working, reading.outlines.take_read(1)))
    reading.outlines.go_on()
    assert seen == [(True, []), (True, [1]), (True, [2])]
    assert not reading.outlines.is_working
    assert reading.outlines.take_read(9) == []


def test_a_text_that_kills_workers_keeps_the_chapters_of_no_other_episode_out(reading: Reading) -> None:
    reading.store(item("a", NOTES), item("b", DEADLY), item("c", NOTES))
    reading.outlines.go_on()
    assert [reading.titles(each) for each in (1, 2, 3)] == [TITLES, [], TITLES]
    assert [each.episode for each in next_unread(reading.library, 9)] == [2]


def test_a_full_disk_loses_nothing(reading: Reading) -> None:
    reading.store(item("a", NOTES))

    def fill_the_disk() -> None:
        raise ProfileError("/home", "the disk is full")

    reading.processes.meanwhile = fill_the_disk
    reading.outlines.finish()
    assert reading.titles(1) == []
    reading.processes.meanwhile = lambda: None
    reading.outlines.finish()
    assert reading.titles(1) == TITLES


def test_one_podcast_can_be_waited_for(reading: Reading) -> None:
    other = feeds.add_podcast(reading.library, "https://y.org/feed", "Other", 1)
    reading.store(item("a", NOTES))
    reading.store(item("a", NOTES), podcast=other)
    reading.outlines.look_through(reading.show)
    assert [reading.titles(each) for each in (1, 2)] == [TITLES, []]


def test_when_it_is_closed_it_leaves_the_rest(reading: Reading) -> None:
    reading.store(item("a", NOTES))
    reading.outlines.close()
    reading.outlines.finish()
    assert reading.titles(1) == []


def test_an_episode_with_edits_is_not_taken_for_a_new_one(reading: Reading) -> None:
    reading.store(item("a", NOTES), item("b", NOTES))
    edits = EditLog().did(Rename(Identity(0, "Introduction"), "Hello"))
    chapter_edits.store_edits(reading.library, EpisodeId(1), ChapterSource.OUTLINE, edits)
    assert chapters.without_lists(reading.library, [EpisodeId(1), EpisodeId(2)]) == {2}
    reading.outlines.go_on()
    assert shown(reading.library, 1)[0] == (0, "Hello")


def test_a_program_that_was_killed_in_between_goes_on(tmp_path: Path) -> None:
    house: House = build(tmp_path / "profile")
    house.services.close()
    with closing(open_writer(house.services.profile.database)) as library:
        show = feeds.add_podcast(library, "https://x.org/feed", "The Show", 1)
        feed = FetchedFeed("The Show", None, "", None, None, (item("a", NOTES),))
        feeds.store_feed(library, show, feed, 1)
    house = build(tmp_path / "profile")
    house.services.outlines.go_on()
    assert house.services.library.episode(EpisodeId(1)).chapter_count == 3
    house.services.close()
