"""Walks the window as a screen reader does: what can have the focus has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from player.app.compose import Services
from player.core.sound import Listened
from player.ui.add_podcast import AddPodcast
from player.ui.main_window import MainWindow
from player.ui.places import QUEUE, Place
from player.ui.podcast_settings import PodcastSettings
from player.ui.shortcuts import Shortcuts
from player.ui.statistics_dialog import StatisticsDialog
from seeded import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The interface and all below it; rows of lists are left to the models' tests."""
    yield interface
    if interface.role() in (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.EditableText):
        return
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from walk(child)


def nameless(widget: QWidget) -> list[str]:
    found = []
    for interface in walk(QAccessible.queryAccessibleInterface(widget)):
        owner = interface.object()
        if not isinstance(owner, QWidget) or owner.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if not owner.isVisibleTo(widget) or owner.focusProxy() is not None:
            continue
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(owner).__name__} in {type(owner.parentWidget()).__name__}")
    return found


def test_the_page_with_its_chapters(playing: MainWindow) -> None:
    assert nameless(playing) == []


def test_the_list(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    window.list.focus_filter()
    window.goto.ask()
    assert nameless(window) == []


def test_the_queue(window: MainWindow, library: Library) -> None:
    window.show_place(QUEUE)
    assert nameless(window) == []
    for episode in library.episodes[:3]:
        window.show_episode(episode)
        QTest.keyClick(window, Qt.Key.Key_Q)
    window.show_place(QUEUE)
    assert len(window.queue.model.rows) == 3
    assert nameless(window) == []


def test_the_first_start_and_the_dialogs(show_window: Callable[[], MainWindow]) -> None:
    window = show_window()
    assert nameless(window) == []
    dialogs = (window.errands.add_podcast(), Shortcuts(window))
    assert isinstance(dialogs[0], AddPodcast)
    for dialog in dialogs:
        dialog.show()
        assert nameless(dialog) == []
        dialog.reject()


def test_the_statistics(playing: MainWindow, services: Services) -> None:
    services.sounds.count(Listened(5_000_000), is_last=True)
    playing.actions_table["statistics"].trigger()
    dialog = playing.findChild(StatisticsDialog)
    assert isinstance(dialog, StatisticsDialog)
    assert dialog.plot.isVisible()
    assert nameless(dialog) == []


def test_the_settings_of_a_podcast(window: MainWindow, library: Library) -> None:
    window.podcasts.open_settings(library.lex)
    dialog = window.findChild(PodcastSettings)
    assert dialog is not None
    for field in (dialog.sound.is_own, dialog.download.amount.buttons["newest"], dialog.keep.kind.buttons["newest"]):
        field.click()
    assert nameless(dialog) == []


def test_the_walk_finds_a_nameless_button(playing: MainWindow) -> None:
    playing.player.play.setAccessibleName("")
    playing.player.play.setToolTip("")
    assert nameless(playing) == ["FlatButton in TransportRow"]


def test_everything_is_reached_by_tab(playing: MainWindow) -> None:
    reached: set[QWidget] = set()
    playing.page.play.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(80):
        playing.focusNextChild()
        focus = playing.focusWidget()
        if focus is not None:
            reached.add(focus)
    for widget in (
        playing.goto.line,
        playing.top.add,
        playing.sidebar.view,
        playing.page.back,
        playing.page.download,
        playing.page.notes,
        playing.chapters.table,
        playing.chapters.filter_button,
        playing.player.play,
        playing.player.timeline,
        playing.player.volume,
    ):
        assert widget in reached, widget.accessibleName()
