"""Libraries as older versions of Earmark left them, a file for each version of the schema, with rows in every table.

`python -m oldlibraries` (in `tests/`) makes those that are missing, from the migrations as they are now: to be done
once for each version, when it is released or another migration is added behind it. A file that is there stays as it is.
"""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from player.storage import database
from player.storage.schema import MIGRATIONS

TAKE_CHAPTERS = """
    INSERT INTO chapter_index (rowid, words)
    SELECT r.place, search_words(group_concat(c.title, ' '))
    FROM search_row r JOIN shown_chapter c ON c.episode = r.episode
    WHERE r.episode = ? GROUP BY r.episode
"""
"""What versions 9 to 12 did when the chapters of an episode were shown."""
FOLDER = Path(__file__).parent
ROWS = 2

_WORDS = {
    "podcast.kind": "feed",
    "podcast.chapter_source": "file",
    "podcast.folder": ("[]", '["News","World"]'),
    "episode.chapter_source": "outline",
    "chapter_list.source": ("file", "outline"),
    "chapter_list.chapters": ('[[0,"One"],[1.5,"Two",9]]', '[[0,"Three",9]]'),
    "chapter_edit.kind": "rename",
    "chapter_edit.source": "outline",
    "chapter_edit.anchors": '{"gained": [[0, 5]], "lost": []}',
    "download.state": "complete",
    "anchor.timeline": "published",
    "heard.spans": ("0-1000,9000-12000", "5000-9000"),
    "podcast_sound.trimming": "gentle",
    "listened.day": ("2025-02-03", "2025-02-04"),
    "skip_rule.how": ("words", "pattern"),
    "podcast_rules.keep": ("newest:3", "played:7"),
    "time_listened.month": ("2025-02", "2025-03"),
}
"""What stands in columns that know some words only; of two, each row has its own."""


def stored(version: int) -> Path:
    """The file of a version."""
    return FOLDER / f"version-{version}.sqlite3.xz"


def unpack(version: int, path: Path) -> None:
    """Put the library of a version where it can be opened."""
    path.write_bytes(lzma.decompress(stored(version).read_bytes()))


def make(version: int, path: Path) -> None:
    """A library as the program with the first `version` migrations would have made it, with rows in every table."""
    with patch.object(database, "MIGRATIONS", MIGRATIONS[:version]), closing(database.open_writer(path)) as library:
        library.execute("DELETE FROM session")
        for table in tables(library):
            _fill(library, table)
        known = {name for (name,) in library.execute("SELECT name FROM sqlite_schema")}
        if {"chapter_index", "shown_chapter"} <= known:
            # The only texts that no trigger takes into the indexes.
            library.executemany(TAKE_CHAPTERS, [(episode,) for episode in range(1, ROWS + 1)])
        library.execute("PRAGMA journal_mode = DELETE")
        library.execute("PRAGMA page_size = 512")
        library.execute("VACUUM")


def tables(library: sqlite3.Connection) -> list[str]:
    """The tables that hold what the program wrote, without those that triggers keep; parents first."""
    sql = """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
            AND name NOT GLOB '*_index_*' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'search_*'
            AND name NOT GLOB '*_listing'
    """
    waiting = [name for (name,) in library.execute(sql)]
    ordered: list[str] = []
    while waiting:
        ready = [name for name in waiting if set(_parents(library, name).values()) <= {*ordered, name}]
        ordered += ready
        waiting = [name for name in waiting if name not in ready]
    return ordered


def content(library: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """The rows of a table."""
    found = library.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _parents(library: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table that refer to other tables."""
    return {column: parent for _, _, parent, column, *_ in library.execute(f'PRAGMA foreign_key_list("{table}")')}


def _fill(library: sqlite3.Connection, table: str) -> None:
    parents = _parents(library, table)
    columns = [(name, kind) for _, name, kind, *_ in library.execute(f'PRAGMA table_info("{table}")')]
    for number in range(1, ROWS + 1):
        values = list(_values(table, columns, parents, number))
        marks = ", ".join("?" for _ in values)
        library.execute(f'INSERT INTO "{table}" VALUES ({marks})', values)


def _values(table: str, columns: list[tuple[str, str]], parents: dict[str, str], number: int) -> Iterator[Any]:
    for place, (name, kind) in enumerate(columns):
        words = _WORDS.get(f"{table}.{name}")
        if name in parents or name == "id":
            yield number
        elif words is not None:
            yield words if isinstance(words, str) else words[number - 1]
        elif kind == "TEXT":
            yield f"{table} {name} {number}"
        elif kind == "BLOB":
            yield bytes((place, number))
        elif name.startswith(("is_", "has_", "shows_", "follows_", "only_", "announces")):
            yield 1
        else:
            yield (1.5 if kind == "REAL" else 1000 * place) + number
