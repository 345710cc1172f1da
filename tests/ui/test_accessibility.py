"""Walks every view, dialog and popup as a screen reader does, and goes through them by Tab (tests/accessibility)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from accessibility import printed, problems, things
from accessibility.scenes import SCENES, Set
from accessibility.stage import dressed
from player.ui.chapter_model import ChapterModel
from player.ui.focus_ring import Ring
from player.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def dressed_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    """One window for all scenes, of which each begins with the page of the main episode."""
    with dressed(qapp, tmp_path_factory.mktemp("profile")) as there:
        yield there


@pytest.fixture
def stage(dressed_window: Set) -> Iterator[Set]:
    dressed_window.clear()
    yield dressed_window
    dressed_window.clear()


@pytest.mark.parametrize("name", SCENES)
def test_all_is_told_and_reached(stage: Set, name: str) -> None:
    root = SCENES[name](stage)
    QApplication.processEvents()
    assert problems(root) == []
    assert "•" in printed(root) or root.metaObject().className() == "QMenu"


class Orphans(QObject):
    """Keeps what is shown while it has no parent, which makes it a window of its own."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.shown: list[QWidget] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.parent() is None:
            self.shown.append(watched)
        return False


def test_no_part_is_shown_before_it_is_in_its_window(stage: Set, application: QApplication) -> None:
    orphans, flashed = Orphans(application), []
    for name, scene in SCENES.items():
        if not name.startswith("the menu"):
            scene(stage)
            flashed += [(name, type(each).__name__) for each in orphans.shown if each.parent() is not None]
            orphans.shown.clear()
            stage.clear()
    application.removeEventFilter(orphans)
    assert flashed == []


def test_real_tabs_lead_around(stage: Set) -> None:
    """The chain that the walk reads is the one that the key goes along, and it comes back to where it began."""
    window = stage.window
    window.page.play.setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    while (focus := window.focusWidget()) not in reached:
        assert focus is not None
        reached.append(focus)
        window.focusNextChild()
    assert focus is window.page.play
    parts = (window.goto.line, window.top.add, window.sidebar.view, window.page.notes, window.chapters.table)
    assert {*parts, window.player.play, window.player.timeline, window.player.volume} <= set(reached)


@pytest.mark.parametrize(
    "name",
    [
        "the page, a filter, a notice",
        "downloads",
        "the queue",
        "the search",
        "shortcuts",
        "adding a podcast",
        "cleaning up",
    ],
)
def test_the_focus_is_seen_wherever_tab_leads(stage: Set, name: str) -> None:
    window = SCENES[name](stage).window()
    window.activateWindow()
    QApplication.processEvents()
    unseen, reached, before = [], set[QWidget](), window.grab().toImage()
    focus = window
    for _ in range(80):
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QApplication.processEvents()
        focus, now = window.focusWidget(), window.grab().toImage()
        assert focus is not None
        if focus in reached:
            break
        reached.add(focus)
        place = QRect(focus.mapTo(window, QPoint()), focus.size())
        if now.copy(place) == before.copy(place):
            unseen.append(f"{type(focus).__name__} {focus.accessibleName()}")
        before = now
    assert unseen == []
    assert len(reached) >= 2


def test_who_uses_the_mouse_sees_no_ring(stage: Set) -> None:
    window = stage.window
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.mouseClick(window.chapters.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 400))
    assert window.chapters.table.hasFocus()
    assert not [ring for ring in window.findChildren(Ring) if ring.isVisible()]


@pytest.mark.parametrize(
    ("scene", "table", "row"),
    [
        ("a podcast", lambda window: window.list.table, 2),
        ("the queue", lambda window: window.queue.table, 1),
        ("all bookmarks", lambda window: window.bookmarks.table, 1),
        ("downloads", lambda window: window.transfers.table, 1),
        ("the search", lambda window: window.search.table, 1),
        ("editing chapters", lambda window: window.chapters.table, 2),
        ("a podcast", lambda window: window.sidebar.view, 12),
    ],
)
def test_the_menu_of_a_row_opens_by_key(
    stage: Set, scene: str, table: Callable[[MainWindow], QAbstractItemView], row: int
) -> None:
    SCENES[scene](stage)
    view = table(stage.window)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(row, 0))
    stage.trigger("row_menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert menu.accessibleName() in words
    assert menu.accessibleName()


def test_what_is_drawn_by_hand_tells_its_text(stage: Set) -> None:
    told = {thing.name for thing in things(QAccessible.queryAccessibleInterface(SCENES["what is new"](stage)))}
    assert "Acquired 3 · Acquired · 9 Oct 2025 · 5 h 15 min" in told, "an episode's row"
    assert "Downloads · 4" in told, "a row of the sidebar with its number"
    stage.clear()
    chapters = [thing.name for thing in things(QAccessible.queryAccessibleInterface(stage.window.chapters))]
    assert "6. Stargate · 7 min · 4:56:55 · current" in chapters
    timeline = stage.window.player.timeline
    slider = QAccessible.queryAccessibleInterface(timeline)
    assert slider.role() is QAccessible.Role.Slider
    assert slider.text(QAccessible.Text.Description) == "Stargate, 4 h 57 min"


def test_a_change_of_chapter_is_announced(stage: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def listening(widget: QWidget, words: str) -> QAccessibleAnnouncementEvent:
        said.append(words)
        return QAccessibleAnnouncementEvent(widget, words)

    monkeypatch.setattr("player.ui.chapter_column.QAccessibleAnnouncementEvent", listening)
    model: Any = stage.window.chapters.model
    assert isinstance(model, ChapterModel)
    stage.services.playback.jump(model.chapters[6].start)
    stage.services.playback.jump(model.chapters[5].start)
    assert said == ["Chapter 7: Future of AI", "Chapter 6: Stargate"]


def test_the_walk_finds_what_is_missing(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    first, twin, silent, field = QPushButton("Go"), QPushButton("Go"), QPushButton(), QLineEdit()
    silent.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for widget in (first, twin, silent, field):
        column.addWidget(widget)
    root.show()
    assert problems(root) == [
        "Button “Go” (QPushButton in QWidget) is there twice",
        "Button “Go” (QPushButton in QWidget) is there twice",
        "Button “” (QPushButton in QWidget) has no name",
        "Button “” (QPushButton in QWidget) is not reached by Tab",
        "EditableText “” (QLineEdit in QWidget) has no name",
    ]


def test_the_walk_finds_what_is_not_said_to_be_one_of_several(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    group, column = QButtonGroup(root), QVBoxLayout(root)
    for words in ("Left", "Right"):
        button = QPushButton(words)
        button.setCheckable(True)
        group.addButton(button)
        column.addWidget(button)
    button.setChecked(True)
    root.show()
    assert problems(root) == [
        "CheckBox “Left” (QPushButton in QWidget) is one of several",
        "CheckBox “Right” (QPushButton in QWidget) is one of several",
        "Tab stops at ['Left', 'Right'], and chosen is ['Right']",
    ]
