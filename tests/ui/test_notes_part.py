"""Pictures in show notes: only when the listener allows them for the podcast, and gone when they no longer do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QBuffer, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.show_notes import ShowNotes
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.notes_view import NotesView
from seeded import Library
from webserver import Route, WebServer

WIDE, RED = (1200, 300), QColor("red")


def picture(size: tuple[int, int] = WIDE) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(RED)
    return image


@pytest.fixture
def server(profile: Profile, library: Library) -> Iterator[WebServer]:
    """It has the picture that is in the notes of the main episode, behind another one that nobody is to see."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture().save(buffer, "PNG")  # type: ignore[call-overload]
    with WebServer() as server:
        server["/a.png"] = Route(bytes(buffer.data().data()), "image/png")
        notes = (
            f'<p>Look:</p><img src="{server.url("/one.gif")}" width="1"><img src="{server.url("/a.png")}" width="999">'
        )
        with closing(open_writer(profile.database)) as writer, writer:
            writer.execute("UPDATE notes SET text = ? WHERE episode = ?", (notes, library.main))
        yield server


def press(window: MainWindow, words: str) -> None:
    (button,) = [each for each in window.page.notes_part.chips.buttons if each.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def has_picture(window: MainWindow) -> bool:
    """Whether one is seen. As a function: a type checker takes it for what it was before."""
    return "<img" in window.page.notes.toHtml()


def test_they_come_when_they_are_allowed_and_go(
    server: WebServer, library: Library, services: Services, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(library.main)
    assert window.page.notes_part.question.isVisible()
    assert (has_picture(window), server.requests) == (False, [])
    height = window.page.notes.sizeHint().height()
    press(window, "Show pictures")
    assert not window.page.notes_part.question.isVisible()
    assert [each.path for each in server.requests] == ["/a.png"]
    assert has_picture(window)
    wide = window.page.notes.viewport().width() * WIDE[1] // WIDE[0]
    higher = window.page.notes.sizeHint().height() - height
    assert abs(higher - wide) < 20, "as wide as the notes, and no hole below it"
    services.web_pictures.allow(library.lex, is_allowed=False).result()
    assert (has_picture(window), window.page.notes_part.question.isVisible()) == (False, False)
    services.web_pictures.allow(library.lex, is_allowed=True).result()
    assert has_picture(window)
    assert len(server.requests) == 1, "it was kept"
    window.show_episode(library.others[0])
    assert not has_picture(window)


def test_who_says_no_is_not_asked_again(
    server: WebServer, library: Library, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(library.main)
    press(window, "No")
    window.show_episode(library.others[0])
    window.show_episode(library.main)
    assert not window.page.notes_part.question.isVisible()
    assert (has_picture(window), server.requests) == (False, [])


def test_a_picture_has_the_room_that_there_is(qtbot: QtBot) -> None:
    notes = NotesView()
    qtbot.addWidget(notes)
    notes.resize(400, 100)
    notes.show()
    notes.show_notes(ShowNotes('<p>a<img src="https://x.org/?a&amp;b">b<img src="https://x.org/c"></p>'), folds=False)
    assert "<img" not in notes.toHtml()
    notes.show_pictures({"https://x.org/?a&b": picture()})
    assert notes.toHtml().count("<img") == 1
    assert f'width="{notes.viewport().width()}"' in notes.toHtml()
    notes.resize(300, 100)
    assert f'width="{notes.viewport().width()}"' in notes.toHtml()
    notes.show_pictures({"https://x.org/c": picture((200, 960))})
    assert 'width="100"' in notes.toHtml(), "nor is it higher than a page"
    notes.show_pictures({})
    assert "<img" not in notes.toHtml()


@pytest.mark.parametrize(("anchor", "position"), [(4, 15), (15, 4), (0, 6)])
def test_words_stay_chosen_while_pictures_come_and_the_window_is_resized(
    qtbot: QtBot, anchor: int, position: int
) -> None:
    notes = NotesView()
    qtbot.addWidget(notes)
    notes.resize(400, 100)
    notes.show()
    html = '<p><img src="a">One 😀</p><p><img src="b"></p><p>two<img src="c"> three</p>'
    notes.show_notes(ShowNotes(html), folds=False)
    cursor = notes.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    notes.setTextCursor(cursor)
    chosen = read(notes)
    for there in ("c", "bc", "abc", "b"):
        notes.show_pictures({name: picture() for name in there})
        assert (read(notes), notes.toHtml().count("<img")) == (chosen, len(there))
        assert notes.verticalScrollBar().value() == 0, "the page around it scrolls"
        notes.resize(notes.width() - 10, 100)
        assert (read(notes), notes.toHtml().count(f'width="{notes.viewport().width()}"')) == (chosen, len(there))
    cursor = notes.textCursor()
    assert (cursor.position() < cursor.anchor()) == (position < anchor)
    notes.show_notes(ShowNotes("<p>Other notes with as many words as these have</p>"), folds=False)
    assert not notes.textCursor().hasSelection()


def read(notes: NotesView) -> str:
    """What of the words is chosen."""
    return re.sub("[\ufffc\u2029]", "", notes.textCursor().selectedText())


def test_pictures_that_come_one_by_one_are_laid_out_together(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(window.page.notes, "show_pictures", shown.append)
    for _ in range(50):
        window.page.notes_part._pictures.arrived.emit()
    assert shown == []
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1


@pytest.mark.parametrize("name", ["earmark:picture?place=7", "earmark:picture?place=x", "earmark:x", "https://x.org/c"])
def test_nothing_else_is_loaded(qtbot: QtBot, name: str) -> None:
    notes = NotesView()
    qtbot.addWidget(notes)
    notes.show_notes(ShowNotes('<img src="https://x.org/c">'), folds=False)
    notes.show_pictures({"https://x.org/c": picture()})
    image = QTextDocument.ResourceType.ImageResource.value
    assert notes.loadResource(image, QUrl("earmark:picture?place=0")) == picture()
    assert notes.loadResource(image, QUrl(name)) is None
    assert (
        notes.loadResource(QTextDocument.ResourceType.StyleSheetResource.value, QUrl("earmark:picture?place=0")) is None
    )
