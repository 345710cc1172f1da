"""The search over titles of chapters, episodes and podcasts.

Must not know what is done with a hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from player.core.model import Found, FoundKind, PodcastId
from player.storage.database import rows
from player.storage.words import condition, holds, patterns

_ROUNDS = 4
"""How many times more rows than hits are read at most: SQLite finds some that do not hold the words after all."""

_PODCASTS = """
    SELECT p.title, coalesce(p.author, ''), p.id, NULL, NULL FROM podcast p WHERE {condition}
    ORDER BY p.title LIKE ? ESCAPE '\\' DESC, p.title LIMIT ?
"""
_EPISODES = """
    SELECT e.title, p.title, e.podcast, e.id, NULL FROM episode e JOIN podcast p ON p.id = e.podcast WHERE {condition}
    ORDER BY e.title LIKE ? ESCAPE '\\' DESC, e.sorted_at DESC, e.id DESC LIMIT ?
"""
_CHAPTERS = """
    SELECT c.title, e.title, e.podcast, e.id, c.start FROM shown_chapter c JOIN episode e ON e.id = c.episode
    WHERE {condition}
    ORDER BY c.title LIKE ? ESCAPE '\\' DESC, e.sorted_at DESC, e.id DESC, c.start LIMIT ?
"""


def search(connection: Connection, words: str, limit: int) -> list[Found]:
    """At most `limit` hits whose titles hold all of `words`: titles that begin with them first, then newer ones.

    Among equals a podcast stands before a chapter, and a chapter before an episode. Chapters are found as they are
    shown: with the listener's titles, at the places where they are heard.
    """
    if not patterns(words):
        return []
    found: list[Found] = []
    for kind, sql, column in (
        (FoundKind.PODCAST, _PODCASTS, "p.title"),
        (FoundKind.CHAPTER, _CHAPTERS, "c.title"),
        (FoundKind.EPISODE, _EPISODES, "e.title"),
    ):
        hits = _hits(connection, kind, sql.replace("{condition}", condition(column, words)), words, limit)
        found.extend(hits)
    start = words.strip().casefold()
    # Sorting is stable: within a kind the order of the query stays.
    found.sort(key=lambda hit: _rank(hit.title.casefold(), start))
    return found[:limit]


def _hits(connection: Connection, kind: FoundKind, sql: str, words: str, limit: int) -> Iterator[Found]:
    values: list[Any] = [*patterns(words), patterns(words)[0][1:], limit * _ROUNDS]
    for title, detail, podcast, episode, start in rows(connection, sql, values):
        if holds(title, words):
            yield Found(kind, title, detail, PodcastId(podcast), episode, start)


def _rank(title: str, start: str) -> int:
    if title.startswith(start):
        return 0
    return 1 if f" {start}" in title else 2
