"""Orders and filters of a list, choosing several episodes, and marking them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QStackedWidget, QTableView, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.model import EpisodeId, Filter, Sort, View
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.buttons import FlatButton
from player.ui.flowing_row import FlowingRow
from player.ui.list_bar import ListBar
from player.ui.list_choice import ListChoice, filter_name, offered_filters, offered_sorts, sort_name
from player.ui.low_scroll import LowScroll
from player.ui.main_window import MainWindow
from player.ui.places import Place
from seeded import Library

Left = Qt.MouseButton.LeftButton
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

no_size_hints = pytest.mark.qt_log_ignore("This plugin does not support")


def click_row(window: MainWindow, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    table = window.list.table
    QTest.mouseClick(table.viewport(), Left, keys, table.visualRect(window.list.model.index(row, 0)).center())


def choose(window: MainWindow, words: str, button: Callable[[], object]) -> None:
    """Open a menu and take an entry of it."""
    button()
    menu = window.list.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def menu_of(window: MainWindow, row: int, words: str) -> None:
    """Take an entry of the menu of a row."""
    place = window.list.table.visualRect(window.list.model.index(row, 0)).center()
    choose(window, words, lambda: window.list.table.customContextMenuRequested.emit(place))


def played(services: Services, ids: list[EpisodeId]) -> list[bool]:
    return [each.is_played for each in services.library.episodes(ids)]


@no_size_hints
def test_an_order_is_chosen_and_remembered_for_each_list(
    window: MainWindow, library: Library, show_window: Callable[[], MainWindow]
) -> None:
    window.show_place(Place(podcast=library.lex))
    assert window.list.bar.sort.text() == "Newest first"
    choose(window, "Oldest first", lambda: QTest.mouseClick(window.list.bar.sort, Left))
    assert window.list.model.ids == library.episodes[::-1]
    window.show_place(Place(podcast=library.other))
    assert window.list.model.ids == library.others
    assert window.list.bar.sort.text() == "Newest first"
    window.close()
    later = show_window()
    later.show_place(Place(podcast=library.lex))
    assert later.list.model.ids == library.episodes[::-1]
    assert later.list.bar.sort.text() == "Oldest first"
    choose(later, "Newest first", lambda: QTest.mouseClick(later.list.bar.sort, Left))
    assert later.list.model.ids == library.episodes


def test_filters_are_combined_and_say_when_nothing_is_left(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(podcast=library.lex))
    chips = window.list.bar.chips
    QTest.mouseClick(chips[Filter.UNPLAYED], Left)
    services.library.mark_played(library.episodes[:2], played=True, now=1)
    qtbot.waitUntil(lambda: window.list.model.ids == library.episodes[2:])
    QTest.mouseClick(chips[Filter.WITH_CHAPTERS], Left)
    assert window.list.empty.heading.text() == "Nothing is left by the filters"
    assert not window.list.mark_button.isVisible()
    QTest.mouseClick(chips[Filter.UNPLAYED], Left)
    assert window.list.model.ids == [library.main]
    window.show_place(Place(View.ALL))
    assert len(window.list.model.ids) == 15
    window.show_place(Place(podcast=library.lex))
    assert window.list.bar.choice == ListChoice(Sort.NEWEST, frozenset({Filter.WITH_CHAPTERS}))
    QTest.mouseClick(chips[Filter.WITH_CHAPTERS], Left)
    assert window.list.model.ids == library.episodes


def test_a_download_that_is_removed_leaves_those_that_are_downloaded(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(View.ALL))
    QTest.mouseClick(window.list.bar.chips[Filter.DOWNLOADED], Left)
    assert window.list.model.ids == [library.main]
    services.downloads.remove(library.main)
    qtbot.waitUntil(lambda: window.list.model.ids == [])


@pytest.mark.parametrize("view", View)
def test_what_a_view_says_already_is_not_offered(window: MainWindow, view: View) -> None:
    place = Place(view)
    window.show_place(place)
    shown = [each for each, chip in window.list.bar.chips.items() if not chip.isHidden()]
    assert tuple(shown) == offered_filters(place)
    assert Sort.PODCAST in offered_sorts(place)
    assert all((*map(filter_name, Filter), *map(sort_name, Sort)))


def test_control_and_shift_choose_several_and_open_none(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    window.list.select(library.episodes[2])
    click_row(window, 5, Shift)
    click_row(window, 3, Control)
    assert window.list.selected == [library.episodes[row] for row in (2, 4, 5)]
    assert window.list.head.facts.text() == "3 chosen · 12 episodes · 12 not played"
    assert window.middle.currentWidget() is window.list
    QTest.keyClick(window.list.table, Qt.Key.Key_A, Control)
    assert window.list.selected == library.episodes
    click_row(window, 4)
    assert window.list.head.facts.text() == "12 episodes · 12 not played"
    assert window.page.episode == library.episodes[4]


@no_size_hints
def test_several_are_marked_in_one_change_and_taken_back(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(podcast=library.lex))
    services.library.mark_played(library.episodes[:1], played=True, now=1)
    click_row(window, 0, Control)
    click_row(window, 2, Shift)
    menu_of(window, 1, "Mark 3 episodes as played")
    assert played(services, library.episodes[:4]) == [True, True, True, False]
    assert window.notices.words.text() == "2 episodes are marked as played."
    QTest.mouseClick(window.notices.action, Left)
    assert played(services, library.episodes[:4]) == [True, False, False, False]
    assert not window.notices.isVisible()
    menu_of(window, 1, "Mark 3 episodes as not played")
    assert played(services, library.episodes[:3]) == [False] * 3
    assert window.notices.words.text() == "“Lex Fridman Podcast 12” is marked as not played."


def test_all_of_a_list_are_marked_and_the_key_takes_it_back(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(View.NEW))
    QTest.mouseClick(window.list.mark_button, Left)
    qtbot.waitUntil(lambda: window.list.model.ids == [])
    assert services.library.counts()[View.PLAYED] == 15
    assert window.notices.words.text() == "15 episodes are marked as played."
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Control)
    qtbot.waitUntil(lambda: len(window.list.model.ids) == 15)
    assert services.library.counts()[View.PLAYED] == 0
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Control)
    assert services.library.counts()[View.PLAYED] == 0, "nothing is left to take back"


@no_size_hints
def test_older_ones_are_marked(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    menu_of(window, 8, "Mark older ones as played")
    assert played(services, library.episodes) == [False] * 9 + [True] * 3
    menu_of(window, 8, "Mark older ones as played")
    assert window.notices.words.text() == "All of them are played already."
    menu_of(window, 11, "Mark older ones as played")
    assert played(services, library.others) == [False] * 3


@no_size_hints
def test_one_is_marked_by_key_and_menu(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    QTest.keyClick(window.list.table, Qt.Key.Key_P)
    assert played(services, library.episodes[:2]) == [True, False]
    assert window.notices.words.text() == "“Lex Fridman Podcast 12” is marked as played."
    menu_of(window, 0, "Mark as not played")
    assert played(services, library.episodes[:2]) == [False, False]
    QTest.keyClick(window.list.table, Qt.Key.Key_Z, Control)
    assert played(services, library.episodes[:2]) == [True, False]
    QTest.keyClick(window.list.table, Qt.Key.Key_Z, Control)
    assert played(services, library.episodes[:2]) == [False, False]


def test_what_is_chosen_stays_so_where_the_order_moves_it(
    window: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    window.show_place(Place(podcast=library.lex))
    window.list.bar.show_choice(window.list.place, ListChoice(Sort.LEAST_LEFT))
    window.list.bar.changed.emit()
    window.list.select(library.episodes[5])
    before = window.list.model.row_of(library.episodes[5])
    services.listening.store_position(library.episodes[5], 9_000_000)
    window.list.refresh()
    assert window.list.model.row_of(library.episodes[5]) != before
    assert window.list.chosen == library.episodes[5]
    assert window.list.selected == [library.episodes[5]]


@no_size_hints
def test_a_narrow_bar_shows_the_order_as_an_icon(qtbot: QtBot) -> None:
    bar = ListBar()
    qtbot.addWidget(bar)
    bar.show_choice(Place(), ListChoice(Sort.TITLE))
    bar.resize(bar.fontMetrics().height() * 40, 40)
    wide = bar.sort.sizeHint().width()
    bar.resize(bar.fontMetrics().height() * 16, 40)
    bar.show()
    qtbot.waitUntil(lambda: bar.sort.sizeHint().width() < wide / 2)
    assert bar.sort.toolTip() == "Order: By title"
    bar.resize(bar.fontMetrics().height() * 40, 40)
    qtbot.waitUntil(lambda: bar.sort.sizeHint().width() == wide)


@no_size_hints
def test_ways_out_of_the_program(
    window: MainWindow, library: Library, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_writer(profile.database)) as writer, writer:
        writer.execute("UPDATE episode SET link = 'https://x.org/1' WHERE id = ?", (library.main,))
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    window.show_place(Place(podcast=library.lex))
    for words in ("Open web page", "Open its folder"):
        menu_of(window, 0, words)
    assert opened == ["https://x.org/1", QUrl.fromLocalFile(str(profile.downloads)).toString()]
    window.list.table.customContextMenuRequested.emit(
        window.list.table.visualRect(window.list.model.index(1, 0)).center()
    )
    menu = window.list.findChildren(QMenu)[-1]
    assert not [each for each in menu.actions() if each.text().startswith("Open")]
    menu.close()


def test_a_view_with_room_has_no_bar_beside_the_one_of_its_list(window: MainWindow) -> None:
    """Qt would count what a list would like to have, and the highest of all pages."""
    window.show_place(Place(View.DOWNLOADS))
    low = window.list.findChild(LowScroll)
    assert isinstance(low, LowScroll)
    for spare in (400, 150, 20):
        window.resize(1280, 820)
        QApplication.processEvents()
        head = low.head.sizeHint().height()
        window.resize(1280, 820 - (low.viewport().height() - head - round(low.fontMetrics().height() * 7) - spare))
        QApplication.processEvents()
        assert low.verticalScrollBar().maximum() == 0


@no_size_hints
def test_what_comes_into_a_head_is_laid_out_at_once(qtbot: QtBot) -> None:
    view, table, pages, head = QWidget(), QTableView(), QStackedWidget(), QWidget()
    qtbot.addWidget(view)
    pages.addWidget(table)
    tools, come = FlowingRow(gap=0), FlatButton("Come")
    tools.add(FlatButton("Here"), come)
    line = QHBoxLayout(head)
    line.addWidget(QLabel("Words"), 1)
    line.addWidget(tools)
    low = LowScroll(view, table, pages)
    low.head.addWidget(head)
    come.hide()
    view.resize(600, 400)
    view.show()
    qtbot.waitExposed(view)
    QApplication.processEvents()
    before = table.geometry()
    come.show()
    low.settle()
    laid_out = come.geometry()
    assert tools.width() == tools.sizeHint().width()
    assert tools.rect().contains(laid_out)
    QApplication.processEvents()
    assert come.geometry() == laid_out
    assert table.geometry() == before
