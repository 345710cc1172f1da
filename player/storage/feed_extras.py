"""What a feed gives for an episode besides its facts and its notes: soundbites, and the addresses of transcripts.

Must not know how a transcript is fetched or read, nor where soundbites are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from player.core.model import EpisodeId, FetchedEpisode, LinkedDocument, Soundbite
from player.storage.database import change, change_many, rows


def set_extras(connection: Connection, described: Iterable[tuple[EpisodeId, FetchedEpisode]]) -> None:
    """Keep what the feed gives for these episodes now, in place of what it gave before."""
    listed = list(described)
    ids = json.dumps([episode for episode, _ in listed])
    for table in ("soundbite", "transcript"):
        change(connection, f"DELETE FROM {table} WHERE episode IN (SELECT value FROM json_each(?))", (ids,))
    change_many(
        connection,
        "INSERT INTO soundbite (episode, place, start, length, title) VALUES (?, ?, ?, ?, ?)",
        [
            (episode, place, each.start, each.length, each.title)
            for episode, fetched in listed
            for place, each in enumerate(fetched.soundbites)
        ],
    )
    change_many(
        connection,
        "INSERT INTO transcript (episode, place, url, media_type, language, is_captions) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (episode, place, each.url, each.media_type, each.language, each.is_captions)
            for episode, fetched in listed
            for place, each in enumerate(fetched.transcripts)
        ],
    )


def soundbites(connection: Connection, episode: EpisodeId) -> tuple[Soundbite, ...]:
    """The passages that the publisher recommends, in the order of the feed; times as published."""
    sql = "SELECT start, length, title FROM soundbite WHERE episode = ? ORDER BY place"
    return tuple(Soundbite(*found) for found in rows(connection, sql, (episode,)))


def transcripts(connection: Connection, episode: EpisodeId) -> tuple[LinkedDocument, ...]:
    """Where transcripts lie, in the order of the feed."""
    sql = "SELECT url, media_type, language, is_captions FROM transcript WHERE episode = ? ORDER BY place"
    return tuple(
        LinkedDocument(url, media_type, language, bool(is_captions))
        for url, media_type, language, is_captions in rows(connection, sql, (episode,))
    )
