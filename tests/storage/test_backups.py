"""A backup is whole or it is not there; a damaged library never replaces one, and gives way to it without a loss."""

from __future__ import annotations

import shutil
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from player.core.errors import DamagedLibraryError, ProfileError
from player.core.model import FetchedEpisode, FetchedFeed, FoundKind
from player.core.search_query import read_query
from player.storage import backups
from player.storage.backups import Backup, check, put_aside, read_backup, restore, write_backup
from player.storage.database import open_reader, open_writer, row
from player.storage.feeds import add_podcast, list_podcasts, remove_podcast, store_feed
from player.storage.listening import store_session_value
from player.storage.search import search
from player.storage.search_index import bring_all_up_to_date

NOW = 1_760_000_000_000


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "library-backup.sqlite3"


def titles(path: Path) -> list[str]:
    with closing(open_reader(path)) as connection:
        return [each.title for each in list_podcasts(connection)]


def wound(path: Path, table: str) -> None:
    """Write nonsense over the first page of a table."""
    with closing(open_writer(path)) as connection:
        page = row(connection, "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
        size = row(connection, "PRAGMA page_size")
    assert page is not None
    assert size is not None
    with path.open("r+b") as file:
        file.seek((page[0] - 1) * size[0])
        file.write(b"\xa5" * size[0])


def test_a_backup_has_what_the_library_has(library: Connection, reader: Connection, backup: Path) -> None:
    add_podcast(library, "https://x.org/feed", "The Show", 1000)
    assert read_backup(backup) is None
    assert write_backup(reader, backup, NOW)
    assert read_backup(backup) == Backup(NOW, podcasts=1, episodes=0)
    add_podcast(library, "https://y.org/feed", "Another", 1000)
    assert write_backup(reader, backup, NOW + 1)
    assert read_backup(backup) == Backup(NOW + 1, podcasts=2, episodes=0)
    assert titles(backup) == ["Another", "The Show"]
    assert {path.name for path in backup.parent.glob("library-backup*")} == {backup.name}
    with pytest.raises(ProfileError, match="written"):
        store_session_value(reader, "it", "still only reads")


def test_a_backup_is_searched_as_the_library(library: Connection, reader: Connection, backup: Path) -> None:
    show = add_podcast(library, "https://x.org/feed", "The Show", 1000)
    episodes = tuple(FetchedEpisode(guid, f"Stargate {guid}", texts=("<p>About chips</p>",)) for guid in "abc")
    store_feed(library, show, FetchedFeed("The Show", None, "", None, None, episodes), NOW)
    write_backup(reader, backup, NOW)
    with closing(open_writer(backup)) as copy:
        bring_all_up_to_date(copy)
        for words, kind in (("stargate b", FoundKind.EPISODE), ("chips", FoundKind.NOTES)):
            ((_, hits),) = search(copy, read_query(words), NOW, {kind: 9})
            assert [hit.title for hit in hits][:1] == (["Stargate b"] if kind is FoundKind.EPISODE else ["About chips"])
        remove_podcast(copy, show)
        assert [hits for _, hits in search(copy, read_query("stargate"), NOW, {FoundKind.EPISODE: 9}) if hits] == []
        check(copy)


def test_an_empty_library_replaces_no_backup(library: Connection, reader: Connection, backup: Path) -> None:
    assert write_backup(reader, backup, NOW)
    show = add_podcast(library, "https://x.org/feed", "The Show", 1000)
    assert write_backup(reader, backup, NOW)
    remove_podcast(library, show)
    assert not write_backup(reader, backup, NOW + 1)
    assert titles(backup) == ["The Show"]


def test_a_damaged_library_replaces_no_backup(path: Path, backup: Path) -> None:
    with closing(open_writer(path)) as library, closing(open_reader(path)) as reader:
        add_podcast(library, "https://x.org/feed", "The Show", 1000)
        write_backup(reader, backup, NOW)
    wound(path, "soundbite")
    with closing(open_reader(path)) as reader, pytest.raises(DamagedLibraryError):
        write_backup(reader, backup, NOW + 1)
    assert read_backup(backup) == Backup(NOW, 1, 0)
    assert list(backup.parent.glob("*.new")) == []


def test_a_full_disk_keeps_the_last_backup(
    library: Connection, reader: Connection, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(reader, backup, NOW)
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))
    with pytest.raises(ProfileError, match="too little room"):
        write_backup(reader, backup, NOW + 1)
    assert read_backup(backup) == Backup(NOW, 0, 0)
    assert row(library, "SELECT count(*) FROM podcast") == (0,)


def test_what_does_not_hold_together_is_found(path: Path) -> None:
    with closing(open_writer(path)) as library:
        check(library)
        library.execute("PRAGMA foreign_keys = OFF")
        library.execute("INSERT INTO notes VALUES (99, 0, 'of no episode')")
        with pytest.raises(DamagedLibraryError) as caught:
            check(library)
        assert caught.value.reason == "it is damaged (rows that belong to nothing: 1)"
        library.execute("DELETE FROM notes")
    wound(path, "soundbite")
    with closing(open_reader(path)) as reader, pytest.raises(DamagedLibraryError, match="damaged"):
        check(reader)


def test_what_sqlite_says_of_search_indexes_is_left_out(library: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [("unable to validate the inverted index for FTS5 table main.title_index",)]
    monkeypatch.setattr(backups, "rows", lambda _, sql: said if "quick" in sql else [])
    check(library)


def test_a_backup_takes_the_place_of_a_damaged_library(path: Path, backup: Path) -> None:
    with closing(open_writer(path)) as library, closing(open_reader(path)) as reader:
        add_podcast(library, "https://x.org/feed", "The Show", 1000)
        write_backup(reader, backup, NOW)
        # After a kill, what was written last stands in the file beside the library only.
        store_session_value(library, "key", "value")
        shutil.copy(path.with_name("library.db-wal"), path.with_name("kept"))
    path.write_bytes(b"damaged" * 1000)
    path.with_name("kept").rename(path.with_name("library.db-wal"))
    aside = restore(path, backup, NOW)
    assert aside == path.with_name("library-damaged-20251009-085320.db")
    assert aside.read_bytes() == b"damaged" * 1000
    assert aside.with_name(f"{aside.name}-wal").stat().st_size > 0
    assert titles(path) == ["The Show"]
    assert read_backup(backup) == Backup(NOW, 1, 0)
    again = put_aside(path, NOW)
    assert again == path.with_name("library-damaged-20251009-085320-2.db")
    assert restore(path, backup, NOW) is None
    assert titles(path) == ["The Show"]


def test_a_damaged_backup_changes_nothing(path: Path, backup: Path) -> None:
    with closing(open_writer(path)) as library, closing(open_reader(path)) as reader:
        write_backup(reader, backup, NOW)
        add_podcast(library, "https://x.org/feed", "The Show", 1000)
    wound(backup, "soundbite")
    with pytest.raises(DamagedLibraryError):
        restore(path, backup, NOW)
    assert titles(path) == ["The Show"]
    backup.write_bytes(b"nonsense" * 1000)
    assert read_backup(backup) is None
    with pytest.raises(ProfileError, match="no such file"):
        restore(path, backup.with_name("gone"), NOW)
    assert titles(path) == ["The Show"]
