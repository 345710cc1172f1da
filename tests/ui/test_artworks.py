from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from player.app.compose import Services
from player.core.time_listened import Month, MonthOfPodcast, Sums
from player.core.timecode import HOUR
from player.storage import time_listened
from player.storage.database import change, open_writer
from player.system.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.places import Place
from player.ui.statistics_dialog import StatisticsDialog
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


def has_red(view: QWidget) -> bool:
    image = view.grab().toImage()
    return any(is_red(image.pixelColor(x, y)) for x in range(60) for y in range(image.height()))


def test_artwork_in_the_list_of_goto(shown: Library, services: Services, window: MainWindow) -> None:
    services.artwork.start()
    window.goto.ask()
    QTest.keyClicks(window.goto.line, "Lex")
    drop = window.goto.drop
    assert drop is not None
    drop.view.viewport().grab()
    QApplication.processEvents()
    assert has_red(drop.view.viewport())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_artwork_in_the_statistics(shown: Library, profile: Profile, services: Services, window: MainWindow) -> None:
    feed = next(each.feed_url for each in services.library.podcasts() if each.id == shown.lex)
    with closing(open_writer(profile.database)) as writer:
        months = [MonthOfPodcast(url, url, Month(2025, 10), Sums(HOUR)) for url in (feed, "https://x.org/removed")]
        time_listened.add_rows(writer, months)
    services.artwork.start()
    window.actions_table["statistics"].trigger()
    dialog = window.findChild(StatisticsDialog)
    assert isinstance(dialog, StatisticsDialog)
    dialog.table.viewport().grab()
    QApplication.processEvents()
    assert has_red(dialog.table.viewport())


def test_what_cannot_be_decoded_leaves_the_tile(shown: Library, services: Services, window: MainWindow) -> None:
    services.artwork.start()
    window.show_place(Place(podcast=shown.other))
    QApplication.processEvents()
    assert window.list.head.artwork.picture is None
    assert window.list.head.artwork.isVisible()
