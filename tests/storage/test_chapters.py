"""Lists of chapters by episode and source."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.storage import chapters, episodes, feeds
from player.storage.database import row

OUTLINE = ChapterList(ChapterSource.OUTLINE, (Chapter(0, 5000, "Intro"), Chapter(5000, 9000, "Main", "https://x.org")))
FILE = ChapterList(ChapterSource.FILE, (Chapter(0, 9000, ""),))


@pytest.fixture
def episode(library: Connection, show: PodcastId) -> EpisodeId:
    feed = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "A"),))
    return feeds.store_feed(library, show, feed, 1).new[0]


def test_each_source_has_its_own_list(library: Connection, episode: EpisodeId) -> None:
    assert chapters.lists(library, episode) == []
    chapters.store_list(library, episode, OUTLINE, 1, "hash")
    chapters.store_list(library, episode, FILE, 2)
    assert chapters.lists(library, episode) == [OUTLINE, FILE]
    assert chapters.content_hash(library, episode, ChapterSource.OUTLINE) == "hash"
    assert chapters.content_hash(library, episode, ChapterSource.FILE) is None


def test_a_list_replaces_what_its_source_said_before(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, episode, OUTLINE, 1)
    shorter = ChapterList(ChapterSource.OUTLINE, OUTLINE.chapters[:1])
    chapters.store_list(library, episode, shorter, 2)
    assert chapters.lists(library, episode) == [shorter]
    assert row(library, "SELECT count(*) FROM chapter") == (1,)
    empty = ChapterList(ChapterSource.OUTLINE, ())
    chapters.store_list(library, episode, empty, 3)
    assert chapters.lists(library, episode) == [empty]


def test_a_dropped_list_takes_its_chapters_along(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, episode, OUTLINE, 1)
    chapters.store_list(library, episode, FILE, 1)
    chapters.drop_list(library, episode, ChapterSource.OUTLINE)
    chapters.drop_list(library, episode, ChapterSource.LISTENER)
    assert chapters.lists(library, episode) == [FILE]
    assert row(library, "SELECT count(*) FROM chapter") == (1,)


def test_a_list_of_an_episode_that_is_gone_is_passed_over(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, EpisodeId(episode + 1), OUTLINE, 1)
    assert row(library, "SELECT count(*) FROM chapter_list") == (0,)


def test_the_count_is_kept_with_the_episode(library: Connection, episode: EpisodeId) -> None:
    chapters.set_chapter_count(library, episode, 25)
    assert episodes.episode(library, episode).chapter_count == 25
