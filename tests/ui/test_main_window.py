from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.errors import NetworkError
from player.core.events import ProblemReported, RefreshChanged
from player.core.model import View
from player.core.timecode import parse_timecode
from player.ui.actions import command_table
from player.ui.buttons import FlatButton
from player.ui.main_window import MainWindow
from player.ui.places import Place
from player.ui.shortcuts import Shortcuts
from player.ui.timeline import Timeline
from player.ui.widgets import ElidedLabel
from seeded import CHAPTERS, STARGATE, Library

HERE = parse_timecode("1:12:40") or 0
Alt = Qt.KeyboardModifier.AltModifier
Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def test_begins_with_the_open_episode(
    show_window: Callable[[], MainWindow], services: Services, library: Library
) -> None:
    services.playback.open(library.main, play=False)
    window = show_window()
    assert window.page.episode == library.main
    assert window.middle.currentWidget() is window.page
    assert window.list.place == Place(podcast=library.lex)


def test_begins_with_what_is_new(window: MainWindow) -> None:
    assert window.middle.currentWidget() is window.list
    assert window.list.place == Place(View.NEW)
    assert window.whole.currentWidget() is window.library


def test_space_plays_and_pauses_wherever_the_focus_is(playing: MainWindow, services: Services) -> None:
    for widget in (playing.list.table, playing.chapters.table, playing.page, playing.page.notes, playing.sidebar.view):
        was_playing = services.playback.state.is_playing
        QTest.keyClick(widget, Key.Key_Space)
        assert services.playback.state.is_playing is not was_playing


def test_space_presses_a_button_that_has_the_focus(playing: MainWindow, services: Services) -> None:
    playing.page.mark.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(playing.page.mark, Key.Key_Space)
    assert services.playback.state.is_playing
    assert playing.page.mark.text() == "Mark as not played"


def test_space_with_nothing_open_plays_what_is_shown(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    QTest.keyClick(window, Key.Key_Space)
    assert services.playback.state.episode == library.main
    assert services.playback.state.is_playing


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, HERE - 15_000),
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, HERE + 30_000),
        (Key.Key_Left, Alt, CHAPTERS[4].start),
        (Key.Key_Right, Alt, STARGATE),
        (Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, CHAPTERS[4].start),
        (Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, STARGATE),
        (Key.Key_1, Qt.KeyboardModifier.NoModifier, 0),
        (Key.Key_6, Qt.KeyboardModifier.NoModifier, STARGATE),
        (Key.Key_9, Qt.KeyboardModifier.NoModifier, HERE),
    ],
)
def test_keys_that_move(
    playing: MainWindow, services: Services, key: Key, modifiers: Qt.KeyboardModifier, expected: int
) -> None:
    QTest.keyClick(playing, key, modifiers)
    assert services.playback.position() == expected


def test_backspace_undoes_a_jump_and_shift_redoes_it(playing: MainWindow, services: Services) -> None:
    QTest.keyClick(playing, Key.Key_6)
    QTest.keyClick(playing, Key.Key_Backspace)
    assert services.playback.position() == HERE
    QTest.keyClick(playing, Key.Key_Backspace, Shift)
    assert services.playback.position() == STARGATE


def test_speed_and_mute_keys(playing: MainWindow, services: Services) -> None:
    QTest.keyClick(playing, Key.Key_BracketRight)
    QTest.keyClick(playing, Key.Key_BracketRight)
    QTest.keyClick(playing, Key.Key_BracketLeft)
    assert services.playback.state.sound.speed == 1.05
    QTest.keyClick(playing, Key.Key_BraceRight)
    assert services.playback.state.sound.speed == 1.3
    QTest.keyClick(playing, Key.Key_BraceLeft)
    assert services.playback.state.sound.speed == 1.05
    QTest.keyClick(playing, Key.Key_Equal)
    assert services.playback.state.sound.speed == 1.0
    QTest.keyClick(playing, Key.Key_M)
    assert services.playback.state.is_muted


def test_volume_keys_count_in_lists_too(playing: MainWindow, services: Services, library: Library) -> None:
    playing.chapters.table.setFocus()
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(playing.chapters.table, key, Control)
    assert services.playback.state.volume == 0.85
    QTest.keyClick(playing, Key.Key_M)
    QTest.keyClick(playing.chapters.table, Key.Key_Up, Control)
    assert (services.playback.state.volume, services.playback.state.is_muted) == (0.9, False)


def test_escape_goes_back_to_the_list_with_its_selection(playing: MainWindow, library: Library) -> None:
    QTest.keyClick(playing, Key.Key_Escape)
    assert playing.middle.currentWidget() is playing.list
    playing.show_place(Place(podcast=library.lex))
    playing.show_episode(library.episodes[7])
    QTest.keyClick(playing, Key.Key_Up, Alt)
    assert playing.middle.currentWidget() is playing.list
    assert playing.list.table.currentIndex().row() == 7
    assert playing.chapters.episode == library.episodes[7]


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_question_mark_lists_every_key(playing: MainWindow) -> None:
    QTest.keyClick(playing, Key.Key_Question)
    dialog = playing.findChild(Shortcuts)
    assert dialog is not None
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for command in command_table():
        if command.keys and not command.name.startswith("chapter_"):
            assert command.words in words
    dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_list_of_keys_is_scrolled_by_keys(playing: MainWindow, qtbot: QtBot) -> None:
    playing.resize(700, 450)
    QTest.keyClick(playing, Key.Key_Question)
    dialog = playing.findChild(Shortcuts)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.focusWidget(), Key.Key_PageDown)
    assert dialog.area.verticalScrollBar().value() > 0
    dialog.reject()


def test_no_key_means_two_things_in_one_place() -> None:
    """Keys that edit chapters, sort the queue or downloads, mark episodes and change bookmarks count in own places."""
    editing = {command.name for command in command_table() if command.group == "Editing chapters"} - {"edit_chapters"}
    sorting = {"queue_up", "queue_down", "queue_remove", "queue_undo"}
    marking = {"mark_played", "marking_undo"}
    changing = {"bookmark_edit", "bookmark_remove", "bookmark_undo"}
    loading = {command.name for command in command_table() if command.group == "Downloads"}
    places = (editing, sorting, marking, changing, loading)
    for here in places:
        elsewhere = set().union(*places) - here
        keys = [key for command in command_table() if command.name not in elsewhere for key in command.keys]
        assert len(keys) == len(set(keys))


def test_control_f_filters_what_is_before_the_listener(playing: MainWindow, library: Library) -> None:
    QTest.keyClick(playing, Key.Key_F, Control)
    assert playing.chapters.filter.line.hasFocus()
    QTest.keyClick(playing.chapters.filter.line, Key.Key_Escape)
    playing.show_place(Place(podcast=library.lex))
    QTest.keyClick(playing, Key.Key_F, Control)
    assert playing.list.filter.line.hasFocus()


def test_a_first_window_is_no_larger_than_the_screen(build: Callable[[], MainWindow], services: Services) -> None:
    assert services.library.podcasts()
    window = build()
    assert window.width() == min(1280, window.screen().availableSize().width())
    assert window.height() == min(820, window.screen().availableSize().height())


@pytest.mark.parametrize(("width", "rail", "chapters"), [(1280, False, True), (900, True, True), (640, True, False)])
def test_columns_fold(playing: MainWindow, qtbot: QtBot, width: int, rail: bool, chapters: bool) -> None:
    unit = playing.fontMetrics().height()
    playing.resize(round(width * unit / 17), 600)
    qtbot.waitUntil(lambda: playing.chapters.isVisible() is chapters)
    assert (playing.sidebar.width() < unit * 5) is rail
    assert playing.top.chapters.isVisible() is not chapters
    assert playing.middle.isVisible()
    qtbot.waitUntil(lambda: playing.middle.width() > unit * 20)


def test_nothing_in_the_bars_is_cut_or_overlaps(playing: MainWindow) -> None:
    """From 640×480 to 4K in the letters of the tests, and before and behind each width where something folds."""
    unit = playing.fontMetrics().height()
    for columns in (37, 45, 53, 57, 59, 61, 65, 69, 75, 115, 220):
        playing.resize(columns * unit, 28 * unit)
        QApplication.processEvents()
        for bar in (playing.top, playing.player):
            shown = [
                QRect(each.mapTo(bar, QPoint(0, 0)), each.size())
                for each in (*bar.findChildren(FlatButton), *bar.findChildren(Timeline), *bar.findChildren(ElidedLabel))
                if each.isVisible()
            ]
            assert all(bar.rect().contains(each) for each in shown), columns
            assert not [pair for pair in combinations(shown, 2) if pair[0].intersects(pair[1])], columns
        assert playing.player.timeline.width() > columns * unit * (0.6 if columns < 60 else 0.2), columns


def test_a_wide_window_gives_room_to_what_stands_beside_the_middle(playing: MainWindow) -> None:
    unit = playing.fontMetrics().height()
    for columns, sidebar, chapters in ((75, 13.6, 25.8), (220, 20, 44)):
        playing.resize(columns * unit, 28 * unit)
        QApplication.processEvents()
        assert playing.sidebar.width() == pytest.approx(sidebar * unit, abs=1)
        assert playing.chapters.width() == pytest.approx(chapters * unit, abs=1)


def test_folded_chapters_take_the_middle_when_asked(playing: MainWindow, qtbot: QtBot) -> None:
    playing.resize(playing.fontMetrics().height() * 38, 600)
    qtbot.waitUntil(playing.top.chapters.isVisible)
    QTest.mouseClick(playing.top.chapters, Qt.MouseButton.LeftButton)
    assert playing.chapters.isVisible()
    assert not playing.middle.isVisible()
    QTest.keyClick(playing, Key.Key_Escape)
    assert playing.middle.isVisible()


def test_a_problem_is_one_line_that_can_be_dismissed(playing: MainWindow, services: Services) -> None:
    services.bus.publish(ProblemReported(NetworkError("https://example.org/feed", "the server cannot be found")))
    assert playing.notices.isVisible()
    assert playing.notices.words.text().startswith("example.org could not be reached: the server cannot be found.")
    QTest.keyClick(playing, Key.Key_Escape)
    assert not playing.notices.isVisible()
    assert playing.middle.currentWidget() is playing.page


def test_geometry_is_kept(show_window: Callable[[], MainWindow]) -> None:
    first = show_window()
    first.resize(700, 500)
    first.close()
    second = show_window()
    assert (second.width(), second.height()) == (700, 500)


def test_control_v_pastes_an_outline(playing: MainWindow, services: Services, library: Library) -> None:
    playing.show_episode(library.episodes[3])
    QGuiApplication.clipboard().setText("0:00 One\n10:00 Two\n20:00 Three\n")
    QTest.keyClick(playing, Key.Key_V, Control)
    chosen = services.chapters.chosen(library.episodes[3])
    assert chosen is not None
    assert [chapter.title for chapter in chosen.chapters] == ["One", "Two", "Three"]
    assert playing.chapters.model.rowCount() == 3
    assert playing.notices.words.text() == "3 chapters taken from the pasted outline."
    QTest.mouseClick(playing.notices.action, Qt.MouseButton.LeftButton)
    assert services.chapters.chosen(library.episodes[3]) is None


def test_pasting_no_outline_says_so(playing: MainWindow, library: Library) -> None:
    playing.show_episode(library.episodes[3])
    QGuiApplication.clipboard().setText("nothing of the kind")
    QTest.mouseClick(playing.chapters.paste, Qt.MouseButton.LeftButton)
    assert playing.notices.words.text().startswith("No chapters found in the pasted text")
    QGuiApplication.clipboard().clear()
    QTest.mouseClick(playing.chapters.paste, Qt.MouseButton.LeftButton)
    assert playing.notices.words.text().startswith("The clipboard holds no text")


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_brought_to_the_front(playing: MainWindow) -> None:
    playing.showMinimized()
    playing.bring_to_front()
    assert not playing.isMinimized()


def test_a_refresh_shows_and_can_be_ended(window: MainWindow, services: Services) -> None:
    busy = window.top.busy
    assert not busy.isVisible()
    services.bus.publish(RefreshChanged(12))
    assert busy.isVisible()
    assert busy.text() == "Refreshing 12…"
    busy.click()
    assert not busy.isVisible()
