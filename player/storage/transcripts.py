"""Transcripts: what was read of each episode's, and what its server last said.

Must not know how one is fetched or read; where they lie is in `storage.feed_extras`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from player.core.model import EpisodeId, EpochMillis
from player.core.phrases import packed, unpacked
from player.storage.database import change, row


@dataclass(frozen=True, slots=True)
class KeptTranscript:
    """What is kept of an episode's transcript.

    `url` is where it was read, or what was asked in vain. `asked_at` is when servers were last asked since the feed
    last changed the episode, None when they must be. `problem` says why the last answer was not taken.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    asked_at: EpochMillis | None = None
    problem: str | None = None
    has_content: bool = False


def kept_transcript(connection: Connection, episode: EpisodeId) -> KeptTranscript | None:
    """What is kept of an episode's transcript, or None when none was asked for yet."""
    sql = """
        SELECT url, etag, last_modified, asked_at, problem, content IS NOT NULL FROM kept_transcript WHERE episode = ?
    """
    found = row(connection, sql, (episode,))
    if found is None:
        return None
    url, etag, last_modified, asked_at, problem, has_content = found
    return KeptTranscript(url, etag, last_modified, asked_at, unpacked(problem), bool(has_content))


def transcript_content(connection: Connection, episode: EpisodeId) -> bytes | None:
    """The transcript itself, packed (`storage.packed_transcripts`)."""
    found = row(connection, "SELECT content FROM kept_transcript WHERE episode = ?", (episode,))
    return found[0] if found else None


def record_asking(connection: Connection, episode: EpisodeId, kept: KeptTranscript) -> None:
    """Keep what servers said; what was read before stays. Nothing happens when the episode is gone."""
    sql = """
        INSERT INTO kept_transcript (episode, url, etag, last_modified, asked_at, problem)
        SELECT id, ?, ?, ?, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET url = excluded.url, etag = excluded.etag,
            last_modified = excluded.last_modified, asked_at = excluded.asked_at, problem = excluded.problem
    """
    facts = (kept.url, kept.etag, kept.last_modified, kept.asked_at, packed(kept.problem))
    change(connection, sql, (*facts, episode))


def store_transcript(connection: Connection, episode: EpisodeId, kept: KeptTranscript, content: bytes) -> bool:
    """Keep a transcript; whether it is another one than before. Nothing happens when the episode is gone."""
    is_same = transcript_content(connection, episode) == content
    record_asking(connection, episode, kept)
    change(connection, "UPDATE kept_transcript SET content = ? WHERE episode = ?", (content, episode))
    return not is_same


def feed_changed(connection: Connection, episodes: Iterable[EpisodeId]) -> None:
    """The feed has told these episodes anew: those that have transcripts are asked for, the others lose what was kept.

    To be called after the addresses were stored.
    """
    ids = json.dumps(list(episodes))
    sql = """
        DELETE FROM kept_transcript WHERE episode IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.episode = kept_transcript.episode)
    """
    change(connection, sql, (ids,))
    sql = "UPDATE kept_transcript SET asked_at = NULL WHERE episode IN (SELECT value FROM json_each(?))"
    change(connection, sql, (ids,))
