"""Connections to the library's database: how they are opened, brought up to date, written to and read from.

Must not know what is stored. All SQL passes `rows`, `row`, `change` and `change_many`, where errors of SQLite that the
world is to blame for (full disk, locked file) become ProfileError, those of a damaged file DamagedLibraryError; all
others are mistakes of ours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from player.core.errors import DamagedLibraryError, ProfileError
from player.core.phrases import Phrase
from player.core.search_text import indexed, list_name, readable
from player.storage.schema import APPLICATION_ID, MIGRATIONS

_BUSY_MILLIS = 5000
_PAGE = 16_384
_WORTH_COMPACTING = 10
"""A database of which more than one part in so many is free is worth the seconds that it takes to be written anew."""

_DAMAGES = {
    sqlite3.SQLITE_NOTADB: Phrase("reasons", "it is damaged, or no library of Earmark"),
    sqlite3.SQLITE_CORRUPT: Phrase("reasons", "it is damaged"),
}
_REASONS = {
    sqlite3.SQLITE_FULL: Phrase("reasons", "the disk is full"),
    sqlite3.SQLITE_IOERR: Phrase("reasons", "the disk could not be read or written"),
    sqlite3.SQLITE_READONLY: Phrase("reasons", "it cannot be written"),
    sqlite3.SQLITE_PERM: Phrase("reasons", "it cannot be written"),
    sqlite3.SQLITE_CANTOPEN: Phrase("reasons", "the library in it cannot be opened or written"),
    sqlite3.SQLITE_BUSY: Phrase("reasons", "another program has the library locked"),
    sqlite3.SQLITE_LOCKED: Phrase("reasons", "another program has the library locked"),
}


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the database for writing, made or brought up to date where it must be. There should be one writer only.

    The connection may pass from thread to thread, but must be used by one at a time. Commits survive a kill of the
    program (WAL); after a power cut the last ones may be missing, but never a part of one. Raises ProfileError when
    the folder cannot be written, the file is damaged or foreign, or a newer Earmark has written it.
    """
    with _translated(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLIS}")
            _check(connection, path)
            # Migrations and triggers call the three; some builds let triggers call none of a program otherwise.
            connection.execute("PRAGMA trusted_schema = ON")
            connection.create_function("search_words", 1, indexed, deterministic=True)
            connection.create_function("search_notes", 1, _notes_words, deterministic=True)
            connection.create_function("list_name", 1, list_name, deterministic=True)
            # Only a new database takes it, or one that is compacted. With notes of 1 to 3 kB it is 4 % smaller than
            # it is with pages of 8 kB.
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            # The search gives pages back when it has brought its indexes together.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if _migrate(connection):
                _compact(connection)
            # Pages that a statement with triggers changes are noted before, to undo it, in a file where they are more
            # than 64 kB (https://sqlite.org/tempfiles.html): a feed of 300 episodes wrote 16 000 times there.
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return connection


def close_writer(connection: sqlite3.Connection) -> None:
    """Close it, and leave all in the one file: SQLite does so by itself only where no reader is open any more."""
    with suppress(sqlite3.Error):  # a reader that is at work just now keeps it back; nothing is lost by that
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def open_reader(path: Path) -> sqlite3.Connection:
    """Open the database, which a writer has opened before, for reading only. Raises ProfileError.

    It sees each commit of the writer at its next read, and never waits for the writer.
    """
    with _translated(path):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLIS}")
            connection.execute("PRAGMA query_only = ON")
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def is_up_to_date(path: Path) -> bool:
    """Whether a database has had all migrations; `open_writer` runs those that are missing. Raises ProfileError."""
    with closing(open_reader(path)) as connection:
        return row(connection, "PRAGMA user_version") == (len(MIGRATIONS),)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is changed within is stored, or, when an exception leaves the block, none of it.

    A transaction inside another one is a part of it: the outermost one stores.
    """
    if connection.in_transaction:
        yield
        return
    change(connection, "BEGIN IMMEDIATE")
    try:
        yield
        change(connection, "COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read within is of one moment, whatever is written meanwhile. For a connection that only reads."""
    change(connection, "BEGIN")
    try:
        yield
    finally:
        _roll_back(connection)


def rows(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """All rows of a query, as tuples."""
    with _translated(connection):
        return connection.execute(sql, values).fetchall()


def row(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> Any | None:
    """The first row of a query as a tuple, or None."""
    with _translated(connection):
        return connection.execute(sql, values).fetchone()


def change(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> int:
    """Run one statement; returns the id of the row that it inserted, if it did."""
    with _translated(connection):
        return connection.execute(sql, values).lastrowid or 0


def change_many(connection: sqlite3.Connection, sql: str, values: Iterable[Sequence[Any]]) -> None:
    """Run one statement for each of the sets of values."""
    with _translated(connection):
        connection.executemany(sql, values)


def _notes_words(text: str) -> str:
    return indexed(readable(text))


def _roll_back(connection: sqlite3.Connection) -> None:
    # After some errors (a full disk) SQLite has rolled back by itself.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION_ID and not (is_empty and application == version == 0):
        raise ProfileError(
            str(path.parent), Phrase("reasons", "{name} in it belongs to another program").filled(name=path.name)
        )
    if version > len(MIGRATIONS):
        raise ProfileError(
            str(path.parent), Phrase("reasons", "a newer Earmark has written it; update Earmark to open it")
        )


def _migrate(connection: sqlite3.Connection) -> bool:
    """Run the migrations that are missing, each as a transaction of its own; whether a used database had any to run."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, statements in enumerate(MIGRATIONS[version:], version + 1):
        with transaction(connection):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
    return 0 < version < len(MIGRATIONS)


def _compact(connection: sqlite3.Connection) -> None:
    """Give back the room that migrations freed, if it is much, with pages of our size. Where that fails, it stays."""
    free, count = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free * _WORTH_COMPACTING < count:
        return
    try:
        # Pages get another size only outside of WAL. A kill is safe: a journal says how all was before.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        # Another program reads it, or the disk has no room for a second copy.
        if error.sqlite_errorcode & 0xFF not in _REASONS:
            raise
    finally:
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _translated(place: Path | sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        # The lowest byte of an extended result code is the primary one (https://www.sqlite.org/rescode.html).
        damage = _DAMAGES.get(code & 0xFF)
        if damage is not None:
            raise DamagedLibraryError(str(_folder(place)), damage) from error
        reason = _REASONS.get(code & 0xFF)
        if reason is None:
            raise
        raise ProfileError(str(_folder(place)), reason) from error


def _folder(place: Path | sqlite3.Connection) -> Path:
    if isinstance(place, sqlite3.Connection):
        place = Path(place.execute("PRAGMA database_list").fetchone()[2])
    return place.parent
