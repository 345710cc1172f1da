"""The search over titles of podcasts, episodes and chapters, and over notes.

Must not know what was typed (`core.search_query`), nor what is done with a hit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from player.core.model import EpochMillis, Found, FoundKind
from player.core.search_query import Query, excerpt, recency
from player.core.search_text import readable
from player.storage.database import rows
from player.storage.packed_chapters import places

_MOST_EPISODES = 240
"""How many episodes that have the words are looked at for hits of a kind, the newest first."""
_BATCH = 40
"""How many of them are read at a time."""
_ENOUGH = 120
"""From how many hits of a kind on no older ones are read: they would hardly come before those."""

_PODCASTS = "SELECT title, coalesce(author, ''), id, NULL, NULL, 0 FROM podcast ORDER BY title"
# CROSS JOIN: the ids are to be walked in their order, each one looked up by its key.
_EPISODES = """
    FROM json_each(?) wanted CROSS JOIN search_row r ON r.place = wanted.value CROSS JOIN episode e ON e.id = r.episode
"""
_TITLES = f"""
    SELECT e.title, p.title, e.podcast, e.id, NULL, e.sorted_at
    {_EPISODES} CROSS JOIN podcast p ON p.id = e.podcast ORDER BY wanted.key
"""
_CHAPTERS = f"""
    SELECT c.chapters, e.title, e.podcast, e.id, NULL, e.sorted_at
    {_EPISODES} CROSS JOIN chapter_list c ON c.episode = e.id AND c.is_shown ORDER BY wanted.key
"""
_NOTES = f"""
    SELECT n.text, e.title, e.podcast, e.id, NULL, e.sorted_at
    {_EPISODES} CROSS JOIN notes n ON n.episode = e.id AND n.place = 0 ORDER BY wanted.key
"""

Row = tuple[Any, ...]
Ranked = tuple[float, Row]
IsStale = Callable[[], bool]


def search(
    connection: Connection,
    query: Query,
    now: EpochMillis,
    limits: Mapping[FoundKind, int],
    is_stale: IsStale = lambda: False,
) -> Iterator[tuple[FoundKind, list[Found]]]:
    """For each kind that `limits` names, in that order, its hits, the best first; `is_stale` ends it between kinds.

    The best podcast, episode or chapter is the one that comes closest to the words (`Query.closeness`, 0 to 4) and is
    newest (`core.search_query.recency`, 0 to 1), of the newest that have them; notes follow one another by age. BM25 is
    not asked: it counts every row that has a word before it ranks the first.
    """
    for kind, limit in limits.items():
        if not query.terms or is_stale():
            return
        match kind:
            case FoundKind.PODCAST:
                found = _podcasts(connection, query)
            case FoundKind.EPISODE:
                found = _found(_episodes(connection, query, "title_index", _TITLES, _BATCH), query, now)
            case FoundKind.CHAPTER:
                batches = _episodes(connection, query, "chapter_index", _CHAPTERS, _BATCH)
                found = _found(map(_each_chapter, batches), query, now)
            case FoundKind.NOTES:
                yield kind, _notes(connection, query.for_long_texts, limit)
                continue
        # Sorting is stable: among equals the newest stays first, and in an episode the first chapter.
        best = [row for _, row in sorted(found, key=lambda each: -each[0])[:limit]]
        yield kind, [_hit(kind, row, query) for row in best]


def _hit(kind: FoundKind, row: Row, query: Query) -> Found:
    title, detail, podcast, episode, start, _ = row
    return Found(kind, title, detail, podcast, episode, start, query.spans(title) or ())


def _podcasts(connection: Connection, query: Query) -> list[Ranked]:
    """The podcasts are few: each title, with its author, is looked at."""
    found: list[Ranked] = []
    for row in rows(connection, _PODCASTS):
        points = query.closeness(row[0])
        if points is None and row[1] and query.closeness(f"{row[0]} {row[1]}") is not None:
            points = 0
        if points is not None:
            found.append((points, row))
    return found


def _found(batches: Iterator[list[Row]], query: Query, now: EpochMillis) -> list[Ranked]:
    found: list[Ranked] = []
    for batch in batches:
        for row in batch:
            points = query.closeness(row[0])
            if points is not None:
                found.append((points + recency(row[5], now), row))
        if len(found) >= _ENOUGH:
            break
    return found


def _each_chapter(episodes: list[Row]) -> list[Row]:
    return [
        (title, detail, podcast, episode, start, date)
        for packed, detail, podcast, episode, _, date in episodes
        for start, title in places(packed)
    ]


def _notes(connection: Connection, query: Query, limit: int) -> list[Found]:
    found: list[Found] = []
    for batch in _episodes(connection, query, "notes_index", _NOTES, limit):
        for text, detail, podcast, episode, *_ in batch:
            plain = readable(text)
            spans = query.spans(plain)
            if spans is not None:
                part, inside = excerpt(plain, spans)
                found.append(Found(FoundKind.NOTES, part, detail, podcast, episode, spans=inside))
        if len(found) >= limit:
            break
    return found[:limit]


def _episodes(connection: Connection, query: Query, index: str, sql: str, size: int) -> Iterator[list[Row]]:
    """What the newest episodes have whose row in an index has the words, in whatever order; `size` episodes at a time.

    They are asked for at once: where a beginning has no list of its own, FTS5 merges those of all its words each time.
    """
    match = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid LIMIT {_MOST_EPISODES}"
    places = [place for (place,) in rows(connection, match, (query.expression,))]
    for first in range(0, len(places), size):
        yield rows(connection, sql, (json.dumps(places[first : first + size]),))
