"""Where chapter documents lie, and what feeds and servers say of them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import chain
from pathlib import Path
from sqlite3 import Connection

from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    LinkedDocument,
    PodcastId,
)
from player.storage import chapters, feeds
from player.storage.database import open_writer, row
from player.storage.documents import KeptDocument, document, record_document
from player.storage.schema import APPLICATION_ID, MIGRATIONS

URL = "https://x.org/c.json"
ITEM = FetchedEpisode("a", "A", chapter_document=LinkedDocument(URL, "application/json"))
LIST = ChapterList(ChapterSource.DOCUMENT, (Chapter(0, 5000, "Intro"), Chapter(5000, 9000, "Main")), origin=URL)
TAKEN = KeptDocument(URL, '"1"', "Mon", 2000, 2, "It was down.")


def store(library: Connection, show: PodcastId, item: FetchedEpisode) -> feeds.StoredFeed:
    return feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, (item,)), 1000)


def taken(library: Connection, show: PodcastId) -> EpisodeId:
    """An episode whose document was read."""
    (episode,) = store(library, show, ITEM).new
    record_document(library, episode, TAKEN)
    chapters.store_list(library, episode, LIST, 2000)
    return episode


def test_the_address_comes_with_the_feed(library: Connection, show: PodcastId) -> None:
    (episode,) = store(library, show, ITEM).new
    assert document(library, episode) == KeptDocument(URL)
    assert document(library, EpisodeId(99)) is None


def test_what_a_server_said_is_kept(library: Connection, show: PodcastId) -> None:
    assert document(library, taken(library, show)) == TAKEN


def test_an_item_that_changed_is_to_be_asked_for_again(library: Connection, show: PodcastId) -> None:
    episode = taken(library, show)
    store(library, show, ITEM)
    assert document(library, episode) == TAKEN
    store(library, show, replace(ITEM, title="B"))
    assert document(library, episode) == replace(TAKEN, asked_at=None)


def test_a_document_that_moved_is_another_one_and_its_list_stays(library: Connection, show: PodcastId) -> None:
    episode = taken(library, show)
    moved = LinkedDocument("https://x.org/new.json")
    assert store(library, show, replace(ITEM, chapter_document=moved)).with_new_texts
    assert document(library, episode) == KeptDocument(moved.url)
    record_document(library, episode, TAKEN)
    assert document(library, episode) == KeptDocument(moved.url)
    assert len(chapters.lists(library, episode)) == 1


def test_a_document_that_is_no_longer_named_goes_with_its_list(library: Connection, show: PodcastId) -> None:
    episode = taken(library, show)
    chapters.store_list(library, episode, replace(LIST, source=ChapterSource.FILE), 2000)
    store(library, show, replace(ITEM, chapter_document=None))
    assert document(library, episode) is None
    assert [each.source for each in chapters.lists(library, episode)] == [ChapterSource.FILE]


def test_it_goes_with_the_podcast(library: Connection, show: PodcastId) -> None:
    taken(library, show)
    feeds.remove_podcast(library, show)
    assert row(library, "SELECT count(*) FROM chapter_document") == (0,)


def test_feeds_that_were_read_before_are_read_once_more(path: Path) -> None:
    old = sqlite3.connect(path, isolation_level=None)
    for statement in chain(*MIGRATIONS[:2]):
        old.execute(statement)
    old.execute(
        "INSERT INTO podcast (id, kind, feed_url, title, added_at, etag, last_modified, body_hash) "
        "VALUES (1, 'feed', 'https://x.org/feed', 'S', 1, 'e', 'm', 'h')"
    )
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 2")
    old.close()
    connection = open_writer(path)
    assert feeds.refresh_memory(connection, PodcastId(1)) == feeds.RefreshMemory(None, None, None)
    connection.close()
