from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QColor, QImage

from player.app.compose import Services
from player.core.chapters import chapters_from_marks, hidden_from_marks
from player.core.model import Chapter, ChapterList, ChapterSource, Mark, Picture
from player.storage import chapters
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.chapter_pictures import ChapterPictures, is_kept, picture_at
from player.ui.main_window import MainWindow
from seeded import DURATION, NOW, OUTLINE, STARGATE, Library


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


def test_a_hidden_entry_gives_the_picture_while_it_lasts() -> None:
    shown = Chapter(0, 100, "", None, "sha256:a")
    hidden = (Chapter(10, 20, "", None, "sha256:b"), Chapter(30, 40, "", None, "https://example.org/x.png"))
    assert [picture_at(hidden, shown, at) for at in (9, 10, 20, 35)] == [
        "sha256:a",
        "sha256:b",
        "sha256:a",
        "sha256:a",
    ]
    assert picture_at((), None, 0) is None
    assert not is_kept("https://example.org/x.png")


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
    services.playback.jump(STARGATE + 70_000)
    assert colour(window.player.cover.picture) == "#0000ff"
    assert not window.grab().isNull()
    services.playback.jump(0)
    assert not is_illustrated(window)
    services.chapters.choose_source(illustrated.main, ChapterSource.OUTLINE).result()
    assert window.chapters.model.rowCount() == len(OUTLINE)
    assert window.chapters.delegate.has_pictures, "pictures of another list are filled in where the starts agree"
