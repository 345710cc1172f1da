"""Bookmarks as they were made, in the chapter that is shown, found by their words."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection

import pytest

from player.core.bookmarks import BookmarkId
from player.core.chapters import chapters_from_marks
from player.core.errors import LinkError, NotFoundError
from player.core.links import EpisodeLink
from player.core.model import (
    ChapterList,
    ChapterSource,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    FoundKind,
    Mark,
    PodcastId,
)
from player.core.search_query import read_query
from player.storage import bookmarks, chapters, feeds, links
from player.storage.backups import check
from player.storage.database import row
from player.storage.merging import merge_podcast
from player.storage.packed_chapters import pack
from player.storage.search import search

FEED = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "Émile"), FetchedEpisode("b", "B")))
CHAPTERS = chapters_from_marks((Mark(10_000, "Intro"), Mark(60_000, "Stargate")), 100_000)
NOW = 1_000_000


@pytest.fixture
def episode(library: Connection, show: PodcastId) -> EpisodeId:
    """With chapters from ten seconds on."""
    found = feeds.store_feed(library, show, FEED, 1).new[0]
    chapters.store_list(library, found, ChapterList(ChapterSource.OUTLINE, CHAPTERS), 1)
    chapters.store_shown(library, found, CHAPTERS)
    return found


def found(library: Connection, words: str) -> list[tuple[str, str, int | None]]:
    ((_, hits),) = search(library, read_query(words), NOW, {FoundKind.BOOKMARK: 9})
    return [(hit.title, hit.chapter, hit.start) for hit in hits]


def test_one_is_made_read_changed_and_taken_away(library: Connection, episode: EpisodeId) -> None:
    late = bookmarks.add(library, episode, 61_234, NOW, stop=70_000, text="  Worth\nhearing ")
    early = bookmarks.add(library, episode, 500, NOW + 1)
    one, two = bookmarks.of_episode(library, episode)
    assert (one.id, one.start, one.stop, one.text, one.chapter, one.made_at) == (early, 500, None, "", "", NOW + 1)
    assert (two.id, two.start, two.stop, two.text, two.chapter) == (late, 61_234, 70_000, "Worth hearing", "Stargate")
    assert bookmarks.newest_ids(library, read_query("")) == [early, late]
    bookmarks.set_text(library, early, "Hello")
    bookmarks.set_stop(library, early, 900)
    bookmarks.set_stop(library, late, 61_234)
    assert bookmarks.bookmark(library, early) == replace(one, text="Hello", stop=900)
    assert bookmarks.bookmark(library, late).stop is None
    gone = bookmarks.remove(library, [early])
    assert (bookmarks.count(library), found(library, "hello")) == (1, [])
    with pytest.raises(NotFoundError):
        bookmarks.bookmark(library, early)
    bookmarks.restore(library, gone)
    bookmarks.restore(library, gone)
    assert bookmarks.bookmark(library, early) == replace(one, text="Hello", stop=900)
    assert found(library, "hello") == [("Hello", "", 500)]


def test_one_of_no_episode_cannot_be_made(library: Connection) -> None:
    with pytest.raises(NotFoundError):
        bookmarks.add(library, EpisodeId(9), 0, NOW)


def test_a_list_says_where_they_belong(library: Connection, episode: EpisodeId) -> None:
    id_ = bookmarks.add(library, episode, 61_000, NOW, text="Worth it")
    (listed,) = bookmarks.listed(library, [id_, BookmarkId(99)])
    assert (listed.bookmark.id, listed.episode_title, listed.podcast_title) == (id_, "Émile", "The Show")
    assert (listed.feed_url, listed.guid) == ("https://x.org/feed", "a")
    for words in ("worth", "starg", "emile", "show worth", ""):
        assert bookmarks.newest_ids(library, read_query(words)) == [id_], words
    assert bookmarks.newest_ids(library, read_query("worthless")) == []


def test_they_are_in_the_chapters_that_are_shown(library: Connection, episode: EpisodeId) -> None:
    bookmarks.add(library, episode, 61_000, NOW)
    assert found(library, "stargate") == [("Stargate", "", 61_000)]
    others = chapters_from_marks((Mark(0, "All of it"),), 100_000)
    chapters.store_shown(library, episode, others)
    assert (found(library, "stargate"), found(library, "all of")) == ([], [("All of it", "", 61_000)])
    chapters.store_shown(library, episode, ())
    assert bookmarks.of_episode(library, episode)[0].title == ""


def test_chapters_that_are_found_later_take_them_in(library: Connection, show: PodcastId) -> None:
    one, two = feeds.store_feed(library, show, FEED, 1).new
    bookmarks.add(library, one, 61_000, NOW)
    chapters.store_first_lists(library, ChapterSource.OUTLINE, [(one, pack(CHAPTERS)), (two, pack(CHAPTERS))], 1)
    assert bookmarks.of_episode(library, one)[0].chapter == "Stargate"


def test_words_are_found_in_text_and_chapter(library: Connection, episode: EpisodeId) -> None:
    bookmarks.add(library, episode, 61_000, NOW - 5, text="About chips")
    bookmarks.add(library, episode, 62_000, NOW)
    bookmarks.add(library, episode, 11_000, NOW, text="Stargate, again: über alles")
    assert found(library, "stargate") == [
        ("Stargate", "", 62_000),
        ("Stargate, again: über alles", "Intro", 11_000),
        ("About chips", "Stargate", 61_000),
    ]
    assert found(library, "chips star") == [("About chips", "Stargate", 61_000)]
    assert found(library, "uber") == [("Stargate, again: über alles", "Intro", 11_000)]
    assert found(library, '"chips about"') == []
    ((_, (hit,)),) = search(library, read_query("chips"), NOW, {FoundKind.BOOKMARK: 9})
    assert (hit.detail, hit.podcast_title, hit.episode, hit.spans) == ("Émile", "The Show", episode, ((6, 11),))


def test_another_audio_moves_them(library: Connection, episode: EpisodeId) -> None:
    bookmarks.add(library, episode, 61_000, NOW, stop=80_000, text="late")
    bookmarks.add(library, episode, 11_000, NOW)

    def without_advert(place: int) -> int:
        return place if place < 20_000 else place - 30_000

    bookmarks.move(library, episode, without_advert)
    assert [(each.start, each.stop, each.chapter) for each in bookmarks.of_episode(library, episode)] == [
        (11_000, None, "Intro"),
        (31_000, 50_000, "Intro"),
    ]


def test_they_go_with_their_podcast(library: Connection, show: PodcastId, episode: EpisodeId) -> None:
    bookmarks.add(library, episode, 1000, NOW, text="gone")
    assert bookmarks.with_bookmarks(library, [episode, EpisodeId(99)]) == [episode]
    feeds.remove_podcast(library, show)
    assert row(library, "SELECT count(*) FROM bookmark") == (0,)
    assert found(library, "gone") == []
    check(library)


def test_two_podcasts_that_become_one_keep_all(library: Connection, show: PodcastId, episode: EpisodeId) -> None:
    other = feeds.add_podcast(library, "https://x.org/other", "Other", 1)
    same = feeds.store_feed(library, other, FEED, 1).new[0]
    bookmarks.add(library, episode, 1000, NOW, text="one")
    bookmarks.add(library, same, 2000, NOW, text="two")
    merge_podcast(library, other, show, NOW)
    assert [each.text for each in bookmarks.of_episode(library, episode)] == ["one", "two"]
    assert found(library, "two") == [("two", "", 2000)]


def test_links_name_episodes_by_feed_and_guid(library: Connection, show: PodcastId, episode: EpisodeId) -> None:
    assert links.link_to(library, episode, 5000) == EpisodeLink("https://x.org/feed", "a", 5000)
    with pytest.raises(NotFoundError):
        links.link_to(library, EpisodeId(99), None)
    for url in ("https://x.org/feed", "http://X.org/feed/"):
        assert links.linked_episode(library, EpisodeLink(url, "a")) == episode
    with pytest.raises(LinkError) as no_podcast:
        links.linked_episode(library, EpisodeLink("https://y.org/feed", "a"))
    assert no_podcast.value.feed_url == "https://y.org/feed"
    with pytest.raises(LinkError) as no_episode:
        links.linked_episode(library, EpisodeLink("https://x.org/feed", "z"))
    assert no_episode.value.feed_url is None
    # Names and passwords stay here.
    library.execute("UPDATE podcast SET feed_url = 'https://me:secret@x.org/feed' WHERE id = ?", (show,))
    link = links.link_to(library, episode, None)
    assert link == EpisodeLink("https://x.org/feed", "a")
    assert links.linked_episode(library, link) == episode
