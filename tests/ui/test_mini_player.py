from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.timecode import parse_timecode
from player.ui.chapters_popup import ChaptersPopup
from player.ui.main_window import MainWindow
from player.ui.mini_player import MiniPlayer
from player.ui.mini_switch import shared_commands
from player.ui.sleep_popup import SleepPopup
from player.ui.sound_popup import SoundPopup
from seeded import CHAPTERS, STARGATE, Library

HERE = parse_timecode("1:12:40") or 0
Alt = Qt.KeyboardModifier.AltModifier
Control = Qt.KeyboardModifier.ControlModifier
Left = Qt.MouseButton.LeftButton
Key = Qt.Key

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def mini(playing: MainWindow, qtbot: QtBot) -> MiniPlayer:
    """The mini player in place of the window."""
    QTest.keyClick(playing, Key.Key_M, Control)
    qtbot.waitUntil(playing.mini.isActiveWindow)
    assert not playing.isVisible()
    return playing.mini


def close_as_listener(window: QWidget) -> None:
    """As by the button of its frame."""
    QApplication.sendEvent(window.windowHandle(), QCloseEvent())


def test_the_same_key_leads_there_and_back(mini: MiniPlayer, playing: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(mini, Key.Key_M, Control)
    assert playing.isVisible()
    assert not mini.isVisible()
    qtbot.waitUntil(playing.isActiveWindow)
    QTest.mouseClick(playing.player.mini, Left)
    assert (mini.isVisible(), playing.isVisible()) == (True, False)


def test_ways_back_to_the_window(mini: MiniPlayer, playing: MainWindow) -> None:
    for leave in (
        partial(close_as_listener, mini),
        mini.window_button.click,
        playing.bring_to_front,
        playing.showNormal,
    ):
        playing.mini_switch.show_mini()
        leave()
        assert playing.isVisible()
        assert not mini.isVisible()


def test_what_it_shows(mini: MiniPlayer, services: Services) -> None:
    assert mini.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert mini.heading.text() == "Export controls on GPUs to China"
    assert mini.windowTitle() == "Export controls on GPUs to China · Earmark"
    assert mini.subheading.text() == "Lex Fridman Podcast · Lex Fridman Podcast 12"
    assert (mini.elapsed.text(), mini.remaining.text()) == ("1:12:40", "−4:03:18")
    assert mini.timeline.shown == HERE
    assert mini.buttons.play.accessibleName() == "Pause"
    services.playback.jump(STARGATE)
    assert mini.heading.text() == "Stargate"
    assert mini.transport.back.isVisible()


def test_its_buttons(mini: MiniPlayer, services: Services) -> None:
    for button, expected in (
        (mini.buttons.forward, HERE + 30_000),
        (mini.buttons.rewind, HERE + 15_000),
        (mini.buttons.next, STARGATE),
        (mini.buttons.previous, CHAPTERS[4].start),
        (mini.transport.back, STARGATE),
    ):
        QTest.mouseClick(button, Left)
        assert services.playback.position() == expected
    QTest.mouseClick(mini.buttons.play, Left)
    assert not services.playback.state.is_playing
    mini.resize(mini.fontMetrics().height() * 40, mini.height())
    mini.volume.setValue(40)
    assert services.playback.state.volume == pytest.approx(0.4)
    QTest.mouseClick(mini.mute, Left)
    assert services.playback.state.is_muted
    QTest.mouseClick(mini.timeline, Left, pos=mini.timeline.rect().center())
    assert services.playback.position() == pytest.approx(parse_timecode("2:37:59"), abs=120_000)


def test_the_keys_of_the_window_count(mini: MiniPlayer, services: Services) -> None:
    QTest.keyClick(mini, Key.Key_Right, Alt)
    assert services.playback.position() == STARGATE
    QTest.keyClick(mini, Key.Key_Backspace)
    assert services.playback.position() == HERE
    QTest.keyClick(mini, Key.Key_2)
    assert services.playback.position() == CHAPTERS[1].start
    QTest.keyClick(mini, Key.Key_BracketRight)
    assert services.playback.state.sound.speed == 1.05
    QTest.keyClick(mini, Key.Key_Space)
    assert not services.playback.state.is_playing


def test_space_presses_a_button_that_has_the_focus(mini: MiniPlayer, services: Services) -> None:
    mini.mute.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(mini.mute, Key.Key_Space)
    assert services.playback.state.is_muted
    assert services.playback.state.is_playing


def test_what_was_done_is_told_in_it(mini: MiniPlayer, playing: MainWindow, services: Services) -> None:
    QTest.keyClick(mini, Key.Key_B)
    assert services.bookmarks.count() == 1
    assert mini.subheading.text() == "1:12:40 is marked."
    assert mini.marks.bookmarks
    assert not playing.marking.field.isVisibleTo(playing)
    mini._note_timer.timeout.emit()
    mini._note_timer.stop()
    services.playback.seek_by(1000)
    assert mini.subheading.text() == "Lex Fridman Podcast · Lex Fridman Podcast 12"


def test_keys_for_chapters_mean_what_plays(mini: MiniPlayer, playing: MainWindow, services: Services) -> None:
    playing.chapters.show_episode(None)
    services.playback.jump(STARGATE)
    QTest.keyClick(mini, Key.Key_S)
    assert services.playback.state.skipped == {5}
    assert mini.subheading.text() == "“Stargate” is skipped from now on."


def test_chapters_are_chosen_from_a_list(mini: MiniPlayer, services: Services, qtbot: QtBot) -> None:
    QTest.mouseClick(mini.chapters, Left)
    popup = mini.findChild(ChaptersPopup)
    assert popup is not None
    assert popup.model.rowCount() == len(CHAPTERS)
    assert popup.table.currentIndex().row() == 4
    QTest.keyClick(popup.table, Key.Key_Down)
    QTest.keyClick(popup.table, Key.Key_Return)
    assert services.playback.position() == STARGATE
    qtbot.waitUntil(lambda: mini.findChild(ChaptersPopup) is None)


def test_cards_open_above_it(mini: MiniPlayer) -> None:
    QTest.keyClick(mini, Key.Key_Z)
    card = mini.findChild(SleepPopup)
    assert card is not None
    card.close()
    mini.resize(mini.fontMetrics().height() * 40, mini.height())
    QTest.mouseClick(mini.speed, Left)
    sound = mini.findChild(SoundPopup)
    assert sound is not None
    sound.close()


def test_place_and_width_are_kept_and_so_is_which_window_is_shown(
    mini: MiniPlayer, playing: MainWindow, build: Callable[[], MainWindow], library: Library
) -> None:
    unit = mini.fontMetrics().height()
    mini.resize(unit * 24, mini.height())
    mini.move(31, 47)
    playing.close()
    assert not mini.isVisible()
    again = build()
    again.appear()
    assert again.mini.isVisible()
    assert not again.isVisible()
    assert (again.mini.width(), again.mini.height()) == (unit * 24, mini.height())
    assert (again.mini.x(), again.mini.y()) == (31, 47)
    assert again.mini.heading.text() == "Export controls on GPUs to China"
    again.mini_switch.toggle()
    again.close()
    last = build()
    last.appear()
    assert last.isVisible()


@pytest.mark.parametrize("mini_first", [True, False])
def test_the_program_can_be_ended_from_outside(mini: MiniPlayer, playing: MainWindow, mini_first: bool) -> None:
    """As `QApplication.quit` does, which a session that ends calls: it gives up where a window does not close."""
    windows = [each.windowHandle() for each in (mini, playing)]
    for each in windows if mini_first else reversed(windows):
        assert each.close()
    assert (mini.isVisible(), playing.isVisible()) == (False, False)
    assert playing._memory.value("mini/shown", False, bool) is True


def test_nothing_overlaps_at_any_width(mini: MiniPlayer) -> None:
    for columns in (18, 21, 23, 25, 27, 33, 60):
        mini.resize(mini.fontMetrics().height() * columns, mini.height())
        QApplication.processEvents()
        row = [*mini.buttons.row, mini.speed, mini.sleep, mini.mute, mini.volume]
        shown = [QRect(each.mapTo(mini, QPoint(0, 0)), each.size()) for each in row if each.isVisible()]
        assert all(one.right() < other.left() for one, other in pairwise(shown)), columns
        assert shown[-1].right() < mini.width(), columns


def test_without_anything_to_play(window: MainWindow, qtbot: QtBot) -> None:
    window.mini_switch.show_mini()
    assert window.mini.heading.text() == "Nothing is playing"
    assert not window.mini.chapters.isEnabled()
    window.mini.open_chapters()
    assert window.mini.findChild(ChaptersPopup) is None


def test_all_that_plays_or_jumps_is_shared() -> None:
    shared = shared_commands()
    assert len(shared) == len(set(shared))
    assert {"toggle", "sleep", "chapter_9", "undo_jump", "loop", "bookmark", "copy_link", "quit"} <= set(shared)
    assert not {"paste", "bookmark_remove", "edit_chapters", "go_to"} & set(shared)
