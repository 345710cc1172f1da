"""What is saved over is kept, put back byte for byte, and gone when nobody wants it back."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from player.app.exchange import write_document
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor, Jobs
from player.app.replacing import Kept, Replacing
from player.core.errors import FileError


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def replacing(notes: Path) -> Replacing:
    return Replacing(notes, Jobs(InlineExecutor(), InlineHome()))


@pytest.fixture(params=["link", "copy"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file, on a disk that has links, and on one that has none."""

    def refuse(*_: object) -> None:
        raise PermissionError

    if request.param == "copy":
        monkeypatch.setattr(os, "link", refuse)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mine.json").write_bytes(b"old\0")
    return folder


def keep(replacing: Replacing, path: Path) -> Kept:
    kept = replacing.keep(path).result()
    assert kept is not None
    return kept


def test_it_is_put_back(replacing: Replacing, folder: Path, notes: Path) -> None:
    file = folder / "mine.json"
    kept = keep(replacing, file)
    assert file.read_bytes() == b"old\0", "until something takes its place"
    write_document(file, b"new")
    replacing.put_back(kept).result()
    assert file.read_bytes() == b"old\0"
    assert list(folder.iterdir()) == [file]
    assert list(notes.iterdir()) == []


def test_it_is_forgotten(replacing: Replacing, folder: Path, notes: Path) -> None:
    file = folder / "mine.json"
    for forget in (replacing.forget, lambda _: replacing.close()):
        kept = keep(replacing, file)
        write_document(file, b"new")
        forget(kept)
        assert [each.read_bytes() for each in folder.iterdir()] == [b"new"]
        assert list(notes.iterdir()) == []


def test_behind_a_link_the_file_itself_is_meant(replacing: Replacing, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(folder / "mine.json")
    kept = keep(replacing, link)
    write_document(link, b"new")
    assert (folder / "mine.json").read_bytes() == b"new"
    replacing.put_back(kept).result()
    assert link.is_symlink()
    assert link.read_bytes() == b"old\0"


def test_the_next_start_forgets_what_a_kill_left(
    replacing: Replacing, folder: Path, notes: Path, tmp_path: Path
) -> None:
    keep(replacing, folder / "mine.json")
    write_document(folder / "mine.json", b"new")
    (tmp_path / "precious").touch()
    (notes / ".earmark-1.replaced").write_bytes(os.fsencode(tmp_path / "precious"))
    (notes / ".earmark-2.replaced").touch()
    later = Replacing(notes, Jobs(InlineExecutor(), InlineHome()))
    own = keep(later, folder / "mine.json")
    later.start()
    assert {each.name for each in folder.iterdir()} == {"mine.json", own.aside.name}
    assert list(notes.iterdir()) == [own.note]
    assert (tmp_path / "precious").exists(), "whoever wrote that note"


def test_what_lies_on_a_disk_that_is_missing_is_forgotten_when_it_is_there_again(
    replacing: Replacing, folder: Path, notes: Path
) -> None:
    kept = keep(replacing, folder / "mine.json")
    away = folder.rename(folder.with_name("away"))
    for _ in range(2):
        Replacing(notes, Jobs(InlineExecutor(), InlineHome())).start()
        assert list(notes.iterdir()) == [kept.note]
        folder.mkdir(exist_ok=True)
    folder.rmdir()
    away.rename(folder)
    Replacing(notes, Jobs(InlineExecutor(), InlineHome())).start()
    assert list(notes.iterdir()) == []
    assert list(folder.iterdir()) == [folder / "mine.json"]


def test_of_a_copy_that_fails_nothing_is_left(
    replacing: Replacing, folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_source: object, target: Path) -> None:
        target.write_bytes(b"ol")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", break_off)
    monkeypatch.setattr(shutil, "copy2", break_off)
    with pytest.raises(FileError, match=r"mine\.json"):
        replacing.keep(folder / "mine.json").result()
    assert list(folder.iterdir()) == [folder / "mine.json"]
    assert list(notes.iterdir()) == []


def test_where_nothing_is_or_nothing_can_be_kept(replacing: Replacing, folder: Path, notes: Path) -> None:
    assert replacing.keep(folder / "other.json").result() is None
    assert replacing.keep(folder).result() is None
    assert not notes.exists()
    kept = keep(replacing, folder / "mine.json")
    kept.aside.unlink()
    with pytest.raises(FileError, match=r"mine\.json"):
        replacing.put_back(kept).result()
    assert (folder / "mine.json").read_bytes() == b"old\0"
    notes.rename(notes.with_name("elsewhere"))
    notes.touch()
    with pytest.raises(FileError, match=r"mine\.json"):
        replacing.keep(folder / "mine.json").result()
