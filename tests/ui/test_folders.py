"""Podcasts in folders: the sidebar, its menus, the dialog for a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu

from player.app.compose import Services
from player.core.folders import Folder
from player.core.model import View
from player.ui.folder_name import FolderName
from player.ui.main_window import MainWindow
from player.ui.places import Place
from player.ui.podcast_settings import PodcastSettings
from player.ui.sidebar_model import Row, RowRole, SidebarModel
from player.ui.theme import colours
from seeded import NOW, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Left, Key = Qt.MouseButton.LeftButton, Qt.Key


def rows(model: SidebarModel) -> list[Row]:
    return [model.index(number).data(RowRole) for number in range(model.rowCount(QModelIndex()))]


def podcasts(model: SidebarModel) -> list[tuple[int, str, str]]:
    """What stands below the heading: how deep, its name, its note."""
    found = rows(model)
    first = next(number for number, row in enumerate(found) if row.is_heading)
    return [(row.depth, row.text, row.note) for row in found[first + 1 :]]


def menu_of(window: MainWindow, text: str) -> QMenu:
    view, model = window.sidebar.view, window.sidebar.model
    row = [each.text for each in rows(model)].index(text)
    view.customContextMenuRequested.emit(view.visualRect(model.index(row)).center())
    return window.sidebar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]


def trigger(menu: QMenu, text: str) -> None:
    next(each for each in menu.actions() if each.text() == text).trigger()
    menu.close()


def folders(services: Services) -> dict[str, Folder]:
    return {each.title: each.folder for each in services.library.podcasts()}


@pytest.fixture
def filed(window: MainWindow, services: Services, library: Library) -> MainWindow:
    services.subscriptions.move({library.lex: ("Talks", "Long"), library.other: ("Talks",)}).result()
    window.sidebar.refresh()
    return window


def test_folders_stand_before_what_is_in_them(filed: MainWindow) -> None:
    model = filed.sidebar.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert podcasts(model) == [
        (0, "Talks", "15"),
        (1, "Long", "12"),
        (2, "Lex Fridman Podcast", "12"),
        (1, "Acquired", "3"),
    ]
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert "Talks · folder, open · 15 not played" in spoken
    for wide, is_rail in ((4, True), (14, False)):
        filed.sidebar.set_width(wide, is_rail=is_rail)
        assert not filed.sidebar.grab().isNull()


def test_a_click_closes_a_folder_and_what_is_shown_stays_chosen(filed: MainWindow, library: Library) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    filed.show_place(Place(podcast=library.other))
    long = model.folder_row(("Talks", "Long"))
    assert long is not None
    QTest.mouseClick(view.viewport(), Left, pos=view.visualRect(model.index(long)).center())
    assert [text for _, text, _ in podcasts(model)] == ["Talks", "Long", "Acquired"]
    assert [model.row(each).text for each in view.selectionModel().selectedIndexes()] == ["Acquired"]
    assert filed.list.place == Place(podcast=library.other)
    spoken = model.index(long).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Long · folder, closed · 12 not played"


def test_by_keys_and_kept(filed: MainWindow, services: Services, show_window: object) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    row = model.folder_row(("Talks",))
    assert row is not None
    view.setFocus()
    view.setCurrentIndex(model.index(row))
    QTest.keyClick(view, Key.Key_Return)
    assert [text for _, text, _ in podcasts(model)] == ["Talks"]
    assert view.currentIndex().row() == row, "the keys go on from there"
    other = show_window()  # type: ignore[operator]
    assert [text for _, text, _ in podcasts(other.sidebar.model)] == ["Talks"]
    QTest.keyClick(view, Key.Key_Return)
    assert len(podcasts(model)) == 4


def test_the_keys_stay_on_a_folder_whatever_happens_meanwhile(
    filed: MainWindow, services: Services, library: Library
) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    filed.show_place(Place(View.NEW))
    view.setFocus()
    view.setCurrentIndex(model.index(model.folder_row(("Talks", "Long")) or 0))
    services.library.mark_played(library.others, played=True, now=NOW)
    filed.sidebar.refresh()
    assert where(filed) == ("Long", ["New episodes"])
    services.subscriptions.move({library.other: ("Business",)})
    filed.sidebar.refresh()
    assert podcasts(model)[0][1] == "Business"
    assert where(filed) == ("Long", ["New episodes"])
    services.subscriptions.move({library.lex: ()})
    filed.sidebar.refresh()
    assert where(filed) == ("New episodes", ["New episodes"]), "the folder is gone"


def where(window: MainWindow) -> tuple[str, list[str]]:
    """The row that has the keys, and the chosen ones."""
    view, model = window.sidebar.view, window.sidebar.model
    return model.row(view.currentIndex()).text, [
        model.row(each).text for each in view.selectionModel().selectedIndexes()
    ]


def test_a_row_that_keys_pass_can_be_seen(filed: MainWindow) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    filed.show_place(Place(View.NEW))
    view.setFocus()
    for row in (model.place_row(Place(View.PLAYED)), model.folder_row(("Talks",))):
        place = view.visualRect(model.index(row or 0))
        view.setCurrentIndex(model.index(row or 0))
        drawn = view.viewport().grab().toImage()
        accent = colours(view.palette()).accent
        assert drawn.pixelColor(place.center().x(), place.top() + 1) == accent


def test_what_is_shown_stays_chosen_when_a_podcast_goes(filed: MainWindow, services: Services) -> None:
    filed.show_place(Place(View.NEW))
    acquired = next(each for each in services.library.podcasts() if each.title == "Acquired")
    filed.errands.remove_podcast(acquired)
    assert where(filed) == ("New episodes", ["New episodes"])
    filed.notices.action.click()
    assert where(filed) == ("New episodes", ["New episodes"])


def test_a_double_click_is_one(filed: MainWindow) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    filed.show_place(Place(View.NEW))
    place = view.visualRect(model.index(model.folder_row(("Talks",)) or 0)).center()
    QTest.mouseClick(view.viewport(), Left, pos=place)
    press(view, QEvent.Type.MouseButtonDblClick, place)
    QTest.mouseRelease(view.viewport(), Left, pos=place)
    assert [text for _, text, _ in podcasts(model)] == ["Talks"]
    assert where(filed) == ("Talks", ["New episodes"])


def press(view: QListView, kind: QEvent.Type, place: QPoint) -> None:
    there = QPointF(view.viewport().mapToGlobal(place))
    event = QMouseEvent(kind, QPointF(place), there, Left, Left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def test_a_folder_that_has_just_gone_is_neither_opened_nor_closed(
    filed: MainWindow, services: Services, library: Library
) -> None:
    view, model = filed.sidebar.view, filed.sidebar.model
    services.subscriptions.move({library.lex: (), library.other: ()})
    row = model.folder_row(("Talks",))
    assert row is not None, "the rows are read a moment later"
    QTest.mouseClick(view.viewport(), Left, pos=view.visualRect(model.index(row)).center())
    assert [text for _, text, _ in podcasts(model)] == ["Acquired", "Lex Fridman Podcast"]
    services.subscriptions.move({library.lex: ("Talks",)})
    filed.sidebar.refresh()
    assert len(podcasts(model)) == 3, "a new one is open"


def closed(window: MainWindow) -> list[str]:
    return [row.text for row in rows(window.sidebar.model) if row.folder and row.icon == "closed"]


def test_a_closed_folder_stays_closed_under_its_new_name(filed: MainWindow, services: Services) -> None:
    sidebar, gestures = filed.sidebar, filed.sidebar._folders
    for folder in (("Talks", "Long"), ("Talks",)):
        sidebar.model.toggle(folder)
    gestures.rename(("Talks",), ("Speech", "All"), services.library.podcasts())
    sidebar.refresh()
    assert closed(filed) == ["All"]
    sidebar.model.toggle(("Speech", "All"))
    assert closed(filed) == ["Long"], "those within are as they were"
    filed.notices.action.click()
    sidebar.refresh()
    assert closed(filed) == ["Talks"]
    sidebar.model.toggle(("Talks",))
    gestures.rename(("Talks", "Long"), ("Talks",), services.library.podcasts())
    sidebar.refresh()
    assert closed(filed) == [], "the folder that it is dissolved into was open"
    filed.notices.action.click()
    sidebar.refresh()
    assert closed(filed) == ["Long"]


def test_a_podcast_is_put_into_a_folder_and_back(filed: MainWindow, services: Services) -> None:
    menu = menu_of(filed, "Acquired")
    inner = next(each.menu() for each in menu.actions() if each.text() == "Folder")
    assert isinstance(inner, QMenu)
    assert [each.text() for each in inner.actions()] == ["Talks", "Talks / Long", "None", "", "New folder…"]
    assert [each.text() for each in inner.actions() if each.isChecked()] == ["Talks"]
    trigger(inner, "None")
    menu.close()
    assert folders(services) == {"Acquired": (), "Lex Fridman Podcast": ("Talks", "Long")}
    assert filed.notices.words.text() == "“Acquired” is in no folder now."
    filed.notices.action.click()
    assert folders(services)["Acquired"] == ("Talks",)


def test_a_new_folder(filed: MainWindow, services: Services) -> None:
    menu = menu_of(filed, "Acquired")
    inner = next(each.menu() for each in menu.actions() if each.text() == "Folder")
    assert isinstance(inner, QMenu)
    trigger(inner, "New folder…")
    menu.close()
    dialog = filed.findChild(FolderName)
    assert isinstance(dialog, FolderName)
    assert not dialog.done_button.isEnabled()
    QTest.keyClicks(dialog.line, "News / World")
    QTest.keyClick(dialog.line, Key.Key_Return)
    assert folders(services)["Acquired"] == ("News", "World")
    assert filed.notices.words.text() == "“Acquired” is in “News / World” now."


def test_a_folder_is_renamed_and_dissolved(filed: MainWindow, services: Services) -> None:
    trigger(menu_of(filed, "Talks"), "Rename folder…")
    dialog = filed.findChild(FolderName)
    assert isinstance(dialog, FolderName)
    dialog.line.setText("Speech")
    dialog.done_button.click()
    assert folders(services) == {"Acquired": ("Speech",), "Lex Fridman Podcast": ("Speech", "Long")}
    assert filed.notices.words.text() == "“Talks” is “Speech” now."
    filed.notices.action.click()
    filed.sidebar.refresh()
    trigger(menu_of(filed, "Talks"), "Dissolve folder")
    assert folders(services) == {"Acquired": (), "Lex Fridman Podcast": ("Long",)}
    filed.notices.action.click()
    assert folders(services) == {"Acquired": ("Talks",), "Lex Fridman Podcast": ("Talks", "Long")}


def test_the_settings_of_a_podcast_have_its_folder(filed: MainWindow, services: Services, library: Library) -> None:
    filed.podcasts.open_settings(library.other)
    dialog = filed.findChild(PodcastSettings)
    assert isinstance(dialog, PodcastSettings)
    assert dialog.folder.line.text() == "Talks"
    completer = dialog.folder.line.completer()
    assert completer.completionCount() == 2
    dialog.folder.line.setText("Elsewhere")
    dialog.save.click()
    assert folders(services)["Acquired"] == ("Elsewhere",)
