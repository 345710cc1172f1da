"""Where the chapters come from, links, nesting and menus in the chapter column."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.core.chapters import chapters_from_marks
from player.core.model import ChapterList, ChapterSource, Mark
from player.storage import chapters
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.chapter_menus import open_link, outline_of
from player.ui.chapter_model import LinkRole
from player.ui.main_window import MainWindow
from player.ui.source_line import SourceLine
from seeded import CHAPTERS, DURATION, NOW, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left = Qt.MouseButton.LeftButton
TAGS = (Mark(0, "Start"), Mark(60_000, "With a link", link="https://example.org/a"), Mark(90_000, "Below", level=1))


@pytest.fixture
def tagged(profile: Profile, library: Library) -> Library:
    """The main episode has chapters in its audio file, too."""
    writer = open_writer(profile.database)
    found = ChapterList(ChapterSource.FILE, chapters_from_marks(TAGS, DURATION))
    chapters.store_list(writer, library.main, found, NOW)
    writer.close()
    return library


@pytest.fixture
def shown(tagged: Library, services: Services, show_window: Callable[[], MainWindow]) -> Iterator[MainWindow]:
    """The window with that episode; the audio file's list is chosen by the rules or by us."""
    window = show_window()
    window.show_episode(tagged.main)
    services.chapters.choose_source(tagged.main, ChapterSource.FILE).result()
    yield window
    while isinstance(popup := QApplication.activePopupWidget(), QMenu):
        popup.close()


def open_menu() -> QMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def choose(menu: QMenu, words: str) -> None:
    (action,) = [each for each in menu.actions() if each.text() == words]
    action.trigger()


def submenu(menu: QMenu, words: str) -> QMenu:
    (found,) = [each for each in menu.findChildren(QMenu) if each.title() == words]
    return found


def test_the_line_says_where_they_come_from(shown: MainWindow, window: MainWindow, library: Library) -> None:
    assert shown.chapters.source.text() == "From the audio file (3), as you chose. Also: show notes (7)."
    assert shown.chapters.source.accessibleName() == shown.chapters.source.text()
    shown.show_episode(library.episodes[4])
    assert not shown.chapters.source.isVisible()


def test_another_source_for_this_episode(shown: MainWindow, services: Services, tagged: Library) -> None:
    QTest.mouseClick(shown.chapters.source, Left)
    checked = [each.text() for each in open_menu().actions() if each.isChecked()]
    assert checked == ["Audio file (3)"]
    choose(open_menu(), "Show notes (7)")
    assert shown.chapters.model.chapters == CHAPTERS
    assert services.chapters.view(tagged.main).asked is ChapterSource.OUTLINE


def test_a_source_for_the_whole_podcast(shown: MainWindow, services: Services, tagged: Library) -> None:
    shown.chapters.source.setFocus()
    QTest.keyClick(shown.chapters.source, Qt.Key.Key_Space)
    choose(open_menu(), "As Earmark finds best")
    open_menu().close()
    QTest.mouseClick(shown.chapters.source, Left)
    choose(submenu(open_menu(), "For all episodes of this podcast"), "Show notes")
    assert services.chapters.preference(tagged.lex) is ChapterSource.OUTLINE
    assert "as you prefer for this podcast" in shown.chapters.source.text()


def test_the_column_has_the_sources_in_its_menu(shown: MainWindow) -> None:
    QTest.mouseClick(shown.chapters.more, Left)
    assert submenu(open_menu(), "Chapters from").actions()
    choose(open_menu(), "Copy outline")
    assert QGuiApplication.clipboard().text().splitlines() == ["0:00 Start", "1:00 With a link", "  1:30 Below"]


def test_a_click_on_the_sign_opens_the_link_and_does_not_play(
    shown: MainWindow, services: Services, opened: list[str]
) -> None:
    table = shown.chapters.table
    index = shown.chapters.model.index(1, 0)
    place = table.delegate.link_area(table.visualRect(index), table.font(), index).center()
    QTest.mouseMove(table.viewport(), place)
    QTest.mouseClick(table.viewport(), Left, pos=place)
    assert opened == ["https://example.org/a"]
    assert services.playback.state.episode is None
    assert index.data(LinkRole) == "https://example.org/a"
    assert "has a link" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not table.grab().isNull()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were given to the browser."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(QUrl(url).toString()))
    return found


def test_only_addresses_of_the_web_are_opened(opened: list[str]) -> None:
    open_link("file:///etc/passwd")
    open_link("javascript:alert(1)")
    assert opened == []


def test_the_menu_of_a_row(shown: MainWindow, services: Services, opened: list[str]) -> None:
    table = shown.chapters.table
    table.setCurrentIndex(shown.chapters.model.index(1, 0))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(table, event)
    menu = open_menu()
    choose(menu, "Copy time and title")
    assert QGuiApplication.clipboard().text() == "1:00 With a link"
    choose(menu, "Copy link")
    assert QGuiApplication.clipboard().text() == "https://example.org/a"
    choose(menu, "Open link")
    assert opened == ["https://example.org/a"]
    choose(menu, "Bookmark")
    episode = shown.chapters.episode
    assert episode is not None
    assert [each.start for each in services.bookmarks.of_episode(episode)] == [60_000]
    choose(menu, "Play from here")
    assert services.playback.position() == 60_000


def test_the_menu_comes_with_the_mouse(shown: MainWindow) -> None:
    table = shown.chapters.table
    place = table.visualRect(shown.chapters.model.index(0, 0)).center()
    at = table.viewport().mapToGlobal(place)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at))
    words = [each.text() for each in open_menu().actions() if each.text()]
    assert words == [
        *("Play from here", "Play only this chapter", "Loop this chapter"),
        *("Skip this chapter", "Skip always by title…", "Mark as heard"),
        *("Play next", "Add to queue", "Bookmark", "Copy time and title", "Copy Earmark link at 0:00", "Copy outline"),
        *("Save clip…", "Edit chapters"),
    ]


def test_an_outline_without_titles() -> None:
    assert outline_of(chapters_from_marks([Mark(0, "")], 1000)) == "0:00 Chapter 1"


@pytest.mark.parametrize("width", [60, 200, 900])
def test_the_line_draws_at_any_width(width: int, shown: MainWindow) -> None:
    line = SourceLine()
    line.show_words("From the show notes (25), because the audio file has only one chapter. Also: audio file (1).")
    line.resize(width, line.sizeHint().height())
    assert not line.grab().isNull()
    assert line.sizeHint().height() <= 4 * line.fontMetrics().lineSpacing()
