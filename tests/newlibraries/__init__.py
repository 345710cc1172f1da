"""New libraries, copied from one that was made once in this process: that takes a tenth of what all migrations take.

Must not know what is put into them. Tests of the migrations, and of what makes a library, do not begin with one.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

from player.storage.database import close_writer, open_writer


def begin(path: Path) -> Connection:
    """The writer of a new library at `path`."""
    lay(path)
    return open_writer(path)


def lay(path: Path) -> None:
    """Put a new library at `path`, as the newest Earmark makes one."""
    path.write_bytes(_empty())


def written(fill: Callable[[Connection], None]) -> bytes:
    """The file of a new library into which `fill` wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library"
        connection = open_writer(path)
        fill(connection)
        close_writer(connection)
        return path.read_bytes()


@functools.cache
def _empty() -> bytes:
    return written(lambda _: None)


def rows_of(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that a library holds, by table, but the ids that were given and what the search has to look at."""
    sql = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table'"
    tables = dict(connection.execute(sql).fetchall())
    indexes = tuple(name for name, made in tables.items() if made.startswith("CREATE VIRTUAL"))
    names = [each for each in tables if not each.startswith((*indexes, "sqlite_", "search_"))]
    return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}
