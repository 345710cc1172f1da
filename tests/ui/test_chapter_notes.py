"""What is said of the shown chapters beside them, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.core.model import LinkedDocument
from player.core.timecode import parse_timecode
from player.storage import documents
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.buttons import FlatButton
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, DURATION, STARGATE, Library
from webserver import Route, WebServer

Left, Control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
LATER = 151_000
DOCUMENT = b'{"chapters": [{"startTime": 0, "title": "Hello"}, {"startTime": 9000, "title": "The end"}]}'


def chips(window: MainWindow) -> dict[str, FlatButton]:
    return {each.text(): each for each in window.chapters.notes.chips.buttons}


def press(window: MainWindow, words: str) -> None:
    QTest.mouseClick(chips(window)[words], Left)


def starts(window: MainWindow) -> list[int]:
    return [chapter.start for chapter in window.chapters.model.chapters]


# --- a chapter document


@pytest.fixture
def documented(profile: Profile, library: Library) -> Iterator[WebServer]:
    """The main episode's feed names a chapter document, which is not there."""
    with WebServer() as server:
        server["/c.json"] = Route(b"", status=404)
        connection = open_writer(profile.database)
        documents.set_documents(connection, [(library.main, LinkedDocument(server.url("/c.json")))])
        connection.close()
        yield server


def test_a_document_that_was_not_read_is_told_and_asked_for_again(
    documented: WebServer, library: Library, services: Services, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(library.main)
    notes = window.chapters.notes
    assert notes.isVisible()
    assert notes.words.text().startswith("The podcast's chapter file was not read: there is nothing")
    press(window, "Try again")
    assert len(documented.asked("/c.json")) == 2
    assert notes.isVisible()
    documented["/c.json"] = Route(DOCUMENT, "application/json")
    press(window, "Try again")
    assert not notes.isVisible()
    assert services.chapters.view(library.main).others


def test_while_it_is_asked_for_it_says_so(
    documented: WebServer,
    library: Library,
    services: Services,
    show_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = show_window()
    window.show_episode(library.main)
    monkeypatch.setattr(services.jobs, "submit", lambda *_: Future[None]())
    press(window, "Try again")
    assert not chips(window)["Asking again…"].isEnabled()
    assert len(documented.asked("/c.json")) == 1


# --- times that may be off


@pytest.fixture
def longer(profile: Profile, library: Library) -> Library:
    """The main episode's audio is 2:31 longer than its feed says."""
    connection = open_writer(profile.database)
    connection.execute("UPDATE episode SET duration = ? WHERE id = ?", (DURATION - LATER, library.main))
    connection.execute("UPDATE episode SET measured = ? WHERE id = ?", (DURATION, library.main))
    connection.close()
    return library


@pytest.fixture
def hinted(longer: Library, services: Services, show_window: Callable[[], MainWindow]) -> MainWindow:
    window = show_window()
    window.show_episode(longer.main)
    assert window.chapters.notes.isVisible()
    assert "2:31 longer" in window.chapters.notes.words.text()
    assert window.chapters.model.chapters == CHAPTERS, "nothing moves by itself"
    return window


def test_all_chapters_are_moved_and_moved_back(hinted: MainWindow) -> None:
    press(hinted, "Move all by +2:31")
    assert starts(hinted) == [chapter.start + LATER for chapter in CHAPTERS]
    index = hinted.chapters.model.index(0, 0)
    assert "moved +2:31 from here" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not hinted.chapters.notes.isVisible()
    assert hinted.notices.words.text() == "All chapters are moved by +2:31."
    QTest.mouseClick(hinted.notices.action, Left)
    assert hinted.chapters.model.chapters == CHAPTERS
    assert hinted.chapters.notes.isVisible()


def test_they_may_be_right_as_they_are(hinted: MainWindow, services: Services, longer: Library) -> None:
    press(hinted, "Leave them")
    assert not hinted.chapters.notes.isVisible()
    assert hinted.chapters.model.chapters == CHAPTERS
    services.chapters.undo(longer.main).result()
    assert hinted.chapters.notes.isVisible()


def test_the_chapter_that_is_heard_starts_now(hinted: MainWindow, services: Services, longer: Library) -> None:
    assert not chips(hinted)["This chapter starts now"].isEnabled(), "nothing is heard of it"
    place = parse_timecode("4:57:55") or 0
    services.playback.open(longer.main, at=place)
    button = chips(hinted)["This chapter starts now"]
    assert button.toolTip() == "“Stargate” starts at what is heard now"
    press(hinted, "This chapter starts now")
    assert starts(hinted)[5:] == [place, CHAPTERS[6].start + place - STARGATE]
    assert starts(hinted)[:5] == [chapter.start for chapter in CHAPTERS[:5]]
    assert not hinted.chapters.notes.isVisible()


def test_the_chosen_chapter_starts_now(hinted: MainWindow, services: Services, longer: Library) -> None:
    services.playback.open(longer.main, at=STARGATE)
    QTest.keyClick(hinted, Qt.Key.Key_E, Control)
    table = hinted.chapters.table
    QTest.mouseClick(table.viewport(), Left, pos=table.visualRect(hinted.chapters.model.index(4, 0)).center())
    assert "Export controls" in chips(hinted)["This chapter starts now"].toolTip()
    press(hinted, "This chapter starts now")
    assert starts(hinted)[4] == STARGATE


@pytest.mark.parametrize("width", [200, 300, 440])
def test_chips_break_into_rows(hinted: MainWindow, width: int) -> None:
    hinted.chapters.setFixedWidth(width)
    QApplication.processEvents()
    row = hinted.chapters.notes.chips
    rects = [button.geometry() for button in row.buttons]
    assert all(row.rect().contains(rect) for rect in rects)
    assert not any(one.intersects(two) for one in rects for two in rects if one is not two)
