from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.events import DownloadProgressed
from player.core.model import EpisodeId, PodcastId, View
from player.storage import episodes
from player.storage.database import open_writer
from player.ui.main_window import MainWindow
from player.ui.places import Place
from player.ui.sidebar import shown_note
from player.ui.sidebar_model import Row, RowRole, SidebarModel
from player.ui.texts import count_text
from seeded import NOW, Library, audio_of


def texts(model: SidebarModel) -> list[str]:
    return [str(model.index(row).data()) for row in range(model.rowCount(QModelIndex()))]


def notes(model: SidebarModel) -> dict[str, str]:
    return {row.text: row.note for row in (model.index(n).data(RowRole) for n in range(model.rowCount(QModelIndex())))}


def test_the_queue_then_views_then_podcasts_with_counts(window: MainWindow) -> None:
    model = window.sidebar.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert texts(model) == [
        "Queue",
        "New episodes",
        "In progress",
        "Downloads",
        "All episodes",
        "With chapters",
        "Played",
        "Bookmarks",
        "Search",
        "PODCASTS",
        "Acquired",
        "Lex Fridman Podcast",
    ]
    assert notes(model) == {
        "Queue": "",
        "New episodes": "15",
        "In progress": "",
        "Downloads": "1",
        "All episodes": "",
        "With chapters": "",
        "Played": "",
        "Bookmarks": "",
        "Search": "",
        "PODCASTS": "",
        "Acquired": "3",
        "Lex Fridman Podcast": "12",
    }
    spoken = model.index(11).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Lex Fridman Podcast · 12 not played"


def test_the_shelf_of_files_stands_with_the_views(window: MainWindow, services: Services) -> None:
    writer = open_writer(services.profile.database)
    shelf, episode = episodes.add_file_episode(
        writer, audio_of(services.profile), title="A talk", duration=1000, now=NOW
    )
    writer.close()
    window.sidebar.refresh()
    row = window.sidebar.model.place_row(Place(podcast=PodcastId(shelf)))
    assert row == 9
    assert window.sidebar.model.index(9).data() == "Your files"
    window.show_place(Place(podcast=PodcastId(shelf)))
    assert window.list.head.heading.text() == "Your files"
    assert not window.list.refresh_button.isVisible()
    window.show_episode(EpisodeId(episode))
    assert window.page.heading.text() == "A talk"


def test_a_large_count_is_shortened_before_the_name_is_cut(qtbot: QtBot) -> None:
    font = QApplication.font()
    row = Row("New episodes", Place(View.NEW), icon="new", note="100,000", brief="999+")
    wide = QFontMetrics(font).horizontalAdvance("New episodes 100,000") + 20
    assert shown_note(row, font, font, wide)[0] == "100,000"
    note, room = shown_note(row, font, font, wide - 30)
    assert note == "999+"
    assert room >= QFontMetrics(font).horizontalAdvance("New episodes")
    assert shown_note(Row("New episodes", note="12"), font, font, 20)[0] == "12"


def test_what_is_shortened_is_told_whole(
    window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {**services.library.counts(), View.NEW: 100_000}
    monkeypatch.setattr(services.library, "counts", lambda: counts)
    window.sidebar.refresh()
    model = window.sidebar.model
    new = model.index(model.place_row(Place(View.NEW)) or 0)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert new.data(role) == f"New episodes · {count_text(100_000)}"
    assert new.data(RowRole).brief == "999+"


def chosen_rows(window: MainWindow) -> list[int]:
    return [index.row() for index in window.sidebar.view.selectionModel().selectedIndexes()]


def test_a_click_and_enter_choose(window: MainWindow, library: Library) -> None:
    view = window.sidebar.view
    for row, shown in ((2, window.list), (0, window.queue), (1, window.list)):
        at = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert window.middle.currentWidget() is shown
        assert chosen_rows(window) == [row]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen_rows(window) == [1], "passing a row is not choosing it"
    view.setCurrentIndex(view.model().index(11, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.list.place == Place(podcast=library.lex)
    assert chosen_rows(window) == [11]


def test_counts_follow(window: MainWindow, services: Services, library: Library, qtbot: QtBot) -> None:
    services.library.mark_played(library.others, played=True, now=NOW)
    qtbot.waitUntil(lambda: notes(window.sidebar.model)["Acquired"] == "")


def test_downloads_that_go_on_are_told_in_their_row_alone(
    window: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = DownloadProgressed(library.episodes[1], 41, 100, 1.0, None)
    monkeypatch.setattr(services.downloads, "all_progress", lambda: (fact,))
    told: list[tuple[int, int]] = []
    window.sidebar.model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    services.bus.publish(fact)
    assert notes(window.sidebar.model)["Downloads"] == "1 · 41 %"
    services.bus.publish(fact)
    assert told == [(3, 3)]


def test_a_rail_draws_tiles_and_the_wide_one_names(window: MainWindow) -> None:
    for wide, is_rail in ((4, True), (14, False)):
        window.sidebar.set_width(wide, is_rail=is_rail)
        assert not window.sidebar.grab().isNull()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_podcast(window: MainWindow) -> None:
    view = window.sidebar.view
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(10, 0)).center())
    menu = window.sidebar.findChild(QMenu)
    assert menu is not None
    menu.actions()[-1].trigger()
    menu.close()
    assert "Acquired" not in texts(window.sidebar.model)
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(0, 0)).center())
