"""The library and lists of podcasts, in and out of the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from player.app.compose import Services
from player.app.course import Course
from player.core.model import EpisodeQuery
from player.ui.course_line import CourseLine
from player.ui.main_window import MainWindow
from seeded import NOW, Library


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        ("export", "mine.json", "2 podcasts with your places, edits, queue and settings are in “mine.json”."),
        ("export_opml", "mine.opml", "2 podcasts listed in “mine.opml”."),
    ],
)
@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_out_and_in(window: MainWindow, tmp_path: Path, command: str, name: str, said: str) -> None:
    window.actions_table[command].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).suffix == Path(name).suffix
    dialog.fileSelected.emit(str(tmp_path / name))
    dialog.reject()
    assert window.notices.words.text() == said
    window.errands.import_export.import_file(tmp_path / name)
    assert window.notices.words.text() == "0 podcasts added, 2 were there already."


def test_what_is_taken_over_shows(window: MainWindow, services: Services, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    services.library.mark_played([library.main], played=True, now=NOW).result()
    services.exchange.export(file).result()
    services.library.mark_played([library.main], played=False, now=NOW - 1).result()
    window.errands.import_export.import_file(file)
    assert "Places and changes of 1 episode were taken over." in window.notices.words.text()
    (played,) = services.library.episodes(services.library.episode_ids(EpisodeQuery(podcast=library.lex)))[:1]
    assert played.is_played


def test_what_cannot_be_read_or_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    window.errands.import_export.import_file(tmp_path / "bad.json")
    assert "bad.json cannot be read: it is JSON, but no library that Earmark exported." in window.notices.words.text()
    exporting = window.errands.import_export
    exporting._export_library(tmp_path / "no" / "x.json")
    assert "no such file" in window.notices.words.text()


class Asked(Course):
    """Gives what a listener reads whenever it is told how far it is."""

    def __init__(self, window: MainWindow, cancels_at: str) -> None:
        super().__init__()
        self.window, self.cancels_at = window, cancels_at
        self.read: list[str] = []

    def tell(self, share: float, doing: str) -> None:
        super().tell(share, doing)
        for line in self.window.findChildren(CourseLine):
            line.speak()
        self.read.append(self.window.notices.words.text())
        if self.cancels_at and self.cancels_at in self.read[-1]:
            self.window.notices.action.click()
            self.read.append(self.window.notices.words.text())


@pytest.mark.parametrize(
    ("cancels_at", "last"),
    [
        ("", "0 podcasts added, 2 were there already."),
        ("Lex Fridman", "Nothing of mine.json was imported; the library is as it was."),
    ],
)
def test_a_library_says_how_far_it_is_and_can_be_called_off(
    window: MainWindow, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cancels_at: str, last: str
) -> None:
    file = tmp_path / "mine.json"
    services.exchange.export(file).result()
    course = Asked(window, cancels_at)
    monkeypatch.setattr("player.ui.import_export.Course", lambda: course)
    window.errands.import_export.import_file(file)
    assert course.read[0] == "Importing mine.json… 0 % · reading the file"
    assert "Importing mine.json… 10 % · Lex Fridman Podcast" in course.read
    assert (course.read[-1] == "Ending the import of mine.json…") == bool(cancels_at)
    assert window.notices.words.text() == last


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_an_export_says_how_far_it_is(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_cancelled: bool
) -> None:
    course = Asked(window, "60 %" if is_cancelled else "")
    monkeypatch.setattr("player.ui.import_export.Course", lambda: course)
    window.errands.import_export._export_library(tmp_path / "mine.json")
    assert course.read[0] == "Exporting to mine.json… 0 % · gathering what is yours"
    assert "Exporting to mine.json… 60 % · writing the file" in course.read
    assert (tmp_path / "mine.json").exists() != is_cancelled
    assert ("Nothing was exported" in window.notices.words.text()) == is_cancelled


def test_how_far_a_list_of_podcasts_is(window: MainWindow) -> None:
    exporting, notices = window.errands.import_export, window.notices
    course = Course()
    line = exporting._line(course, partial(exporting._how_far, "a.opml"), "Ending…")
    line.begin("Importing a.opml…")
    line.speak()
    assert notices.words.text() == "Importing a.opml…", "it is not known yet how long it is"
    course.total, course.done = 120, 7
    line.speak()
    assert notices.words.text() == "Importing a.opml… 7 of 120 podcasts"
    notices.tell("“X” is removed.", "Undo", lambda: None)
    line.speak()
    assert notices.action.text() == "Undo", "what somebody may still want to take back is not talked over"
    notices.dismiss()
    line.speak()
    assert notices.action.text() == "Cancel"
    notices.action.click()
    assert course.is_cancelled
    assert notices.words.text() == "Ending…"
    assert not notices.action.isVisible()
    line.end()
