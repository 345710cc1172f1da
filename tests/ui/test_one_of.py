"""Buttons of which one is chosen: what the keys do, and what a screen reader is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from accessibility import reached_by_tab
from player.ui.actions import belongs_to_focus
from player.ui.one_of import OneOf, Option

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Key = Qt.Key


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[list[Option]]:
    """Four options between two buttons, the second chosen, the third hidden."""
    window = QWidget()
    qtbot.addWidget(window)
    line = QHBoxLayout(window)
    among = OneOf(window)
    options = [Option(words, among) for words in "abcd"]
    before = QPushButton("before")
    before.setObjectName("before")
    for widget in (before, *options, QPushButton("after")):
        line.addWidget(widget)
    among.choose(options[1])
    options[2].hide()
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield options
    window.close()


def chosen(row: list[Option]) -> str:
    return "".join(each.text() for each in row if each.isChecked())


def stops(row: list[Option]) -> str:
    """What Tab leads to."""
    reached = reached_by_tab(row[0].window())
    return "".join(each.text() for each in row if each in reached)


def test_tab_stops_once_at_the_chosen_one(row: list[Option]) -> None:
    assert stops(row) == "b"
    row[3].click()
    assert stops(row) == "d"


def test_the_arrows_choose_the_next_one_that_is_shown_around_the_ends(row: list[Option]) -> None:
    clicks: list[str] = []
    for each in row:
        each.clicked.connect(lambda _checked, option=each: clicks.append(option.text()))
    row[1].setFocus()
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up):
        focus = row[0].window().focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        assert row["abcd".index(chosen(row))].hasFocus()
    assert clicks == ["d", "a", "d", "b"]


def test_arrows_go_where_they_point_to_from_right_to_left(row: list[Option]) -> None:
    row[0].window().setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row[1].setFocus()
    QTest.keyClick(row[1], Key.Key_Right)
    assert chosen(row) == "a"
    QTest.keyClick(row[0], Key.Key_Down)
    assert chosen(row) == "b"


def test_none_may_be_chosen(row: list[Option]) -> None:
    among = row[0].group()
    assert isinstance(among, OneOf)
    among.choose(None)
    assert chosen(row) == ""
    assert stops(row) == "a"
    row[0].setFocus()
    QTest.keyClick(row[0], Key.Key_Space)
    assert chosen(row) == "a"
    row[0].click()
    assert chosen(row) == "a", "what is chosen stays so"


def test_it_is_told_as_a_radio_button(row: list[Option]) -> None:
    told = [QAccessible.queryAccessibleInterface(each) for each in row]
    assert {each.role() for each in told} == {QAccessible.Role.RadioButton}
    assert [bool(each.state().checked) for each in told] == [False, True, False, False]


def test_the_window_leaves_the_arrows_to_it(row: list[Option]) -> None:
    def key(which: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QKeyEvent:
        return QKeyEvent(QKeyEvent.Type.ShortcutOverride, which, modifiers)

    assert belongs_to_focus(key(Key.Key_Left), row[0])
    assert not belongs_to_focus(key(Key.Key_Left, Qt.KeyboardModifier.AltModifier), row[0])
    assert not belongs_to_focus(key(Key.Key_Left), row[0].window().findChild(QPushButton, "before"))
