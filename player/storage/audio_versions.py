"""Which audio was fetched of each episode: a hash of its bytes, kept also when the file is gone.

Must not know what is hashed, nor what follows when an episode is fetched again and is another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection

from player.core.model import EpisodeId, Millis
from player.storage.database import change, row, rows


@dataclass(frozen=True, slots=True)
class AudioVersion:
    """The bytes that were fetched last. `left_at` is where the listener was in them when they were removed."""

    digest: bytes
    left_at: Millis | None


def version(connection: Connection, episode: EpisodeId) -> AudioVersion | None:
    """The audio that was fetched last of an episode, or None."""
    found = row(connection, "SELECT digest, left_at FROM audio_version WHERE episode = ?", (episode,))
    return AudioVersion(*found) if found else None


def store_version(connection: Connection, episode: EpisodeId, digest: bytes) -> None:
    """Keep which audio was fetched. An episode that is gone is passed over."""
    sql = """
        INSERT INTO audio_version (episode, digest) SELECT id, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET digest = excluded.digest, left_at = NULL
    """
    change(connection, sql, (digest, episode))


def left_versions(connection: Connection) -> list[EpisodeId]:
    """The episodes whose audio was removed."""
    return [
        EpisodeId(found) for (found,) in rows(connection, "SELECT episode FROM audio_version WHERE left_at IS NOT NULL")
    ]


def leave_version(connection: Connection, episode: EpisodeId) -> None:
    """Keep where the listener is in an episode's audio, which is being removed."""
    sql = """
        UPDATE audio_version SET left_at = coalesce((SELECT position FROM listening WHERE episode = ?1), 0)
        WHERE episode = ?1
    """
    change(connection, sql, (episode,))
