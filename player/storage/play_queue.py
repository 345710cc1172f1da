"""The queue's entries in their order.

Must not know what an entry is played for, nor what was undone: only what stands in the queue is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from player.core.model import EpisodeId
from player.core.play_queue import QueueEntry, QueueEntryId
from player.storage.database import change, change_many, rows, transaction


def entries(connection: Connection) -> tuple[QueueEntry, ...]:
    """All entries, the next one to be played first."""
    found = rows(connection, "SELECT episode, start, stop, title, id FROM queue_entry ORDER BY place, id")
    return tuple(
        QueueEntry(EpisodeId(episode), start, stop, title, QueueEntryId(id_))
        for episode, start, stop, title, id_ in found
    )


def gone(connection: Connection, episodes: Iterable[EpisodeId]) -> frozenset[EpisodeId]:
    """Which of these episodes the library no longer has."""
    sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM episode)"
    return frozenset(EpisodeId(found[0]) for found in rows(connection, sql, (json.dumps(list(episodes)),)))


def store_entries(connection: Connection, entries: Sequence[QueueEntry]) -> None:
    """Keep these entries in place of those that were kept. Those of episodes that are gone are passed over."""
    sql = """
        INSERT INTO queue_entry (id, place, episode, start, stop, title)
        SELECT ?, ?, id, ?, ?, ? FROM episode WHERE id = ?
    """
    values = [(each.id, place, each.start, each.stop, each.title, each.episode) for place, each in enumerate(entries)]
    with transaction(connection):
        change(connection, "DELETE FROM queue_entry")
        change_many(connection, sql, values)
