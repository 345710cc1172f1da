from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.model import ChapterSource, EpisodeId, FetchedEpisode, FetchedFeed, LinkedDocument
from player.storage import feeds
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.main_window import MainWindow
from player.ui.places import Place
from seeded import NOW, Library
from webserver import Route, WebServer

BODY = b'{"chapters": [{"startTime": 0, "title": "Intro"}, {"startTime": 60, "title": "Main"}]}'


@pytest.fixture
def publisher() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture
def pointed(library: Library, profile: Profile, publisher: WebServer) -> list[EpisodeId]:
    """Three episodes of the second podcast whose feed names documents at /0, /1 and /2; the newest first."""
    items = tuple(
        FetchedEpisode(f"n{n}", f"N {n}", published=NOW + n, chapter_document=LinkedDocument(publisher.url(f"/{n}")))
        for n in range(3)
    )
    for n in range(3):
        publisher[f"/{n}"] = Route(BODY, "application/json")
    writer = open_writer(profile.database)
    stored = feeds.store_feed(writer, library.other, FetchedFeed("Acquired", None, "", None, None, items), NOW)
    writer.close()
    return list(reversed(stored.new))


@pytest.fixture
def window(pointed: list[EpisodeId], library: Library, show_window: Callable[[], MainWindow]) -> MainWindow:
    assert pointed
    window = show_window()
    window.show_place(Place(podcast=library.lex))
    return window


def test_a_page_that_opens_wants_the_chapter_document(
    window: MainWindow, services: Services, pointed: list[EpisodeId], qtbot: QtBot
) -> None:
    window.show_episode(pointed[1])
    assert [each.source for each in services.chapters.lists(pointed[1])] == [ChapterSource.DOCUMENT]
    qtbot.waitUntil(lambda: window.chapters.model.rowCount() == 2)


def test_browsing_asks_only_for_what_one_stays_with(
    window: MainWindow, library: Library, pointed: list[EpisodeId], publisher: WebServer, qtbot: QtBot
) -> None:
    window.show_place(Place(podcast=library.other))
    window.lingering.timer.setInterval(0)
    QTest.keyClick(window.list.table, Qt.Key.Key_Down)
    QTest.keyClick(window.list.table, Qt.Key.Key_Down)
    assert window.chapters.episode == pointed[2]
    assert publisher.requests == []
    qtbot.waitUntil(lambda: bool(publisher.requests))
    assert [each.path for each in publisher.requests] == ["/0"]
