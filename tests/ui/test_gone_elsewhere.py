"""What the window does about podcasts that go while it shows them: by the command line, or since their feed moved."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.errors import FileError
from player.core.events import PodcastsChanged
from player.core.model import EpisodeId, Found, FoundKind, PodcastId, View
from player.ui.main_window import MainWindow
from player.ui.places import SEARCH, Place
from seeded import Library


def test_a_page_that_was_left_takes_no_keys(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.others[0])
    window.show_place(Place(podcast=library.lex))
    window.list.focus_filter()
    QTest.keyClicks(window.list.filter.line, "po")
    services.subscriptions.remove(library.other).result()
    assert window.focusWidget() is window.list.filter.line
    assert window.list.filter.line.text() == "po"
    assert window.list.place == Place(podcast=library.lex)


def test_a_page_whose_episode_goes_leaves_the_keys_to_who_types(
    window: MainWindow, services: Services, library: Library
) -> None:
    window.show_place(Place(podcast=library.lex))
    window.show_episode(library.others[0])
    window.goto.ask()
    assert window.focusWidget() is window.goto.line
    services.subscriptions.remove(library.other).result()
    assert window.focusWidget() is window.goto.line
    assert window.middle.currentWidget() is window.list
    QTest.keyClick(window.goto.line, Qt.Key.Key_Escape)


def test_a_page_whose_episode_goes_gives_its_keys_to_the_list(
    window: MainWindow, services: Services, library: Library
) -> None:
    window.show_place(Place(podcast=library.lex))
    window.show_episode(library.others[0])
    services.subscriptions.remove(library.other).result()
    assert window.middle.currentWidget() is window.list
    assert window.focusWidget() is window.list.table


def test_the_list_of_a_podcast_that_goes_becomes_that_of_what_is_new(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(podcast=library.other))
    assert window.chapters.episode == library.others[0]
    services.subscriptions.remove(library.other).result()
    assert window.list.place == Place(View.NEW)
    assert window.list.head.heading.text() == "New episodes"
    qtbot.waitUntil(lambda: window.sidebar.model.place_row(Place(podcast=library.other)) is None)
    assert window.sidebar.view.currentIndex().data() == "New episodes"
    assert window.chapters.episode is not None
    assert window.chapters.episode not in library.others
    assert window.focusWidget() is window.list.table
    window.close()
    assert window._memory.value("place") == "new"


def test_a_page_stays_when_the_podcast_behind_it_goes(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.other))
    window.show_episode(library.main)
    services.subscriptions.remove(library.other).result()
    assert window.middle.currentWidget() is window.page
    assert window.chapters.episode == library.main
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.middle.currentWidget() is window.list
    assert window.list.place == Place(View.NEW)


def test_chapters_go_with_their_episode(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(View.WITH_CHAPTERS))
    window.chapters.show_episode(library.others[0])
    assert window.taking.title_shown() == "Acquired 3"
    services.subscriptions.remove(library.other).result()
    assert window.chapters.episode is None
    assert window.taking.title_shown() == ""


def test_hits_go_with_their_podcast(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(SEARCH)
    window.search.show_words("acquired")
    titles = [row.title for row in window.search.model.rows]
    services.bus.publish(PodcastsChanged((library.other,)))
    assert [row.title for row in window.search.model.rows] == titles
    services.subscriptions.remove(library.other).result()
    assert window.search.model.rows == []
    assert window.search.empty.heading.text() == "Nothing has “acquired”"


def test_hits_of_podcasts_that_stay_are_not_asked_for_again(
    window: MainWindow, services: Services, library: Library
) -> None:
    window.show_place(SEARCH)
    window.search.show_words("stargate")
    window.search.table.selectRow(1)
    services.subscriptions.remove(library.other).result()
    assert window.search.table.currentIndex().row() == 1


@pytest.mark.parametrize("kind", list(FoundKind))
def test_what_leads_to_what_is_gone_says_so(window: MainWindow, kind: FoundKind) -> None:
    before, page = window.list.place, window.middle.currentWidget()
    gone = Found(kind, "Some words", "", PodcastId(77), None if kind is FoundKind.PODCAST else EpisodeId(77), start=0)
    for go in (window.ways.go_to_hit, window.ways.play):
        if kind is not FoundKind.PODCAST or go != window.ways.play:
            window.notices.dismiss()
            go(gone)
            assert window.notices.words.text() == "“Some words” is in the library no longer."
    assert (window.list.place, window.middle.currentWidget()) == (before, page)


def test_what_is_being_removed_stays_out_of_sight(
    window: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    removing: list[Future[None]] = []

    def remove(_podcast: PodcastId) -> Future[None]:
        removing.append(Future())
        return removing[-1]

    monkeypatch.setattr(services.subscriptions, "remove", remove)
    for podcast in (library.other, library.lex):
        window.errands.remove_podcast(services.library.podcast(podcast))

    def seen() -> list[PodcastId]:
        rows = ((each, window.sidebar.model.place_row(Place(podcast=each))) for each in (library.lex, library.other))
        return [each for each, row in rows if row is not None]

    assert seen() == []
    QTest.mouseClick(window.notices.action, Qt.MouseButton.LeftButton)
    assert seen() == [library.lex], "the second one can be had back, the first one no longer"
    window.errands.remove_podcast(services.library.podcast(library.lex))
    window.errands.finish_removals()
    assert seen() == []
    removing[0].set_exception(FileError("library.db", "it is read-only"))
    assert seen() == [library.other], "it is not removed, as the line below says"
    assert "it is read-only" in window.notices.words.text()
    monkeypatch.undo()
    services.subscriptions.remove(library.lex).result()
    removing[1].set_result(None)
    assert seen() == [library.other]
