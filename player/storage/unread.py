"""Episodes whose texts have not been looked through for chapters yet, so that a kill between the two loses none.

Must not know how chapters are found in texts, nor when they are.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from sqlite3 import Connection

from player.core.model import EpisodeId, Millis, PodcastId
from player.storage.database import change, change_many, rows


@dataclass(frozen=True, slots=True)
class Unread:
    """An episode to look through: its texts, its length by the feed, and the hash of what the feed said of both."""

    episode: EpisodeId
    podcast: PodcastId
    texts: tuple[str, ...]
    duration: Millis | None
    described_as: bytes | None


def add_unread(connection: Connection, podcast: PodcastId, episodes: Iterable[EpisodeId]) -> None:
    """The texts of these episodes of a podcast are new, and are to be looked through."""
    sql = "INSERT OR IGNORE INTO unread (episode, podcast) VALUES (?, ?)"
    change_many(connection, sql, [(episode, podcast) for episode in episodes])


def next_unread(
    connection: Connection, count: int, podcast: PodcastId | None = None, but: Collection[EpisodeId] = ()
) -> list[Unread]:
    """Up to `count` episodes to look through, of one podcast or of all, and none of `but`.

    Those of the podcast that was added last come first, and of a podcast those that stand first in its feed.
    """
    where, values = ("WHERE podcast = ?", (podcast,)) if podcast is not None else ("", ())
    sql = f"SELECT episode FROM unread {where} ORDER BY podcast DESC, episode LIMIT ?"
    listed = [id_ for (id_,) in rows(connection, sql, (*values, count + len(but)))]
    ids = [id_ for id_ in listed if id_ not in but][:count]
    sql = """
        SELECT e.id, e.podcast, e.duration, e.chapters_hash, n.text
        FROM json_each(?) wanted CROSS JOIN episode e ON e.id = wanted.value LEFT JOIN notes n ON n.episode = e.id
        ORDER BY wanted.key, n.place
    """
    return [
        Unread(EpisodeId(id_), PodcastId(of), tuple(text for *_, text in group if text is not None), duration, hash_)
        for (id_, of, duration, hash_), group in groupby(
            rows(connection, sql, (json.dumps(ids),)), key=lambda found: found[:4]
        )
    ]


def still_unread(connection: Connection, taken: Sequence[Unread]) -> frozenset[EpisodeId]:
    """Those of the episodes that are there, still to be looked through, and described as they were."""
    sql = """
        SELECT u.episode, e.chapters_hash
        FROM json_each(?) wanted CROSS JOIN unread u ON u.episode = wanted.value JOIN episode e ON e.id = u.episode
    """
    now = dict(rows(connection, sql, (json.dumps([each.episode for each in taken]),)))
    return frozenset(each.episode for each in taken if each.episode in now and now[each.episode] == each.described_as)


def drop_unread(connection: Connection, episodes: Collection[EpisodeId]) -> None:
    """These episodes have been looked through."""
    sql = "DELETE FROM unread WHERE episode IN (SELECT value FROM json_each(?))"
    change(connection, sql, (json.dumps(list(episodes)),))
