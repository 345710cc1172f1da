"""Chapters that are skipped in the window: by key and by menu, how they look and are said, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gestures import choose, list_menu, press, row_menu
from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.errors import NotFoundError
from player.ui.chapter_model import SkippedRole
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, STARGATE, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left = Qt.MouseButton.LeftButton


def skipped(window: MainWindow) -> list[int]:
    model = window.chapters.model
    return [row for row in range(model.rowCount()) if model.index(row, 0).data(SkippedRole)]


def test_a_key_skips_the_chosen_chapter_and_lets_it_be_heard_again(
    playing: MainWindow, services: Services, engine: ScriptedEngine
) -> None:
    column, before = playing.chapters, services.playback.position()
    plain, line = column.table.grab().toImage(), playing.player.timeline.grab().toImage()
    choose(playing, 5)
    QTest.keyClick(column.table, Qt.Key.Key_S)
    assert skipped(playing) == [5]
    assert playing.notices.words.text() == "“Stargate” is skipped from now on."
    spoken = column.model.index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("6. Stargate · skipped · 7 min")
    assert engine.skips == ((STARGATE, CHAPTERS[6].start),)
    assert services.playback.position() == before
    assert playing.player.timeline.place_at(STARGATE) == "Stargate · skipped · 4:56:55"
    assert column.table.grab().toImage() != plain
    assert playing.player.timeline.grab().toImage() != line
    QTest.keyClick(column.table, Qt.Key.Key_S)
    assert skipped(playing) == []
    assert playing.notices.words.text() == "“Stargate” is heard again."
    QTest.mouseClick(playing.notices.action, Left)
    assert skipped(playing) == [5], "that was taken back"
    assert not playing.notices.isVisible()


def test_without_a_chosen_row_the_key_means_what_is_heard_and_leaves_it(
    playing: MainWindow, services: Services
) -> None:
    before = services.playback.position()
    playing.setFocus()
    QTest.keyClick(playing, Qt.Key.Key_S)
    assert skipped(playing) == [4]
    assert services.playback.position() == STARGATE
    services.playback.undo_jump()
    assert services.playback.position() == before, "and whoever goes back hears it"


def test_nothing_is_meant_where_nothing_is_heard(window: MainWindow, library: Library) -> None:
    window.show_episode(library.main)
    QTest.keyClick(window, Qt.Key.Key_S)
    assert skipped(window) == []


def test_an_episode_that_is_not_open_is_prepared(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    press(row_menu(window, 0), "Skip this chapter")
    assert skipped(window) == [0]
    services.playback.open(library.main)
    assert services.playback.position() == CHAPTERS[1].start


def test_by_menus(playing: MainWindow) -> None:
    for row in (0, 1, 5):
        press(row_menu(playing, row), "Skip this chapter")
    press(row_menu(playing, 1), "Hear this chapter again")
    assert skipped(playing) == [0, 5]
    press(list_menu(playing), "Hear all skipped chapters again")
    assert skipped(playing) == []
    assert playing.notices.words.text() == "All chapters are heard again."
    QTest.mouseClick(playing.notices.action, Left)
    assert skipped(playing) == [0, 5]
    playing.chapters.filter_button.click()
    playing.chapters.filter.line.setText("Star")
    assert skipped(playing) == [0], "the row is another one now"


def test_a_click_on_a_skipped_chapter_plays_it(playing: MainWindow, services: Services) -> None:
    press(row_menu(playing, 5), "Skip this chapter")
    table = playing.chapters.table
    QTest.mouseClick(table.viewport(), Left, pos=table.visualRect(playing.chapters.model.index(5, 0)).center())
    assert services.playback.position() == STARGATE
    assert services.playback.state.is_playing


def test_a_chapter_that_is_gone_is_told(playing: MainWindow, services: Services, library: Library) -> None:
    gone = CHAPTERS[5]
    services.chapters.delete(library.main, gone).result()
    told: list[object] = []
    playing.chapters.skipping.failed.connect(told.append)
    playing.chapters.model.show_chapters(CHAPTERS)
    playing.chapters.skipping.toggle(5)
    assert [type(error) for error in told] == [NotFoundError]
