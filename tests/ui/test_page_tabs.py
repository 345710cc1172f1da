"""Tabs of a page: one part is seen, what was chosen last comes back, and keys choose, too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.actions import belongs_to_focus
from player.ui.page_tabs import PageTabs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


@pytest.fixture
def parts(page: QWidget) -> dict[str, QLabel]:
    return {name: QLabel(name) for name in ("notes", "transcript", "bookmarks")}


@pytest.fixture
def tabs(page: QWidget, parts: dict[str, QLabel], qtbot: QtBot) -> PageTabs:
    tabs = PageTabs()
    column = QVBoxLayout(page)
    column.addWidget(tabs)
    for name, part in parts.items():
        column.addWidget(part)
        tabs.add(name, name.title(), part)
    page.resize(500, 200)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    return tabs


def seen(parts: dict[str, QLabel]) -> list[str]:
    return [name for name, part in parts.items() if part.isVisible()]


def click(tabs: PageTabs, number: int) -> None:
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(number).center())


def test_the_wheel_is_the_pages(tabs: PageTabs, parts: dict[str, QLabel]) -> None:
    at = QPointF(tabs.rect().center())
    nothing, down = Qt.MouseButton.NoButton, QPoint(0, -120)
    turned = QWheelEvent(
        at,
        tabs.mapToGlobal(at),
        QPoint(),
        down,
        nothing,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(tabs, turned)
    assert seen(parts) == ["notes"]
    assert not turned.isAccepted(), "it scrolls what the tabs stand on"


def test_one_part_is_seen(tabs: PageTabs, parts: dict[str, QLabel]) -> None:
    told: list[str] = []
    tabs.part_shown.connect(told.append)
    assert seen(parts) == ["notes"]
    click(tabs, 2)
    assert seen(parts) == ["bookmarks"]
    assert (tabs.shown, told) == ("bookmarks", ["bookmarks"])


def test_what_was_chosen_comes_back_when_it_is_offered_again(tabs: PageTabs, parts: dict[str, QLabel]) -> None:
    click(tabs, 1)
    tabs.offer("transcript", is_offered=False)
    assert seen(parts) == ["notes"]
    tabs.offer("bookmarks", is_offered=True, words="Bookmarks 3")
    assert tabs.tabText(2) == "Bookmarks 3"
    assert seen(parts) == ["notes"]
    tabs.offer("transcript", is_offered=True)
    assert seen(parts) == ["transcript"]


def test_with_one_alone_only_the_line_is_there(tabs: PageTabs) -> None:
    high = tabs.sizeHint().height()
    tabs.offer("transcript", is_offered=False)
    assert tabs.sizeHint().height() == high
    tabs.offer("bookmarks", is_offered=False)
    assert tabs.sizeHint().height() == 1
    assert not tabs.grab().isNull()


def test_arrow_keys_choose_and_are_no_shortcuts_there(tabs: PageTabs, parts: dict[str, QLabel]) -> None:
    tabs.setFocus(Qt.FocusReason.TabFocusReason)
    right = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    assert belongs_to_focus(right, tabs)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert seen(parts) == ["transcript"]
    tabs.offer("transcript", is_offered=False)
    tabs.offer("transcript", is_offered=True)
    assert seen(parts) == ["transcript"]
    assert not tabs.grab().isNull()
    space = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    assert not belongs_to_focus(space, tabs)


def test_a_tab_that_comes_has_room_at_once(tabs: PageTabs) -> None:
    tabs.offer("transcript", is_offered=False)
    assert tabs.tabRect(1).width() == 0
    tabs.offer("transcript", is_offered=True)
    tabs.offer("bookmarks", is_offered=True)
    assert tabs.tabRect(1).width() > 0
    assert tabs.tabRect(2).left() >= tabs.tabRect(1).right()
