"""Lists of chapters by episode and source."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    Picture,
    PodcastId,
)
from player.storage import chapters, episodes, feeds
from player.storage.database import row, rows
from player.storage.packed_chapters import places

OUTLINE = ChapterList(
    ChapterSource.OUTLINE, (Chapter(0, 5000, "Intro"), Chapter(5000, 9000, "Main", "https://x.org")), read_at=1
)
FILE = ChapterList(ChapterSource.FILE, (Chapter(0, 9000, ""),), read_at=2)


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
    shorter = ChapterList(ChapterSource.OUTLINE, OUTLINE.chapters[:1], read_at=2)
    chapters.store_list(library, episode, shorter, 2)
    assert chapters.lists(library, episode) == [shorter]
    empty = ChapterList(ChapterSource.OUTLINE, (), read_at=3)
    chapters.store_list(library, episode, empty, 3)
    assert chapters.lists(library, episode) == [empty]


def test_a_dropped_list_is_gone(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, episode, OUTLINE, 1)
    chapters.store_list(library, episode, FILE, 2)
    chapters.drop_list(library, episode, ChapterSource.OUTLINE)
    chapters.drop_list(library, episode, ChapterSource.LISTENER)
    assert chapters.lists(library, episode) == [FILE]


def test_a_list_of_an_episode_that_is_gone_is_passed_over(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, EpisodeId(episode + 1), OUTLINE, 1)
    assert row(library, "SELECT count(*) FROM chapter_list") == (0,)


def test_what_is_shown_is_counted_with_the_episode(library: Connection, episode: EpisodeId) -> None:
    for shown in (OUTLINE.chapters, FILE.chapters, ()):
        chapters.store_shown(library, episode, shown)
        assert episodes.episode(library, episode).chapter_count == len(shown)


def marked(library: Connection) -> list[tuple[str, list[tuple[int, str]]]]:
    """Whose chapters are shown, and which."""
    found = rows(library, "SELECT source, chapters FROM chapter_list WHERE is_shown")
    return [(source, places(packed)) for source, packed in found]


def test_what_is_shown_is_kept_beside_the_lists_only_where_none_has_it(library: Connection, episode: EpisodeId) -> None:
    intro, main = (0, "Intro"), (5000, "Main")
    chapters.store_list(library, episode, OUTLINE, 1)
    chapters.store_list(library, episode, FILE, 2)
    assert marked(library) == []
    chapters.store_shown(library, episode, OUTLINE.chapters)
    assert marked(library) == [("outline", [intro, main])]
    edited = (Chapter(0, 6000, "Intro"), Chapter(6000, 9000, "Main"))
    chapters.store_shown(library, episode, edited)
    assert marked(library) == [("shown", [intro, (6000, "Main")])]
    chapters.store_shown(library, episode, edited[:1])
    assert marked(library) == [("shown", [intro])]
    assert chapters.lists(library, episode) == [OUTLINE, FILE]
    chapters.store_shown(library, episode, FILE.chapters)
    assert marked(library) == [("file", [(0, "")])]
    chapters.store_list(library, episode, ChapterList(ChapterSource.FILE, OUTLINE.chapters), 3)
    chapters.store_shown(library, episode, FILE.chapters)
    assert marked(library) == [("shown", [(0, "")])]
    chapters.drop_list(library, episode, ChapterSource.OUTLINE)
    chapters.store_shown(library, episode, OUTLINE.chapters)
    assert marked(library) == [("file", [intro, main])]
    chapters.store_shown(library, episode, ())
    assert marked(library) == []


def test_what_is_shown_is_written_only_when_it_is_another(library: Connection, episode: EpisodeId) -> None:
    for has_list in (False, True):
        if has_list:
            chapters.store_list(library, episode, OUTLINE, 1)
        chapters.store_shown(library, episode, OUTLINE.chapters)
        written = library.total_changes
        chapters.store_shown(library, episode, OUTLINE.chapters)
        assert library.total_changes == written
    chapters.store_shown(library, episode, ())
    assert library.total_changes > written


def test_episodes_with_lists_or_edits_one_after_the_other(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, episode, OUTLINE, 1)
    chapters.store_list(library, episode, FILE, 1)
    assert chapters.episodes_with_lists(library, EpisodeId(0), 5) == (episode,)
    assert chapters.episodes_with_lists(library, episode, 5) == ()


def test_pictures_levels_hidden_entries_and_origin_are_kept(library: Connection, episode: EpisodeId) -> None:
    first, second = Picture(data=b"first", media_type="image/png"), Picture(data=b"second", media_type="image/jpeg")
    full = ChapterList(
        ChapterSource.FILE,
        (
            Chapter(0, 5000, "One", picture=first.reference),
            Chapter(2000, 5000, "Within", level=1, picture="https://x.org/a.png"),
            Chapter(5000, 9000, "Two", picture=first.reference),
        ),
        hidden=(Chapter(3000, 4000, "", link="https://x.org", picture=second.reference),),
        origin="episode.mp3",
        read_at=7,
    )
    unused = Picture(data=b"unused")
    chapters.store_list(
        library, episode, full, 7, pictures=(first, second, first, unused, Picture(url="https://x.org/"))
    )
    assert chapters.lists(library, episode) == [full]
    assert first.reference is not None
    assert chapters.picture(library, first.reference) == first
    assert row(library, "SELECT count(*) FROM picture") == (2,)
    assert chapters.picture(library, "sha256:nothing") is None


def test_pictures_go_with_the_last_list_that_shows_them(
    library: Connection, episode: EpisodeId, show: PodcastId
) -> None:
    shared = Picture(data=b"bytes", media_type="image/png")
    assert shared.reference is not None
    for source in (ChapterSource.FILE, ChapterSource.DOCUMENT):
        found = ChapterList(source, (Chapter(0, 1, "One", picture=shared.reference),))
        chapters.store_list(library, episode, found, 1, pictures=(shared,))
    chapters.drop_list(library, episode, ChapterSource.FILE)
    assert chapters.picture(library, shared.reference) == shared
    feeds.remove_podcast(library, show)
    assert chapters.picture(library, shared.reference) is None
