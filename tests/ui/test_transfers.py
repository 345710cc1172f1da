"""Downloads that are not finished, above those that are: how they stand, their order, and what is done about them."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.app.home import InlineHome
from player.core.events import DownloadProgressed
from player.core.model import Download, DownloadState, EpisodeId, EpisodeQuery, View
from player.storage import episodes
from player.storage.database import open_reader, open_writer
from player.ui import cleaning
from player.ui.cleaning import Cleaning
from player.ui.main_window import MainWindow
from player.ui.places import Place
from player.ui.podcast_settings import PodcastSettings
from player.ui.settings_dialog import SettingsDialog
from player.ui.transfer_delegate import TransferDelegate
from player.ui.transfer_model import WordsRole
from player.ui.transfer_texts import summary_text, transfer_words
from player.ui.transfers_panel import TransfersPanel
from seeded import Library

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ONE = EpisodeId(1)


@pytest.fixture
def panel(window: MainWindow, services: Services, library: Library) -> TransfersPanel:
    """Three wait: nothing runs, as all wait for another network."""
    services.downloads.hold(is_held=True)
    for episode in library.episodes[1:4]:
        services.downloads.start(episode)
    window.show_place(Place(View.DOWNLOADS))
    window.transfers.refresh()
    return window.transfers


def words(panel: TransfersPanel) -> list[str]:
    return [str(panel.model.index(row, 0).data(WordsRole)) for row in range(panel.model.rowCount())]


def order(panel: TransfersPanel) -> list[EpisodeId]:
    return [each.id for each in panel.model.rows]


def press(panel: TransfersPanel, row: int, slot: int) -> None:
    rect = panel.table.visualRect(panel.model.index(row, 0))
    at = TransferDelegate.slots(rect, panel.table.fontMetrics().height())[slot].center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))


def test_they_stand_above_what_is_finished(window: MainWindow, panel: TransfersPanel, library: Library) -> None:
    assert panel.isVisible()
    assert order(panel) == library.episodes[1:4]
    assert window.list.model.ids == [library.main]
    assert set(words(panel)) == {"Waits for a network that is not metered"}
    assert panel.summary.text() == "3 waiting"
    window.show_place(Place(View.ALL))
    assert not panel.isVisible()


def test_the_keys_sort_them(panel: TransfersPanel, library: Library) -> None:
    first, second, third = library.episodes[1:4]
    panel.table.setFocus()
    panel.table.selectRow(2)
    QTest.keyClick(panel.table, Key.Key_Up, Ctrl | Shift)
    assert order(panel) == [first, third, second]
    QTest.keyClick(panel.table, Key.Key_Home, Ctrl | Shift)
    assert order(panel) == [third, first, second]
    QTest.keyClick(panel.table, Key.Key_Down, Ctrl | Shift)
    assert order(panel) == [first, third, second]
    panel.model.dropped.emit(second, 0)
    assert order(panel) == [second, first, third]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_are_about_the_row_with_the_focus(
    window: MainWindow, panel: TransfersPanel, services: Services, library: Library
) -> None:
    """Not about the finished download on which the cursor of the list below stands."""
    other = library.others[1]
    services.downloads.start(other)
    panel.refresh()
    window.list.table.selectRow(0)
    panel.table.setFocus()
    panel.table.selectRow(3)
    assert [window.list.chosen, panel.chosen] == [other, other]
    QTest.keyClick(panel.table, Key.Key_P)
    played = {each.id for each in services.library.episodes(library.episodes + library.others) if each.is_played}
    assert (other in played, library.main in played) == (True, False)
    QTest.keyClick(panel.table, Key.Key_P)
    assert not services.library.episode(other).is_played
    QTest.keyClick(panel.table, Key.Key_Q)
    assert [each.episode for each in services.queue.queue.entries] == [other]
    QTest.keyClick(panel.table, Key.Key_P, Ctrl)
    dialog = next(each for each in window.findChildren(PodcastSettings) if each.isVisible())
    assert dialog.podcast.id == library.other
    dialog.reject()
    window.list.table.setFocus()
    assert window.list.chosen == library.main
    QTest.keyClick(window.list.table, Key.Key_P)
    assert services.library.episode(library.main).is_played


def test_a_row_is_dragged_to_another_place_and_stays_there(
    panel: TransfersPanel, services: Services, library: Library
) -> None:
    first, second, third = library.episodes[1:4]
    model = panel.model
    dragged = model.mimeData([model.index(2, 0)])
    assert model.dropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert order(panel) == [third, first, second]
    dragged = model.mimeData([model.index(0, 0)])
    assert model.dropMimeData(dragged, Qt.DropAction.MoveAction, -1, 0, QModelIndex())
    assert order(panel) == [first, second, third]
    dragged = model.mimeData([model.index(0, 0)])
    assert model.dropMimeData(dragged, Qt.DropAction.MoveAction, 2, 0, QModelIndex())
    assert order(panel) == [second, first, third] == list(services.downloads.order)
    with closing(open_reader(services.profile.database)) as reader:
        kept = [each.episode for each in episodes.downloads(reader, (DownloadState.WAITING,))]
    assert kept == [second, first, third], "so it is at the next start"


def test_the_icons_pause_and_cancel_and_a_cancel_is_undone(
    window: MainWindow, panel: TransfersPanel, services: Services, library: Library, home: InlineHome
) -> None:
    first = library.episodes[1]
    press(panel, 0, 0)
    assert services.library.download(first).state is DownloadState.PAUSED
    panel.refresh()
    assert panel.summary.text() == "2 waiting · 1 paused"
    press(panel, 0, 0)
    assert services.library.download(first).state is DownloadState.WAITING
    press(panel, 0, 1)
    panel.refresh()
    assert order(panel) == library.episodes[2:4]
    window.notices.action.click()
    panel.refresh()
    assert order(panel) == library.episodes[1:4]
    assert services.library.download(first).state is DownloadState.WAITING
    press(panel, 0, 1)
    home.tick()
    assert services.library.download(first).state is DownloadState.NONE


def press_twice(panel: TransfersPanel, row: int, slot: int) -> None:
    """A double click, whose first press has its effect on the rows before the second one comes."""
    table, button, none = panel.table, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    rect = table.visualRect(panel.model.index(row, 0))
    at = TransferDelegate.slots(rect, table.fontMetrics().height())[slot].center()
    press(panel, row, slot)
    panel.refresh()
    there = QPointF(table.viewport().mapToGlobal(at))
    second = QMouseEvent(QEvent.Type.MouseButtonDblClick, QPointF(at), there, button, button, none)
    QApplication.sendEvent(table.viewport(), second)
    panel.refresh()


def test_a_double_click_cancels_one_only(panel: TransfersPanel, services: Services, library: Library) -> None:
    press_twice(panel, 0, 1)
    assert order(panel) == library.episodes[2:4]
    press_twice(panel, 0, 0)
    assert services.library.download(library.episodes[2]).state is DownloadState.WAITING, "paused, and resumed"


def test_they_are_sorted_while_a_cancellation_can_be_undone(
    panel: TransfersPanel, services: Services, library: Library
) -> None:
    gone, first, second = library.episodes[1:4]
    third = library.others[1]
    services.downloads.start(third)
    services.keeping.remove(gone)
    panel.refresh()
    assert order(panel) == [first, second, third]
    panel.table.setFocus()
    panel.table.selectRow(1)
    QTest.keyClick(panel.table, Key.Key_Up, Ctrl | Shift)
    assert order(panel) == [second, first, third]
    panel.table.selectRow(0)
    QTest.keyClick(panel.table, Key.Key_Down, Ctrl | Shift)
    assert order(panel) == [first, second, third]
    QTest.keyClick(panel.table, Key.Key_Down, Ctrl | Shift)
    QTest.keyClick(panel.table, Key.Key_Down, Ctrl | Shift)
    assert order(panel) == [first, third, second]
    panel.model.dropped.emit(second, 0)
    assert order(panel) == [second, first, third]
    assert gone in services.downloads.order


def test_all_are_paused_and_go_on(panel: TransfersPanel, services: Services) -> None:
    panel.pause_all.click()
    panel.refresh()
    assert panel.summary.text() == "3 paused"
    assert not panel.pause_all.isVisible()
    panel.resume_all.click()
    panel.refresh()
    assert panel.summary.text() == "3 waiting"


def test_words() -> None:
    waiting = Download(ONE, DownloadState.WAITING, None, 5, 10, "x.org has a problem of its own (HTTP 503); try later.")
    assert transfer_words(waiting, None, again_in=39_001) == (
        "Tries again in 40 s · x.org has a problem of its own (HTTP 503); try later"
    )
    assert transfer_words(waiting, None, again_in=600_000).startswith("Tries again in 10 min")
    progress = DownloadProgressed(ONE, 5, 10, 2_000_000.0, 120_000)
    states = [DownloadState.RUNNING, DownloadState.FAILED]
    assert summary_text(states, [progress]) == "1 running · 1 failed · 2.0 MB/s · 2 min left"


def test_a_clean_up_shows_what_it_would_remove(
    window: MainWindow, services: Services, library: Library, home: InlineHome
) -> None:
    services.library.mark_played([library.main], played=True, now=0).result()
    dialog = Cleaning(services, window)
    assert dialog.summary.text() == "Would remove 1 file · 302 MB."
    assert dialog.files.count() == 1
    dialog.rule.choose("newest")
    dialog.rule.changed.emit()
    assert dialog.summary.text() == "Would remove nothing."
    dialog.rule.choose("played")
    dialog.rule.changed.emit()
    dialog.remove.click()
    assert services.library.download(library.main).state is DownloadState.COMPLETE, "not before it can be undone"
    home.tick()
    assert services.library.download(library.main).state is DownloadState.NONE


@pytest.fixture
def two_played(services: Services, library: Library) -> Services:
    """Two downloads that were played."""
    with closing(open_writer(services.profile.database)) as writer:
        path = str(services.profile.downloads / "other.mp3")
        episodes.set_download(writer, Download(library.others[0], DownloadState.COMPLETE, path, 5, 5), None, None)
    services.library.mark_played([library.main, library.others[0]], played=True, now=0).result()
    return services


def test_a_long_list_of_what_would_go_is_cut(
    window: MainWindow, two_played: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = Cleaning(two_played, window)
    assert (dialog.files.count(), dialog.summary.text()) == (2, "Would remove 2 files · 302 MB.")
    monkeypatch.setattr(cleaning, "_MOST_SHOWN", 1)
    dialog.days.setValue(1)
    assert (dialog.files.count(), dialog.summary.text()) == (2, "Would remove 2 files · 302 MB.")
    assert dialog.files.item(0).text().startswith("302 MB · Lex Fridman Podcast 12")
    assert dialog.files.item(1).text() == "and 1 more"
    dialog.remove.click()
    assert all(map(two_played.keeping.is_going, two_played.library.episode_ids(EpisodeQuery(View.DOWNLOADS))))


def test_rules_are_tried_on_what_was_there_at_first(window: MainWindow, two_played: Services, library: Library) -> None:
    """To read thousands of downloads again at each step of a number takes long."""
    dialog = Cleaning(two_played, window)
    two_played.library.mark_played([library.main], played=False, now=0).result()
    dialog.days.setValue(1)
    assert dialog.files.count() == 2
    assert Cleaning(two_played, window).files.count() == 1


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_settings_are_shown_and_kept(window: MainWindow, services: Services) -> None:
    window.actions_table["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    transfers = dialog.transfers
    transfers.at_once.setValue(2)
    transfers.limits.setChecked(True)
    transfers.rate.setValue(500)
    transfers.by_day.setChecked(True)
    transfers.metered.setChecked(False)
    before = services.settings.value
    assert before.parallel_downloads == 3
    dialog.save.click()
    value = services.settings.value
    assert (value.parallel_downloads, value.download_kilobytes) == (2, 500)
    assert (value.limit_from, value.limit_to) == ("08:00", "18:00")
    assert not value.waits_on_metered
    assert (value.back_ms, value.theme) == (before.back_ms, before.theme)
