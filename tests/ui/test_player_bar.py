from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.app.home import InlineHome
from player.audio.fingerprint import fingerprint
from player.audio.scripted import ScriptedEngine
from player.audio.source import Source
from player.audio.waveform_file import KeptWaveform, keep_waveform
from player.core.events import DownloadChanged, DownloadProgressed
from player.core.model import EpisodeId
from player.core.ranges import Ranges
from player.core.timecode import parse_timecode
from player.core.waveform import Waveform
from player.net.download import Arrival
from player.ui.main_window import MainWindow
from player.ui.player_bar import PlayerBar
from seeded import DURATION, STARGATE, Library

Left = Qt.MouseButton.LeftButton


def test_nothing_is_playing(window: MainWindow) -> None:
    bar = window.player
    assert bar.heading.text() == "Nothing is playing"
    assert not bar.forward.isEnabled()
    assert not bar.timeline.isEnabled()
    assert bar.elapsed.text() == ""


def test_the_play_button_plays_what_is_shown(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    QTest.mouseClick(window.player.play, Left)
    assert services.playback.state.episode == library.main
    assert services.playback.state.is_playing


def test_what_plays(playing: MainWindow, library: Library) -> None:
    bar = playing.player
    assert bar.heading.text() == "Export controls on GPUs to China"
    assert bar.subheading.text() == "Lex Fridman Podcast · Lex Fridman Podcast 12"
    assert bar.elapsed.text() == "1:12:40"
    assert bar.remaining.text() == "−4:03:18"
    assert bar.chapter_left.text() == "3:44:15 to the next chapter"
    assert bar.play.accessibleName() == "Pause"
    assert bar.timeline.position == parse_timecode("1:12:40")


def test_what_is_skipped_takes_no_time(playing: MainWindow, services: Services, library: Library) -> None:
    bar, state = playing.player, services.playback.state
    number = [each.start for each in state.chapters].index(STARGATE)
    stargate = state.chapters[number]
    services.chapters.set_skipped(library.main, [stargate], is_skipped=True).result()
    assert bar.remaining.text() == "−3:55:49"
    assert bar.remaining.toolTip() == "4:03:18 of audio, 7:29 of it skipped"
    last = state.chapters[number + 1 :] + state.chapters[number - 4 : number]
    services.chapters.set_skipped(library.main, last, is_skipped=True).result()
    assert bar.chapter_left.text().endswith(" left"), "no chapter is heard after this one"


def test_the_waveform_of_what_plays_is_on_the_timeline(
    playing: MainWindow, services: Services, library: Library
) -> None:
    without = playing.player.timeline.grab().toImage()
    with Source(Path(services.library.download(library.main).path or "")) as audio:
        size = audio.seek(0, 2)
        mark = fingerprint(audio, size)
    waveform = Waveform(b"\xf0" * (DURATION // 250), is_complete=True)
    keep_waveform(services.profile.waveforms / f"{library.main}.peaks", KeptWaveform(waveform, size, mark))
    services.waveforms.start()
    assert playing.player.timeline.grab().toImage() != without
    services.playback.open(library.episodes[1], play=False)
    services.playback.open(library.main, at=parse_timecode("1:12:40"))
    assert playing.player.timeline.grab().toImage() != without
    services.downloads.remove(library.main)
    assert services.waveforms.waveform(library.main) is None
    assert playing.player.timeline.grab().toImage() == without


def test_what_has_not_come_yet_is_pale_until_it_is_there(
    playing: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = playing.player.timeline.grab().toImage()
    half = Arrival(Path("a.mp3.part"), Ranges(((0, 50),)), 100, Path("a.mp3"))
    running: dict[EpisodeId, Arrival] = {library.main: half}
    monkeypatch.setattr(services.downloads, "arrival", running.get)
    services.bus.publish(DownloadProgressed(library.episodes[1], 50, 100, 0.0, None))
    assert playing.player.timeline.grab().toImage() == whole, "another one"
    services.bus.publish(DownloadProgressed(library.main, 50, 100, 0.0, None))
    assert playing.player.timeline.grab().toImage() != whole
    running.clear()
    services.bus.publish(DownloadChanged(library.main))
    assert playing.player.timeline.grab().toImage() == whole


def test_the_buttons(playing: MainWindow, services: Services) -> None:
    bar = playing.player
    here = services.playback.position()
    for button, expected in (
        (bar.forward, here + 30_000),
        (bar.rewind, here + 15_000),
        (bar.next, STARGATE),
        (bar.previous, parse_timecode("1:08:52")),
    ):
        QTest.mouseClick(button, Left)
        assert services.playback.position() == expected
    QTest.mouseClick(bar.play, Left)
    assert not services.playback.state.is_playing
    assert bar.play.accessibleName() == "Play"


def test_the_way_back_after_a_jump(playing: MainWindow, services: Services) -> None:
    bar = playing.player
    assert not bar.back_to.isVisible()
    services.playback.jump(STARGATE)
    assert bar.back_to.isVisible()
    assert bar.back_to.text() == "Back to 1:12:40"
    services.sounds.change_speed(0.05)
    assert bar.back_to.isVisible()
    QTest.mouseClick(bar.back_to, Left)
    assert services.playback.position() == parse_timecode("1:12:40")
    assert not bar.back_to.isVisible()


def test_the_way_back_goes_away_by_itself(playing: MainWindow, services: Services) -> None:
    services.playback.jump(STARGATE)
    playing.player.way_back.timer.timeout.emit()
    assert not playing.player.back_to.isVisible()
    services.playback.seek_by(1000)
    assert not playing.player.back_to.isVisible()


def test_dragging_shows_where_it_would_go(playing: MainWindow, services: Services) -> None:
    timeline = playing.player.timeline
    before = services.playback.position()
    QTest.mousePress(timeline, Left, pos=timeline.rect().center())
    assert playing.player.elapsed.text().startswith("2:3")
    assert services.playback.position() == before
    QTest.mouseRelease(timeline, Left, pos=timeline.rect().center())
    assert services.playback.position() == pytest.approx(parse_timecode("2:37:59"), abs=60_000)


def test_volume_and_mute(playing: MainWindow, services: Services) -> None:
    bar = playing.player
    bar.volume.setValue(40)
    assert services.playback.state.volume == pytest.approx(0.4)
    QTest.mouseClick(bar.mute, Left)
    assert services.playback.state.is_muted
    assert bar.mute.icon_name == "muted"
    assert bar.volume.value() == 0


def test_ticks_move_the_clock(playing: MainWindow, engine: ScriptedEngine, home: InlineHome) -> None:
    engine.advance(2000)
    home.tick()
    assert playing.player.elapsed.text() == "1:12:42"


def test_the_cover_leads_to_the_page(playing: MainWindow, library: Library) -> None:
    playing.show_episode(library.episodes[3])
    QTest.mouseClick(playing.player.cover, Left)
    assert playing.page.episode == library.main


@pytest.mark.parametrize("width", [600, 800, 1000, 1900])
def test_gives_way_in_narrow_windows(playing: MainWindow, qtbot: QtBot, width: int) -> None:
    unit = playing.fontMetrics().height()
    playing.resize(round(width * unit / 17), 600)
    qtbot.waitUntil(lambda: playing.player.minimumSizeHint().width() <= playing.width() == playing.player.width())
    assert not playing.player.grab().isNull()


def test_nothing_lies_over_a_button(playing: MainWindow, services: Services, application: QApplication) -> None:
    bar, forms = playing.player, set()
    services.playback.jump(STARGATE)
    unit = playing.fontMetrics().height()
    for width in range(600, 1500, 20):
        playing.resize(round(width * unit / 17), 600)
        application.processEvents()
        edges = [(bar.mapFromGlobal(each.mapToGlobal(QPoint())).x(), each.width()) for each in _row(bar)]
        assert all(left + wide <= right for (left, wide), (right, _) in pairwise(edges)), f"at a width of {width}"
        if bar.back_to.isVisible():
            forms.add(bar.back_to.text())
        assert bar.back_to.isVisible() or width < 760
    assert forms == {"", "1:12:40", "Back to 1:12:40"}
    assert bar.back_to.accessibleName() == "Back to 1:12:40"
    assert bar.chapter_left.isVisible(), "in a wide window there is room for words, too"


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_the_loop_button_has_its_room_and_gives_it_back(
    playing: MainWindow, services: Services, library: Library, application: QApplication
) -> None:
    bar, unit = playing.player, playing.fontMetrics().height()

    def buttons() -> list[QWidget]:
        application.processEvents()
        parts = (*bar.buttons.row, *bar._right)
        return [part for part in parts if part.isVisible() and part is not bar.volume]

    playing.setMinimumWidth(1)
    for width in range(400, 760, 10):
        playing.resize(round(width * unit / 17), 600)
        before = buttons()
        services.playback.loop_chapter(library.main, 3)
        assert bar.loop in buttons()
        assert [part for part in buttons() if part.width() < part.sizeHint().width()] == [], f"at a width of {width}"
        services.playback.end_loop()
        assert buttons() == before, f"at a width of {width}"


def _row(bar: PlayerBar) -> list[QWidget]:
    """What is visible of the row above the timeline, from left to right."""
    parts = (bar.back_to, bar.previous, bar.rewind, bar.play, bar.forward, bar.next, bar.chapter_left)
    return [part for part in parts if part.isVisible()]
