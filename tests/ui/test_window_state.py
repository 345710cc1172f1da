from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QWidget

from player.app.compose import Services
from player.core.model import View
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place, place_meant, words_of_place
from player.ui.window_state import WindowState
from seeded import Library


def test_what_was_shown_is_shown_again(
    window: MainWindow, library: Library, build: Callable[[], MainWindow], services: Services
) -> None:
    services.playback.open(library.main, play=False)
    window.show_place(Place(podcast=library.other))
    window.close()
    again = build()
    assert again.middle.currentWidget() is again.list
    assert again.list.place == Place(podcast=library.other)
    again.show_episode(library.others[1])
    again.close()
    last = build()
    assert last.page.episode == library.others[1]
    assert last.middle.currentWidget() is last.page
    assert last.list.place == Place(podcast=library.other)


def test_unfolded_chapters_stay_so(playing: MainWindow, build: Callable[[], MainWindow]) -> None:
    playing.resize(playing.fontMetrics().height() * 38, 600)
    playing.top.chapters.setChecked(True)
    playing.close()
    again = build()
    again.show()
    assert again.width() == playing.width()
    assert again.chapters.isVisible()
    assert not again.middle.isVisible()


def test_a_podcast_that_is_gone_is_not_looked_for(library: Library, services: Services) -> None:
    assert place_meant(f"podcast {library.other}", services.library) == Place(podcast=library.other)
    for words in ("podcast 99", "", "nonsense", words_of_place(SEARCH)):
        assert place_meant(words, services.library) is None


@pytest.mark.parametrize("place", [QUEUE, BOOKMARKS, *(Place(view) for view in View)])
def test_places_are_known_by_their_words(place: Place, services: Services) -> None:
    assert place_meant(words_of_place(place), services.library) == place


def test_a_maximised_window_is_one_again(window: MainWindow, build: Callable[[], MainWindow]) -> None:
    window.showMaximized()
    window.close()
    again = build()
    again.show()
    assert again.isMaximized()


def test_a_size_of_a_larger_screen_fits_the_present_one(window: MainWindow, services: Services) -> None:
    """As Qt writes it: the frame and the size lie outside of what there is."""
    room = window.screen().availableGeometry()
    memory = QSettings(str(services.profile.folder / "other.ini"), QSettings.Format.IniFormat)
    large = QWidget()
    large.setGeometry(QRect(room.right() + 500, room.bottom() + 300, room.width() * 3, room.height() * 3))
    WindowState(memory).keep_size(large)
    small = QWidget()
    WindowState(memory).restore_size(small)
    assert room.contains(small.geometry().center())
    assert small.width() <= room.width()
    assert small.height() <= room.height()


def test_on_quite_another_screen_it_begins_anew_and_stays_maximised(
    window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = QSettings(str(services.profile.folder / "other.ini"), QSettings.Format.IniFormat)
    state = WindowState(memory)
    window.showMaximized()
    state.keep_size(window)
    monkeypatch.setattr(QWidget, "restoreGeometry", lambda *_: False)
    other = QWidget()
    state.restore_size(other)
    assert other.windowState() & Qt.WindowState.WindowMaximized
