"""What a course of writes changes, row by row, so that it can be taken back while what others wrote meanwhile stays.

Must not know what is written. Temporary triggers of the connection that writes note for each row the statement that
takes its change back (as in https://sqlite.org/undoredo.html). A statement acts only where the row is still as the
course left it: what has been heard since in an episode is not lost for a place that came with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection

from player.storage.database import change, row, rows, transaction

_FOLLOW = frozenset({"episode_listing", "podcast_listing", "search_pending", "search_row", "sqlite_sequence"})
"""Tables that triggers of the schema, and the search, keep in step with the others."""
_LOG, _SWITCH = "undo_step", "undo_switch"


def begin(connection: Connection) -> None:
    """Have the connection note changes from now on, where `noted` asks for it."""
    with transaction(connection):
        change(connection, f"CREATE TEMP TABLE {_LOG} (number INTEGER PRIMARY KEY, sql TEXT NOT NULL)")
        change(connection, f"CREATE TEMP TABLE {_SWITCH} (is_on INTEGER NOT NULL)")
        change(connection, f"INSERT INTO {_SWITCH} VALUES (0)")
        for table in _tables(connection):
            for statement in _triggers(connection, table):
                change(connection, statement)


def end(connection: Connection) -> None:
    """Forget what was noted, and note nothing any more."""
    with transaction(connection):
        for (name,) in rows(connection, "SELECT name FROM temp.sqlite_schema WHERE type = 'trigger'"):
            change(connection, f"DROP TRIGGER temp.{name}")
        change(connection, f"DROP TABLE {_LOG}")
        change(connection, f"DROP TABLE {_SWITCH}")


@contextmanager
def noted(connection: Connection) -> Iterator[None]:
    """All that is changed within, in one transaction, can be taken back."""
    with transaction(connection):
        change(connection, f"UPDATE {_SWITCH} SET is_on = 1")
        yield
        change(connection, f"UPDATE {_SWITCH} SET is_on = 0")


def take_back(connection: Connection, most: int) -> bool:
    """Take back the newest `most` changes that were noted; whether there are more."""
    with transaction(connection):
        newest = rows(connection, f"SELECT number, sql FROM {_LOG} ORDER BY number DESC LIMIT ?", (most,))
        for _, statement in newest:
            change(connection, statement)
        for oldest, _ in newest[-1:]:
            change(connection, f"DELETE FROM {_LOG} WHERE number >= ?", (oldest,))
    return row(connection, f"SELECT 1 FROM {_LOG}") is not None


def _tables(connection: Connection) -> list[str]:
    """All tables but those that follow, and those of the search's indexes."""
    found = rows(connection, "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table'")
    virtual = tuple(f"{name}_" for name, sql in found if sql.startswith("CREATE VIRTUAL"))
    return [
        name
        for name, sql in found
        if name not in _FOLLOW and not sql.startswith("CREATE VIRTUAL") and not name.startswith(virtual)
    ]


def _triggers(connection: Connection, table: str) -> Iterator[str]:
    found = rows(connection, "SELECT name, pk FROM pragma_table_info(?)", (table,))
    columns = [name for name, _ in found]
    keys = [name for name, place in found if place] or ["rowid"]

    key = _joined("' AND '", (f"'{name} = ' || quote(new.{name})" for name in keys))
    whole = _joined("' AND '", (f"'{name} IS ' || quote(new.{name})" for name in columns))
    # Onto a podcast that came with it somebody may have put episodes since.
    empty = "' AND NOT EXISTS (SELECT 1 FROM episode WHERE podcast = ' || new.id || ')'" if table == "podcast" else "''"
    before = _joined("''", (f"{_where_changed(name)} ', {name} = ' || quote(old.{name}))" for name in columns))
    still = _joined("''", (f"{_where_changed(name)} ' AND {name} IS ' || quote(new.{name}))" for name in columns))
    values = _joined("', '", (f"quote(old.{name})" for name in columns))
    changed = " OR ".join(f"new.{name} IS NOT old.{name}" for name in columns)
    for event, condition, sql in (
        ("INSERT", "", f"'DELETE FROM main.{table} WHERE ' || {key} || ' AND ' || {whole} || {empty}"),
        (
            "UPDATE",
            f"AND ({changed})",
            f"'UPDATE main.{table} SET ' || substr({before}, 3) || ' WHERE ' || {key} || {still}",
        ),
        ("DELETE", "", f"'INSERT OR IGNORE INTO main.{table} ({', '.join(columns)}) VALUES (' || {values} || ')'"),
    ):
        yield f"""
            CREATE TEMP TRIGGER undo_{table}_{event} AFTER {event} ON main.{table}
            WHEN (SELECT is_on FROM {_SWITCH}) {condition}
            BEGIN INSERT INTO {_LOG} (sql) VALUES ({sql}); END
        """


def _joined(separator: str, parts: Iterable[str]) -> str:
    """SQL that puts texts together."""
    return f" || {separator} || ".join(parts)


def _where_changed(name: str) -> str:
    return f"iif(new.{name} IS old.{name}, '',"
