"""What a course of writes changes, row by row, so that it can be taken back while what others wrote meanwhile stays.

Must not know what is written. Temporary triggers of the connection that writes note for each row the statement that
takes its change back (as in https://sqlite.org/undoredo.html). A statement acts only where the row is still as the
course left it: what has been heard since in an episode is not lost for a place that came with it. Other triggers note
which podcasts and episodes others do something with meanwhile: one that came with the course stays then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from sqlite3 import Connection, IntegrityError

from player.core.model import PodcastId
from player.storage.database import change, row, rows, transaction
from player.storage.touched import FROM_FEEDS, OPEN_EPISODE, references

_FOLLOW = frozenset({"episode_listing", "podcast_listing", "search_pending", "search_row", "sqlite_sequence"})
"""Tables that triggers of the schema, and the search, keep in step with the others."""
_NOT_USE = FROM_FEEDS | {"episode", "podcast_listing", "former_address"}
"""Tables that refer to podcasts or episodes, and say nothing of who uses them."""
_NOT_USES = {"bookmark": {"chapter"}}
"""Columns that follow what is elsewhere."""
_BY_ITSELF = ("podcast_rules", "INSERT")
"""What is set for a podcast that is new the program writes: only who changes it has done something."""
_OWN = (
    # Where it is the row itself, or some rows only, that say so.
    ("podcast", "id", "podcast", "UPDATE OF chapter_source, shows_pictures, folder", "TRUE"),
    ("episode", "id", "episode", "UPDATE OF chapter_source, follows_file", "TRUE"),
    ("episode", "episode", "chapter_list", "INSERT", "new.source = 'listener'"),
    ("episode", "episode", "chapter_list", "UPDATE", "new.source = 'listener'"),
)
_LOG, _SWITCH, _USE, _USED = "undo_step", "undo_switch", "undo_use", "undo_used"
_OTHERS, _NOTED, _UNNOTED = range(3)
"""Who writes: others, or the course, so that it is noted how that is taken back, or not."""


def begin(connection: Connection) -> None:
    """Have the connection note changes from now on, where `noted` asks for it, and what others do otherwise."""
    with transaction(connection):
        change(connection, f"CREATE TEMP TABLE {_LOG} (number INTEGER PRIMARY KEY, sql TEXT NOT NULL)")
        change(connection, f"CREATE TEMP TABLE {_SWITCH} (who INTEGER NOT NULL)")
        change(connection, f"INSERT INTO {_SWITCH} VALUES ({_OTHERS})")
        change(connection, f"CREATE TEMP TABLE {_USE} (kind TEXT NOT NULL, id INTEGER NOT NULL)")
        change(connection, f"CREATE INDEX temp.{_USE}_of ON {_USE} (kind, id)")
        sql = f"SELECT kind, id FROM temp.{_USE} UNION ALL SELECT 'episode', id FROM ({OPEN_EPISODE})"
        change(connection, f"CREATE TEMP VIEW {_USED} AS {sql}")
        for table in _tables(connection):
            for statement in _triggers(connection, table):
                change(connection, statement)
        for number, statement in enumerate(_uses(connection)):
            change(connection, statement.format(name=f"{_USE}_{number}"))


def end(connection: Connection) -> None:
    """Forget what was noted, and note nothing any more."""
    sql = "SELECT type, name FROM temp.sqlite_schema WHERE type <> 'index' ORDER BY type = 'table'"
    with transaction(connection):
        for kind, name in rows(connection, sql):
            change(connection, f"DROP {kind} temp.{name}")


@contextmanager
def noted(connection: Connection) -> Iterator[None]:
    """All that is changed within, in one transaction, can be taken back."""
    with _written(connection, _NOTED):
        yield


@contextmanager
def unnoted(connection: Connection) -> Iterator[None]:
    """What is changed within, in one transaction, goes with the podcasts that come with it; see `remove`."""
    with _written(connection, _UNNOTED):
        yield


@contextmanager
def _written(connection: Connection, who: int) -> Iterator[None]:
    with transaction(connection):
        change(connection, f"UPDATE {_SWITCH} SET who = {who}")
        yield
        change(connection, f"UPDATE {_SWITCH} SET who = {_OTHERS}")


def remove(connection: Connection, podcast: PodcastId) -> None:
    """Remove a podcast that came with the course, with all that hangs on it, unless others use anything of it."""
    sql = f"""
        DELETE FROM podcast WHERE id = ?1 AND NOT EXISTS (
            SELECT 1 FROM {_USED} WHERE kind = 'podcast' AND id = ?1
            UNION ALL SELECT 1 FROM episode WHERE podcast = ?1 AND id IN (SELECT id FROM {_USED} WHERE kind = 'episode')
        )
    """
    change(connection, sql, (podcast,))


def take_back(connection: Connection, most: int) -> bool:
    """Take back the newest `most` changes that were noted; whether there are more."""
    with unnoted(connection):
        newest = rows(connection, f"SELECT number, sql FROM {_LOG} ORDER BY number DESC LIMIT ?", (most,))
        for _, statement in newest:
            # Of the row of a podcast or an episode that is gone by now nothing is put back.
            with suppress(IntegrityError):
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
    unused = _unused(table)
    before = _joined("''", (f"{_where_changed(name)} ', {name} = ' || quote(old.{name}))" for name in columns))
    still = _joined("''", (f"{_where_changed(name)} ' AND {name} IS ' || quote(new.{name}))" for name in columns))
    values = _joined("', '", (f"quote(old.{name})" for name in columns))
    changed = " OR ".join(f"new.{name} IS NOT old.{name}" for name in columns)
    for event, condition, sql in (
        ("INSERT", "", f"'DELETE FROM main.{table} WHERE ' || {key} || ' AND ' || {whole} || {unused}"),
        (
            "UPDATE",
            f"AND ({changed})",
            f"'UPDATE main.{table} SET ' || substr({before}, 3) || ' WHERE ' || {key} || {still}",
        ),
        ("DELETE", "", f"'INSERT INTO main.{table} ({', '.join(columns)}) VALUES (' || {values} || ')'"),
    ):
        yield f"""
            CREATE TEMP TRIGGER undo_{table}_{event} AFTER {event} ON main.{table}
            WHEN (SELECT who FROM {_SWITCH}) = {_NOTED} {condition}
            BEGIN INSERT INTO {_LOG} (sql) VALUES ({sql}); END
        """


def _unused(table: str) -> str:
    """SQL that makes the condition under which a row that was inserted goes again."""
    if table not in ("podcast", "episode"):
        return "''"
    used = f"' AND NOT EXISTS (SELECT 1 FROM temp.{_USED} WHERE kind = ''{table}'' AND id = ' || new.id || ')'"
    # Onto a podcast that came with it somebody may have put episodes since.
    empty = "' AND NOT EXISTS (SELECT 1 FROM main.episode WHERE podcast = ' || new.id || ')'"
    return f"{used} || {empty}" if table == "podcast" else used


def _uses(connection: Connection) -> Iterator[str]:
    """The triggers that note which podcasts and episodes others use; each wants a `name`."""
    found = list(_OWN)
    for kind in ("podcast", "episode"):
        for table, column in references(connection, kind):
            names = [name for (name,) in rows(connection, "SELECT name FROM pragma_table_info(?)", (table,))]
            told = ", ".join(name for name in names if name not in _NOT_USES.get(table, ()))
            events = () if table in _NOT_USE else ("INSERT", f"UPDATE OF {told}")
            found += [(kind, column, table, event, "TRUE") for event in events if (table, event) != _BY_ITSELF]
    for kind, column, table, event, condition in found:
        yield f"""
            CREATE TEMP TRIGGER {{name}} AFTER {event} ON main.{table}
            WHEN (SELECT who FROM {_SWITCH}) = {_OTHERS} AND {condition}
            BEGIN INSERT INTO {_USE} (kind, id) VALUES ('{kind}', new.{column}); END
        """


def _joined(separator: str, parts: Iterable[str]) -> str:
    """SQL that puts texts together."""
    return f" || {separator} || ".join(parts)


def _where_changed(name: str) -> str:
    return f"iif(new.{name} IS old.{name}, '',"
