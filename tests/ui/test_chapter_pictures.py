from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QBuffer, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.core.chapters import chapters_from_marks, hidden_from_marks
from player.core.model import Chapter, ChapterList, ChapterSource, Mark, Picture
from player.storage import chapters
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.chapter_pictures import ChapterPictures
from player.ui.main_window import MainWindow
from seeded import DURATION, NOW, OUTLINE, STARGATE, Library
from webserver import Route, WebServer


def file_of(colour: str) -> bytes:
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


RED, BLUE = Picture(data=file_of("red")), Picture(data=file_of("blue"))
BROKEN = Picture(data=b"no picture")


@pytest.fixture
def illustrated(profile: Profile, library: Library) -> Library:
    """The main episode's file has pictures: red in Stargate, and blue hidden within it."""
    marks = [
        Mark(chapter_start, title, picture=RED if chapter_start == STARGATE else None)
        for chapter_start, title in ((0, "Introduction"), (STARGATE, "Stargate"))
    ]
    marks.append(Mark(STARGATE + 60_000, "", STARGATE + 90_000, picture=BLUE, is_hidden=True))
    found = ChapterList(
        ChapterSource.LISTENER, chapters_from_marks(marks, DURATION), hidden_from_marks(marks, DURATION)
    )
    writer = open_writer(profile.database)
    chapters.store_list(writer, library.main, found, NOW, None, [RED, BLUE, BROKEN])
    writer.close()
    return library


def colour(image: QImage | None) -> str:
    assert image is not None
    return image.pixelColor(20, 20).name()


def test_pictures_are_decoded_and_made_small(illustrated: Library, services: Services) -> None:
    assert illustrated.main
    pictures = ChapterPictures(services)
    arrived: list[bool] = []
    pictures.arrived.connect(lambda: arrived.append(True))
    assert colour(pictures.picture(RED.reference)) == "#ff0000"
    image = pictures.picture(RED.reference)
    assert image is not None
    assert image.size() == QSize(256, 128)
    assert arrived == [True]


@pytest.mark.parametrize(
    "reference",
    [None, "https://example.org/x.png", f"sha256:{hashlib.sha256(b'gone').hexdigest()}", BROKEN.reference],
)
def test_what_gives_no_picture(illustrated: Library, services: Services, reference: str | None) -> None:
    assert illustrated.main
    assert ChapterPictures(services).picture(reference) is None


def test_a_hidden_entry_gives_the_picture_while_it_lasts(illustrated: Library, services: Services) -> None:
    shown = Chapter(0, 100, "", None, "sha256:a")
    hidden = (Chapter(10, 20, "", None, "sha256:b"), Chapter(30, 40, "", None, "https://example.org/x.png"))
    chosen, pictures = ChapterList(ChapterSource.DOCUMENT, (shown,), hidden), ChapterPictures(services)
    places = (9, 10, 20, 35)
    assert [pictures.at(chosen, shown, at) for at in places] == ["sha256:a", "sha256:b", "sha256:a", "sha256:a"]
    assert pictures.at(None, None, 0) is None
    assert not pictures.is_here("https://example.org/x.png"), "it was not fetched"
    assert illustrated.main


def shows_pictures(window: MainWindow) -> bool:
    return window.chapters.delegate.has_pictures


def is_illustrated(window: MainWindow) -> bool:
    return window.player.cover.picture is not None


def test_the_column_and_the_player_show_them(
    illustrated: Library, services: Services, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(illustrated.main)
    assert window.chapters.model.rowCount() == 2, "hidden entries are no places"
    assert window.chapters.delegate.has_pictures
    services.playback.open(illustrated.main, at=STARGATE)
    assert colour(window.player.cover.picture) == "#ff0000"
    assert window.chapters.delegate.current_picture == RED.reference
    services.playback.jump(STARGATE + 70_000)
    assert colour(window.player.cover.picture) == "#0000ff"
    assert window.chapters.delegate.current_picture == BLUE.reference
    assert not window.grab().isNull()
    services.playback.jump(0)
    assert not is_illustrated(window)
    services.chapters.choose_source(illustrated.main, ChapterSource.OUTLINE).result()
    assert window.chapters.model.rowCount() == len(OUTLINE)
    assert window.chapters.delegate.has_pictures, "pictures of another list are filled in where the starts agree"


@pytest.fixture
def linked(profile: Profile, library: Library) -> Iterator[Library]:
    """The main episode's chapters have pictures on the web, one of a hidden entry; the server is asked by its port."""
    with WebServer() as server:
        for path, data in (("/red.png", RED.data), ("/blue.png", BLUE.data)):
            server[path] = Route(data or b"", "image/png")
        red, blue = (Picture(url=server.url(f"/{name}.png")) for name in ("red", "blue"))
        marks = [Mark(0, "Introduction"), Mark(STARGATE, "Stargate", picture=red)]
        marks.append(Mark(STARGATE + 60_000, "", STARGATE + 90_000, picture=blue, is_hidden=True))
        found = ChapterList(
            ChapterSource.LISTENER, chapters_from_marks(marks, DURATION), hidden_from_marks(marks, DURATION)
        )
        writer = open_writer(profile.database)
        chapters.store_list(writer, library.main, found, NOW)
        writer.close()
        yield library
        assert all(request.path in ("/red.png", "/blue.png") for request in server.requests)


def press(window: MainWindow, words: str) -> None:
    (button,) = [each for each in window.chapters.notes.chips.buttons if each.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_pictures(window: MainWindow) -> bool:
    """Press the entry of the column's menu; tells whether it was on before."""
    QTest.mouseClick(window.chapters.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [each for each in menu.actions() if each.text() == "Show pictures from the web for this podcast"]
    was_on = action.isChecked()
    action.trigger()
    menu.close()
    return was_on


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_pictures_from_the_web_come_when_the_listener_allows_them(
    linked: Library, services: Services, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(linked.main)
    services.playback.open(linked.main, at=STARGATE)
    assert not shows_pictures(window)
    assert not is_illustrated(window)
    assert "Their server sees who fetches them" in window.chapters.notes.words.text()
    press(window, "Show pictures")
    assert not window.chapters.notes.isVisible()
    assert shows_pictures(window)
    assert window.chapters.model.rowCount() == 2
    assert colour(window.player.cover.picture) == "#ff0000"
    services.playback.jump(STARGATE + 70_000)
    assert colour(window.player.cover.picture) == "#0000ff"
    picture = window.chapters.delegate.picture_of(window.chapters.delegate.current_picture)
    assert colour(picture) == "#0000ff"
    assert not window.grab().isNull()
    assert choose_pictures(window)
    assert not shows_pictures(window)
    assert not is_illustrated(window)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_who_says_no_is_not_asked_again_and_may_change_their_mind(
    linked: Library, services: Services, show_window: Callable[[], MainWindow]
) -> None:
    window = show_window()
    window.show_episode(linked.main)
    press(window, "No")
    assert not window.chapters.notes.isVisible()
    window.show_episode(linked.episodes[4])
    window.show_episode(linked.main)
    assert not window.chapters.notes.isVisible()
    assert not shows_pictures(window)
    assert not choose_pictures(window)
    assert shows_pictures(window)
    assert services.web_pictures.allowance(linked.lex)
