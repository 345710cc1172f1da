"""The transcript on an episode's page: read along, found in, copied from, and a way to every passage."""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPalette, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.events import EpisodesChanged, PositionChanged
from player.core.model import EpisodeId
from player.core.transcript import Segment, Transcript
from player.storage.database import change, open_writer
from player.storage.packed_transcripts import pack_transcript
from player.storage.transcripts import KeptTranscript, store_transcript
from player.system.paths import Profile
from player.ui import transcript_text
from player.ui.main_window import MainWindow
from player.ui.spaced_lines import LINE_HEIGHT
from player.ui.transcript_view import TranscriptView
from seeded import NOW, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left = Qt.MouseButton.LeftButton
URL = "https://127.0.0.1:9/t.vtt"
LONG = Transcript(
    tuple(
        Segment(
            n * 10_000, f"Passage number {n} has some words 🎧.", "Lex" if n // 4 % 2 else "Dylan", n * 10_000 + 9000
        )
        for n in range(1500)
    )
)


def keep(connection: Connection, episode: EpisodeId, transcript: Transcript | None, problem: str | None = None) -> None:
    """A feed has told of a transcript, and it was fetched just now."""
    change(
        connection,
        "INSERT OR REPLACE INTO transcript (episode, place, url, is_captions) VALUES (?, 0, ?, 0)",
        (episode, URL),
    )
    kept = KeptTranscript(URL, asked_at=NOW, problem=problem)
    if transcript is not None:
        store_transcript(connection, episode, kept, pack_transcript(transcript))
    else:
        change(
            connection,
            "INSERT INTO kept_transcript (episode, url, asked_at, problem) VALUES (?, ?, ?, ?)",
            (episode, URL, NOW, problem),
        )


@pytest.fixture
def told(profile: Profile, library: Library) -> Callable[..., None]:
    def tell(transcript: Transcript | None = LONG, problem: str | None = None) -> None:
        connection = open_writer(profile.database)
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            keep(connection, library.main, transcript, problem)
        connection.close()

    return tell


@pytest.fixture
def reading(
    qtbot: QtBot, told: Callable[..., None], playing: MainWindow, services: Services, library: Library
) -> MainWindow:
    """The main episode plays at 1:12:40, and its transcript is shown."""
    told()
    services.bus.publish(EpisodesChanged((library.main,)))
    playing.page.tabs.choose("transcript")
    assert view_of(playing).isVisible()
    qtbot.waitUntil(lambda: view_of(playing).is_written)
    return playing


def view_of(window: MainWindow) -> TranscriptView:
    return window.page.transcript.view


def place_of(view: TranscriptView, number: int) -> QPoint:
    """Where the first letters of a passage are drawn."""
    cursor = QTextCursor(view.document().find(f"Passage number {number} has"))
    cursor.setPosition(cursor.selectionStart() + 3)
    return view.cursorRect(cursor).center()


def marked(view: TranscriptView) -> list[str]:
    return [each.cursor.selectedText() for each in view.extraSelections()]


def test_the_tab_is_there_with_a_transcript_only(window: MainWindow, library: Library) -> None:
    window.show_episode(library.main)
    assert not window.page.tabs.isTabVisible(1)
    assert not window.page.begin_find()


def test_what_is_heard_is_marked_and_in_view(reading: MainWindow, services: Services, library: Library) -> None:
    view = view_of(reading)
    assert marked(view) == ["Passage number 436 has some words 🎧."]
    assert view.is_heard_seen
    assert not reading.page.transcript.way_back.isVisible()
    text = view.toPlainText()
    assert "Introduction" in text
    assert "Dylan  0:00" in text
    services.bus.publish(PositionChanged(library.main, 5_000_000))
    assert marked(view) == ["Passage number 500 has some words 🎧."]
    assert view.is_heard_seen


@pytest.mark.parametrize("size", [(1280, 820), (900, 600)])
def test_there_is_one_scroll_bar_at_the_edge_of_the_page(
    qtbot: QtBot, reading: MainWindow, size: tuple[int, int]
) -> None:
    page, view = reading.page, view_of(reading)
    reading.resize(*size)

    def is_aligned() -> bool:
        words, heading = (each.mapTo(page, QPoint(0, 0)).x() for each in (view.viewport(), page.heading))
        return words == heading

    qtbot.waitUntil(is_aligned)
    assert page.area.verticalScrollBar().maximum() == 0
    assert view.verticalScrollBar().maximum() > 0
    assert view.mapTo(page, view.rect().bottomRight()) == page.rect().bottomRight()
    page.tabs.choose("notes")
    QApplication.processEvents()
    assert page.area.height() == page.height()


def test_lines_have_air_between_them_at_any_width(reading: MainWindow) -> None:
    view = view_of(reading)
    for width in (1280, 900):
        reading.resize(width, 820)
        QApplication.processEvents()
        block = view.document().find("Passage number 436").block()
        layout = view.document().documentLayout()
        room = layout.blockBoundingRect(block)
        lines = block.layout()
        assert lines.lineCount() > 1
        steps = {lines.lineAt(n + 1).y() - lines.lineAt(n).y() for n in range(lines.lineCount() - 1)}
        assert steps == {round(lines.lineAt(0).height() * LINE_HEIGHT)}
        assert room.height() == lines.lineCount() * steps.pop()
        begin = view.cursorRect(QTextCursor(block)).center()
        assert view.cursorForPosition(begin).block() == block, "a click finds what is drawn there"


def test_who_scrolls_away_is_left_alone_and_led_back(reading: MainWindow, services: Services, library: Library) -> None:
    view, way_back = view_of(reading), reading.page.transcript.way_back
    view.verticalScrollBar().setValue(0)
    services.bus.publish(PositionChanged(library.main, 5_000_000))
    assert view.verticalScrollBar().value() == 0
    assert way_back.isVisible()
    QTest.mouseClick(way_back, Left)
    assert view.is_heard_seen
    assert not way_back.isVisible()
    services.bus.publish(PositionChanged(library.main, 6_000_000))
    assert view.is_heard_seen


def test_a_click_on_a_passage_goes_there(reading: MainWindow, services: Services) -> None:
    view = view_of(reading)
    QTest.mouseMove(view.viewport(), place_of(view, 438))
    QTest.mouseClick(view.viewport(), Left, pos=place_of(view, 438))
    assert services.playback.position() == 4_380_000
    assert services.playback.state.is_playing


def test_selecting_words_goes_nowhere(reading: MainWindow, services: Services) -> None:
    view, before = view_of(reading), services.playback.position()
    begin = place_of(view, 438)
    QTest.mousePress(view.viewport(), Left, pos=begin)
    QTest.mouseMove(view.viewport(), begin + QPoint(80, 0))
    QTest.mouseRelease(view.viewport(), Left, pos=begin + QPoint(80, 0))
    assert services.playback.position() == before
    assert view.textCursor().selectedText()


def test_enter_goes_to_the_passage_of_the_caret(reading: MainWindow, services: Services) -> None:
    view = view_of(reading)
    cursor = QTextCursor(view.document().find("number 700 has"))
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert services.playback.position() == 7_000_000


def test_copy_with_time(reading: MainWindow) -> None:
    view = view_of(reading)
    view.setTextCursor(QTextCursor(view.document().find("number 700 has")))
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "[1:56:40] Lex: Passage number 700 has some words 🎧."


def test_finding(reading: MainWindow) -> None:
    part = reading.page.transcript
    QTest.keyClick(reading, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert part.field.line.hasFocus()
    QTest.keyClicks(part.field.line, "NUMBER 70")
    assert part.count.text() == "1 of 11" or part.count.text().endswith(" of 11")
    first = part.view.match
    QTest.keyClick(part.field.line, Qt.Key.Key_Return)
    assert part.view.match == (first + 1) % 11
    QTest.keyClick(part.field.line, Qt.Key.Key_Up)
    assert part.view.match == first
    assert "number 70" in marked(part.view), "beside the words that are heard"
    QTest.keyClicks(part.field.line, "zz")
    assert part.count.text() == "not there"
    QTest.keyClick(part.field.line, Qt.Key.Key_Escape)
    assert not part.finding.isVisible()
    assert len(marked(part.view)) == 1


def test_why_there_is_none(
    told: Callable[..., None], window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    told(None, "The transcript was not read: HTTP 404.")
    window.show_episode(library.main)
    window.page.tabs.choose("transcript")
    part = window.page.transcript
    assert part.state.text() == "The transcript was not read: HTTP 404."
    assert [each.text() for each in part.chips.buttons] == ["Try again", "Open in the browser"]
    QTest.mouseClick(part.chips.buttons[0], Left)
    assert "HTTP 404" not in part.state.text()
    assert not part.view.isVisible()


def test_without_times(told: Callable[..., None], window: MainWindow, library: Library) -> None:
    told(Transcript((Segment(None, "Only words."), Segment(None, "And others.", "Ann"))))
    window.show_episode(library.main)
    window.page.tabs.choose("transcript")
    part = window.page.transcript
    assert part.state.text() == "This transcript does not tell when its words are said."
    assert part.view.toPlainText() == "Only words.\n\nAnn  \nAnd others."


def test_another_theme_leaves_the_place_and_the_mark(qtbot: QtBot, reading: MainWindow, services: Services) -> None:
    view = view_of(reading)
    place, words = view.verticalScrollBar().value(), marked(view)
    services.settings.change(theme="dark")
    reading.setPalette(QPalette(Qt.GlobalColor.black))
    qtbot.waitUntil(lambda: view.is_written)
    assert (view.verticalScrollBar().value(), marked(view)) == (place, words)
    assert not reading.grab().isNull()


def test_a_long_one_is_written_in_portions(
    qtbot: QtBot,
    told: Callable[..., None],
    playing: MainWindow,
    services: Services,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transcript_text, "PORTION", 0.0)
    told()
    services.bus.publish(EpisodesChanged((library.main,)))
    playing.page.tabs.choose("transcript")
    view, part = view_of(playing), playing.page.transcript
    first = view.document().characterCount()
    assert 0 < first < 1000
    assert view.is_heard_seen, "there is no way to what is not written yet"
    assert part.begin_find()
    part.field.line.setText("number 1499 ")
    assert part.count.text() == "not there"
    monkeypatch.setattr(transcript_text, "PORTION", 0.008)
    qtbot.waitUntil(lambda: view.is_written)
    assert view.document().characterCount() > 40_000
    assert "Passage number 1499 " in view.toPlainText()
    assert part.count.text() == "1 of 1"


def test_what_is_heard_comes_into_view_once_it_is_written(
    qtbot: QtBot,
    told: Callable[..., None],
    playing: MainWindow,
    services: Services,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transcript_text, "PORTION", 0.0)
    told()
    services.bus.publish(EpisodesChanged((library.main,)))
    playing.page.tabs.choose("transcript")
    view = view_of(playing)
    assert view.verticalScrollBar().value() == 0
    monkeypatch.setattr(transcript_text, "PORTION", 0.008)
    qtbot.waitUntil(lambda: view.is_written)
    assert view.verticalScrollBar().value() > 0
    assert view.is_heard_seen


def last_mark(view: TranscriptView) -> int:
    """Where the last mark of the text ends."""
    marks = view.extraSelections()
    return marks[-1].cursor.position()


def test_only_the_matches_in_view_are_marked(qtbot: QtBot, reading: MainWindow) -> None:
    view, part = view_of(reading), reading.page.transcript
    part.begin_find()
    part.field.line.setText("passage")
    assert part.count.text().endswith("of 999+")
    assert 1 < len(view.extraSelections()) < 60
    qtbot.waitUntil(lambda: not view._marking.isActive())
    top = last_mark(view)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 200)
    qtbot.waitUntil(lambda: last_mark(view) > top)
