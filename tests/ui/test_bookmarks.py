"""Bookmarks in the window: marked by a key, named in place, listed, played from, changed, taken away, exported."""

from __future__ import annotations

import json
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.bookmarks import Bookmark, BookmarkId
from player.core.model import Found, FoundKind
from player.core.timecode import parse_timecode
from player.ui.bookmark_table import BookmarkTable
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, SEARCH
from player.ui.sidebar_model import RowRole
from seeded import Library

HERE = parse_timecode("1:12:40") or 0


def made(services: Services, library: Library) -> list[Bookmark]:
    return list(services.bookmarks.of_episode(library.main))


def mark(services: Services, library: Library, at: int = HERE, text: str = "", stop: int | None = None) -> None:
    services.bookmarks.add(library.main, at, text=text, stop=stop).result()


def show(qtbot: QtBot, window: MainWindow) -> None:
    window.show_place(BOOKMARKS)
    qtbot.waitUntil(window.bookmarks.isVisible)


def test_a_key_marks_and_a_line_may_follow(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library
) -> None:
    field, page = playing.marking.field, playing.page
    page.setFocus()
    QTest.keyClick(playing, Qt.Key.Key_B)
    (found,) = made(services, library)
    assert (found.start, found.stop, found.text, found.chapter) == (HERE, None, "", "Export controls on GPUs to China")
    qtbot.waitUntil(field.line.hasFocus)
    assert field.place.text() == "1:12:40"
    QTest.keyClicks(field.line, "Buy chips [1] ")
    assert services.playback.state.is_playing
    assert services.playback.position() == HERE, "no key that was typed did anything else"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert made(services, library)[0].text == "Buy chips [1]"
    assert field.isHidden()
    qtbot.waitUntil(page.hasFocus)
    # The same place again: the text is changed, and no second one made.
    QTest.keyClick(playing, Qt.Key.Key_B)
    assert (field.line.text(), len(made(services, library))) == ("Buy chips [1]", 1)
    QTest.keyClicks(field.line, "Others")
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert (made(services, library)[0].text, field.isHidden()) == ("Buy chips [1]", True)
    assert playing.middle.currentWidget() is page, "Escape was the field's"


def test_an_end_is_marked(qtbot: QtBot, playing: MainWindow, services: Services, library: Library) -> None:
    field = playing.marking.field
    QTest.keyClick(playing, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert "Nothing is marked before" in playing.notices.words.text()
    QTest.keyClick(playing, Qt.Key.Key_B)
    services.playback.jump(HERE + 30_000)
    QTest.keyClick(field.line, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert (made(services, library)[0].stop, field.place.text()) == (HERE + 30_000, "1:12:40–1:13:10")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    services.playback.jump(HERE + 60_000)
    QTest.keyClick(playing, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert made(services, library)[0].stop == HERE + 60_000
    assert "“Export controls on GPUs to China” is marked up to here." in playing.notices.words.text()
    playing.notices.action.click()
    assert made(services, library)[0].stop == HERE + 30_000


def test_what_was_typed_is_kept_when_the_focus_goes(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library
) -> None:
    field = playing.marking.field
    QTest.keyClick(playing, Qt.Key.Key_B)
    QTest.keyClicks(field.line, "Half a")
    playing.chapters.table.setFocus()
    qtbot.waitUntil(field.isHidden)
    assert made(services, library)[0].text == "Half a"
    # A slip is taken back where it was made.
    services.playback.jump(0)
    QTest.keyClick(playing, Qt.Key.Key_B)
    field.remove.click()
    assert (len(made(services, library)), field.isHidden()) == (1, True)


def test_what_was_typed_is_kept_when_another_place_is_marked(
    playing: MainWindow, services: Services, library: Library
) -> None:
    marking = playing.marking
    marking.mark()
    QTest.keyClicks(marking.field.line, "First")
    marking.mark()
    assert marking.field.line.text() == "First", "it is about that place already"
    services.playback.jump(2 * HERE)
    marking.mark()
    assert (marking.field.line.text(), marking.field.place.text()) == ("", "2:25:20")
    QTest.keyClicks(marking.field.line, "Second")
    # The mini player, in which no line is asked for.
    playing.mini_switch.show_mini()
    services.playback.jump(3 * HERE)
    marking.mark()
    assert [each.text for each in made(services, library)] == ["First", "Second", ""]


def test_what_was_typed_is_kept_when_the_window_is_closed(
    playing: MainWindow, services: Services, library: Library
) -> None:
    playing.marking.mark()
    QTest.keyClicks(playing.marking.field.line, "Half a")
    playing.close()
    assert made(services, library)[0].text == "Half a"
    assert playing.marking.field.isHidden()


def test_the_timeline_shows_them(qtbot: QtBot, playing: MainWindow, services: Services, library: Library) -> None:
    timeline, marks = playing.player.timeline, playing.marking.marks
    mark(services, library, 2 * HERE, "Later", 3 * HERE)
    assert [each.text for each in marks.bookmarks] == ["Later"]
    ribbon = QPoint(round(timeline.x_of(2 * HERE)), 4)
    QTest.mouseMove(timeline, QPoint(ribbon.x() - 60, 4))
    assert marks.tip == ""
    QTest.mouseMove(timeline, ribbon)
    assert marks.tip == "Later · 2:25:20–3:38:00"
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=ribbon)
    assert services.playback.position() == 2 * HERE
    QTest.mouseMove(timeline, QPoint(ribbon.x(), timeline.height() - 4))
    assert marks.tip == ""
    services.playback.open(library.others[0], play=False)
    assert marks.bookmarks == ()


def test_the_place_lists_filters_and_plays(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library
) -> None:
    show(qtbot, playing)
    view = playing.bookmarks
    assert view.pages.currentWidget() is view.empty
    mark(services, library, HERE, "Why chips")
    services.bookmarks.add(library.others[0], 5000, text="An advert").result()
    assert [view.model.index(row, 0).data() for row in range(2)] == ["An advert", "Why chips"]
    row = view.model.index(1, 0)
    facts = "Export controls on GPUs to China · Lex Fridman Podcast 12 · Lex Fridman Podcast"
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith(f"Why chips · 1:12:40 · {facts}")
    bar = playing.sidebar.model
    number = bar.place_row(BOOKMARKS)
    assert number is not None
    playing.sidebar.refresh()
    assert bar.index(number).data(RowRole).note == "2"
    QTest.keyClick(playing, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(view.filter.line, "lex chi")
    assert (view.model.rowCount(), view.facts.text()) == (1, "1 of 2 bookmarks")
    QTest.keyClick(view.filter.line, Qt.Key.Key_Down)
    services.playback.jump(0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert services.playback.position() == HERE
    view.filter.line.setText("nothing of it")
    assert view.pages.currentWidget() is view.empty
    view.filter.line.clear()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=view.table.visualRect(row).center())
    assert services.playback.position() == HERE
    assert playing.middle.currentWidget() is view


def test_a_row_is_edited_taken_away_and_brought_back(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library
) -> None:
    mark(services, library, HERE, "Why chips")
    show(qtbot, playing)
    table = playing.bookmarks.table
    table.selectRow(0)
    table.setFocus()
    services.playback.jump(0)
    QTest.keyClick(table, Qt.Key.Key_F2)
    line = table.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "Why chips"
    QTest.keyClicks(line, "Because")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made(services, library)[0].text == "Because")
    assert services.playback.position() == 0, "that Enter did not play"
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert (made(services, library), playing.notices.words.text()) == ([], "The bookmark “Because” is taken away.")
    QTest.keyClick(playing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert made(services, library)[0].text == "Because"
    assert (playing.bookmarks.model.rowCount(), table.hasFocus()) == (1, True)


def writing(table: BookmarkTable) -> QLineEdit:
    line = table.viewport().findChild(QLineEdit)
    assert line is not None
    return line


@pytest.mark.parametrize("is_on_page", [False, True])
def test_lists_that_are_read_again_leave_the_words_that_are_typed(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library, is_on_page: bool
) -> None:
    mark(services, library, HERE, "Why chips")
    mark(services, library, 3 * HERE, "Later")
    if is_on_page:
        playing.page.tabs.choose("bookmarks")
    else:
        show(qtbot, playing)
    listed = playing.page.bookmarks if is_on_page else playing.bookmarks
    listed.table.choose(made(services, library)[0].id)
    listed.table.edit_chosen()
    QTest.keyClicks(writing(listed.table), "Because")
    listed.model.show_ids(listed.model.ids)
    assert writing(listed.table).text() == "Because", "the same rows"
    mark(services, library, 2 * HERE, "Between")
    assert writing(listed.table).text() == "Because", "others"
    QTest.keyClick(writing(listed.table), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 3)
    assert [each.text for each in made(services, library)] == ["Because", "Between", "Later"]
    chosen = listed.table.chosen
    assert chosen is not None
    assert (chosen.bookmark.text, listed.table.hasFocus()) == ("Because", True)


def test_words_typed_in_a_list_are_kept_when_it_goes(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library
) -> None:
    mark(services, library, HERE, "Why chips")
    page = playing.page
    page.tabs.choose("bookmarks")
    page.bookmarks.table.choose(None)
    page.bookmarks.table.edit_chosen()
    QTest.keyClicks(writing(page.bookmarks.table), "Because")
    page.bookmarks.show_episode(library.others[0])
    assert (made(services, library)[0].text, page.bookmarks.model.rowCount()) == ("Because", 0)
    show(qtbot, playing)
    playing.bookmarks.table.choose(None)
    playing.bookmarks.table.edit_chosen()
    QTest.keyClicks(writing(playing.bookmarks.table), "And so on")
    playing.close()
    assert made(services, library)[0].text == "And so on"


def test_the_page_has_a_tab_for_them(qtbot: QtBot, playing: MainWindow, services: Services, library: Library) -> None:
    page = playing.page
    assert page.tabs.tabText(2) == "Bookmarks"
    page.tabs.choose("bookmarks")
    assert (page.bookmarks.empty.isVisible(), page.notes.isVisible()) == (True, False)
    page.bookmark.click()
    playing.marking.field.close_quietly()
    assert page.tabs.tabText(2) == "Bookmarks 1"
    assert (page.bookmarks.empty.isVisible(), page.bookmarks.table.isVisible()) == (False, True)
    services.playback.jump(0)
    page.bookmarks.table.choose(None)
    page.bookmarks.table.setFocus()
    QTest.keyClick(page.bookmarks.table, Qt.Key.Key_Return)
    assert services.playback.position() == HERE
    QTest.keyClick(page.bookmarks.table, Qt.Key.Key_Delete)
    assert (made(services, library), page.bookmarks.table.isVisible()) == ([], False)
    QTest.keyClick(playing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (len(made(services, library)), page.bookmarks.table.hasFocus()) == (1, True)
    playing.show_episode(library.others[0])
    assert page.bookmark.isHidden(), "it marks what plays"


def test_the_search_finds_them(playing: MainWindow, services: Services, library: Library) -> None:
    mark(services, library, 2 * HERE, "Why chips")
    playing.show_place(SEARCH)
    playing.search.show_words("why chi")
    (row,) = [row for row in playing.search.model.rows if row.hit is not None]
    assert (row.kind, row.title, row.start) == (FoundKind.BOOKMARK, "Why chips", "2:25:20")
    index = playing.search.model.index(playing.search.model.rows.index(row), 0)
    playing.search.table.play_asked.emit(index)
    assert services.playback.position() == 2 * HERE
    targets: list[str] = []
    playing.ways.find(
        "chips", lambda found: targets.extend(each.title for each in found if each.heading == "Bookmarks")
    )
    assert targets == ["Why chips"]
    assert isinstance(row.hit, Found)
    services.playback.jump(0)
    playing.ways.go_to_hit(row.hit)
    assert services.playback.position() == 2 * HERE
    assert playing.middle.currentWidget() is playing.page


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_links_are_copied(qtbot: QtBot, playing: MainWindow, services: Services, library: Library) -> None:
    clipboard = QGuiApplication.clipboard()
    QTest.keyClick(playing, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert services.bookmarks.linked(clipboard.text()) == (library.main, HERE)
    mark(services, library, 2 * HERE)
    show(qtbot, playing)
    table = playing.bookmarks.table
    table.customContextMenuRequested.emit(table.visualRect(playing.bookmarks.model.index(0, 0)).center())
    menu = table.findChild(QMenu)
    assert menu is not None
    copying = next(each for each in menu.actions() if each.text().startswith("Copy Earmark link"))
    assert copying.text() == "Copy Earmark link at 2:25:20"
    copying.trigger()
    assert services.bookmarks.linked(clipboard.text()) == (library.main, 2 * HERE)
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("name", "begins"), [("marks.json", "{"), ("marks.md", "# Bookmarks"), ("marks", "# Book")])
def test_they_are_exported(
    qtbot: QtBot,
    playing: MainWindow,
    services: Services,
    library: Library,
    tmp_path: Path,
    name: str,
    begins: str,
) -> None:
    mark(services, library, HERE, "Why chips")
    mark(services, library, 2 * HERE, "Another")
    show(qtbot, playing)
    playing.bookmarks.filter.line.setText("chips")
    playing.bookmarks.export.click()
    dialog = playing.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / name))
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert written.startswith(begins)
    assert "Another" not in written
    if name.endswith("json"):
        assert [each["text"] for each in json.loads(written)["bookmarks"]] == ["Why chips"]
    assert playing.notices.words.text() == f"1 bookmark written to “{name}”."
    dialog.close()


def test_only_the_newest_words_are_answered(
    qtbot: QtBot, playing: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(qtbot, playing)
    view = playing.bookmarks
    for text in ("Why chips", "An advert"):
        mark(services, library, HERE, text)
    asked: dict[str, Future[list[BookmarkId]]] = {}
    monkeypatch.setattr(services.bookmarks, "find", lambda words: asked.setdefault(words, Future()))
    view.filter.line.setText("chips")
    view.filter.line.setText("advert")
    assert view.model.rowCount() == 2, "what is shown stays until there is an answer"
    asked["chips"].set_result(services.bookmarks.ids("chips"))
    assert view.model.rowCount() == 2
    asked["advert"].set_result(services.bookmarks.ids("advert"))
    assert [view.model.index(row, 0).data() for row in range(view.model.rowCount())] == ["An advert"]
    view.filter.line.setText("chip")
    view.filter.line.clear()
    asked["chip"].set_result(services.bookmarks.ids("chip"))
    assert view.model.rowCount() == 2
