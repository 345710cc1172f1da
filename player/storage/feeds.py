"""Podcasts: adding, describing, refreshing and removing them.

Must not know how a feed is fetched or read, nor how one feed's state is compared with the next (`core.updates`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from player.core.errors import NotFoundError
from player.core.folders import Folder
from player.core.model import (
    FILES_TITLE,
    EpisodeId,
    EpochMillis,
    FetchedEpisode,
    FetchedFeed,
    Podcast,
    PodcastId,
    PodcastKind,
)
from player.core.phrases import Phrase, unpacked
from player.core.updates import EpisodeHashes, EpisodeUpdate, KnownEpisode, decide, describe, says_enough, withdrawn
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.documents import set_documents
from player.storage.feed_asking import podcast_once_at, record_success
from player.storage.feed_extras import set_extras, to_json
from player.storage.touched import remove_untouched
from player.storage.unread import add_unread

FILES_URL = "files:"
"""The address of the shelf of the listener's own audio files."""

_COLUMNS = (
    "p.id, p.kind, p.feed_url, p.title, p.link, p.description, p.author, p.image_url, p.refreshed_at, p.problem, "
    "p.ask_after, json(iif(p.is_ended, 'true', 'false')), json(p.folder)"
)


@dataclass(frozen=True, slots=True)
class RefreshMemory:
    """What the last answer of a feed's server left, to ask only for what changed."""

    etag: str | None
    last_modified: str | None
    body_hash: str | None


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """What storing a feed changed.

    `changed` are all episodes that are new or described anew, `new` those that are new. `with_new_texts` are those of
    them whose chapters must be read again, with what the feed gives; their texts wait in `storage.unread`. `removed`
    are gone, since the feed took them back.
    """

    changed: tuple[EpisodeId, ...]
    new: tuple[EpisodeId, ...]
    with_new_texts: tuple[tuple[EpisodeId, FetchedEpisode], ...]
    removed: tuple[EpisodeId, ...] = ()


def list_podcasts(connection: Connection) -> list[Podcast]:
    """All podcasts by title, the shelf of files last."""
    return sorted(_read(connection, ""), key=lambda each: each.kind is PodcastKind.FILES)


def has_podcasts(connection: Connection) -> bool:
    """Whether there is any podcast."""
    return row(connection, "SELECT 1 FROM podcast LIMIT 1") is not None


def podcast(connection: Connection, podcast: PodcastId) -> Podcast:
    """One podcast. Raises NotFoundError."""
    found = _read(connection, "WHERE p.id = ?", podcast)
    if not found:
        raise NotFoundError(Phrase("reasons", "podcast"), str(podcast))
    return found[0]


def put_away(connection: Connection, wanted: Mapping[PodcastId, Folder]) -> None:
    """Keep those podcasts in folders that are in none."""
    sql = "UPDATE podcast SET folder = ? WHERE id = ? AND kind = ? AND folder = '[]'"
    change_many(connection, sql, [(_packed(folder), each, PodcastKind.FEED) for each, folder in wanted.items()])


def set_folders(connection: Connection, wanted: Mapping[PodcastId, Folder]) -> None:
    """Keep podcasts in folders. The shelf of files stays where it is, and what is gone is passed over."""
    sql = "UPDATE podcast SET folder = ? WHERE id = ? AND kind = ?"
    change_many(connection, sql, [(_packed(folder), each, PodcastKind.FEED) for each, folder in wanted.items()])


def _packed(folder: Folder) -> str:
    return json.dumps(folder, ensure_ascii=False, separators=(",", ":"))


def artwork(connection: Connection, podcasts: Iterable[PodcastId] | None = None) -> dict[PodcastId, str]:
    """The addresses of the artwork of these podcasts, or of all; without those that have none."""
    sql = "SELECT id, image_url FROM podcast WHERE image_url <> ''"
    if podcasts is None:
        found = rows(connection, sql)
    else:
        found = rows(connection, f"{sql} AND id IN (SELECT value FROM json_each(?))", (json.dumps(list(podcasts)),))
    return {PodcastId(id_): str(url) for id_, url in found}


def podcast_at(connection: Connection, url: str) -> PodcastId | None:
    """The podcast whose feed is at `url` now, or None."""
    found = row(connection, "SELECT id FROM podcast WHERE feed_url = ?", (url,))
    return PodcastId(found[0]) if found else None


def podcast_by_url(connection: Connection, url: str) -> PodcastId | None:
    """The podcast whose feed is at `url`, else the one whose feed was there before it moved, or None."""
    return podcast_at(connection, url) or podcast_once_at(connection, url)


def add_podcast(
    connection: Connection, url: str, title: str, now: EpochMillis, kind: PodcastKind = PodcastKind.FEED
) -> PodcastId:
    """Add a podcast, or return the one that has this address already. Without a title it is called by its address."""
    known = podcast_by_url(connection, url)
    if known is not None:
        return known
    values = (kind, url, title.strip() or url, now)
    return PodcastId(
        change(connection, "INSERT INTO podcast (kind, feed_url, title, added_at) VALUES (?, ?, ?, ?)", values)
    )


def files_shelf(connection: Connection, now: EpochMillis) -> PodcastId:
    """The shelf of the listener's own audio files, made when it is needed first."""
    return add_podcast(connection, FILES_URL, FILES_TITLE, now, PodcastKind.FILES)


def remove_podcast(connection: Connection, podcast: PodcastId) -> None:
    """Remove a podcast with its episodes and all that is kept of them, except files on disk."""
    change(connection, "DELETE FROM podcast WHERE id = ?", (podcast,))


def refresh_memory(connection: Connection, podcast: PodcastId) -> RefreshMemory:
    """What to send along with the next request for the feed. Raises NotFoundError."""
    found = row(connection, "SELECT etag, last_modified, body_hash FROM podcast WHERE id = ?", (podcast,))
    if found is None:
        raise NotFoundError(Phrase("reasons", "podcast"), str(podcast))
    return RefreshMemory(*found)


def item_digests(connection: Connection, podcast: PodcastId) -> frozenset[bytes]:
    """The digests of the items that the episodes of a podcast were read from."""
    sql = "SELECT item_digest FROM episode WHERE podcast = ? AND item_digest IS NOT NULL"
    return frozenset(digest for (digest,) in rows(connection, sql, (podcast,)))


def is_enough(connection: Connection, podcast: PodcastId, feed: FetchedFeed) -> bool:
    """Whether a feed that was read without some of its items can be stored so; see `core.updates.says_enough`."""
    return not feed.left_out or says_enough(known_episodes(connection, podcast), feed.episodes, feed.left_out)


def store_feed(
    connection: Connection,
    podcast: PodcastId,
    feed: FetchedFeed,
    now: EpochMillis,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
    is_page: bool = False,
) -> StoredFeed:
    """Take a fetched feed into the library, in one transaction; or (`is_page`) only the older episodes in a page of it.

    Known episodes keep their ids, places and downloads, also when the feed changed their guids. Those that the feed no
    longer holds stay, but for those that it took back (`core.updates.withdrawn`) and nobody touched. An episode without
    a date is sorted by when it was first seen, in the order of the feed.
    """
    with transaction(connection):
        if not is_page:
            _describe_podcast(connection, podcast, feed, now, RefreshMemory(etag, last_modified, body_hash))
        known = known_episodes(connection, podcast)
        update = decide(known, feed.episodes, feed.left_out)
        same = (each for each in known if each.item_digest in feed.left_out)
        dates = [*(each.published for each in feed.episodes), *(each.published for each in same)]
        gone = withdrawn(known, update.listed, dates) if feed.is_whole and not is_page else ()
        removed = remove_untouched(connection, gone)
        new = _insert(connection, podcast, update.new, now)
        _update(connection, update.changed)
        renewed = [(digest, episode) for episode, digest in update.renewed]
        change_many(connection, "UPDATE episode SET item_digest = ? WHERE id = ?", renewed)
        affected = [(each.id, each.fetched) for each in update.changed if each.affects_chapters]
        if affected:
            change(
                connection,
                "DELETE FROM notes WHERE episode IN (SELECT value FROM json_each(?))",
                (json.dumps([episode for episode, _ in affected]),),
            )
        with_new_texts = (*zip(new, update.new, strict=True), *affected)
        _insert_notes(connection, with_new_texts)
        add_unread(connection, podcast, (episode for episode, _ in with_new_texts))
        described = (*zip(new, update.new, strict=True), *((each.id, each.fetched) for each in update.changed))
        set_documents(connection, ((episode, fetched.chapter_document) for episode, fetched in described))
        set_extras(connection, described)
    return StoredFeed((*new, *(each.id for each in update.changed)), new, with_new_texts, removed)


def _read(connection: Connection, where: str, *values: Any) -> list[Podcast]:
    # In one row, as the ids of a list are (`listing`): the sidebar reads hundreds, at every change.
    sql = f"""
        SELECT json_group_array(json_array({_COLUMNS}, episodes, episodes - played)) FROM (
            SELECT * FROM podcast_listing l INDEXED BY podcast_by_name CROSS JOIN podcast p ON p.id = l.podcast {where}
            ORDER BY l.name, l.podcast
        ) p
    """
    found = row(connection, sql, values)
    return [_podcast(*each) for each in json.loads(found[0])] if found else []


def _podcast(id_: int, kind: str, feed_url: str, title: str, *described: Any) -> Podcast:
    link, description, author, image_url, refreshed_at, problem, ask_after, is_ended, folder, *counts = described
    facts = (link, description, author, image_url, refreshed_at, unpacked(problem), ask_after, is_ended, tuple(folder))
    return Podcast(PodcastId(id_), PodcastKind(kind), feed_url, title, *facts, *counts)


def _describe_podcast(
    connection: Connection, podcast: PodcastId, feed: FetchedFeed, now: EpochMillis, memory: RefreshMemory
) -> None:
    sql = """
        UPDATE podcast SET title = coalesce(nullif(?, ''), title), link = ?, description = ?, author = ?, image_url = ?,
            facts = ?, etag = ?, last_modified = ?, body_hash = ?
        WHERE id = ? RETURNING id
    """
    described = (feed.title.strip(), feed.link, feed.description, feed.author, feed.image_url, to_json(feed.facts))
    if row(connection, sql, (*described, memory.etag, memory.last_modified, memory.body_hash, podcast)) is None:
        raise NotFoundError(Phrase("reasons", "podcast"), str(podcast))
    record_success(connection, podcast, now)


def known_episodes(connection: Connection, podcast: PodcastId) -> list[KnownEpisode]:
    """What must be known of the episodes of a podcast to recognise them."""
    sql = """
        SELECT id, guid, title, published, enclosure_url, item_digest, details_hash, chapters_hash
        FROM episode WHERE podcast = ?
    """
    return [
        KnownEpisode(
            EpisodeId(id_), guid, title, published, url, EpisodeHashes(all_hash or b"", chapters_hash or b""), digest
        )
        for id_, guid, title, published, url, digest, all_hash, chapters_hash in rows(connection, sql, (podcast,))
    ]


def _details(episode: FetchedEpisode) -> tuple[Any, ...]:
    enclosure = episode.enclosure
    of_enclosure = (enclosure.url, enclosure.media_type, enclosure.length) if enclosure else (None, None, None)
    facts = (episode.guid, episode.title, episode.link, episode.published, episode.duration, episode.image_url)
    hashes = describe(episode)
    return (*facts, *of_enclosure, hashes.all, hashes.chapters, episode.item_digest)


def _insert(
    connection: Connection, podcast: PodcastId, episodes: tuple[FetchedEpisode, ...], now: EpochMillis
) -> tuple[EpisodeId, ...]:
    last = row(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'episode'")
    first = (last[0] if last else 0) + 1
    # Feeds begin with the newest episode: of those without a date, the first one must sort as the newest.
    values = [
        (first + index, podcast, now - index if each.published is None else each.published, *_details(each))
        for index, each in enumerate(episodes)
    ]
    sql = """
        INSERT INTO episode (id, podcast, sorted_at, guid, title, link, published, duration, image_url,
            enclosure_url, enclosure_type, enclosure_length, details_hash, chapters_hash, item_digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
    change_many(connection, sql, values)
    return tuple(EpisodeId(first + index) for index in range(len(episodes)))


def _update(connection: Connection, changed: tuple[EpisodeUpdate, ...]) -> None:
    sql = """
        UPDATE episode SET guid = ?, title = ?, link = ?, published = ?, duration = ?, image_url = ?,
            enclosure_url = ?, enclosure_type = ?, enclosure_length = ?, details_hash = ?, chapters_hash = ?,
            item_digest = ?, sorted_at = coalesce(?, sorted_at)
        WHERE id = ?
    """
    change_many(connection, sql, [(*_details(each.fetched), each.fetched.published, each.id) for each in changed])


def _insert_notes(connection: Connection, episodes: Iterable[tuple[EpisodeId, FetchedEpisode]]) -> None:
    values = [(id_, place, text) for id_, fetched in episodes for place, text in enumerate(fetched.texts)]
    change_many(connection, "INSERT INTO notes (episode, place, text) VALUES (?, ?, ?)", values)
