"""Saving over a file asks nobody, and offers the old one back for as long as that is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from player.app.compose import Services
from player.system.paths import Profile
from player.ui.main_window import MainWindow
from seeded import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left = Qt.MouseButton.LeftButton
SAVERS: dict[str, tuple[str, Callable[[MainWindow], object]]] = {
    "library": ("mine.json", lambda window: window.actions_table["export"].trigger()),
    "list": ("mine.opml", lambda window: window.actions_table["export_opml"].trigger()),
    "bookmarks": ("mine.md", lambda window: window.bookmarks.export_asked.emit()),
    "chapters": ("mine.json", lambda window: window.chapters.export_asked.emit(window.chapters.episode)),
}


@pytest.fixture(params=SAVERS)
def saved(request: pytest.FixtureRequest, window: MainWindow, library: Library, tmp_path: Path) -> Path:
    """A file that was there, and was just saved over."""
    name, begin = SAVERS[request.param]
    file = tmp_path / "documents" / name
    file.parent.mkdir()
    file.write_bytes(b"old")
    window.show_episode(library.main)
    begin(window)
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    assert b"old" not in file.read_bytes()
    assert window.notices.words.text().endswith(f"“{name}”. It has replaced the file that was there.")
    return file


def test_it_is_undone(window: MainWindow, saved: Path) -> None:
    assert window.notices.action.text() == "Undo"
    QTest.mouseClick(window.notices.action, Left)
    assert saved.read_bytes() == b"old"
    assert list(saved.parent.iterdir()) == [saved]
    assert window.notices.words.text() == f"“{saved.name}” is what it was before."


def test_what_cannot_be_put_back_now_can_be_later(window: MainWindow, profile: Profile, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b"old")
    window.errands.import_export._export_library(file)
    file.unlink()
    file.mkdir()
    QTest.mouseClick(window.notices.action, Left)
    assert window.notices.sign.icon_name == "warning"
    assert str(file) in window.notices.words.text()
    file.rmdir()
    QTest.mouseClick(window.notices.action, Left)
    assert file.read_bytes() == b"old"
    assert window.notices.words.text() == "“mine.json” is what it was before."
    assert list(profile.replaced.iterdir()) == []


@pytest.mark.parametrize("leave", ["dismiss", "say"])
def test_what_nobody_wants_back_goes(window: MainWindow, profile: Profile, saved: Path, leave: str) -> None:
    assert len(list(saved.parent.iterdir())) == 2
    if leave == "dismiss":
        window.notices.dismiss()
    else:
        window.notices.tell("Something else.")
    assert list(saved.parent.iterdir()) == [saved]
    assert list(profile.replaced.iterdir()) == []


def test_what_was_not_saved_is_not_kept(
    window: MainWindow, services: Services, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.mp3"
    file.write_bytes(b"old")
    window.saver.save(library.main, file)
    assert window.notices.sign.icon_name == "warning", "the audio of this library is not real"
    assert file.read_bytes() == b"old"
    assert list(tmp_path.glob(".earmark-*")) == []
