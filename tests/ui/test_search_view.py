"""The view of all that has some words: from the box in the top bar, by keys and by clicks, page by page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.core.model import Chapter, FoundKind
from player.core.play_queue import Piece
from player.storage.chapters import store_shown
from player.storage.database import open_writer
from player.storage.search_index import bring_all_up_to_date
from player.ui.main_window import MainWindow
from player.ui.places import SEARCH, Place
from player.ui.results_delegate import ResultsDelegate
from player.ui.search_view import SearchView
from player.ui.theme import colours
from seeded import STARGATE, Library


@pytest.fixture
def search(window: MainWindow) -> SearchView:
    QAbstractItemModelTester(window.search.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    window.actions_table["search"].trigger()
    assert window.focusWidget() is window.search.field.line
    return window.search


def said(search: SearchView) -> list[str]:
    """What a screen reader says of the rows."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [search.model.index(row, 0).data(role) for row in range(search.model.rowCount())]


def kinds(search: SearchView) -> list[str]:
    """The words of the kinds, the chosen one in brackets."""
    return [f"[{each.text()}]" if each.isChecked() else each.text() for each in search.kinds.buttons()]


def go_to(search: SearchView, text: str) -> None:
    row = next(number for number, each in enumerate(said(search)) if each.startswith(text))
    search.table.setFocus()
    search.table.selectRow(row)


def click(search: SearchView, row: int, *, on_button: bool = False) -> None:
    area = search.table.visualRect(search.model.index(row, 0))
    unit = search.table.fontMetrics().height()
    point = ResultsDelegate.play_button(area, unit).center().toPoint() if on_button else area.center()
    QTest.mouseClick(search.table.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_all_results_from_the_go_to_box(window: MainWindow) -> None:
    for keys in (
        [(Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)],
        [(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)],
    ):
        window.show_place(Place())
        window.goto.ask()
        QTest.keyClicks(window.goto.line, "star")
        for key, modifiers in keys:
            QTest.keyClick(window.goto.line, key, modifiers)
        assert window.middle.currentWidget() is window.search
        assert window.search.field.line.text() == "star"
        assert window.focusWidget() is window.search.field.line


def test_arrows_choose_the_kind_and_do_not_seek(playing: MainWindow, services: Services) -> None:
    playing.actions_table["search"].trigger()
    search, place = playing.search, services.playback.position()
    QTest.keyClicks(search.field.line, "podcast")
    QTest.keyClick(search.field.line, Qt.Key.Key_Tab)
    while playing.focusWidget() not in search.kinds.buttons():
        QTest.keyClick(playing.focusWidget(), Qt.Key.Key_Tab)
    for key, chosen in (
        (Qt.Key.Key_Right, "[Podcasts 1]"),
        (Qt.Key.Key_Right, "[Episodes 12]"),
        (Qt.Key.Key_Left, "[Podcasts 1]"),
    ):
        QTest.keyClick(playing.focusWidget(), key)
        assert chosen in kinds(search)
    assert services.playback.position() == place
    QTest.keyClick(playing.focusWidget(), Qt.Key.Key_Tab)
    assert playing.focusWidget() not in search.kinds.buttons(), "Tab stops once"


def test_the_best_of_each_kind_in_groups(search: SearchView) -> None:
    QTest.keyClicks(search.field.line, "podcast")
    assert said(search)[:3] == ["Podcasts", "Lex Fridman Podcast", "Episodes"]
    # The words are a larger part of a title with a number of one digit.
    assert said(search)[3] == "Lex Fridman Podcast 9 · Lex Fridman Podcast · 6 Oct 2025"
    assert said(search)[7:] == ["All episodes"]
    assert kinds(search) == ["[All]", "Podcasts 1", "Episodes 12", "Bookmarks", "Chapters", "Notes"]
    search.table.grab()


def test_a_chapter_says_where_it_is_and_is_gone_to(window: MainWindow, search: SearchView, library: Library) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    assert said(search) == [
        "Chapters",
        "Stargate · 4:56:55 · Lex Fridman Podcast 12 · Lex Fridman Podcast · 9 Oct 2025",
    ]
    QTest.keyClick(search.field.line, Qt.Key.Key_Down)
    assert window.focusWidget() is search.table
    assert window.chapters.episode == library.main
    search.table.grab()
    QTest.keyClick(search.table, Qt.Key.Key_Return)
    assert window.middle.currentWidget() is window.page
    assert window.player.isVisible()
    assert window.page.episode == library.main
    window.actions_table["back"].trigger()
    assert window.middle.currentWidget() is search
    assert window.focusWidget() is search.table
    assert search.field.line.text() == "stargate"


def test_a_chapter_is_played_beside_what_was_found(
    window: MainWindow, search: SearchView, services: Services, library: Library
) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    click(search, 1, on_button=True)
    assert services.playback.state.episode == library.main
    assert services.playback.position() == STARGATE
    assert window.middle.currentWidget() is search
    assert search.table.delegate.playing == (library.main, STARGATE)
    search.table.grab()
    services.playback.jump(0)
    assert search.table.delegate.playing == (library.main, 0)
    QTest.keyClick(search.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert services.playback.position() == STARGATE
    assert window.middle.currentWidget() is search
    click(search, 1)
    assert window.middle.currentWidget() is window.page


def test_other_hits_lead_where_they_belong(window: MainWindow, search: SearchView, library: Library) -> None:
    QTest.keyClicks(search.field.line, "acquired")
    assert [row.kind for row in search.model.rows if row.hit is None] == [FoundKind.PODCAST, FoundKind.EPISODE]
    click(search, 3)
    assert window.page.episode == library.others[0]
    window.show_list()
    QTest.keyClick(search.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.middle.currentWidget() is window.page
    window.show_list()
    click(search, 1)
    assert window.list.place == Place(podcast=library.other)


def test_all_of_a_kind_come_page_by_page(
    window: MainWindow, search: SearchView, services: Services, library: Library
) -> None:
    writer = open_writer(services.profile.database)
    for number, episode in enumerate((*library.episodes, *library.others)):
        shown = [Chapter(start, start + 1, f"Twofold {number} {start}") for start in range(10)]
        store_shown(writer, episode, shown)
    bring_all_up_to_date(writer)
    writer.close()
    QTest.keyClicks(search.field.line, "twofold")
    assert kinds(search) == ["[All]", "Podcasts", "Episodes", "Bookmarks", "Chapters 40+", "Notes"]
    go_to(search, "All chapters")
    QTest.keyClick(search.table, Qt.Key.Key_Return)
    assert kinds(search)[4] == "[Chapters 40+]"
    assert len({search.table.rowHeight(row) for row in range(40)}) == 1
    assert (search.model.rowCount(), search.table.currentIndex().row()) == (40, 0)
    assert window.focusWidget() is search.table
    QTest.keyClick(search.table, Qt.Key.Key_End)
    for _ in range(4):
        if search.model.canFetchMore(QModelIndex()):
            search.model.fetchMore(QModelIndex())
    places = {(row.hit.episode, row.hit.start) for row in search.model.rows if row.hit}
    assert search.model.rowCount() == len(places) == 150
    assert kinds(search)[4] == "[Chapters 150]"
    search.kinds.buttons()[0].click()
    assert [row.kind for row in search.model.rows if row.is_more] == [FoundKind.CHAPTER]


def test_up_from_the_first_hit_leads_back_to_the_words(window: MainWindow, search: SearchView) -> None:
    QTest.keyClicks(search.field.line, "podcast")
    QTest.keyClick(search.field.line, Qt.Key.Key_Return)
    assert search.table.currentIndex().row() == 1
    QTest.keyClick(search.table, Qt.Key.Key_Down)
    assert search.table.currentIndex().row() == 3, "names of groups are passed over"
    QTest.keyClick(search.table, Qt.Key.Key_Up)
    QTest.keyClick(search.table, Qt.Key.Key_Up)
    assert window.focusWidget() is search.field.line


def test_where_one_kind_has_nothing_others_may(search: SearchView) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    search.kinds.buttons()[1].click()
    assert search.empty.isVisible()
    assert search.empty.heading.text() == "No podcast has “stargate”"
    assert search.empty.text.text() == "Other kinds of things have these words: choose “All” to see them."
    search.kinds.buttons()[4].click()
    assert not search.empty.isVisible()
    search.field.line.setText("nowhere at all")
    assert search.empty.heading.text() == "Nothing has “nowhere at all”"
    assert search.empty.text.text().startswith("All words must be there")


def test_what_is_not_there_and_what_can_be_asked_for(window: MainWindow, search: SearchView) -> None:
    assert search.empty.heading.text() == "Search all that you follow"
    QTest.keyClicks(search.field.line, "nowhere at all")
    assert search.empty.isVisible()
    assert search.empty.heading.text() == "Nothing has “nowhere at all”"
    QTest.keyClick(search.field.line, Qt.Key.Key_Down)
    assert window.focusWidget() is search.field.line
    QTest.keyClick(search.field.line, Qt.Key.Key_Escape)
    assert search.field.line.text() == ""
    assert search.empty.heading.text() == "Search all that you follow"
    assert kinds(search) == ["[All]", "Podcasts", "Episodes", "Bookmarks", "Chapters", "Notes"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_hit_is_queued_and_has_a_menu(
    window: MainWindow, search: SearchView, services: Services, library: Library
) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    QTest.keyClick(search.field.line, Qt.Key.Key_Down)
    window.actions_table["queue_add"].trigger()
    entry = services.queue.queue.entries[0]
    assert (entry.episode, entry.title) == (library.main, "Stargate")
    search.table.customContextMenuRequested.emit(search.table.visualRect(search.model.index(1, 0)).center())
    menu = search.findChild(QMenu)
    assert menu is not None
    menu.close()
    search.field.line.setText("lex")
    go_to(search, "Lex Fridman Podcast 12")
    assert search.piece == Piece(library.main)
    go_to(search, "Lex Fridman Podcast")
    assert search.piece is None


def test_ctrl_f_leads_to_the_words(window: MainWindow, search: SearchView) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    QTest.keyClick(search.field.line, Qt.Key.Key_Down)
    window.actions_table["filter"].trigger()
    assert window.focusWidget() is search.field.line
    assert search.field.line.selectedText() == "stargate"


def test_the_play_button_below_the_mouse_is_filled(search: SearchView) -> None:
    QTest.keyClicks(search.field.line, "stargate")
    table, none = search.table, Qt.MouseButton.NoButton
    button = ResultsDelegate.play_button(table.visualRect(search.model.index(1, 0)), table.fontMetrics().height())
    accent = colours(table.palette()).accent

    def is_filled() -> bool:
        return table.viewport().grab(button.toRect()).toImage().pixelColor(6, round(button.height() / 2)) == accent

    assert not is_filled()
    place = button.center()
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(table.viewport(), move)
    assert is_filled()
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert not is_filled()


def test_the_sidebar_leads_there(window: MainWindow) -> None:
    window.sidebar.place_chosen.emit(SEARCH)
    assert window.middle.currentWidget() is window.search
    assert window.focusWidget() is window.search.field.line
