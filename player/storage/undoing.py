"""What a course of writes changes, row by row, so that it can be taken back while what others wrote meanwhile stays.

Must not know what is written. Temporary triggers of the connection that writes note for each row by which statement its
change is taken back (much as in https://sqlite.org/undoredo.html), and with which values: there are few statements, and
to prepare one that removes an episode takes five times as long as to run it. A statement acts only where the row is
still as the course left it: what has been heard since in an episode is not lost for a place that came with it. Other
triggers note which podcasts and episodes others do something with meanwhile: one that came with the course stays then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
_HOW, _LOG, _SWITCH, _USE, _USED = "undo_how", "undo_step", "undo_switch", "undo_use", "undo_used"
_OTHERS, _NOTED, _TAKING_BACK = range(3)
"""Who writes: others, the course, or who takes back what that wrote."""


@dataclass(frozen=True, slots=True)
class _Undo:
    """By which statement, with which values, a change of a row is taken back, where there is one: what triggers say."""

    table: str
    event: str
    condition: str
    values: Sequence[str]
    sql: str


def begin(connection: Connection) -> None:
    """Have the connection note changes from now on, where `noted` asks for it, and what others do otherwise."""
    with transaction(connection):
        undos = [undo for table in _tables(connection) for undo in _undos(connection, table)]
        places = ", ".join(f"v{place}" for place in range(max(len(undo.values) for undo in undos)))
        change(connection, f"CREATE TEMP TABLE {_LOG} (number INTEGER PRIMARY KEY, how INTEGER NOT NULL, {places})")
        change(
            connection, f"CREATE TEMP TABLE {_HOW} (id INTEGER PRIMARY KEY, sql TEXT NOT NULL, width INTEGER NOT NULL)"
        )
        change(connection, f"CREATE TEMP TABLE {_SWITCH} (who INTEGER NOT NULL)")
        change(connection, f"INSERT INTO {_SWITCH} VALUES ({_OTHERS})")
        change(connection, f"CREATE TEMP TABLE {_USE} (kind TEXT NOT NULL, id INTEGER NOT NULL)")
        change(connection, f"CREATE INDEX temp.{_USE}_of ON {_USE} (kind, id)")
        sql = f"SELECT kind, id FROM temp.{_USE} UNION ALL SELECT 'episode', id FROM ({OPEN_EPISODE})"
        change(connection, f"CREATE TEMP VIEW {_USED} AS {sql}")
        for number, undo in enumerate(undos):
            change(connection, f"INSERT INTO {_HOW} VALUES (?, ?, ?)", (number, undo.sql, len(undo.values)))
            change(connection, _trigger(undo, number))
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
def _written(connection: Connection, who: int) -> Iterator[None]:
    with transaction(connection):
        change(connection, f"UPDATE {_SWITCH} SET who = {who}")
        yield
        change(connection, f"UPDATE {_SWITCH} SET who = {_OTHERS}")


def remove(connection: Connection, podcast: PodcastId) -> None:
    """Remove a podcast that came with the course, with all that hangs on it, unless others use anything of it.

    To be called before `take_back`: that removes row by row, and leaves what a feed that was read meanwhile changed.
    """
    sql = f"""
        DELETE FROM podcast WHERE id = ?1 AND NOT EXISTS (
            SELECT 1 FROM {_USED} WHERE kind = 'podcast' AND id = ?1
            UNION ALL SELECT 1 FROM episode WHERE podcast = ?1 AND id IN (SELECT id FROM {_USED} WHERE kind = 'episode')
        )
    """
    change(connection, sql, (podcast,))


def take_back(connection: Connection, most: int) -> bool:
    """Take back the newest `most` changes that were noted; whether there are more."""
    with _written(connection, _TAKING_BACK):
        sql = f"SELECT h.sql, h.width, s.* FROM {_LOG} s JOIN {_HOW} h ON h.id = s.how ORDER BY number DESC LIMIT ?"
        newest = rows(connection, sql, (most,))
        for statement, width, _, _, *values in newest:
            # Of the row of a podcast or an episode that is gone by now nothing is put back.
            with suppress(IntegrityError):
                change(connection, statement, values[:width])
        for _, _, oldest, *_ in newest[-1:]:
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


def _undos(connection: Connection, table: str) -> Iterator[_Undo]:
    """How an insertion into a table, an update and a deletion are taken back."""
    found = rows(connection, "SELECT name, pk FROM pragma_table_info(?)", (table,))
    columns = [name for name, _ in found]
    keys = [name for name, place in found if place]
    names = columns if keys else [*columns, "rowid"]
    old, new = ([f"{row}.{name}" for name in names] for row in ("old", "new"))
    was = {name: f"?{place}" for place, name in enumerate(names, 1)}
    became = {name: f"?{place}" for place, name in enumerate(names, len(names) + 1)}

    def this(value: Mapping[str, str]) -> str:
        return " AND ".join(f"{name} = {value[name]}" for name in keys or ["rowid"])

    whole = " AND ".join(f"{name} IS {was[name]}" for name in columns)
    removed = f"DELETE FROM main.{table} WHERE {this(was)} AND {whole}{_unused(table, was)}"
    yield _Undo(table, "INSERT", "TRUE", new, removed)

    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    back = ", ".join(f"{name} = iif({was[name]} IS {became[name]}, {name}, {was[name]})" for name in columns)
    still = " AND ".join(f"({was[name]} IS {became[name]} OR {name} IS {became[name]})" for name in columns)
    yield _Undo(
        table,
        "UPDATE",
        f"({changed})",
        [*old, *new],
        f"UPDATE main.{table} SET {back} WHERE {this(became)} AND {still}",
    )

    values = ", ".join(was[name] for name in columns)
    put_back = f"INSERT INTO main.{table} ({', '.join(columns)}) VALUES ({values})"
    yield _Undo(table, "DELETE", "TRUE", old[: len(columns)], put_back)


def _unused(table: str, was: Mapping[str, str]) -> str:
    """What else must be for a row that was inserted to go again."""
    if table not in ("podcast", "episode"):
        return ""
    used = f" AND NOT EXISTS (SELECT 1 FROM temp.{_USED} WHERE kind = '{table}' AND id = {was['id']})"
    # Onto a podcast that came with it somebody may have put episodes since.
    empty = f" AND NOT EXISTS (SELECT 1 FROM main.episode WHERE podcast = {was['id']})"
    return used + empty if table == "podcast" else used


def _trigger(undo: _Undo, number: int) -> str:
    """The trigger that notes how a change is taken back."""
    places = ", ".join(f"v{place}" for place in range(len(undo.values)))
    return f"""
        CREATE TEMP TRIGGER {_LOG}_{number} AFTER {undo.event} ON main.{undo.table}
        WHEN (SELECT who FROM {_SWITCH}) = {_NOTED} AND {undo.condition}
        BEGIN INSERT INTO {_LOG} (how, {places}) VALUES ({number}, {", ".join(undo.values)}); END
    """


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
