"""What listening leaves behind: places, played marks, values of the session, and frame indexes of audio files.

Must not know what the session's values mean, nor what is in an index.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from player.core.model import EpisodeId, EpochMillis, Millis
from player.storage.database import change, change_many, row


def position(connection: Connection, episode: EpisodeId) -> Millis:
    """Where the listener is in an episode; 0 when it was never begun."""
    found = row(connection, "SELECT position FROM listening WHERE episode = ?", (episode,))
    return found[0] if found else 0


def store_position(connection: Connection, episode: EpisodeId, position: Millis, now: EpochMillis) -> None:
    """Keep the listener's place. An episode that is gone is passed over: it may go while it plays."""
    sql = """
        INSERT INTO listening (episode, position, changed_at) SELECT id, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET position = excluded.position, changed_at = excluded.changed_at
    """
    change(connection, sql, (position, now, episode))


def set_played(connection: Connection, ids: Iterable[EpisodeId], played: bool, now: EpochMillis) -> None:
    """Mark episodes as played or not; their places stay."""
    sql = """
        INSERT INTO listening (episode, is_played, changed_at) SELECT id, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET is_played = excluded.is_played, changed_at = excluded.changed_at
    """
    change_many(connection, sql, [(int(played), now, episode) for episode in ids])


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
