from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.storage.database import change, open_writer
from player.system.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.places import Place
from seeded import Library
from webserver import Route, WebServer


def png(colour: str) -> bytes:
    image = QImage(900, 900, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        server["/red.png"] = Route(png("#d00000"), "image/png")
        server["/broken.png"] = Route(b"\x89PNG\r\n\x1a\nbroken", "image/png")
        yield server


@pytest.fixture
def shown(profile: Profile, library: Library, server: WebServer) -> Library:
    writer = open_writer(profile.database)
    change(writer, "UPDATE podcast SET image_url = ? WHERE id = ?", (server.url("/red.png"), library.lex))
    change(writer, "UPDATE podcast SET image_url = ? WHERE id = ?", (server.url("/broken.png"), library.other))
    writer.close()
    return library


def is_red(colour: QColor) -> bool:
    return colour.red() > 180 and colour.green() < 60 and colour.blue() < 60


def is_red_in(widget: object, part: float = 0.5) -> bool:
    image = widget.grab().toImage()  # type: ignore[attr-defined]
    return is_red(image.pixelColor(round(image.width() * part), image.height() // 2))


def test_artwork_takes_the_place_of_tiles(shown: Library, services: Services, window: MainWindow) -> None:
    podcast = shown.lex
    window.show_place(Place(podcast=podcast))
    QApplication.processEvents()
    assert not is_red_in(window.list.head.artwork, 0.2), "it has not been fetched"
    services.artwork.start()
    QApplication.processEvents()
    assert is_red_in(window.list.head.artwork, 0.2)
    row = window.sidebar.model.place_row(Place(podcast=podcast))
    assert row is not None
    rect = window.sidebar.view.visualRect(window.sidebar.model.index(row))
    image = window.sidebar.view.viewport().grab(rect).toImage()
    assert any(is_red(image.pixelColor(x, image.height() // 2)) for x in range(image.width()))
    services.playback.open(shown.main)
    assert window.player.cover.picture is not None
    services.settings.change(shows_artwork=False)
    assert not is_red_in(window.list.head.artwork, 0.2)
    assert window.player.cover.picture is None


def test_what_cannot_be_decoded_leaves_the_tile(shown: Library, services: Services, window: MainWindow) -> None:
    services.artwork.start()
    window.show_place(Place(podcast=shown.other))
    QApplication.processEvents()
    assert window.list.head.artwork.picture is None
    assert window.list.head.artwork.isVisible()
