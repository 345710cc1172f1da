"""One writer: what is queued is done, what comes too late is refused without a word."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection

import pytest

from player.app.jobs import InlineExecutor
from player.app.writer import Writer
from player.storage.database import open_reader, open_writer
from player.storage.listening import session_value, store_session_value


@pytest.mark.parametrize("executor", [InlineExecutor(), ThreadPoolExecutor(1)], ids=["inline", "thread"])
def test_what_follows_on_a_change_ends_with_the_library(tmp_path: Path, executor: Executor) -> None:
    path = tmp_path / "library.db"
    writer = Writer(lambda: open_writer(path), executor)
    done: list[int] = []
    last: list[Future[None]] = []

    def count(connection: Connection) -> None:
        store_session_value(connection, "count", str(len(done)))
        done.append(len(done))

    def again(_: Future[None]) -> None:
        if len(done) < 50:
            last[:] = [writer.submit(count)]
            if not last[0].cancelled():
                last[0].add_done_callback(again)

    writer.submit(count).add_done_callback(again)
    writer.close()
    assert writer.submit(count).cancelled()
    reader = open_reader(path)
    assert session_value(reader, "count") == str(done[-1])
    reader.close()
