"""Listing, finding and downloading episodes; the shelf of files."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest

from player.core.errors import NotFoundError
from player.core.model import (
    Download,
    DownloadState,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    PodcastId,
    PodcastKind,
)
from player.storage import episodes, feeds, listening, listing

TITLES = ("Über Äpfel 100%", "The snake_case hour", "über uns", "Apples and pears", "#459 – DeepSeek")


@pytest.fixture
def filled(library: Connection, show: PodcastId) -> Connection:
    """A library of five episodes in one podcast, ids 1 to 5 from the newest to the oldest, and one in another."""
    items = tuple(FetchedEpisode(f"g{number}", title, None, 9000 - number) for number, title in enumerate(TITLES, 1))
    feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, items), 1)
    other = feeds.add_podcast(library, "https://y.org/feed", "Other", 1)
    only = (FetchedEpisode("g1", "Apples elsewhere", None, 8996),)
    feeds.store_feed(library, other, FetchedFeed("Other", None, "", None, None, only), 1)
    return library


def test_a_page_comes_in_the_order_of_its_ids(filled: Connection) -> None:
    page = [EpisodeId(number) for number in (5, 1, 77, 3)]
    assert [each.id for each in episodes.episodes(filled, page)] == [5, 1, 3]
    assert episodes.episodes(filled, []) == []


def test_an_episode_that_is_not_there_is_not_found(filled: Connection) -> None:
    with pytest.raises(NotFoundError):
        episodes.episode(filled, EpisodeId(77))
    assert episodes.notes(filled, EpisodeId(77)) == ""
    assert episodes.validators(filled, EpisodeId(77)) == (None, None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("3", 3),
        ("g5", 5),
        ("apples and pears", 4),
        ("Apples", 6),
        ("459", 5),
        ("DEEPSEEK", 5),
        ("über", 1),
        ("über uns", 3),
        ("äpfel über", 1),
        ("pears apples", 4),
    ],
)
def test_words_mean_an_episode(filled: Connection, words: str, expected: int) -> None:
    assert episodes.find_episode(filled, words).id == expected


@pytest.mark.parametrize("words", ["nothing like it", "", "  ", "٣", "9" * 40])
def test_words_that_mean_no_episode(filled: Connection, words: str) -> None:
    with pytest.raises(NotFoundError):
        episodes.find_episode(filled, words)


def test_the_state_of_a_download_is_kept(filled: Connection) -> None:
    waiting = Download(EpisodeId(4), DownloadState.WAITING)
    episodes.set_download(filled, waiting)
    running = Download(EpisodeId(2), DownloadState.RUNNING, "/music/2.mp3", 10, 99)
    episodes.set_download(filled, running, '"etag"', "Mon")
    assert episodes.episode(filled, EpisodeId(2)).download == running
    assert episodes.validators(filled, EpisodeId(2)) == ('"etag"', "Mon")
    failed = Download(EpisodeId(2), DownloadState.FAILED, "/music/2.mp3", 50, 99, "It stopped.")
    episodes.set_download(filled, failed)
    assert episodes.validators(filled, EpisodeId(2)) == ('"etag"', "Mon")
    assert set(episodes.downloads(filled)) == {waiting, failed}
    assert episodes.downloads(filled, (DownloadState.FAILED,)) == [failed]
    episodes.set_download(filled, Download(EpisodeId(2), DownloadState.NONE))
    assert episodes.downloads(filled) == [waiting]


def test_a_download_of_an_episode_that_is_gone_is_passed_over(filled: Connection) -> None:
    episodes.set_download(filled, Download(EpisodeId(77), DownloadState.COMPLETE, "/music/77.mp3"))
    episodes.set_duration(filled, EpisodeId(77), 1000)
    assert episodes.downloads(filled) == []


def test_the_decoders_duration_counts_more_than_the_feeds(filled: Connection) -> None:
    assert episodes.episode(filled, EpisodeId(1)).duration is None
    episodes.set_duration(filled, EpisodeId(1), 18_958_000)
    assert episodes.episode(filled, EpisodeId(1)).duration == 18_958_000


def test_a_file_is_put_on_the_shelf_once(filled: Connection) -> None:
    path = Path("/music/Mix – été.opus")
    shelf, episode = episodes.add_file_episode(filled, path, title="Mix", duration=60_000, now=9999)
    assert feeds.podcast(filled, shelf).kind is PodcastKind.FILES
    listening.store_position(filled, episode, 30_000, 1)
    assert episodes.add_file_episode(filled, path, title="Mix 2", duration=None, now=9999) == (shelf, episode)
    found = episodes.episode(filled, episode)
    assert (found.title, found.position, found.podcast_title) == ("Mix 2", 30_000, "Your files")
    assert found.download == Download(episode, DownloadState.COMPLETE, str(path))
    assert episodes.find_episode(filled, str(path)).id == episode
    assert listing.episode_ids(filled, EpisodeQuery())[0] == episode
