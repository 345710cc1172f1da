"""Brings the indexes of the search up to date with the texts that changed, many episodes at a time.

Must not know when that is due (`app.indexing`), nor how the indexes are asked (`search`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from player.core.model import EpisodeId
from player.core.search_text import indexed, without_tags
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.packed_chapters import titles
from player.storage.search_schema import PLACE_EPISODE, drop, take

_MOST_EPISODES = 500
_MOST_CHARACTERS = 1_500_000
"""Between these, a step takes some 60 ms, so that nobody waits who writes; many rows at once cost half as much."""

_INDEXES = ("title_index", "chapter_index", "notes_index")
_PAGES_AT_ONCE = 200

_TEXTS = """
    SELECT p.episode, p.place, p.title, p.chapters, p.notes, e.title, c.chapters, n.text
    FROM ({}) p
    LEFT JOIN episode e ON e.id = p.episode
    LEFT JOIN chapter_list c ON c.episode = e.id AND c.is_shown
    LEFT JOIN notes n ON n.episode = e.id AND n.place = 0
"""
# Those that are in the indexes come first: what is gone must be out before its row is another episode's.
_DUE = _TEXTS.format("""
    SELECT * FROM (SELECT * FROM search_pending WHERE place IS NOT NULL LIMIT ?1)
    UNION ALL SELECT * FROM (SELECT * FROM search_pending WHERE place IS NULL LIMIT ?1)
    LIMIT ?1
""")
_DUE_OF = _TEXTS.format("SELECT s.* FROM json_each(?) w CROSS JOIN search_pending s ON s.episode = w.value")


@dataclass(frozen=True)
class _Part:
    """An index, the words of a text for it, and rows with words to take out of it and into it."""

    index: str
    words: Callable[[str], str]
    dropped: list[tuple[int, str]] = field(default_factory=list)
    taken: list[tuple[int, str]] = field(default_factory=list)

    def note(self, place: int, old: str | None, new: str | None) -> None:
        if old == new:
            return
        if old is not None:
            self.dropped.append((place, self.words(old)))
        if new is not None:
            self.taken.append((place, self.words(new)))

    def write(self, connection: Connection) -> None:
        # FTS5 begins a new part of the index at each row that is lower than the one before.
        change_many(connection, drop(self.index), sorted(self.dropped))
        change_many(connection, take(self.index), sorted(self.taken))


def is_due(connection: Connection) -> bool:
    """Whether any texts are not in the indexes as they are now."""
    return row(connection, "SELECT 1 FROM search_pending LIMIT 1") is not None


def bring_up_to_date(connection: Connection, episodes: Sequence[EpisodeId] | None = None) -> bool:
    """Take the texts of some episodes, or of some of these, into the indexes as they are now; whether more are due.

    All in one transaction: a kill loses nothing, as what is due stays remembered until it is done.
    """
    words = (indexed, _chapter_words, _notes_words)
    parts = tuple(_Part(index, each) for index, each in zip(_INDEXES, words, strict=True))
    done: list[tuple[int]] = []
    size = 0
    with transaction(connection):
        asked = (_DUE, (_MOST_EPISODES,)) if episodes is None else (_DUE_OF, (json.dumps(episodes),))
        for episode, place, *texts in rows(connection, *asked):
            if size > _MOST_CHARACTERS:
                break
            size += _note(connection, parts, episode, place, texts)
            done.append((episode,))
        for part in parts:
            part.write(connection)
        change_many(connection, "DELETE FROM search_pending WHERE episode = ?", done)
        return is_due(connection)


def bring_all_up_to_date(connection: Connection) -> None:
    """Take all that is due into the indexes, step by step."""
    while bring_up_to_date(connection):
        pass


def tidy(connection: Connection) -> bool:
    """Bring together the parts in which an index was written, and give free pages back; whether there is more to do.

    After many episodes at once it makes the indexes a quarter smaller. Some pages at a time, 50 ms or so.
    """
    with transaction(connection):
        for index in _INDEXES:
            before = connection.total_changes
            # A negative number stands for all parts, not only for those of one size (https://sqlite.org/fts5.html).
            change(connection, f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (-_PAGES_AT_ONCE,))
            # Where nothing was to be done, only the statement itself counts as a change.
            if connection.total_changes > before + 1:
                return True
        # It goes on for as long as its rows, which hold nothing, are asked for.
        rows(connection, f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})")
        return row(connection, "PRAGMA freelist_count") != (0,) and row(connection, "PRAGMA auto_vacuum") != (0,)


def _note(connection: Connection, parts: tuple[_Part, ...], episode: int, place: int | None, texts: list[Any]) -> int:
    """Note in each part what changed of an episode; the number of characters that were looked at."""
    old, new = texts[: len(parts)], texts[len(parts) :]
    is_gone = new[0] is None
    if place is None and not is_gone:
        ((place,),) = rows(connection, PLACE_EPISODE, (episode,))
    if place is not None:
        for part, before, after in zip(parts, old, new, strict=True):
            part.note(place, before, after)
    return sum(len(text) for text in texts if text is not None)


def _chapter_words(packed: str) -> str:
    return indexed(" ".join(titles(packed)))


def _notes_words(text: str) -> str:
    return indexed(without_tags(text))
