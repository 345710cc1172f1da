"""Two podcasts that turned out to be one become one, and nothing that the listener did is lost.

Must not know how that was found out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from sqlite3 import Connection

from player.core.model import EpisodeId, EpochMillis, PodcastId
from player.core.updates import same_episodes
from player.storage import feeds, heard, time_listened
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.touched import FROM_FEEDS, references, touched

_OWN_WAY = frozenset({"episode", "former_address", "podcast_listing"})
_SEVERAL = frozenset({"bookmark"})
"""Tables of which an episode may have what two had: each of their rows stands for itself."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merging changed: every episode of both, also those that are gone, and those that were two before."""

    episodes: tuple[EpisodeId, ...]
    united: tuple[EpisodeId, ...]


def merge_podcast(connection: Connection, podcast: PodcastId, into: PodcastId, now: EpochMillis) -> Merged:
    """Make `podcast` a part of the podcast `into`, whose feed it has now.

    Of an episode that both have, the one stays with which the listener did something; if that is both, what was done
    with the other one is handed to the one of `into` where it has nothing of the kind. Files on disk stay.
    """
    with transaction(connection):
        own, others = feeds.known_episodes(connection, podcast), feeds.known_episodes(connection, into)
        pairs = same_episodes(own, others).items()
        united = tuple(_merge_episode(connection, one, other) for one, other in pairs)
        change(connection, "UPDATE episode SET podcast = ? WHERE podcast = ?", (into, podcast))
        for table, column in references(connection, "podcast"):
            if table not in _OWN_WAY:
                change(connection, f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (into, podcast))
        _merge_details(connection, podcast, into, now)
        feeds.remove_podcast(connection, podcast)
    return Merged(tuple(each.id for each in (*own, *others)), united)


def _merge_episode(connection: Connection, one: EpisodeId, other: EpisodeId) -> EpisodeId:
    """Leave one of two, and return it: `other`, unless only `one` was touched."""
    kept = touched(connection, (one, other))
    if kept == {one}:
        one, other = other, one
    elif len(kept) > 1:
        heard.unite_heard(connection, one, other)
        _merge_listening(connection, one, other)
        for table, column in references(connection, "episode"):
            if table not in FROM_FEEDS:
                _hand_over(connection, table, column, one, other)
        sql = """
            UPDATE OR IGNORE chapter_list SET episode = ? WHERE episode = ? AND source = 'listener'
        """
        change(connection, sql, (other, one))
        sql = """
            UPDATE session SET value = json_set(value, '$.episode', ?)
            WHERE key = 'playback' AND json_valid(value) AND json_extract(value, '$.episode') = ?
        """
        change(connection, sql, (other, one))
    change(connection, "DELETE FROM episode WHERE id = ?", (one,))
    return other


def _hand_over(connection: Connection, table: str, column: str, one: EpisodeId, other: EpisodeId) -> None:
    """Make the rows of `one` those of `other`, if it has none. As new rows, since triggers look at those."""
    if table not in _SEVERAL and row(connection, f"SELECT 1 FROM {table} WHERE {column} = ?", (other,)) is not None:
        return
    names = [name for (name,) in rows(connection, "SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]
    place = names.index(column)
    found = rows(connection, f"SELECT {', '.join(names)} FROM {table} WHERE {column} = ?", (one,))
    change(connection, f"DELETE FROM {table} WHERE {column} = ?", (one,))
    marks = ", ".join("?" * len(names))
    handed = [(*each[:place], other, *each[place + 1 :]) for each in found]
    change_many(connection, f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", handed)


def _merge_listening(connection: Connection, one: EpisodeId, other: EpisodeId) -> None:
    """Where the listener was last is the place; what was played in one is played."""
    places = rows(
        connection,
        "SELECT position, is_played, changed_at FROM listening WHERE episode IN (SELECT value FROM json_each(?))",
        (json.dumps([one, other]),),
    )
    if len(places) > 1:
        position, _, changed_at = max(places, key=lambda place: place[2])
        is_played = max(place[1] for place in places)
        sql = "UPDATE listening SET position = ?, is_played = ?, changed_at = ? WHERE episode = ?"
        change(connection, sql, (position, is_played, changed_at, other))


def _merge_details(connection: Connection, podcast: PodcastId, into: PodcastId, now: EpochMillis) -> None:
    """What was chosen for `podcast` holds where nothing was chosen for `into`."""
    sql = """
        UPDATE podcast SET added_at = min(podcast.added_at, gone.added_at),
            chapter_source = coalesce(podcast.chapter_source, gone.chapter_source),
            shows_pictures = coalesce(podcast.shows_pictures, gone.shows_pictures),
            folder = iif(podcast.folder = '[]', gone.folder, podcast.folder)
        FROM (SELECT added_at, chapter_source, shows_pictures, folder FROM podcast WHERE id = ?) AS gone
        WHERE podcast.id = ?
    """
    change(connection, sql, (podcast, into))
    change(connection, "UPDATE former_address SET podcast = ? WHERE podcast = ?", (into, podcast))
    url, url_into = (feeds.podcast(connection, each).feed_url for each in (podcast, into))
    time_listened.unite(connection, url, url_into)
    sql = "INSERT OR REPLACE INTO former_address (url, podcast, left_at) VALUES (?, ?, ?)"
    change(connection, sql, (url, into, now))
