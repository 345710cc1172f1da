"""Podcasts in a real database: what refreshing keeps and changes."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection

import pytest

from player.core.errors import NotFoundError
from player.core.model import (
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    PodcastId,
    PodcastKind,
)
from player.core.refreshing import AskState
from player.storage import episodes, feed_asking, feeds, listening, listing
from player.storage.database import row

FEED = FetchedFeed("The Show", "https://x.org", "About things", "Ann", "https://x.org/cover.png", ())


def item(guid: str, published: int | None = 1000, **kwargs: object) -> FetchedEpisode:
    base = FetchedEpisode(
        guid,
        f"Episode {guid}",
        f"https://x.org/{guid}",
        published,
        3_600_000,
        Enclosure(f"https://x.org/{guid}.mp3", "audio/mpeg", 99),
        ("<p>0:00 Start</p>", "0:00 Start"),
    )
    return replace(base, **kwargs)  # type: ignore[arg-type]


def listed(library: Connection) -> list[str]:
    found = episodes.episodes(library, listing.episode_ids(library, EpisodeQuery()))
    return [each.guid for each in found]


def test_a_podcast_is_added_once(library: Connection) -> None:
    first = feeds.add_podcast(library, "https://x.org/feed", "", 1000)
    assert feeds.add_podcast(library, "https://x.org/feed", "Again", 2000) == first
    assert feeds.podcast_by_url(library, "https://x.org/feed") == first
    assert feeds.podcast_by_url(library, "https://y.org/feed") is None
    assert feeds.podcast(library, first).title == "https://x.org/feed"
    assert feeds.podcast(library, first).kind is PodcastKind.FEED


def test_what_is_not_there_is_not_found(library: Connection) -> None:
    nobody = PodcastId(77)
    with pytest.raises(NotFoundError):
        feeds.podcast(library, nobody)
    with pytest.raises(NotFoundError):
        feeds.refresh_memory(library, nobody)
    with pytest.raises(NotFoundError):
        feeds.store_feed(library, nobody, FEED, 1)


def test_podcasts_are_listed_by_title_and_files_come_last(library: Connection) -> None:
    feeds.files_shelf(library, 1)
    for title in ("beta", "Alpha", "Zulu"):
        feeds.add_podcast(library, f"https://x.org/{title}", title, 1)
    assert [each.title for each in feeds.list_podcasts(library)] == ["Alpha", "beta", "Zulu", "Your files"]
    assert feeds.files_shelf(library, 2) == feeds.files_shelf(library, 1)


def test_a_stored_feed_describes_the_podcast(library: Connection, show: PodcastId) -> None:
    feed_asking.record_failure(library, show, "It was down.", AskState(1500, 1, 9000))
    assert feeds.podcast(library, show).problem == "It was down."
    feeds.store_feed(library, show, FEED, 2000, etag='"1"', last_modified="Mon", body_hash="abc")
    podcast = feeds.podcast(library, show)
    assert (podcast.link, podcast.description, podcast.author) == ("https://x.org", "About things", "Ann")
    assert (podcast.image_url, podcast.refreshed_at, podcast.problem) == ("https://x.org/cover.png", 2000, None)
    assert feeds.refresh_memory(library, show) == feeds.RefreshMemory('"1"', "Mon", "abc")


def test_a_feed_without_a_title_leaves_the_one_that_is_known(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, title=" "), 2000)
    assert feeds.podcast(library, show).title == "The Show"


def test_an_unchanged_answer_clears_the_problem_and_keeps_the_memory(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, FEED, 2000, etag='"1"')
    feed_asking.record_failure(library, show, "It was down.", AskState(2500, 1, 9000))
    feed_asking.record_success(library, show, 3000)
    assert feeds.podcast(library, show).problem is None
    assert feeds.podcast(library, show).refreshed_at == 3000
    assert feeds.refresh_memory(library, show).etag == '"1"'


def test_new_episodes_are_all_that_is_stored_and_told(library: Connection, show: PodcastId) -> None:
    stored = feeds.store_feed(library, show, replace(FEED, episodes=(item("b", 2000), item("a", 1000))), 5000)
    assert stored.changed == stored.new == (1, 2)
    assert [(id_, fetched.guid) for id_, fetched in stored.with_new_texts] == [(1, "b"), (2, "a")]
    found = episodes.episode(library, EpisodeId(2))
    assert found.podcast_title == "The Show"
    assert found.title == "Episode a"
    assert found.link == "https://x.org/a"
    assert (found.published, found.duration) == (1000, 3_600_000)
    assert found.enclosure == Enclosure("https://x.org/a.mp3", "audio/mpeg", 99)
    assert found.download == Download(EpisodeId(2), DownloadState.NONE)
    assert (found.position, found.is_played, found.chapter_count) == (0, False, 0)
    assert episodes.notes(library, EpisodeId(2)) == "<p>0:00 Start</p>"
    assert episodes.all_notes(library, EpisodeId(2)) == ("<p>0:00 Start</p>", "0:00 Start")
    podcast = feeds.podcast(library, show)
    assert (podcast.episode_count, podcast.unplayed_count) == (2, 2)


def test_the_same_feed_again_changes_nothing(library: Connection, show: PodcastId) -> None:
    feed = replace(FEED, episodes=(item("b"), item("a")))
    feeds.store_feed(library, show, feed, 5000)
    assert feeds.store_feed(library, show, feed, 6000) == feeds.StoredFeed((), (), ())


def test_a_refresh_keeps_ids_places_downloads_and_vanished_episodes(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, episodes=(item("b", 2000), item("a", 1000))), 5000)
    kept = EpisodeId(2)
    listening.store_position(library, kept, 4_132_000, 5500)
    listening.set_played(library, [kept], True, 5600)
    episodes.set_download(library, Download(kept, DownloadState.COMPLETE, "/music/a.mp3", 99, 99))
    episodes.set_duration(library, kept, 3_599_000)
    changed = item("a", 1000, title="Corrected", texts=("0:00 Other",), duration=60_000)
    stored = feeds.store_feed(library, show, replace(FEED, episodes=(item("c", 3000), changed)), 6000)
    assert stored.new == (3,)
    assert set(stored.changed) == {2, 3}
    assert {id_ for id_, _ in stored.with_new_texts} == {2, 3}
    found = episodes.episode(library, kept)
    assert (found.title, found.position, found.is_played, found.duration) == ("Corrected", 4_132_000, True, 3_599_000)
    assert found.download.path == "/music/a.mp3"
    assert episodes.all_notes(library, kept) == ("0:00 Other",)
    assert listed(library) == ["c", "b", "a"]


def test_a_change_that_leaves_the_texts_is_told_apart(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, episodes=(item("a"),)), 5000)
    stored = feeds.store_feed(library, show, replace(FEED, episodes=(item("a", title="New title"),)), 6000)
    assert stored == feeds.StoredFeed((EpisodeId(1),), (), ())
    assert episodes.notes(library, EpisodeId(1)) == "<p>0:00 Start</p>"


def test_changed_guids_do_not_double_the_library(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, episodes=(item("a"), item("b"))), 5000)
    renamed = tuple(replace(item(name), guid=f"urn:{name}") for name in "ab")
    stored = feeds.store_feed(library, show, replace(FEED, episodes=renamed), 6000)
    assert stored.new == ()
    assert sorted(listed(library)) == ["urn:a", "urn:b"]


def test_episodes_without_a_date_stay_in_the_order_of_the_feed(library: Connection, show: PodcastId) -> None:
    feed = replace(FEED, episodes=tuple(item(name, None) for name in "cba"))
    feeds.store_feed(library, show, feed, 5000)
    assert listed(library) == ["c", "b", "a"]
    feeds.store_feed(library, show, replace(feed, episodes=(item("d", None), *feed.episodes)), 9000)
    assert listed(library) == ["d", "c", "b", "a"]


def test_two_podcasts_may_use_the_same_guids(library: Connection, show: PodcastId) -> None:
    other = feeds.add_podcast(library, "https://y.org/feed", "Other", 1)
    for podcast in (show, other):
        assert len(feeds.store_feed(library, podcast, replace(FEED, episodes=(item("1"),)), 1).new) == 1


def test_removing_a_podcast_removes_all_that_is_kept_of_it(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, episodes=(item("a"),)), 5000)
    listening.store_position(library, EpisodeId(1), 5, 5)
    listening.store_audio_index(library, EpisodeId(1), b"index")
    episodes.set_download(library, Download(EpisodeId(1), DownloadState.WAITING))
    feeds.remove_podcast(library, show)
    for table in ("podcast", "episode", "notes", "download", "listening", "audio_index"):
        assert row(library, f"SELECT count(*) FROM {table}") == (0,), table


def test_played_episodes_are_counted_apart(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, replace(FEED, episodes=(item("a"), item("b"))), 5000)
    listening.set_played(library, [EpisodeId(1)], True, 1)
    (podcast,) = feeds.list_podcasts(library)
    assert (podcast.episode_count, podcast.unplayed_count) == (2, 1)
