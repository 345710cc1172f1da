"""The marks of the chapters that are to be skipped, or heard, in each episode.

Must not know which chapters a mark means (`core.skips`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from player.core.model import EpisodeId
from player.core.skips import SkipMark
from player.storage.database import change, change_many, rows, transaction


def skip_marks(connection: Connection, episode: EpisodeId) -> tuple[SkipMark, ...]:
    """The marks of an episode, in rising order of start."""
    sql = "SELECT title, start, is_heard FROM skip_mark WHERE episode = ? ORDER BY start, title"
    return tuple(SkipMark(title, start, bool(is_heard)) for title, start, is_heard in rows(connection, sql, (episode,)))


def with_marks(connection: Connection, episodes: Iterable[EpisodeId]) -> list[EpisodeId]:
    """Which of these episodes have marks, in rising order."""
    sql = "SELECT DISTINCT episode FROM skip_mark WHERE episode IN (SELECT value FROM json_each(?)) ORDER BY episode"
    return [EpisodeId(found) for (found,) in rows(connection, sql, (json.dumps(list(episodes)),))]


def store_skip_marks(connection: Connection, episode: EpisodeId, marks: Iterable[SkipMark]) -> None:
    """Keep the marks of an episode in place of those that were kept. Of two for one chapter the first is kept."""
    with transaction(connection):
        change(connection, "DELETE FROM skip_mark WHERE episode = ?", (episode,))
        add_skip_marks(connection, episode, marks)


def add_skip_marks(connection: Connection, episode: EpisodeId, marks: Iterable[SkipMark]) -> None:
    """Keep more marks of an episode. For a chapter that has one already that is kept."""
    change_many(
        connection,
        "INSERT OR IGNORE INTO skip_mark (episode, start, title, is_heard) VALUES (?, ?, ?, ?)",
        [(episode, each.start, each.title, int(each.is_heard)) for each in marks],
    )
