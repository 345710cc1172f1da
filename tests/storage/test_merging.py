"""Two podcasts that are one become one."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection

import pytest

from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    PodcastId,
)
from player.core.sound import Sound
from player.core.time_listened import Month, Sums
from player.storage import chapters, episodes, feed_asking, feeds, listening, listing, sounds, time_listened
from player.storage.database import change, row
from player.storage.merging import merge_podcast


def feed(*guids: str, prefix: str = "") -> FetchedFeed:
    items = [
        FetchedEpisode(prefix + each, f"Title {each}", published=1000, enclosure=Enclosure(f"https://x.org/{each}.mp3"))
        for each in guids
    ]
    return FetchedFeed("The Show", None, "", None, None, tuple(items))


@pytest.fixture
def other(library: Connection) -> PodcastId:
    return feeds.add_podcast(library, "https://y.org/feed", "The Show", 2000)


def listed(library: Connection) -> dict[str, EpisodeId]:
    found = episodes.episodes(library, listing.episode_ids(library, EpisodeQuery()))
    return {each.guid: each.id for each in found}


def test_episodes_of_both_stay_each_once(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a", "b"), 1)
    feeds.store_feed(library, other, feed("b", "c", prefix="urn:"), 1)
    told = merge_podcast(library, show, other, 5000)
    assert len(told.episodes) == 4
    assert told.united == (listed(library)["urn:b"],)
    assert set(listed(library)) == {"a", "urn:b", "urn:c"}
    assert all(episodes.episode(library, each).podcast == other for each in listed(library).values())
    assert [each.id for each in feeds.list_podcasts(library)] == [other]
    assert feed_asking.former_addresses(library, other) == {"https://x.org/feed": 5000}
    assert feeds.podcast_by_url(library, "https://x.org/feed") == other


def test_of_two_that_are_one_the_touched_one_stays(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a"), 1)
    feeds.store_feed(library, other, feed("a", prefix="urn:"), 1)
    own = episodes.find_episode(library, "a").id
    listening.store_position(library, own, 7000, 1)
    merge_podcast(library, show, other, 5000)
    assert listed(library) == {"a": own}
    assert episodes.episode(library, own).position == 7000


def test_what_was_done_with_both_is_united(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a"), 1)
    feeds.store_feed(library, other, feed("a"), 1)
    one, two = (
        EpisodeId(row(library, "SELECT id FROM episode WHERE podcast = ?", (each,))[0])  # type: ignore[index]
        for each in (show, other)
    )
    listening.store_position(library, one, 7000, 20)
    listening.store_position(library, two, 3000, 10)
    listening.set_played(library, (two,), True, 11)
    episodes.set_download(library, Download(one, DownloadState.COMPLETE, "/a.mp3"))
    change(library, "INSERT INTO queue_entry (place, episode, title) VALUES (0, ?, 'A')", (one,))
    listening.store_session_value(library, "playback", f'{{"episode": {one}, "volume": 0.5}}')
    merge_podcast(library, show, other, 5000)
    found = episodes.episode(library, two)
    assert (found.position, found.is_played, found.download.path) == (7000, True, "/a.mp3")
    assert row(library, "SELECT episode FROM queue_entry") == (two,)
    assert listening.session_value(library, "playback") == f'{{"episode":{two},"volume":0.5}}'
    assert len(listed(library)) == 1


def test_a_newer_place_and_a_download_of_its_own_stay(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a"), 1)
    feeds.store_feed(library, other, feed("a", prefix="urn:"), 1)
    one, two = listed(library)["a"], listed(library)["urn:a"]
    for episode, position, at in ((one, 7000, 10), (two, 3000, 20)):
        listening.store_position(library, episode, position, at)
        episodes.set_download(library, Download(episode, DownloadState.COMPLETE, f"/{position}.mp3"))
    merge_podcast(library, show, other, 5000)
    found = episodes.episode(library, two)
    assert (found.position, found.download.path) == (3000, "/3000.mp3")


def test_what_was_chosen_for_a_podcast_is_kept(library: Connection, show: PodcastId, other: PodcastId) -> None:
    sql = "UPDATE podcast SET chapter_source = 'outline', shows_pictures = 1, folder = ? WHERE id = ?"
    change(library, sql, ('["Science"]', show))
    change(library, "UPDATE podcast SET shows_pictures = 0 WHERE id = ?", (other,))
    sounds.store_sound(library, show, replace(Sound(), speed=1.5))
    for podcast in (show, other):
        time_listened.add(library, podcast, Month(2025, 2), Sums(heard=1000, by_skips=10))
    feed_asking.move_feed(library, show, "https://x.org/new", 3000)
    merge_podcast(library, show, other, 5000)
    sql = "SELECT chapter_source, shows_pictures, added_at, folder FROM podcast WHERE id = ?"
    assert row(library, sql, (other,)) == ("outline", 0, 1000, '["Science"]')
    assert row(library, "SELECT speed FROM podcast_sound WHERE podcast = ?", (other,)) == (1.5,)
    assert time_listened.sums_of(library, other) == Sums(heard=2000, by_skips=20)
    assert {each.feed_url for each in time_listened.all_rows(library)} == {"https://y.org/feed"}
    assert feed_asking.former_addresses(library, other) == {"https://x.org/feed": 3000, "https://x.org/new": 5000}


def test_lists_and_counts_are_right_afterwards(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a", "b", "c"), 1)
    feeds.store_feed(library, other, feed("c", "d", prefix="urn:"), 1)
    ids = listed(library)
    listening.set_played(library, (ids["a"], ids["c"]), True, 1)
    listening.store_position(library, ids["urn:d"], 5000, 1)
    listening.store_position(library, ids["urn:c"], 5000, 2)
    episodes.set_download(library, Download(ids["c"], DownloadState.COMPLETE, "/c.mp3"))
    merge_podcast(library, show, other, 5000)
    (kept,) = feeds.list_podcasts(library)
    assert (kept.episode_count, kept.unplayed_count) == (4, 2)
    ids = listed(library)
    assert set(ids) == {"a", "b", "urn:c", "urn:d"}
    united = episodes.episode(library, ids["urn:c"])
    assert (united.is_played, united.position, united.download.state) == (True, 5000, DownloadState.COMPLETE)
    counted = row(library, "SELECT episodes, fresh, begun, played, downloads FROM podcast_listing")
    assert counted == (4, 1, 1, 2, 1)
    traits = row(library, "SELECT count(*), sum(podcast = ?) FROM episode_listing", (other,))
    assert traits == (4, 4)


def test_the_listeners_own_chapters_go_along(library: Connection, show: PodcastId, other: PodcastId) -> None:
    feeds.store_feed(library, show, feed("a"), 1)
    feeds.store_feed(library, other, feed("a", prefix="urn:"), 1)
    one, two = listed(library)["a"], listed(library)["urn:a"]
    own = ChapterList(ChapterSource.LISTENER, (Chapter(0, 5000, "Mine"),))
    chapters.store_list(library, one, own, 1)
    listening.set_played(library, (two,), True, 1)
    merge_podcast(library, show, other, 5000)
    assert [each.chapters[0].title for each in chapters.lists(library, two)] == ["Mine"]
