"""The sleep timer in the window: set by mouse and by keys, shown while it counts, prolonged and called off."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.sleep import SleepKind
from player.core.timecode import MINUTE
from player.ui.main_window import MainWindow
from player.ui.sleep_popup import SleepPopup
from player.ui.texts import moment_text
from player.ui.widgets import PlainScrollArea
from seeded import CHAPTERS, NOW, Library

Key, Left = Qt.Key, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(window: MainWindow) -> SleepPopup:
    QTest.keyClick(window, Key.Key_Z)
    return next(each for each in window.findChildren(SleepPopup) if each.isVisible())


def clock(after: int) -> str:
    return moment_text(NOW + after, NOW)


def test_minutes_by_mouse_and_by_key(playing: MainWindow, services: Services) -> None:
    button = playing.player.sleep
    assert (button.text(), button.accessibleName(), button.is_lit) == ("", "Sleep timer", False)
    QTest.mouseClick(button, Left)
    popup = next(each for each in playing.findChildren(SleepPopup) if each.isVisible())
    QTest.mouseClick(popup.presets[5], Left)
    assert (button.text(), button.is_lit) == ("45:00", True)
    assert button.accessibleName() == f"Sleep · at {clock(45 * MINUTE)}"
    popup = opened(playing)
    assert popup.presets[4].hasFocus()
    assert popup.left.text() == "45:00"
    QTest.mouseClick(popup.more, Left)
    assert popup.left.text() == "50:00"
    QTest.keyClick(popup.presets[4], Key.Key_Space)
    assert services.sleeping.left() == 30 * MINUTE
    popup = opened(playing)
    popup.minutes.setValue(7)
    QTest.keyClick(popup.minutes.lineEdit(), Key.Key_Return)
    assert services.sleeping.left() == 7 * MINUTE
    popup = opened(playing)
    QTest.mouseClick(popup.off, Left)
    assert services.sleeping.sleep is None
    assert (button.text(), button.is_lit) == ("", False)


def test_ends(playing: MainWindow, services: Services) -> None:
    position = services.playback.position()
    until = CHAPTERS[5].start - position
    popup = opened(playing)
    assert popup.chapter.text() == f"End of this chapter · {clock(until)}"
    assert popup.chapters.text() == f"Set · {clock(CHAPTERS[6].start - position)}"
    QTest.mouseClick(popup.chapter, Left)
    assert services.playback.state.sleeps_at == CHAPTERS[5].start
    assert playing.player.sleep.accessibleName() == f"Sleep after “{CHAPTERS[4].title}” · at {clock(until)}"
    popup = opened(playing)
    QTest.mouseClick(popup.more, Left)
    assert services.playback.state.sleeps_at == CHAPTERS[6].start
    QTest.keyClick(popup.count.lineEdit(), Key.Key_Return)
    assert services.playback.state.sleeps_at == CHAPTERS[6].start
    popup = opened(playing)
    QTest.mouseClick(popup.episode, Left)
    sleep = services.sleeping.sleep
    assert sleep is not None
    assert sleep.kind is SleepKind.EPISODE
    popup = opened(playing)
    assert not popup.more.isVisible()
    QTest.mouseClick(popup.choose, Left)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text().rpartition(" · ")[2] for action in menu.actions()] == [each.title for each in CHAPTERS[4:]]
    menu.actions()[1].trigger()
    menu.close()
    assert services.playback.state.sleeps_at == CHAPTERS[6].start


def test_by_the_menu_of_a_chapter(playing: MainWindow, services: Services) -> None:
    def words(row: int) -> list[str]:
        index = playing.chapters.model.index(row, 0)
        playing.chapters.table.menu_asked.emit(index, playing.chapters.mapToGlobal(QPoint(10, 10)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        found = [action for action in menu.actions() if action.text().startswith("Sleep after this one")]
        for action in found:
            action.trigger()
        menu.close()
        return [action.text() for action in found]

    until = CHAPTERS[6].start - services.playback.position()
    assert words(5) == [f"Sleep after this one · {clock(until)}"]
    assert services.playback.state.sleeps_at == CHAPTERS[6].start
    assert words(2) == [], "it is over"


def test_a_chapter_that_ends_while_its_menu_is_open(
    playing: MainWindow, services: Services, library: Library, engine: ScriptedEngine
) -> None:
    services.playback.jump(CHAPTERS[4].end - 1000)
    popup = opened(playing)
    QTest.mouseClick(popup.choose, Left)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    engine.advance(2000)
    menu.actions()[0].trigger()
    menu.close()
    assert services.sleeping.sleep is None
    assert (popup.isVisible(), popup.about.text()) == (True, "That chapter is over already.")
    services.sleeping.after(MINUTE)
    assert popup.about.text().startswith("Sleep · at")
    QTest.mouseClick(popup.chapter, Left)
    assert services.playback.state.sleeps_at == CHAPTERS[6].start
    services.sleeping.cancel()
    services.playback.jump(CHAPTERS[5].end - 1000)
    for leave in (partial(engine.advance, 2000), partial(services.playback.open, library.others[0], play=False)):
        index = playing.chapters.model.index(6 if services.playback.current_chapter() == 6 else 5, 0)
        playing.chapters.table.menu_asked.emit(index, playing.chapters.mapToGlobal(QPoint(10, 10)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        leave()
        next(each for each in menu.actions() if each.text().startswith("Sleep after this one")).trigger()
        menu.close()
        assert services.sleeping.sleep is None
        assert playing.notices.words.text() == "That chapter is over already."
        playing.notices.dismiss()


def test_rewinding_is_a_choice(playing: MainWindow, services: Services) -> None:
    popup = opened(playing)
    assert popup.rewinds.isChecked()
    popup.rewinds.click()
    assert not services.settings.value.rewinds
    QTest.keyClick(popup, Key.Key_Escape)
    assert not popup.isVisible()


def test_with_nothing_open_there_is_no_end(window: MainWindow) -> None:
    popup = opened(window)
    for field in (popup.chapter, popup.count, popup.chapters, popup.choose, popup.episode):
        assert not field.isEnabled()
    assert popup.left.text() == "Sleep timer"


def test_a_card_that_is_higher_than_the_screen_scrolls(playing: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    low = QRect(0, 0, 800, 240)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _self: low)
    playing.player.sleep.open()
    popup = playing.findChild(SleepPopup)
    assert popup is not None
    assert popup.height() == low.height()
    area = popup.findChild(PlainScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() > 0
    assert area.isAncestorOf(popup.rewinds)
    popup.close()
