"""Clips asked for in the window: which span, the dialog, progress, cancelling, and what went wrong in one sentence."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from player.app.clips import Clip, Span
from player.app.compose import Services
from player.core.errors import FileError, KnownError, NotAudioError
from player.ui.course_line import CourseLine
from player.ui.main_window import MainWindow
from seeded import STARGATE, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HOUR = 3_600_000


class FakeClipping:
    """A clip that is as far as the test says."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.future: Future[Clip | None] = Future()
        self.share = 0.0
        self.can_cancel = True

    def part(self) -> float:
        return self.share

    def cancel(self) -> bool:
        if self.can_cancel:
            self.future.set_result(None)
        return self.can_cancel


class FakeClips:
    """Cuts nothing: keeps what it is asked for, and fails where the test says so."""

    def __init__(self) -> None:
        self.name: str | KnownError = "Stargate - Lex.mp3"
        self.refusal: KnownError | None = None
        self.asked: list[Span] = []
        self.saved: list[tuple[Span, Path, bool]] = []
        self.running: list[FakeClipping] = []

    def name_for(self, span: Span) -> Future[str]:
        self.asked.append(span)
        future: Future[str] = Future()
        if isinstance(self.name, KnownError):
            future.set_exception(self.name)
        else:
            future.set_result(self.name)
        return future

    def save(self, span: Span, target: Path, *, is_exact: bool = False) -> FakeClipping:
        if self.refusal is not None:
            raise self.refusal
        self.saved.append((span, target, is_exact))
        self.running.append(FakeClipping(target))
        return self.running[-1]

    def close(self) -> None:
        pass


@pytest.fixture
def clips(services: Services, monkeypatch: pytest.MonkeyPatch) -> FakeClips:
    fake = FakeClips()
    monkeypatch.setattr(services, "clips", fake)
    return fake


def dialog_of(window: MainWindow) -> QFileDialog:
    found = window.findChild(QFileDialog)
    assert isinstance(found, QFileDialog)
    return found


def lines(window: MainWindow) -> list[CourseLine]:
    """What says how far something is, as long as it does."""
    return [each for each in window.notices.findChildren(CourseLine) if each.timer.isActive()]


def choose(window: MainWindow, path: Path, kind: int = 0) -> None:
    dialog = dialog_of(window)
    dialog.selectNameFilter(dialog.nameFilters()[kind])
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_the_loop_else_the_chapter_that_is_heard(
    playing: MainWindow, services: Services, library: Library, clips: FakeClips
) -> None:
    services.playback.jump(STARGATE + 1000)
    QTest.keyClick(playing, Qt.Key.Key_C)
    chapter = services.playback.state.chapters[5]
    assert clips.asked == [Span(library.main, STARGATE, chapter.end, "Stargate")]
    dialog_of(playing).reject()
    for place in (HOUR, HOUR + 90_000):
        services.playback.jump(place)
        QTest.keyClick(playing, Qt.Key.Key_L)
    QTest.keyClick(playing, Qt.Key.Key_C)
    assert clips.asked[1:] == [Span(library.main, HOUR, HOUR + 90_000)]
    dialog_of(playing).reject()


def test_the_dialog_knows_a_name_and_two_ways_to_cut(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path
) -> None:
    span = Span(library.main, STARGATE, STARGATE + 60_000, "Stargate")
    playing.clip_saver.ask(span)
    dialog = dialog_of(playing)
    assert [Path(each).name for each in dialog.selectedFiles()] == ["Stargate - Lex.mp3"]
    assert [each.split(" (")[0] for each in dialog.nameFilters()] == [
        "MP3, the sound as it is",
        "MP3, encoded anew and cut to the sample",
    ]
    choose(playing, tmp_path / "mine", kind=1)
    assert clips.saved == [(span, tmp_path / "mine.mp3", True)]


def test_of_a_kind_that_cannot_be_encoded_there_is_one_way(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path
) -> None:
    clips.name = "Stargate.ogg"
    span = Span(library.main, 0, 1000)
    playing.clip_saver.ask(span)
    assert len(dialog_of(playing).nameFilters()) == 1
    (tmp_path / "here.ogg").touch()
    choose(playing, tmp_path / "here")
    assert clips.saved == [(span, tmp_path / "here (2).ogg", False)], "a name that nobody was asked about is not taken"


def test_a_clip_replaces_a_file_until_that_is_undone(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path
) -> None:
    file, fresh = tmp_path / "a.mp3", tmp_path / "fresh"
    file.write_bytes(b"old")
    playing.clip_saver.ask(Span(library.main, 0, 1000))
    choose(playing, file)
    playing.clip_saver.save(Span(library.main, 0, 2000), file)
    assert len(list(tmp_path.glob(".earmark-*"))) == 1, "of one that has to wait nothing is kept"
    fresh.write_bytes(b"new")
    fresh.replace(file)
    clips.running[0].future.set_result(Clip(file, 1000, is_copied=True))
    QTest.mouseClick(playing.notices.action, Qt.MouseButton.LeftButton)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.glob(".earmark-*")) == []


def test_progress_shows_when_it_takes_long_and_the_end_is_told(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path
) -> None:
    saver, notices = playing.clip_saver, playing.notices
    saver.save(Span(library.main, 0, 90_000), tmp_path / "a.mp3")
    assert not notices.isVisible()
    running = clips.running[0]
    for share, told in ((0.25, "25"), (0.999, "99")):
        running.share = share
        lines(playing)[0].speak()
        assert notices.words.text() == f"Saving “a.mp3”… {told} %"
    saver.save(Span(library.main, 0, 1000), tmp_path / "b.mp3")
    assert notices.words.text() == "Another clip is being saved just now; wait until it is."
    assert len(clips.saved) == 1
    lines(playing)[0].speak()
    assert notices.words.text().startswith("Another"), "what was said last stays"
    running.future.set_result(Clip(tmp_path / "a.mp3", 90_000, is_copied=True))
    assert notices.words.text() == "Clip of 1:30 saved as “a.mp3”."
    assert lines(playing) == []


def test_one_that_was_called_off_and_fails_late_ends_no_other_one(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saver, notices = playing.clip_saver, playing.notices
    saver.save(Span(library.main, 0, 90_000), tmp_path / "a.mp3")
    monkeypatch.setattr(clips.running[0], "cancel", lambda: True)
    lines(playing)[0].speak()
    QTest.mouseClick(notices.action, Qt.MouseButton.LeftButton)
    saver.save(Span(library.main, 0, 1000), tmp_path / "b.mp3")
    clips.running[0].future.set_exception(FileError("/tmp/a.mp3", "no space left on device"))
    assert notices.words.text() == "No clip was saved."
    (line,) = lines(playing)
    line.speak()
    assert notices.words.text() == "Saving “b.mp3”… 0 %"
    clips.running[1].future.set_result(Clip(tmp_path / "b.mp3", 1000, is_copied=True))
    assert notices.words.text() == "Clip of 0:01 saved as “b.mp3”."


@pytest.mark.parametrize("can_cancel", [True, False])
def test_cancelled_in_time_or_too_late(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path, can_cancel: bool
) -> None:
    saver, notices = playing.clip_saver, playing.notices
    saver.save(Span(library.main, 0, 90_000), tmp_path / "a.mp3")
    running = clips.running[0]
    running.can_cancel = can_cancel
    lines(playing)[0].speak()
    QTest.mouseClick(notices.action, Qt.MouseButton.LeftButton)
    if can_cancel:
        assert notices.words.text() == "No clip was saved."
        assert lines(playing) == []
    else:
        running.future.set_result(Clip(tmp_path / "a.mp3", 90_000, is_copied=True))
        assert notices.words.text() == "Clip of 1:30 saved as “a.mp3”."


def test_what_goes_wrong_is_one_sentence(
    playing: MainWindow, library: Library, clips: FakeClips, tmp_path: Path
) -> None:
    saver, notices, span = playing.clip_saver, playing.notices, Span(library.main, 0, 1000)
    told = []
    clips.name = NotAudioError("The episode", "not here at all; download it first")
    saver.ask(span)
    told.append(notices.words.text())
    clips.refusal = FileError("/tmp/a.mp3", "it is the episode itself, which stays as it is; choose another name")
    saver.save(span, tmp_path / "a.mp3")
    told.append(notices.words.text())
    clips.refusal = None
    saver.save(span, tmp_path / "a.mp3")
    clips.running[0].future.set_exception(FileError("/tmp/a.mp3", "no space left on device"))
    told.append(notices.words.text())
    assert ["download it first" in told[0], "the episode itself" in told[1], "no space left" in told[2]] == [True] * 3
    assert playing.findChild(QFileDialog) is None
    saver.save(span, tmp_path / "a.mp3")
    assert len(clips.saved) == 2, "after a failure the next one begins"


def test_a_bookmark_with_an_end_is_a_span(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library, clips: FakeClips
) -> None:
    for start, stop in ((HOUR, None), (2 * HOUR, 2 * HOUR + 5000)):
        services.bookmarks.add(library.main, start, stop=stop, text="Mine").result()
    table = playing.page.bookmarks.table
    playing.page.tabs.choose("bookmarks")
    qtbot.waitUntil(table.isVisible)
    entries = []
    for row in range(2):
        table.customContextMenuRequested.emit(table.visualRect(table.model().index(row, 0)).center())
        menu = table.findChildren(QMenu)[-1]
        entries.append([each for each in menu.actions() if each.text() == "Save clip…"])
        menu.close()
    assert entries[0] == []
    entries[1][0].trigger()
    assert clips.asked == [Span(library.main, 2 * HOUR, 2 * HOUR + 5000, "Mine")]
    dialog_of(playing).reject()
