"""What listening leaves behind: places, played marks, values of the session, and frame indexes of audio files.

Must not know what the session's values mean, nor what is in an index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from player.core.model import EpisodeId, EpochMillis, Marked, Millis
from player.storage.database import change, row, transaction
from player.storage.heard import forget_heard, kept_heard, restore_heard
from player.storage.listing_schema import PLAYED

_AMONG = "IN (SELECT value FROM json_each(?))"


def position(connection: Connection, episode: EpisodeId) -> Millis:
    """Where the listener is in an episode; 0 when it was never begun."""
    found = row(connection, "SELECT position FROM listening WHERE episode = ?", (episode,))
    return found[0] if found else 0


def changed_at(connection: Connection, episode: EpisodeId) -> EpochMillis | None:
    """When that was last kept, or None."""
    found = row(connection, "SELECT changed_at FROM listening WHERE episode = ?", (episode,))
    return found[0] if found else None


def store_position(connection: Connection, episode: EpisodeId, position: Millis, now: EpochMillis) -> None:
    """Keep the listener's place. An episode that is gone is passed over: it may go while it plays."""
    sql = """
        INSERT INTO listening (episode, position, changed_at) SELECT id, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at
    """
    change(connection, sql, (position, now, episode))


def set_played(connection: Connection, ids: Iterable[EpisodeId], played: bool, now: EpochMillis) -> Marked:
    """Mark episodes as played or not, as one change; their places stay. Those that are so already are left alone.

    With the mark all of an episode was heard, or nothing of it.
    """
    with transaction(connection):
        sql = f"""
            SELECT json_group_array(episode) FROM episode_listing
            WHERE episode IN (SELECT value FROM json_each(?)) AND traits & {PLAYED} <> ?
        """
        changed = _array(connection, sql, json.dumps(list(ids)), PLAYED if played else 0)
        listed = json.dumps(changed)
        sql = f"SELECT json_group_array(json_array(episode, changed_at)) FROM listening WHERE episode {_AMONG}"
        before = _array(connection, sql, listed)
        sql = f"""
            INSERT INTO listening (episode, is_played, changed_at) SELECT id, ?, ? FROM episode WHERE id {_AMONG}
            ON CONFLICT (episode) DO UPDATE SET is_played = excluded.is_played, changed_at = excluded.changed_at
        """
        change(connection, sql, (int(played), now, listed))
        kept = kept_heard(connection, changed)
        forget_heard(connection, kept)
    return Marked(tuple(changed), played, now, tuple((episode, at) for episode, at in before), tuple(kept.items()))


def store_played(connection: Connection, episode: EpisodeId, played: bool, now: EpochMillis) -> None:
    """Keep that an episode is played, or is not, whatever was heard of it. One that is gone is passed over."""
    sql = """
        INSERT INTO listening (episode, is_played, changed_at) SELECT id, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET is_played = excluded.is_played, changed_at = excluded.changed_at
    """
    change(connection, sql, (int(played), now, episode))


def unmark(connection: Connection, marked: Marked) -> None:
    """Take a marking back: all is as it was before. What was heard of an episode since then stays heard."""
    with transaction(connection):
        sql = """
            UPDATE listening SET is_played = ?,
                changed_at = iif(changed_at = ?, json_extract(value, '$[1]'), changed_at)
            FROM json_each(?) WHERE episode = json_extract(value, '$[0]')
        """
        change(connection, sql, (int(not marked.played), marked.at, json.dumps(marked.before)))
        known = {episode for episode, _ in marked.before}
        fresh = json.dumps([episode for episode in marked.ids if episode not in known])
        change(
            connection,
            f"DELETE FROM listening WHERE episode {_AMONG} AND changed_at = ? AND position = 0",
            (fresh, marked.at),
        )
        change(connection, f"UPDATE listening SET is_played = 0 WHERE episode {_AMONG}", (fresh,))
        if not marked.played:
            # Those of which nothing was kept were heard as a whole.
            forget_heard(connection, set(marked.ids) - dict(marked.heard).keys())
        restore_heard(connection, marked.heard)


def session_value(connection: Connection, key: str) -> str | None:
    """A value that the last run of the program kept, or None."""
    found = row(connection, "SELECT value FROM session WHERE key = ?", (key,))
    return found[0] if found else None


def store_session_value(connection: Connection, key: str, value: str) -> None:
    """Keep a value for the next run of the program."""
    sql = "INSERT INTO session (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    change(connection, sql, (key, value))


def drop_session_value(connection: Connection, key: str) -> None:
    """Forget a value of the session."""
    change(connection, "DELETE FROM session WHERE key = ?", (key,))


def audio_index(connection: Connection, episode: EpisodeId) -> bytes | None:
    """The frame index of the episode's audio file, or None."""
    found = row(connection, "SELECT content FROM audio_index WHERE episode = ?", (episode,))
    return found[0] if found else None


def store_audio_index(connection: Connection, episode: EpisodeId, index: bytes) -> None:
    """Keep the frame index of the episode's audio file. An episode that is gone is passed over."""
    sql = """
        INSERT INTO audio_index (episode, content) SELECT id, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET content = excluded.content
    """
    change(connection, sql, (index, episode))


def _array(connection: Connection, sql: str, *values: Any) -> list[Any]:
    """The one array of JSON that a query gives."""
    found = row(connection, sql, values)
    return list(json.loads(found[0])) if found else []
