"""The search over titles of podcasts, episodes and chapters, over notes and bookmarks.

Must not know what was typed (`core.search_query`), nor what is done with a hit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection, OperationalError
from typing import Any

from player.core.model import EpochMillis, Found, FoundKind
from player.core.search_query import Query, excerpt, recency
from player.core.search_text import readable
from player.storage.database import rows
from player.storage.packed_chapters import places

_MOST_EPISODES = 240
"""How many episodes that have the words are looked at for a page of hits of a kind, the newest first."""
_BATCH = 40
"""How many of them are read at a time."""
_ENOUGH = 120
"""From how many hits of a kind on no older ones are read for a page: they would hardly come before those."""

_NEWEST = 60
"""How many notes are looked at before the index is asked for one letter: it would merge the lists of all its words."""

_PODCASTS = "SELECT title, coalesce(author, ''), id, NULL, NULL, NULL, title FROM podcast ORDER BY title"
# CROSS JOIN: the ids are to be walked in their order, each one looked up by its key.
_EPISODES = """
    FROM json_each(?) wanted CROSS JOIN search_row r ON r.place = wanted.value CROSS JOIN episode e ON e.id = r.episode
    CROSS JOIN podcast p ON p.id = e.podcast
"""
_TITLES = f"""
    SELECT e.title, p.title, e.podcast, e.id, NULL, e.sorted_at, p.title {_EPISODES} ORDER BY wanted.key
"""
_CHAPTERS = f"""
    SELECT c.chapters, e.title, e.podcast, e.id, NULL, e.sorted_at, p.title
    {_EPISODES} CROSS JOIN chapter_list c ON c.episode = e.id AND c.is_shown ORDER BY wanted.key
"""
# Of a bookmark without a text its chapter is the title.
_BOOKMARKS = """
    SELECT iif(b.text = '', b.chapter, b.text), e.title, e.podcast, e.id, b.start, b.made_at, p.title,
        iif(b.text = '', '', b.chapter)
    FROM json_each(?) wanted CROSS JOIN bookmark b ON b.id = wanted.value CROSS JOIN episode e ON e.id = b.episode
    CROSS JOIN podcast p ON p.id = e.podcast ORDER BY wanted.key
"""
_NEWEST_BOOKMARKS = """
    SELECT rowid FROM bookmark_index WHERE bookmark_index MATCH ? ORDER BY rowid DESC LIMIT ?
"""
_NEWEST_PLACES = f"SELECT place FROM search_row ORDER BY place LIMIT {_NEWEST}"
_NOTES = f"""
    SELECT n.text, e.title, e.podcast, e.id, NULL, e.sorted_at, p.title
    {_EPISODES} CROSS JOIN notes n ON n.episode = e.id AND n.place = 0 ORDER BY wanted.key
"""

Row = tuple[Any, ...]
Ranked = tuple[float, Row]
IsStale = Callable[[], bool]


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Reach:
    """How many episodes are looked at in all, how many hits fill a page, how many of it are shown, and what ends it."""

    episodes: int = -1
    enough: int = _ENOUGH
    shown: int | None = None
    is_stale: IsStale = _never


def search(
    connection: Connection,
    query: Query,
    now: EpochMillis,
    limits: Mapping[FoundKind, int],
    is_stale: IsStale = _never,
) -> Iterator[tuple[FoundKind, list[Found]]]:
    """For each kind that `limits` names, in that order, its hits, the best first: of the first page of `pages`.

    It ends early when `is_stale` says so, at once where `connection.interrupt()` is called then.
    """
    try:
        for kind, limit in limits.items():
            if is_stale():
                return
            enough = limit if kind is FoundKind.NOTES else _ENOUGH
            reach = _Reach(_MOST_EPISODES, enough, limit, is_stale)
            yield kind, next(_pages(connection, query, kind, now, reach), [])[:limit]
    except OperationalError:
        # What is interrupted is not always called so: an index that is asked for the first time "failed".
        if not is_stale():
            raise


def pages(connection: Connection, query: Query, kind: FoundKind, now: EpochMillis) -> Iterator[list[Found]]:
    """All hits of a kind, some at a time, those of the newest episodes first; a page may be empty.

    In a page the best comes first: the podcast, episode or chapter that comes closest to the words (`Query.closeness`,
    0 to 4) and is newest (`core.search_query.recency`, 0 to 1); notes follow one another by age. BM25 is not asked: it
    counts every row that has a word before it ranks the first.
    """
    return _pages(connection, query, kind, now, _Reach())


def _pages(
    connection: Connection, query: Query, kind: FoundKind, now: EpochMillis, reach: _Reach
) -> Iterator[list[Found]]:
    if not query.terms:
        return
    match kind:
        case FoundKind.PODCAST:
            yield _best(kind, _podcasts(connection, query), query, reach)
        case FoundKind.EPISODE:
            batches = _episodes(connection, query, "title_index", _TITLES, reach)
            yield from (_best(kind, found, query, reach) for found in _ranked(batches, query, now, reach))
        case FoundKind.BOOKMARK:
            for batch in _bookmarks(connection, query, reach):
                yield _best(kind, _points_of_bookmarks(batch, query, now), query, reach)
        case FoundKind.CHAPTER:
            batches = map(_each_chapter, _episodes(connection, query, "chapter_index", _CHAPTERS, reach))
            yield from (_best(kind, found, query, reach) for found in _ranked(batches, query, now, reach))
        case FoundKind.NOTES:
            yield from _pages_of_notes(connection, query.for_long_texts, reach)


def _best(kind: FoundKind, found: list[Ranked], query: Query, reach: _Reach) -> list[Found]:
    # Sorting is stable: among equals the newest stays first, and in an episode the first chapter.
    best = sorted(found, key=_points, reverse=True)[: reach.shown]
    return [
        Found(kind, title, detail, podcast, episode, start, query.spans(title) or (), published, of, *chapter)
        for _, (title, detail, podcast, episode, start, published, of, *chapter) in best
    ]


def _points(ranked: Ranked) -> float:
    return ranked[0]


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


def _ranked(batches: Iterable[list[Row]], query: Query, now: EpochMillis, reach: _Reach) -> Iterator[list[Ranked]]:
    found: list[Ranked] = []
    for number, batch in enumerate(batches, 1):
        for row in batch:
            points = query.closeness(row[0])
            if points is not None:
                found.append((points + recency(row[5], now), row))
        if len(found) >= reach.enough or number % (_MOST_EPISODES // _BATCH) == 0:
            yield found
            found = []
    yield found


def _bookmarks(connection: Connection, query: Query, reach: _Reach) -> Iterator[list[Row]]:
    """The bookmarks whose text and chapter have the words, the newest first; some at a time."""
    found = [id_ for (id_,) in rows(connection, _NEWEST_BOOKMARKS, (query.expression, reach.episodes))]
    for first in range(0, len(found), reach.enough):
        if reach.is_stale():
            return
        yield rows(connection, _BOOKMARKS, (json.dumps(found[first : first + reach.enough]),))


def _points_of_bookmarks(found: Iterable[Row], query: Query, now: EpochMillis) -> list[Ranked]:
    """Those come first that have the words in their titles; others have some of them in the title of the chapter."""
    ranked: list[Ranked] = []
    for row in found:
        points = query.closeness(row[0])
        if points is None and query.closeness(f"{row[0]} {row[-1]}") is not None:
            points = 0
        if points is not None:
            ranked.append((points + recency(row[5], now), row))
    return ranked


def _each_chapter(episodes: list[Row]) -> list[Row]:
    return [
        (title, detail, podcast, episode, start, *rest)
        for packed, detail, podcast, episode, _, *rest in episodes
        for start, title in places(packed)
    ]


def _pages_of_notes(connection: Connection, query: Query, reach: _Reach) -> Iterator[list[Found]]:
    if reach.shown is not None and any(is_open and len(token) == 1 for token, is_open in query.tokens):
        newest = [place for (place,) in rows(connection, _NEWEST_PLACES)]
        found = _in_notes(rows(connection, _NOTES, (json.dumps(newest),)), query)
        if len(found) >= reach.shown:
            yield found
            return
    found = []
    for batch in _episodes(connection, query, "notes_index", _NOTES, reach):
        found += _in_notes(batch, query)
        if reach.shown is None or len(found) >= reach.shown:
            yield found
            found = []
    yield found


def _in_notes(found: list[Row], query: Query) -> list[Found]:
    hits: list[Found] = []
    for text, detail, podcast, episode, _, *rest in found:
        plain = readable(text)
        spans = query.spans(plain)
        if spans is not None:
            part, inside = excerpt(plain, spans)
            hits.append(Found(FoundKind.NOTES, part, detail, podcast, episode, None, inside, *rest))
    return hits


def _episodes(connection: Connection, query: Query, index: str, sql: str, reach: _Reach) -> Iterator[list[Row]]:
    """What the newest episodes have whose row in an index has the words, in whatever order; some episodes at a time.

    Their rows are asked for at once: where a beginning has no list of its own, FTS5 merges those of all its words each
    time.
    """
    match = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid LIMIT ?"
    found = [place for (place,) in rows(connection, match, (query.expression, reach.episodes))]
    size = min(reach.enough, _BATCH)
    for first in range(0, len(found), size):
        if reach.is_stale():
            return
        yield rows(connection, sql, (json.dumps(found[first : first + size]),))
