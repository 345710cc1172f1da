"""The queue in the window: filled from anywhere, sorted, emptied, undone, played."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.errors import FileError
from player.core.events import DownloadProgressed
from player.core.model import EpisodeId, View
from player.core.play_queue import Piece, Queue, piece_of_chapter
from player.core.sound import Sound
from player.core.timecode import parse_timecode
from player.ui.main_window import MainWindow
from player.ui.places import QUEUE, Place
from player.ui.queue_gestures import change_words
from player.ui.queue_model import QueueModel
from player.ui.sidebar_model import RowRole
from seeded import CHAPTERS, STARGATE, Library

Key = Qt.Key
Left = Qt.MouseButton.LeftButton
Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def titles(model: QueueModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def queued(services: Services) -> list[EpisodeId]:
    return [each.episode for each in services.queue.queue.entries]


@pytest.fixture
def filled(window: MainWindow, services: Services, library: Library) -> MainWindow:
    """The window with the queue before the listener: two episodes, and a chapter between them."""
    services.queue.add(Piece(library.episodes[2]))
    services.queue.add(piece_of_chapter(library.main, CHAPTERS, 5))
    services.queue.add(Piece(library.others[0]))
    window.show_place(QUEUE)
    return window


def test_the_queue_stands_first_with_its_count(filled: MainWindow, services: Services, qtbot: QtBot) -> None:
    row = filled.sidebar.model.index(0).data(RowRole)
    assert (row.text, row.place) == ("Queue", QUEUE)
    qtbot.waitUntil(lambda: filled.sidebar.model.index(0).data(RowRole).note == "3")
    filled.show_place(Place(View.NEW))
    view = filled.sidebar.view
    QTest.mouseClick(view.viewport(), Left, pos=view.visualRect(view.model().index(0, 0)).center())
    assert filled.middle.currentWidget() is filled.queue
    services.queue.clear()
    qtbot.waitUntil(lambda: filled.sidebar.model.index(0).data(RowRole).note == "")


def test_what_a_row_says(filled: MainWindow, services: Services, library: Library) -> None:
    model = filled.queue.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert titles(model) == ["Lex Fridman Podcast 10", "Stargate", "Acquired 3"]
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2. Stargate · 7 min · 4:56:55–5:04:24 · Lex Fridman Podcast 12 · Lex Fridman Podcast"
    services.queue.mark(services.queue.queue.entries[2].id, FileError("/a.mp3", "it cannot be read"))
    assert model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == "/a.mp3 cannot be used: it cannot be read."
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("it cannot be read.")
    services.queue.add(Piece(library.main, 5_000, None))
    assert titles(model)[3] == "Chapter at 0:05"
    assert not filled.queue.grab().isNull()


def test_how_long_it_takes_at_the_speed_of_now(filled: MainWindow, services: Services, library: Library) -> None:
    facts = filled.queue.facts
    assert facts.text() == "3 entries · 10 h 39 min"
    services.sounds.choose(Sound(2.0))
    assert facts.text() == "3 entries · 5 h 19 min at 2×"
    services.queue.remove([each.id for each in services.queue.queue.entries[::2]])
    assert facts.text() == "1 entry · 3 min at 2×"
    services.queue.clear()
    assert facts.text() == ""


def test_what_is_skipped_takes_no_time(filled: MainWindow, services: Services, library: Library, qtbot: QtBot) -> None:
    services.queue.clear()
    services.queue.add(Piece(library.main))
    assert filled.queue.facts.text() == "1 entry · 5 h 15 min"
    services.chapters.set_skipped(library.main, CHAPTERS[:5], is_skipped=True).result()
    qtbot.waitUntil(lambda: filled.queue.facts.text() == "1 entry · 19 min")
    assert filled.queue.model.rows[0].length_words == "19 min"


def test_a_begun_episode_counts_what_is_left(filled: MainWindow, services: Services, library: Library) -> None:
    services.playback.open(library.main, at=parse_timecode("5:00:00"))
    services.playback.open(library.others[1])
    services.queue.clear()
    services.queue.add(Piece(library.main))
    assert filled.queue.model.rows[0].length_words == "15 min left"


def test_empty_it_says_how_to_fill_it(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(QUEUE)
    assert window.queue.pages.currentWidget() is window.queue.empty
    assert not window.queue.clear.isVisible()
    services.queue.add(Piece(library.main))
    assert window.queue.pages.currentWidget() is window.queue.table


def test_q_queues_what_is_shown(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    window.list.select(library.episodes[4])
    QTest.keyClick(window.list.table, Key.Key_Q)
    assert window.notices.words.text() == "“Lex Fridman Podcast 8” plays next."
    window.show_episode(library.main)
    QTest.keyClick(window, Key.Key_Q)
    assert window.notices.words.text() == "“Lex Fridman Podcast 12” is number 2 in the queue."
    window.chapters.table.setFocus()
    window.chapters.table.setCurrentIndex(window.chapters.model.index(5, 0))
    QTest.keyClick(window.chapters.table, Key.Key_Q, Shift)
    assert window.notices.words.text() == "“Stargate” plays next."
    first = services.queue.queue.entries[0]
    assert (first.start, first.stop, first.title) == (STARGATE, CHAPTERS[5].end, "Stargate")
    assert queued(services) == [library.main, library.episodes[4], library.main]
    window.show_episode(library.episodes[4])
    QTest.keyClick(window, Key.Key_Q)
    assert queued(services) == [library.main, library.main, library.episodes[4]]
    assert window.notices.words.text() == "“Lex Fridman Podcast 8” is number 3 in the queue."
    QTest.keyClick(window, Key.Key_Q)
    assert window.notices.words.text() == "“Lex Fridman Podcast 8” is number 3 in the queue already."
    window.show_place(QUEUE)
    QTest.keyClick(window.queue.table, Key.Key_Q)
    assert len(queued(services)) == 3, "what stands there is queued already"


def test_the_button_of_the_page(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    button = window.page.queue
    assert (button.text(), button.accessibleName()) == ("Queue", "Add to queue")
    QTest.mouseClick(button, Left)
    assert queued(services) == [library.main]
    assert (button.text(), button.accessibleName()) == ("Queued", "Take out of the queue")
    QTest.mouseClick(button, Left)
    assert queued(services) == []
    QTest.mouseClick(window.notices.action, Left)
    assert queued(services) == [library.main]


def test_the_buttons_of_a_narrow_page_keep_their_icons(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    window.show_episode(library.episodes[1])
    page = window.page
    page.setFixedWidth(2000)
    wide = page.mark.sizeHint().width()
    assert page.mark.whole_tip == ""
    page.setFixedWidth(page.fontMetrics().height() * 24)
    qtbot.waitUntil(lambda: page.mark.sizeHint().width() < wide / 2)
    assert page.mark.whole_tip == page.mark.text() == "Mark as played"
    assert page.queue.whole_tip == "Add to queue"
    assert not page.mark.grab().isNull()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menus_of_episodes_and_chapters(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    window.show_episode(library.main)
    window.show_list()
    table = window.list.table
    table.customContextMenuRequested.emit(table.visualRect(window.list.model.index(3, 0)).center())
    choose(window.list, "Add to queue")
    window.chapters.table.menu_asked.emit(window.chapters.model.index(5, 0), table.mapToGlobal(table.rect().center()))
    choose(window.chapters, "Play next")
    first, second = services.queue.queue.entries
    assert (first.title, second.episode) == ("Stargate", library.episodes[3])


def choose(owner: QWidget, words: str) -> None:
    """Choose from the open menu of a widget."""
    menu = owner.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_keys_sort_it(filled: MainWindow, services: Services) -> None:
    view = filled.queue
    view.table.selectRow(2)
    QTest.keyClick(view.table, Key.Key_Up, Control | Shift)
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Acquired 3", "Stargate"]
    assert view.table.currentIndex().row() == 1
    QTest.keyClick(view.table, Key.Key_Up, Control | Shift)
    QTest.keyClick(view.table, Key.Key_Up, Control | Shift)
    assert view.table.currentIndex().row() == 0
    QTest.keyClick(view.table, Key.Key_Down, Control | Shift)
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Acquired 3", "Stargate"]
    assert not filled.notices.isVisible() or "number" not in filled.notices.words.text(), "it shows by itself"
    QTest.keyClick(view.table, Key.Key_Z, Control)
    assert titles(view.model) == ["Acquired 3", "Lex Fridman Podcast 10", "Stargate"]


def test_delete_takes_out_and_can_be_undone(filled: MainWindow, services: Services) -> None:
    view = filled.queue
    view.table.selectRow(1)
    QTest.keyClick(view.table, Key.Key_Delete)
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Acquired 3"]
    assert filled.notices.words.text() == "“Stargate” is taken out of the queue."
    assert view.table.currentIndex().row() == 1
    QTest.mouseClick(filled.notices.action, Left)
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Stargate", "Acquired 3"]
    QTest.mouseClick(view.clear, Left)
    assert titles(view.model) == []
    assert filled.notices.words.text() == "3 entries are taken out of the queue."
    QTest.keyClick(view, Key.Key_Z, Control)
    assert len(titles(view.model)) == 3
    assert not filled.notices.isVisible()


def test_an_undo_that_is_late_undoes_nothing_else(filled: MainWindow, services: Services) -> None:
    view = filled.queue
    view.table.selectRow(0)
    QTest.keyClick(view.table, Key.Key_Delete)
    act = filled.notices.action
    services.queue.move(services.queue.queue.entries[1].id, 0)
    assert not act.isVisible(), "what was told is over with the next change"
    assert titles(view.model) == ["Acquired 3", "Stargate"]


def test_a_row_is_dragged_to_its_place(filled: MainWindow, services: Services) -> None:
    model = filled.queue.model
    for source, before, expected in ((0, 3, [1, 2, 0]), (2, 0, [2, 0, 1]), (0, -1, [1, 2, 0]), (1, 1, [0, 1, 2])):
        was = titles(model)
        data = model.mimeData([model.index(source, 0)])
        assert model.canDropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
        assert model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
        assert titles(model) == [was[row] for row in expected]
    gone = model.mimeData([model.index(0, 0)])
    services.queue.clear()
    assert not model.dropMimeData(gone, Qt.DropAction.MoveAction, 0, 0, QModelIndex())


def test_enter_and_a_double_click_play(filled: MainWindow, services: Services, library: Library) -> None:
    table = filled.queue.table
    table.selectRow(1)
    assert filled.chapters.episode == library.main, "the arrow keys show the chapters"
    QTest.keyClick(table, Key.Key_Return)
    assert services.playback.state.is_playing
    assert services.playback.position() == STARGATE
    assert titles(filled.queue.model) == ["Lex Fridman Podcast 10", "Acquired 3"]
    place = table.visualRect(filled.queue.model.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Left, pos=place)
    assert services.playback.state.episode == library.main, "one click only chooses"
    QTest.mouseDClick(table.viewport(), Left, pos=place)
    QTest.mouseRelease(table.viewport(), Left, pos=place)
    assert services.playback.state.episode == library.episodes[2]


def test_n_goes_on_to_the_next_entry(filled: MainWindow, services: Services, library: Library) -> None:
    services.queue.move(services.queue.queue.entries[1].id, 0)
    QTest.keyClick(filled, Key.Key_N)
    assert services.playback.position() == STARGATE
    services.queue.clear()
    QTest.keyClick(filled, Key.Key_N)
    assert filled.notices.words.text().startswith("There is nothing in the queue that can be played")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_an_entry(filled: MainWindow, services: Services, library: Library) -> None:
    view = filled.queue

    def ask(row: int, words: str) -> None:
        view.table.customContextMenuRequested.emit(view.table.visualRect(view.model.index(row, 0)).center())
        choose(view, words)

    ask(2, "Play next")
    assert titles(view.model) == ["Acquired 3", "Lex Fridman Podcast 10", "Stargate"]
    ask(0, "Move to the end")
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Stargate", "Acquired 3"]
    ask(0, "Take out of the queue")
    ask(1, "Show episode")
    assert filled.page.episode == library.others[0]
    QTest.keyClick(filled, Key.Key_Escape)
    assert filled.middle.currentWidget() is not filled.queue or not filled.notices.isVisible()
    filled.show_list()
    assert filled.middle.currentWidget() is filled.queue, "back to where the page was opened from"
    ask(0, "Play")
    assert services.playback.position() == STARGATE


def test_it_follows_what_happens_elsewhere(
    filled: MainWindow, services: Services, library: Library, qtbot: QtBot
) -> None:
    view = filled.queue
    filled.notices.dismiss()
    services.bus.publish(DownloadProgressed(library.main, 1, 2, 1.0, 1))
    services.subscriptions.remove(library.other).result()
    assert titles(view.model) == ["Lex Fridman Podcast 10", "Stargate"]
    assert not filled.notices.isVisible(), "the queue itself was not changed by the listener"
    services.library.mark_played([library.episodes[2]], played=True, now=0)
    qtbot.waitUntil(lambda: view.model.rows[0].episode.is_played)


def test_words_for_changes() -> None:
    first, second, third = (Piece(EpisodeId(number)) for number in (1, 2, 3))
    queue = Queue().added(first).added(second).added(third)

    def words(now: Queue, *, is_shown: bool = False) -> str:
        return change_words(queue, now, lambda entry: str(entry.episode), is_shown=is_shown)

    assert words(queue.added(first)) == "“1” is number 3 in the queue."
    assert words(queue.added(first), is_shown=True) == ""
    assert words(queue.added_next(third)) == "“3” plays next."
    assert words(queue.added(Piece(EpisodeId(4))), is_shown=True) == "“4” is number 4 in the queue."
    assert words(queue.removed([queue.entries[1].id])) == "“2” is taken out of the queue."
    assert words(queue.cleared()) == "3 entries are taken out of the queue."
    assert words(queue.undone()) == ""
