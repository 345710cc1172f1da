"""Which chapters were heard, in the window: marks, keys, menus, ways on, and the loop on the timeline."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gestures import choose, list_menu, press, row_menu
from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.heard import Heard
from player.core.session import Loop, Part
from player.ui.chapter_model import SkippedRole
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, STARGATE, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALL, PARTLY, NOT = Heard.ALL, Heard.PARTLY, Heard.NOT
MINUTE = 60_000


def hear(services: Services, library: Library, *spans: tuple[int, int]) -> None:
    """Let spans of the main episode have been heard."""
    services.heard.note(library.main, spans)
    services.listening.store_position(library.main, services.playback.position())


def test_marks_are_shown_said_and_counted(playing: MainWindow, services: Services, library: Library) -> None:
    column = playing.chapters
    plain = column.table.grab().toImage()
    assert "7 chapters ·" in playing.page.facts.text()
    hear(services, library, (0, CHAPTERS[1].end), (CHAPTERS[2].start, CHAPTERS[2].start + 5 * MINUTE))
    assert column.model.heard == (ALL, ALL, PARTLY, NOT, NOT, NOT, NOT)
    assert column.table.grab().toImage() != plain
    spoken = [column.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2, 3)]
    assert [words.split(" · ")[1] for words in spoken] == ["heard", "partly heard", "8 min"]
    assert "5 of 7 chapters not heard" in playing.page.facts.text()
    hear(services, library, (CHAPTERS[2].start, CHAPTERS[-1].end))
    assert "· 7 chapters ·" in playing.page.facts.text()


def test_the_chapter_that_ends_gets_its_mark_at_once(
    playing: MainWindow, services: Services, engine: ScriptedEngine, library: Library
) -> None:
    hear(services, library, (CHAPTERS[4].start, STARGATE - 5_000))
    services.playback.jump(STARGATE - 1_000)
    services.playback.play()
    engine.advance(2_000)
    services.playback._on_tick()
    assert playing.chapters.model.heard[4] is ALL


def test_a_key_and_the_menu_say_what_was_heard(playing: MainWindow, services: Services, library: Library) -> None:
    model = playing.chapters.model
    choose(playing, 5)
    QTest.keyClick(playing.chapters.table, Qt.Key.Key_H)
    assert model.heard[5] is ALL
    assert playing.notices.words.text() == "“Stargate” is marked as heard."
    QTest.mouseClick(playing.notices.action, Qt.MouseButton.LeftButton)
    assert model.heard[5] is NOT
    press(list_menu(playing), "Mark all as heard")
    assert model.heard == (ALL,) * 7
    assert services.library.episode(library.main).is_played
    press(row_menu(playing, 3), "Mark as not heard")
    assert model.heard == (ALL, ALL, ALL, NOT, ALL, ALL, ALL)
    assert not services.library.episode(library.main).is_played
    press(list_menu(playing), "Mark all as not heard")
    assert model.heard == (NOT,) * 7


def test_the_next_chapter_that_was_not_heard(playing: MainWindow, services: Services, library: Library) -> None:
    hear(services, library, (0, CHAPTERS[2].start + 5 * MINUTE), (CHAPTERS[3].start, CHAPTERS[-1].end))
    playing.page.setFocus()
    QTest.keyClick(playing.page, Qt.Key.Key_U)
    assert services.playback.position() == CHAPTERS[2].start + 5 * MINUTE, "on where it was left"
    hear(services, library, (CHAPTERS[2].start, CHAPTERS[2].end))
    QTest.keyClick(playing.page, Qt.Key.Key_U)
    assert playing.notices.words.text() == "Every other chapter is heard."


def test_a_chapter_that_was_left_offers_to_go_on_there(
    playing: MainWindow, services: Services, library: Library
) -> None:
    left = STARGATE + 3 * MINUTE
    hear(services, library, (STARGATE, left))
    services.playback.jump(0)
    choose(playing, 5)
    QTest.keyClick(playing.chapters.table, Qt.Key.Key_Return)
    assert services.playback.position() == STARGATE
    assert playing.notices.words.text() == "“Stargate” was left at 4:59:55."
    QTest.mouseClick(playing.notices.action, Qt.MouseButton.LeftButton)
    assert services.playback.position() == left
    services.playback.jump(0)
    press(row_menu(playing, 5), "Go on at 4:59:55")
    assert services.playback.position() == left


def test_one_chapter_alone_and_again_and_again(playing: MainWindow, services: Services, engine: ScriptedEngine) -> None:
    press(row_menu(playing, 5), "Play only this chapter")
    assert services.playback.state.part == Part(STARGATE, CHAPTERS[5].end, is_alone=True)
    choose(playing, 3)
    QTest.keyClick(playing.chapters.table, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    assert services.playback.state.loop == Loop(CHAPTERS[3].start, CHAPTERS[3].end)
    button = playing.player.loop
    assert (engine.loop, button.isVisible()) == ((CHAPTERS[3].start, CHAPTERS[3].end), True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (engine.loop, button.isVisible()) == (None, False)


def test_a_loop_is_seen_on_the_timeline(playing: MainWindow, services: Services, engine: ScriptedEngine) -> None:
    timeline = playing.player.timeline
    services.playback.jump(STARGATE)
    plain = timeline.grab().toImage()
    QTest.keyClick(playing, Qt.Key.Key_L)
    begun = timeline.grab().toImage()
    assert begun != plain
    assert playing.notices.words.text() == "The loop begins at 4:56:55. Press L where it ends."
    services.playback.seek_by(-30 * MINUTE)
    QTest.keyClick(playing, Qt.Key.Key_L)
    assert engine.loop == (STARGATE - 30 * MINUTE, STARGATE)
    assert timeline.grab().toImage() != begun
    services.playback.jump(0)
    assert engine.loop is None


def test_a_click_on_the_box_skips_and_does_not_play(playing: MainWindow, services: Services) -> None:
    table, model = playing.chapters.table, playing.chapters.model
    before = services.playback.position()
    index = model.index(5, 0)
    place = table.delegate.mark_area(table.visualRect(index), table.font()).center()
    plain = table.grab().toImage()
    QTest.mouseMove(table.viewport(), place)
    assert table.delegate.pointed == 5
    assert table.grab().toImage() != plain
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert index.data(SkippedRole)
    assert services.playback.position() == before
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert not index.data(SkippedRole)
