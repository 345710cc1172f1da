"""The backup of a library: a second file that was checked, and that takes the place of a library that is damaged.

Must not know when a backup is due, nor who is asked before one is brought back. No file that may hold anything of the
listener's is ever deleted here: it is put aside under a name of its own.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

from player.core.errors import DamagedLibraryError, KnownError, ProfileError
from player.core.model import EpochMillis
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.storage.database import change, open_reader, open_writer, row, rows
from player.storage.listening import session_value, store_session_value

_MADE_AT = "backup_made_at"
_FTS5 = "FTS5 table"
_ROOM = 100_000_000
"""Bytes that a backup leaves free on the disk, for downloads and the library itself."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, and when it was made."""

    made_at: EpochMillis
    podcasts: int
    episodes: int


def check(connection: Connection) -> None:
    """Read the whole library and see that it holds together. Raises DamagedLibraryError.

    From version 3.44 on SQLite looks at the indexes of the search, too, but not over a connection that only reads;
    what it says of them is left out: they hold nothing that is not elsewhere.
    """
    said = [words for (words,) in rows(connection, "PRAGMA quick_check(20)") if _FTS5 not in words]
    if said != ["ok"] and said:
        raise DamagedLibraryError(
            str(_path(connection).parent), Phrase("reasons", "it is damaged ({said})").filled(said=said[0])
        )
    orphans = len(rows(connection, "PRAGMA foreign_key_check"))
    if orphans:
        raise DamagedLibraryError(
            str(_path(connection).parent),
            Phrase("reasons", "it is damaged (rows that belong to nothing: {count})").filled(count=orphans),
        )


def write_backup(connection: Connection, backup: Path, now: EpochMillis) -> bool:
    """Copy the library, which `connection` only reads, check the copy and let it take the place of the last backup.

    Whether it was: one that holds podcasts is not replaced by one that holds none. Whatever goes wrong, the last backup
    stays. Raises ProfileError, and DamagedLibraryError where it shows that the library is damaged.
    """
    library = _path(connection)
    last = read_backup(backup)
    if last is not None and last.podcasts and not _counts(connection)[0]:
        return False
    free, needed = shutil.disk_usage(backup.parent).free, library.stat().st_size + _ROOM
    if free < needed:
        raise ProfileError(
            str(backup.parent), Phrase("reasons", "there is too little room on the disk for a backup of the library")
        )
    fresh = backup.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    try:
        # To write another file is to write, by SQLite's count; the library itself is opened for reading only.
        change(connection, "PRAGMA query_only = OFF")
        change(connection, "VACUUM INTO ?", (str(fresh),))
        with closing(open_writer(fresh)) as copy:
            store_session_value(copy, _MADE_AT, str(now))
            change(copy, "PRAGMA journal_mode = DELETE")
        with closing(open_reader(fresh)) as copy:
            check(copy)
        _to_disk(fresh)
        fresh.replace(backup)
        _to_disk(backup.parent)
    except OSError as error:
        raise ProfileError(
            str(backup.parent), system_reason(error, Phrase("reasons", "no backup can be written"))
        ) from error
    finally:
        change(connection, "PRAGMA query_only = ON")
        fresh.unlink(missing_ok=True)
    return True


def read_backup(backup: Path) -> Backup | None:
    """What the backup at a path holds; None where there is none, or none that can be read."""
    if not backup.exists():
        return None
    with suppress(KnownError), closing(open_reader(backup)) as connection:
        podcasts, episodes = _counts(connection)
        return Backup(int(session_value(connection, _MADE_AT) or 0), podcasts, episodes)
    return None


def restore(library: Path, backup: Path, now: EpochMillis) -> Path | None:
    """Let a copy of the backup take the library's place, and put the library aside; returns where, None if it was gone.

    Nobody may have the library open. Cut off at any place, either the old library is there still or it is missing
    and the backup can be brought back again. Raises ProfileError, and DamagedLibraryError for a damaged backup.
    """
    fresh = library.with_suffix(".restored")
    try:
        shutil.copyfile(backup, fresh)
        with closing(open_reader(fresh)) as copy:
            check(copy)
        _to_disk(fresh)
        aside = put_aside(library, now)
        fresh.replace(library)
        _to_disk(library.parent)
    except OSError as error:
        raise ProfileError(
            str(library.parent), system_reason(error, Phrase("reasons", "the backup cannot be brought back"))
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def put_aside(library: Path, now: EpochMillis) -> Path | None:
    """Give a library that is to be used no longer another name, in the same folder; None if there is none."""
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    aside = library.with_name(f"{library.stem}-damaged-{stamp}{library.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = library.with_name(f"{library.stem}-damaged-{stamp}-{number}{library.suffix}")
    was_there = library.exists()
    try:
        if was_there:
            library.rename(aside)
        # What was written last may stand in the file beside it only; the third one says nothing by itself.
        log = library.with_name(f"{library.name}-wal")
        if log.exists() and log.stat().st_size:
            log.rename(aside.with_name(f"{aside.name}-wal"))
        log.unlink(missing_ok=True)
        library.with_name(f"{library.name}-shm").unlink(missing_ok=True)
    except OSError as error:
        raise ProfileError(
            str(library.parent), system_reason(error, Phrase("reasons", "the library cannot be renamed"))
        ) from error
    return aside if was_there else None


def _counts(connection: Connection) -> tuple[int, int]:
    found = row(connection, "SELECT (SELECT count(*) FROM podcast), (SELECT count(*) FROM episode)")
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _path(connection: Connection) -> Path:
    found = row(connection, "PRAGMA database_list")
    return Path(found[2] if found else "")


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would outlive a power cut."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and needs no such wait for them
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
