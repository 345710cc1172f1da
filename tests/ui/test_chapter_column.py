from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.heard import Heard
from player.core.model import EpisodeId
from player.core.session import Phase
from player.ui import chapter_delegate, chapter_model
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, DURATION, STARGATE, Library

Left = Qt.MouseButton.LeftButton


def click(window: MainWindow, row: int) -> None:
    table = window.chapters.table
    place = table.visualRect(window.chapters.model.index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Left, pos=place)


def test_shows_where_the_listener_is(playing: MainWindow) -> None:
    assert playing.chapters.count.text() == "5 of 7"
    assert playing.chapters.model.current == 4
    assert not playing.chapters.grab().isNull()


def test_a_click_plays_from_there(playing: MainWindow, services: Services) -> None:
    click(playing, 5)
    assert services.playback.position() == STARGATE
    assert playing.chapters.count.text() == "6 of 7"


def test_a_click_on_the_current_one_does_not_restart_it(playing: MainWindow, services: Services) -> None:
    before = services.playback.position()
    click(playing, 4)
    assert services.playback.position() == before
    services.playback.pause()
    click(playing, 4)
    assert services.playback.position() == before
    assert services.playback.state.is_playing


def test_a_click_on_the_last_one_after_the_end_plays_it_again(
    playing: MainWindow, services: Services, engine: ScriptedEngine
) -> None:
    services.playback.jump(DURATION - 1000)
    engine.advance(5000)
    assert services.playback.state.phase is Phase.ENDED
    assert playing.chapters.model.current == len(CHAPTERS) - 1
    click(playing, len(CHAPTERS) - 1)
    assert services.playback.position() == CHAPTERS[-1].start
    assert services.playback.state.is_playing


def test_a_press_on_a_box_is_no_click_wherever_it_ends(
    playing: MainWindow, services: Services, library: Library
) -> None:
    table = playing.chapters.table
    click(playing, 5)
    services.playback.jump(1000)
    row = table.visualRect(playing.chapters.model.index(5, 0))
    box = table.delegate.mark_area(row, table.font()).center()
    QTest.mousePress(table.viewport(), Left, pos=box)
    QTest.mouseRelease(table.viewport(), Left, pos=row.center())
    assert services.chapters.view(library.main).skipped == {5}
    assert services.playback.position() == 1000
    QTest.mouseDClick(table.viewport(), Left, pos=box)
    assert services.playback.position() == 1000
    click(playing, 5)
    assert services.playback.position() == STARGATE, "the next click counts again"


def test_a_screen_reader_is_told_how_many_there_are_now(playing: MainWindow, library: Library) -> None:
    assert playing.chapters.accessibleDescription() == "7 chapters"
    playing.show_episode(library.episodes[4])
    assert playing.chapters.accessibleDescription() == "0 chapters"


def test_where_times_are_moved_is_drawn_in_the_language_of_the_window(
    playing: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(chapter_delegate, "draw_text", lambda _painter, _room, text, *_: drawn.append(text))
    monkeypatch.setattr(chapter_model, "shown", str.upper)
    services.chapters.set_anchor(library.main, CHAPTERS[2], CHAPTERS[2].start + 151_000).result()
    playing.chapters.setFixedWidth(500)
    playing.chapters.grab()
    assert "MOVED +2:31 FROM HERE" in drawn


def test_chapters_are_there_before_playing_and_a_click_opens(
    window: MainWindow, services: Services, library: Library
) -> None:
    window.show_episode(library.main)
    assert window.chapters.count.text() == "7"
    assert window.chapters.model.current is None
    click(window, 5)
    assert services.playback.state.episode == library.main
    assert services.playback.position() == STARGATE


def test_filter_and_enter(playing: MainWindow, services: Services) -> None:
    QTest.mouseClick(playing.chapters.filter_button, Left)
    line = playing.chapters.filter.line
    assert line.hasFocus()
    QTest.keyClicks(line, "deepseek")
    assert playing.chapters.model.rowCount() == 2
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert services.playback.position() == CHAPTERS[3].start
    assert playing.chapters.model.rowCount() == len(CHAPTERS)
    assert not playing.chapters.filter.isVisible()


def test_what_was_found_stays_chosen(playing: MainWindow, services: Services) -> None:
    playing.chapters.focus_filter()
    QTest.keyClicks(playing.chapters.filter.line, "stargate")
    QTest.keyClick(playing.chapters.filter.line, Qt.Key.Key_Escape)
    assert playing.chapters.table.currentIndex().row() == 5
    playing.chapters.focus_filter()
    QTest.keyClicks(playing.chapters.filter.line, "zzz")
    assert not playing.chapters.table.currentIndex().isValid()
    QTest.keyClick(playing.chapters.filter.line, Qt.Key.Key_Escape)
    assert playing.chapters.table.currentIndex().row() == 5, "nothing else was found"
    playing.chapters.table.setCurrentIndex(playing.chapters.model.index(3, 0))
    playing.chapters.filter.line.setText(" ")
    assert playing.chapters.table.currentIndex().row() == 3, "that is no word to look for"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_are_about_the_row_whose_menu_was_open(playing: MainWindow, services: Services, library: Library) -> None:
    table = playing.chapters.table
    click(playing, 4)
    table.menu_asked.emit(playing.chapters.model.index(6, 0), table.mapToGlobal(QPoint(5, 5)))
    QTest.keyClick(playing.chapters.findChildren(QMenu)[-1], Qt.Key.Key_Escape)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_S)
    assert services.chapters.view(library.main).skipped == {6}


def test_escape_ends_filtering_and_nothing_else(playing: MainWindow) -> None:
    playing.chapters.focus_filter()
    QTest.keyClicks(playing.chapters.filter.line, "zzz")
    assert playing.chapters.model.rowCount() == 0
    QTest.keyClick(playing.chapters.filter.line, Qt.Key.Key_Return)
    QTest.keyClick(playing.chapters.filter.line, Qt.Key.Key_Escape)
    assert playing.chapters.model.rowCount() == len(CHAPTERS)
    assert playing.middle.currentWidget() is playing.page


def test_an_episode_without_chapters_says_how_to_get_some(playing: MainWindow, library: Library) -> None:
    playing.show_episode(library.episodes[4])
    assert "Copy an outline" in playing.chapters.nothing.text()
    assert playing.chapters.paste.isVisible()
    assert not playing.chapters.filter_button.isVisible()
    playing.chapters.focus_filter()
    assert not playing.chapters.filter.isVisible()


def test_no_episode_at_all(window: MainWindow) -> None:
    window.chapters.show_episode(None)
    assert not window.chapters.paste.isVisible()
    window.chapters.show_episode(EpisodeId(9999))
    assert window.chapters.episode is None


def test_a_played_episode_has_its_chapters_checked(playing: MainWindow, services: Services, library: Library) -> None:
    services.library.mark_played([library.main], played=True, now=0)
    assert playing.chapters.model.heard == (Heard.ALL,) * len(CHAPTERS)
    services.library.mark_played([library.main], played=False, now=0)
    assert playing.chapters.model.heard == (Heard.NOT,) * len(CHAPTERS)


@pytest.mark.parametrize("width", [150, 300, 500])
def test_draws_at_any_width(playing: MainWindow, width: int) -> None:
    playing.chapters.setFixedWidth(width)
    playing.chapters.table.setFocus()
    playing.chapters.table.setCurrentIndex(playing.chapters.model.index(2, 0))
    assert not playing.chapters.grab().isNull()


def test_the_current_chapter_stays_in_view(playing: MainWindow, services: Services) -> None:
    table = playing.chapters.table
    playing.resize(1280, 460)
    services.playback.jump(0)
    services.playback.jump(CHAPTERS[6].start)
    rect = table.visualRect(playing.chapters.model.index(6, 0))
    assert table.viewport().rect().contains(rect.center() + QPoint(0, 0))


def test_failing_to_play_is_told_in_the_player(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.others[0])
    services.playback.open(library.others[0])
    assert services.playback.state.phase is Phase.FAILED
    assert "127.0.0.1" in window.player.subheading.text()


def test_the_list_behind_a_page_does_not_change_the_chapters(playing: MainWindow, library: Library) -> None:
    row = playing.list.model.ids.index(library.episodes[4])
    playing.list.table.selectRow(row)
    assert playing.chapters.episode == library.main
    playing.show_list()
    playing.list.table.selectRow(row - 1)
    assert playing.chapters.episode == library.episodes[3]
