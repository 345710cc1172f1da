"""Opening, migrating, refusing; transactions; errors in words."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from sqlite3 import Connection

import pytest

from player.core.errors import ProfileError
from player.core.model import PodcastId
from player.storage.database import change, close_writer, open_reader, open_writer, row, rows, transaction
from player.storage.feed_asking import record_success
from player.storage.feeds import add_podcast, list_podcasts, remove_podcast
from player.storage.listening import store_session_value
from player.storage.schema import APPLICATION_ID, MIGRATIONS


def test_a_new_database_has_all_migrations(library: Connection) -> None:
    assert row(library, "PRAGMA user_version") == (len(MIGRATIONS),)
    assert row(library, "PRAGMA application_id") == (APPLICATION_ID,)
    assert row(library, "PRAGMA journal_mode") == ("wal",)
    assert row(library, "PRAGMA foreign_keys") == (1,)
    assert all(
        "STRICT" in sql
        for (sql,) in rows(library, "SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")
        if "sqlite_sequence" not in sql and "_index_" not in sql  # FTS5 makes its own
    )


def test_opening_again_keeps_what_is_there(path: Path) -> None:
    for _ in range(2):
        connection = open_writer(path)
        add_podcast(connection, "https://x.org/feed", "The Show", 1000)
        connection.close()
    connection = open_writer(path)
    assert [each.title for each in list_podcasts(connection)] == ["The Show"]
    connection.close()


def test_a_reader_sees_commits_and_cannot_write(library: Connection, reader: Connection) -> None:
    with transaction(library):
        add_podcast(library, "https://x.org/feed", "The Show", 1000)
        assert list_podcasts(reader) == []
    assert len(list_podcasts(reader)) == 1
    with pytest.raises(ProfileError, match="written"):
        record_success(reader, PodcastId(1), 1000)


def test_a_transaction_is_stored_whole_or_not_at_all(library: Connection) -> None:
    def fail() -> None:
        with transaction(library):
            add_podcast(library, "a:", "A", 1)
            with transaction(library):
                add_podcast(library, "b:", "B", 1)
            raise KeyError("mistake")

    with pytest.raises(KeyError):
        fail()
    assert not library.in_transaction
    assert list_podcasts(library) == []


def test_a_newer_schema_is_refused(path: Path) -> None:
    connection = open_writer(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    for connect in (open_writer, open_reader):
        with pytest.raises(ProfileError) as caught:
            connect(path)
        assert "newer Earmark" in caught.value.reason
        assert caught.value.path == str(path.parent)


def test_the_database_of_another_program_is_refused(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE podcast (id)")
    other.close()
    with pytest.raises(ProfileError) as caught:
        open_writer(path)
    assert "another program" in caught.value.reason


def test_a_file_that_is_no_database_is_refused_and_left(path: Path) -> None:
    path.write_bytes(b"These are not the bytes of a database. " * 100)
    before = path.read_bytes()
    with pytest.raises(ProfileError) as caught:
        open_writer(path)
    assert "damaged" in caught.value.reason
    assert path.read_bytes() == before


def test_damage_that_is_met_while_reading_is_told_in_words(path: Path) -> None:
    connection = open_writer(path)
    with transaction(connection):
        for number in range(2000):
            store_session_value(connection, f"key {number}", "value" * 20)
    connection.close()
    pages = bytearray(path.read_bytes())
    pages[8192:] = b"\xa5" * (len(pages) - 8192)
    path.write_bytes(pages)

    def read() -> None:
        connection = open_writer(path)
        try:
            rows(connection, "SELECT * FROM session")
        finally:
            connection.close()

    with pytest.raises(ProfileError) as caught:
        read()
    assert "damaged" in caught.value.reason


@pytest.mark.parametrize("place", ["no folder/library.db", "a file/library.db", "folder"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ProfileError) as caught:
        open_writer(tmp_path / place)
    assert "cannot be opened" in caught.value.reason


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write")
def test_a_folder_that_nobody_can_write_is_refused() -> None:
    with pytest.raises(ProfileError):
        open_writer(Path("/proc/library.db"))


def test_a_full_disk_is_told_in_words_and_rolls_back(library: Connection) -> None:
    size, kept = row(library, "PRAGMA page_count"), row(library, "SELECT count(*) FROM session")
    assert size is not None
    library.execute(f"PRAGMA max_page_count = {size[0]}")

    def fill() -> None:
        with transaction(library):
            for number in range(1000):
                store_session_value(library, str(number), "x" * 1000)

    with pytest.raises(ProfileError) as caught:
        fill()
    assert caught.value.reason == "the disk is full"
    assert not library.in_transaction
    assert row(library, "SELECT count(*) FROM session") == kept


def test_a_locked_database_is_told_in_words(library: Connection, path: Path) -> None:
    other = open_writer(path)
    other.execute("PRAGMA busy_timeout = 0")
    with transaction(library), pytest.raises(ProfileError) as caught:
        add_podcast(other, "a:", "A", 1)
    assert "locked" in caught.value.reason
    other.close()


def test_our_own_mistakes_are_not_dressed_up(library: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        change(library, "UPDATE nothing SET a = 1")
    with pytest.raises(sqlite3.IntegrityError):
        change(library, "INSERT INTO notes VALUES (999, 0, 'text')")


def test_an_id_is_never_given_twice(library: Connection, show: PodcastId) -> None:
    remove_podcast(library, show)
    assert add_podcast(library, "https://x.org/feed", "The Show", 1000) != show


def test_after_a_clean_end_the_one_file_has_all(path: Path, tmp_path: Path) -> None:
    for is_at_work in (False, True):
        library, reader = open_writer(path), open_reader(path)
        store_session_value(library, "key", str(is_at_work))
        if is_at_work:
            reader.execute("BEGIN")
            assert row(reader, "SELECT value FROM session") == ("True",)
        close_writer(library)
        shutil.copy(path, tmp_path / "alone.db")
        alone = open_reader(tmp_path / "alone.db")
        assert row(alone, "SELECT value FROM session") == ("False" if not is_at_work else "True",)
        alone.close()
        reader.close()


def test_a_kill_loses_no_commit(library: Connection, path: Path, tmp_path: Path) -> None:
    store_session_value(library, "key", "value")
    library.execute("BEGIN IMMEDIATE")
    store_session_value(library, "key", "half done")
    folder = tmp_path / "after the kill"
    folder.mkdir()
    for file in path.parent.glob("library.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, folder / file.name)
    library.execute("ROLLBACK")
    connection = open_writer(folder / path.name)
    assert row(connection, "SELECT value FROM session") == ("value",)
    connection.close()
