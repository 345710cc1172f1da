from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.sound import Listened, Sound, Trimming
from player.ui.main_window import MainWindow
from player.ui.sound_popup import SoundPopup
from seeded import Library

Key, Left = Qt.Key, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def popup(playing: MainWindow) -> SoundPopup:
    """The popup, as the button of the player bar opens it."""
    QTest.mouseClick(playing.player.speed, Left)
    popup = playing.player.findChild(SoundPopup)
    assert popup is not None
    return popup


def test_speed_by_mouse(popup: SoundPopup, engine: ScriptedEngine) -> None:
    QTest.mouseClick(popup.presets[3], Left)
    assert engine.sound.speed == 1.5
    assert [button.isChecked() for button in popup.presets] == [False, False, False, True, False, False, False, False]
    QTest.mouseClick(popup.faster, Left)
    assert engine.sound.speed == 1.55
    assert not any(button.isChecked() for button in popup.presets)
    QTest.mouseClick(popup.slower, Left)
    QTest.mouseClick(popup.slower, Left)
    assert engine.sound.speed == 1.45
    assert popup.speed.accessibleName() == "Speed 1.45×"


def test_everything_by_keys(popup: SoundPopup, engine: ScriptedEngine) -> None:
    assert popup.speed.hasFocus()
    QTest.keyClick(popup.speed, Key.Key_Right)
    assert engine.sound.speed == 1.05
    QTest.keyClick(popup.speed, Key.Key_PageUp)
    assert engine.sound.speed == 1.3
    QTest.keyClick(popup, Key.Key_BracketLeft)
    assert engine.sound.speed == 1.25
    QTest.keyClick(popup.speed, Key.Key_End)
    assert engine.sound.speed == 4.0
    reached = set()
    for _ in range(20):
        widget = popup.focusWidget()
        assert widget is not None
        assert widget.accessibleName() or getattr(widget, "text", str)()
        reached.add(widget)
        QTest.keyClick(widget, Key.Key_Tab)
    assert {popup.speed, popup.levelled, popup.mono, popup.only_here, popup.faster} <= reached
    assert len(reached & {*popup.presets}) == len(reached & {*popup.trimming.values()}) == 1
    popup.presets[0].setFocus()
    QTest.keyClick(popup.presets[0], Key.Key_Right)
    assert engine.sound.speed == 1.0, "the arrows lead on among them"
    popup.trimming[Trimming.OFF].setFocus()
    QTest.keyClick(popup.trimming[Trimming.OFF], Key.Key_Right)
    assert engine.sound.trimming is Trimming.GENTLE
    QTest.keyClick(popup.levelled, Key.Key_Space)
    QTest.keyClick(popup.mono, Key.Key_Space)
    assert engine.sound == Sound(1.0, Trimming.GENTLE, is_levelled=True, is_mono=True)
    QTest.keyClick(popup, Key.Key_Escape)
    assert not popup.isVisible()


def test_only_for_this_podcast(popup: SoundPopup, services: Services, library: Library) -> None:
    assert popup.only_here.text() == "Only for Lex Fridman Podcast"
    QTest.mouseClick(popup.only_here, Left)
    assert services.sounds.is_own
    QTest.mouseClick(popup.presets[5], Left)
    services.sounds.turn_to(library.other)
    assert popup.only_here.accessibleName() == "Only for Acquired"
    assert not popup.only_here.isChecked()
    assert services.sounds.current == Sound()
    services.sounds.turn_to(library.lex)
    assert popup.only_here.isChecked()
    assert popup.presets[5].isChecked()
    QTest.mouseClick(popup.only_here, Left)
    assert services.sounds.current == Sound()


def test_what_was_saved(popup: SoundPopup, services: Services) -> None:
    assert popup.saved.text() == ""
    services.sounds.count(Listened(3_600_000, 1_800_000, 12 * 60_000 + 5_000), is_last=True)
    services.sounds.choose(Sound(2.0))
    assert popup.saved.text() == "Saved 12 min by trimming, 30 min by speed so far"


def test_the_bar_shows_it(playing: MainWindow, services: Services, engine: ScriptedEngine) -> None:
    bar = playing.player
    assert bar.remaining.toolTip() == ""
    services.sounds.choose(Sound(1.4))
    assert bar.speed.text() == "1.4×"
    assert bar.speed.accessibleName() == "Speed 1.4×, more about sound"
    assert bar.remaining.text() == "−2:53:47"
    assert bar.remaining.toolTip() == "4:03:18 of audio"
    assert bar.chapter_left.text() == "2:40:10 to the next chapter"
    QTest.mouseClick(bar.trim, Left)
    assert engine.sound == Sound(1.4, Trimming.MEDIUM)
    assert bar.trim.isChecked()
    QTest.mouseClick(bar.trim, Left)
    assert engine.sound == Sound(1.4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_seen(popup: SoundPopup, services: Services, scheme: str, application: QApplication) -> None:
    from player.ui.theme import build_palette

    application.setPalette(build_palette(is_dark=scheme == "dark"))
    services.sounds.choose(Sound(1.0, is_mono=True))
    image = popup.grab().toImage()
    for box in (popup.levelled, popup.mono):
        edge = image.pixelColor(box.mapTo(popup, box.rect().topLeft()).x() + 6, box.geometry().center().y())
        page = image.pixelColor(2, 2)
        assert abs(edge.lightness() - page.lightness()) > 3
