"""The search over titles of podcasts, episodes and chapters, and over notes; and the index of the chapters.

Must not know what was typed (`core.search_query`), nor what is done with a hit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from player.core.model import EpisodeId, EpochMillis, Found, FoundKind, PodcastId
from player.core.search_query import Query, excerpt, recency
from player.core.search_text import readable
from player.storage.database import change, rows
from player.storage.search_schema import DROP_CHAPTERS, TAKE_CHAPTERS

_BATCH = 50
"""How many episodes that have the words are read at a time, the newest first."""
_MOST_BATCHES = 6
_ENOUGH = 200
"""From how many hits of a kind on no older ones are read: they would hardly come before those."""

_MATCHES = """
    (SELECT rowid AS place FROM {index} WHERE {index} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?) m
    CROSS JOIN search_row r ON r.place = m.place CROSS JOIN episode e ON e.id = r.episode
"""
_TITLES = f"""
    SELECT m.place, e.title, p.title, e.podcast, e.id, NULL, e.sorted_at
    FROM {_MATCHES.format(index="title_index")} CROSS JOIN podcast p ON p.id = e.podcast
"""
_CHAPTERS = f"""
    SELECT m.place, c.title, e.title, e.podcast, e.id, c.start, e.sorted_at
    FROM {_MATCHES.format(index="chapter_index")} CROSS JOIN shown_chapter c ON c.episode = e.id
"""
_NOTES = f"""
    SELECT m.place, n.text, e.title, e.podcast, e.id, NULL, e.sorted_at
    FROM {_MATCHES.format(index="notes_index")} CROSS JOIN notes n ON n.episode = e.id AND n.place = 0
"""

Ranked = tuple[float, Found]
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
                found = _found(connection, query, now, kind, _TITLES)
            case FoundKind.CHAPTER:
                found = _found(connection, query, now, kind, _CHAPTERS)
            case FoundKind.NOTES:
                yield kind, _notes(connection, query.for_long_texts, limit)
                continue
        # Sorting is stable: among equals the newest stays first, and in an episode the first chapter.
        best = [hit for _, hit in sorted(found, key=lambda each: -each[0])[:limit]]
        yield kind, [replace(hit, spans=query.spans(hit.title) or ()) for hit in best]


def take_chapters(connection: Connection, episode: EpisodeId) -> None:
    """Take the shown chapters of an episode, which are stored, into the index. It must not have them already."""
    change(connection, TAKE_CHAPTERS, (episode,))


def drop_chapters(connection: Connection, episode: EpisodeId) -> None:
    """Take the shown chapters of an episode, which are still stored, out of the index."""
    change(connection, DROP_CHAPTERS, (episode,))


def _podcasts(connection: Connection, query: Query) -> list[Ranked]:
    """The podcasts are few: each title, with its author, is looked at."""
    found: list[Ranked] = []
    for title, author, id_ in rows(connection, "SELECT title, coalesce(author, ''), id FROM podcast ORDER BY title"):
        points = query.closeness(title)
        if points is None and author and query.closeness(f"{title} {author}") is not None:
            points = 0
        if points is not None:
            found.append((points, Found(FoundKind.PODCAST, title, author, PodcastId(id_))))
    return found


def _found(connection: Connection, query: Query, now: EpochMillis, kind: FoundKind, sql: str) -> list[Ranked]:
    found: list[Ranked] = []
    for read in _batches(connection, query, sql, _BATCH):
        for _, title, detail, podcast, episode, start, sorted_at in read:
            points = query.closeness(title)
            if points is not None:
                hit = Found(kind, title, detail, podcast, episode, start)
                found.append((points + recency(sorted_at, now), hit))
        if len(found) >= _ENOUGH:
            break
    return found


def _notes(connection: Connection, query: Query, limit: int) -> list[Found]:
    found: list[Found] = []
    for read in _batches(connection, query, _NOTES, limit):
        for _, text, detail, podcast, episode, _, _ in read:
            plain = readable(text)
            spans = query.spans(plain)
            if spans is not None:
                part, inside = excerpt(plain, spans)
                found.append(Found(FoundKind.NOTES, part, detail, podcast, episode, spans=inside))
        if len(found) >= limit:
            break
    return found[:limit]


def _batches(connection: Connection, query: Query, sql: str, size: int) -> Iterator[list[Any]]:
    """What belongs to the newest episodes that have the words, in whatever order, in an index; `size` at a time."""
    last = -1
    for _ in range(_MOST_BATCHES):
        read = rows(connection, sql, (query.expression, last, size))
        if not read:
            return
        yield read
        last = read[-1][0]
