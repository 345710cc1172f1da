"""Asking where chapters go, how it is told, and how it is called off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu

from player.app.compose import Services
from player.formats.media_file import read_media
from player.system.paths import Profile
from player.ui.course_line import CourseLine
from player.ui.main_window import MainWindow
from seeded import OUTLINE, Library, audio_of
from timecoded import write_timecoded

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left = Qt.MouseButton.LeftButton
TITLES = [title for _, title in OUTLINE]


@pytest.fixture
def shown(
    profile: Profile, library: Library, services: Services, show_window: Callable[[], MainWindow]
) -> Iterator[MainWindow]:
    """The window with the main episode, whose audio is real, though short."""
    write_timecoded(audio_of(profile), 2.0, codec="mp3", rate=44_100, channels=1)
    window = show_window()
    window.show_episode(library.main)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.reject()


def choose(window: MainWindow, words: str) -> None:
    QTest.mouseClick(window.chapters.more, Left)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [each for each in menu.actions() if each.text() == words]
    assert action.isEnabled()
    action.trigger()
    menu.close()


def dialog_of(window: MainWindow) -> QFileDialog:
    return window.findChildren(QFileDialog)[-1]


def accept(dialog: QFileDialog, path: Path) -> None:
    """Choose a file; the dialog would wait for the disk."""
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def titles(path: Path) -> list[str]:
    return [mark.title for mark in read_media(path).marks]


def test_the_episodes_own_file_is_suggested_and_written(shown: MainWindow, profile: Profile) -> None:
    choose(shown, "Save chapters into file…")
    dialog = dialog_of(shown)
    assert [Path(name) for name in dialog.selectedFiles()] == [audio_of(profile)]
    accept(dialog, audio_of(profile))
    assert titles(audio_of(profile)) == TITLES
    assert shown.notices.words.text() == "7 chapters saved into “episode.mp3”."
    assert shown.chapters.source.text() == "From the audio file (7). Also: show notes (7)."


def test_another_file_is_replaced_until_that_is_undone(shown: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "other.mp3"
    other.write_text("other")
    choose(shown, "Save chapters into file…")
    accept(dialog_of(shown), other)
    assert titles(other) == TITLES
    QTest.mouseClick(shown.notices.action, Left)
    assert other.read_text() == "other"
    assert shown.notices.words.text() == "“other.mp3” is what it was before."


def test_what_cannot_be_written_is_told(shown: MainWindow, profile: Profile, tmp_path: Path) -> None:
    shown.saver.save(shown.chapters.episode, tmp_path / "missing" / "a.mp3")  # type: ignore[arg-type]
    assert "a.mp3 cannot be used" in shown.notices.words.text()
    audio_of(profile).write_bytes(b"RIFF\0\0\0\0AVI ")
    shown.saver.save(shown.chapters.episode, audio_of(profile))  # type: ignore[arg-type]
    assert shown.notices.sign.icon_name == "warning"
    assert str(audio_of(profile)) in shown.notices.words.text()


def lines(window: MainWindow) -> list[CourseLine]:
    """What says how far something is, as long as it does."""
    return [each for each in window.notices.findChildren(CourseLine) if each.timer.isActive()]


@pytest.fixture
def slow(shown: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Saving has begun and takes its time; what is in the list ends it."""
    ends: list[Callable[[], None]] = []
    submit = services.jobs.submit

    def later(work: Callable[..., object], *given: object) -> Future[object]:
        future: Future[object] = Future()
        ends.append(lambda: future.set_result(work(*given)))
        return future

    monkeypatch.setattr(services.jobs, "submit", later)
    choose(shown, "Save chapters into file…")
    accept(dialog_of(shown), services.chapter_saving.audio(shown.chapters.episode))  # type: ignore[arg-type]
    monkeypatch.setattr(services.jobs, "submit", submit)
    assert not shown.notices.isVisible()
    lines(shown)[0].speak()
    return ends


def test_what_takes_time_says_how_far_it_is(
    shown: MainWindow, slow: list[Callable[[], None]], profile: Profile
) -> None:
    assert shown.notices.words.text() == "Saving chapters into “episode.mp3”… 0 %"
    shown.saver.save(shown.chapters.episode, audio_of(profile))  # type: ignore[arg-type]
    assert "wait until they are" in shown.notices.words.text()
    lines(shown)[0].speak()
    assert "wait until they are" in shown.notices.words.text(), "what is said meanwhile can be read"
    slow[0]()
    assert shown.notices.words.text() == "7 chapters saved into “episode.mp3”."
    assert lines(shown) == []


def test_it_is_called_off(shown: MainWindow, slow: list[Callable[[], None]], profile: Profile) -> None:
    before = audio_of(profile).read_bytes()
    assert shown.notices.action.text() == "Cancel"
    QTest.mouseClick(shown.notices.action, Left)
    assert shown.notices.words.text() == "No chapters were saved; the file is as it was."
    slow[0]()
    assert shown.notices.words.text() == "No chapters were saved; the file is as it was."
    assert audio_of(profile).read_bytes() == before


def test_the_copy_is_checked_once_it_is_written(
    shown: MainWindow, slow: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown.saver._saving is not None
    monkeypatch.setattr(shown.saver._saving, "part", lambda: 1.0)
    lines(shown)[0].speak()
    assert shown.notices.words.text() == "Saving chapters into “episode.mp3”… checking"
    slow[0]()


def test_a_long_name_hides_nothing_of_how_far_it_is(
    shown: MainWindow, slow: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    saving, place = shown.saver._saving, Path(f"{'A title that is long ' * 6}.mp3")
    assert saving is not None
    monkeypatch.setattr(saving, "place", place)
    for part in (0.2, 0.5):
        monkeypatch.setattr(saving, "part", lambda part=part: part)
        lines(shown)[0].speak()
        assert shown.notices.words.text().endswith(f"…”… {part * 100:.0f} %")
    monkeypatch.undo()
    slow[0]()


def test_chapters_as_a_document(shown: MainWindow, tmp_path: Path) -> None:
    choose(shown, "Save chapters as…")
    dialog = dialog_of(shown)
    assert Path(dialog.selectedFiles()[0]).name == "episode.json"
    dialog.selectNameFilter("CUE sheet (*.cue)")
    dialog.filterSelected.emit("CUE sheet (*.cue)")
    assert Path(dialog.selectedFiles()[0]).name == "episode.cue"
    accept(dialog, tmp_path / "a.json")
    assert [each["title"] for each in json.loads((tmp_path / "a.json").read_bytes())["chapters"]] == TITLES
    assert shown.notices.words.text() == "7 chapters saved as “a.json”."


def test_a_name_that_gets_its_ending_later_can_be_undone(shown: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "Part 1.5.json").write_text("other")
    choose(shown, "Save chapters as…")
    accept(dialog_of(shown), tmp_path / "Part 1.5")
    assert len(json.loads((tmp_path / "Part 1.5.json").read_bytes())["chapters"]) == 7
    QTest.mouseClick(shown.notices.action, Left)
    assert (tmp_path / "Part 1.5.json").read_text() == "other"


def test_a_document_says_when_youtube_would_not_take_it(shown: MainWindow, services: Services, tmp_path: Path) -> None:
    episode = shown.chapters.episode
    assert episode is not None
    for _ in range(5):
        services.chapters.delete(episode, shown.chapters.model.chapters[-1]).result()
    choose(shown, "Save chapters as…")
    dialog = dialog_of(shown)
    dialog.selectNameFilter("Outline for YouTube (*.txt)")
    accept(dialog, tmp_path / "a.txt")
    assert "YouTube will not show them: " in shown.notices.words.text()
    choose(shown, "Save chapters as…")
    accept(dialog_of(shown), tmp_path / "missing" / "a.json")
    assert "a.json cannot be used" in shown.notices.words.text()


def test_nothing_to_save_without_chapters_or_audio(shown: MainWindow, library: Library) -> None:
    shown.show_episode(library.episodes[4])
    QTest.mouseClick(shown.chapters.more, Left)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    enabled = {each.text(): each.isEnabled() for each in menu.actions()}
    menu.close()
    assert (enabled["Save chapters into file…"], enabled["Save chapters as…"]) == (False, False)
    shown.saver.ask_for_file(library.episodes[4])
    assert shown.findChildren(QFileDialog) == []
    shown.saver.save(library.episodes[4], Path("a.mp3"))
    assert "is not downloaded" in shown.notices.words.text()
