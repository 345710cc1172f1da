"""The library and lists of podcasts, in and out of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from player.app.compose import Services
from player.app.course import Course
from player.core.model import EpisodeQuery
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
    exporting._export(tmp_path, exporting._services.exchange.export(tmp_path / "no" / "x.json"), "")
    assert "no such file" in window.notices.words.text()


def test_how_far_it_is_and_a_way_to_end_it(window: MainWindow) -> None:
    exporting = window.errands.import_export
    course = Course()
    window.notices.tell("Importing a.opml…")
    exporting._show_course("a.opml", course)
    assert window.notices.words.text() == "Importing a.opml…", "it is not known yet how long it is"
    course.total, course.done = 120, 7
    exporting._show_course("a.opml", course)
    assert window.notices.words.text() == "Importing a.opml… 7 of 120 podcasts"
    assert window.notices.action.text() == "Cancel"
    window.notices.action.click()
    assert course.is_cancelled
    exporting._show_course("a.opml", course)
    assert window.notices.words.text() == "Ending the import of a.opml…"
    assert not window.notices.action.isVisible()
