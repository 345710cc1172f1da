"""Chapters that are skipped: kept whatever is read, told, and taken back."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from house import House, feed
from player.app.chapters import store_marks
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery, Mark
from player.core.skips import SkipMark
from player.storage.database import open_writer
from webserver import Route, WebServer

NESTED = (Mark(0, "One"), Mark(10_000, "Part", level=1), Mark(12_000, "Other part", level=1), Mark(20_000, "Two"))


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode whose notes have an outline of three chapters, of ten seconds each."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def chapters_at(house: House, episode: EpisodeId, *indices: int) -> list[Chapter]:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    return [chosen.chapters[index] for index in indices]


def skip(house: House, episode: EpisodeId, *indices: int, is_skipped: bool = True) -> tuple[SkipMark, ...]:
    chapters = house.services.chapters
    return chapters.set_skipped(episode, chapters_at(house, episode, *indices), is_skipped=is_skipped).result()


def skipped(house: House, episode: EpisodeId) -> set[int]:
    return set(house.services.chapters.view(episode).skipped)


def write(house: House, episode: EpisodeId, source: ChapterSource, *marks: Mark) -> None:
    connection: Connection = open_writer(house.services.profile.database)
    store_marks(connection, episode, source, marks, 1)
    connection.close()


def test_chapters_are_skipped_and_heard_again(house: House, episode: EpisodeId) -> None:
    house.facts.clear()
    assert skip(house, episode, 0, 2) == ()
    assert {ChaptersChanged((episode,)), EpisodesChanged((episode,))} <= set(house.facts)
    view = house.services.chapters.view(episode)
    assert (set(view.skipped), view.is_edited, view.can_undo) == ({0, 2}, False, False)
    assert view.skips == ((0, 10_000),), "how long the last one is, its audio will tell"
    before = skip(house, episode, 2, is_skipped=False)
    assert skipped(house, episode) == {0}
    house.facts.clear()
    house.services.chapters.restore_skips(episode, before).result()
    assert skipped(house, episode) == {0, 2}
    assert ChaptersChanged((episode,)) in house.facts


def test_marks_survive_notes_that_are_read_again_and_lists_that_are_edited(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    chapters = house.services.chapters
    skip(house, episode, 1)
    notes = "(0:00) – Introduction<br/>(0:02) – News<br/>(0:12) – Export controls<br/>(0:20) – The gate"
    publisher["/feed.xml"] = Route(feed(publisher, notes), "application/rss+xml", etag='"2"')
    house.services.subscriptions.refresh([house.services.library.episode(episode).podcast])
    assert skipped(house, episode) == {2}
    renamed, first = chapters_at(house, episode, 2, 0)
    chapters.rename(episode, renamed, "Exports").result()
    chapters.merge_with_next(episode, first).result()
    assert [each.title for each in chapters_at(house, episode, *skipped(house, episode))] == ["Exports"]
    chapters.set_anchor(episode, chapters_at(house, episode, 1)[0], 15_000).result()
    assert chapters.view(episode).skips == ((15_000, 23_000),)
    chapters.delete(episode, chapters_at(house, episode, 1)[0]).result()
    assert skipped(house, episode) == set()
    chapters.undo(episode).result()
    assert skipped(house, episode) == {1}


def test_marks_count_in_another_list_and_come_back_with_theirs(house: House, episode: EpisodeId) -> None:
    skip(house, episode, 1)
    write(house, episode, ChapterSource.FILE, Mark(0, "Start"), Mark(10_400, "Export Controls"), Mark(20_000, "End"))
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()
    assert skipped(house, episode) == {1}
    skip(house, episode, 1, is_skipped=False)
    skip(house, episode, 2)
    house.services.chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    assert skipped(house, episode) == set()
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()
    assert skipped(house, episode) == {2}


def test_a_part_of_what_is_skipped_is_heard(house: House, episode: EpisodeId) -> None:
    write(house, episode, ChapterSource.LISTENER, *NESTED)
    skip(house, episode, 0)
    assert skipped(house, episode) == {0, 1, 2}
    assert house.services.chapters.view(episode).skips == ((0, 20_000),)
    skip(house, episode, 2, is_skipped=False)
    assert skipped(house, episode) == {1}


def test_a_chapter_that_is_gone_is_not_marked(house: House, episode: EpisodeId) -> None:
    gone = Chapter(5_000, 10_000, "Gone")
    with pytest.raises(NotFoundError):
        house.services.chapters.set_skipped(episode, [*chapters_at(house, episode, 0), gone], is_skipped=True).result()
    assert skipped(house, episode) == set()
