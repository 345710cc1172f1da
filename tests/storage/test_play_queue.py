from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest

from player.core.model import EpisodeId, EpisodeQuery, FetchedEpisode, FetchedFeed, PodcastId
from player.core.play_queue import Piece, Queue
from player.storage import feeds
from player.storage.database import open_reader
from player.storage.listing import episode_ids
from player.storage.play_queue import entries, gone, store_entries


@pytest.fixture
def episodes(library: Connection, show: PodcastId) -> list[EpisodeId]:
    fetched = tuple(FetchedEpisode(guid=name, title=name) for name in "abc")
    feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, fetched), 1000)
    return episode_ids(library, EpisodeQuery(podcast=show))


def filled(episodes: list[EpisodeId]) -> Queue:
    first, second, third = episodes
    chapter = Piece(second, 60_000, 90_000, "Stargate")
    return Queue().added(Piece(first)).added(chapter).added(Piece(third, 5_000)).added_next(Piece(second))


def test_entries_keep_their_order_and_their_ids(
    library: Connection, reader: Connection, episodes: list[EpisodeId]
) -> None:
    queue = filled(episodes)
    store_entries(library, queue.entries)
    assert entries(reader) == queue.entries
    moved = queue.moved(queue.entries[3].id, 0)
    store_entries(library, moved.entries)
    assert entries(reader) == moved.entries
    store_entries(library, ())
    assert entries(reader) == ()


def test_entries_go_with_their_episode(library: Connection, show: PodcastId, episodes: list[EpisodeId]) -> None:
    queue = filled(episodes)
    store_entries(library, queue.entries)
    feeds.remove_podcast(library, show)
    assert entries(library) == ()
    assert gone(library, episodes[:2]) == set(episodes[:2])
    store_entries(library, queue.entries)
    assert entries(library) == (), "an episode that is gone is passed over"


def test_a_feed_that_forgets_an_episode_leaves_its_entry(
    library: Connection, show: PodcastId, episodes: list[EpisodeId]
) -> None:
    queue = filled(episodes)
    store_entries(library, queue.entries)
    feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, ()), 2000)
    assert entries(library) == queue.entries
    assert gone(library, episodes) == frozenset()


def test_the_queue_is_there_at_the_next_start(library: Connection, path: Path, episodes: list[EpisodeId]) -> None:
    queue = filled(episodes)
    store_entries(library, queue.entries)
    library.close()
    again = open_reader(path)
    assert entries(again) == queue.entries
    again.close()
