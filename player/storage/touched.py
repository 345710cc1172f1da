"""Which episodes the listener has done something with, so that they are kept whatever their feed says.

Must not know what was done. Any table that refers to an episode counts, unless it is known to be filled from the feed:
so a table that is added later keeps episodes, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from player.core.model import EpisodeId
from player.storage.database import change, rows

FROM_FEEDS = frozenset(
    {
        "notes",
        "chapter_list",
        "chapter_document",
        "soundbite",
        "transcript",
        "kept_transcript",
        "audio_index",
        "audio_version",
        "episode_facts",
        "unread",
        "search_row",
        "episode_listing",
    }
)
"""Tables that refer to episodes, and are filled from feeds and audio without the listener."""

OPEN_EPISODE = """
    SELECT json_extract(value, '$.episode') AS id FROM main.session WHERE key = 'playback' AND json_valid(value)
"""
"""The open episode, as app.listening keeps it."""


def references(connection: Connection, table: str) -> list[tuple[str, str]]:
    """Every table that refers to `table`, with the name of the column that does."""
    sql = """
        SELECT t.name, f."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
        WHERE t.type = 'table' AND f."table" = ? ORDER BY t.name
    """
    return [(name, column) for name, column in rows(connection, sql, (table,))]


def touched(connection: Connection, episodes: Iterable[EpisodeId]) -> frozenset[EpisodeId]:
    """Those of the episodes that were played, begun, downloaded, queued, marked, edited, or are open."""
    questions = [
        f"SELECT {column} FROM {table} WHERE {column} IN wanted"
        for table, column in references(connection, "episode")
        if table not in FROM_FEEDS
    ]
    questions += [
        "SELECT id FROM episode WHERE id IN wanted AND (chapter_source IS NOT NULL OR NOT follows_file)",
        "SELECT episode FROM chapter_list WHERE source = 'listener' AND episode IN wanted",
        OPEN_EPISODE,
    ]
    ids = list(episodes)
    sql = f"WITH wanted AS (SELECT value FROM json_each(?)) {' UNION '.join(questions)}"
    return frozenset(ids) & {id_ for (id_,) in rows(connection, sql, (json.dumps(ids),))}


def remove_untouched(connection: Connection, episodes: Sequence[EpisodeId]) -> tuple[EpisodeId, ...]:
    """Remove those of the episodes with which the listener has done nothing; returns which these were."""
    if not episodes:
        return ()
    kept = touched(connection, episodes)
    removed = tuple(each for each in episodes if each not in kept)
    change(connection, "DELETE FROM episode WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(removed)),))
    return removed
