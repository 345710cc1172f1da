from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from player.ui.buttons import FlatButton, Look

LONG = "Words that take more room than there is"


@pytest.fixture
def button(qtbot: QtBot) -> FlatButton:
    made = FlatButton(LONG, "sort", Look.CHOICE)
    qtbot.addWidget(made)
    return made


def make_narrow(button: FlatButton) -> None:
    button.resize(button.minimumSizeHint())


def make_wide(button: FlatButton) -> None:
    button.resize(button.sizeHint())


def test_words_that_are_cut_are_told_as_long_as_they_are(button: FlatButton) -> None:
    make_wide(button)
    assert button.whole_tip == ""
    make_narrow(button)
    assert button.whole_tip == LONG
    button.show_as("Short", "sort")
    assert button.whole_tip == ""
    button.fold(is_folded=True)
    assert button.whole_tip == "Short"


def test_they_are_told_before_what_is_said_of_the_button_anyway(button: FlatButton) -> None:
    button.setToolTip("Show only these")
    make_wide(button)
    assert button.whole_tip == "Show only these"
    make_narrow(button)
    assert button.whole_tip == f"{LONG} · Show only these"
    button.set_name(f"Order: {LONG}")
    assert button.whole_tip == f"Order: {LONG}"
    button.fold(is_folded=True)
    assert button.whole_tip == f"Order: {LONG}"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_tool_tip_shows_them(button: FlatButton) -> None:
    button.setToolTip("Show only these")
    for prepare in (make_narrow, make_wide):
        prepare(button)
        QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), button.mapToGlobal(QPoint(5, 5))))
        assert QToolTip.text() == button.whole_tip
    QToolTip.hideText()


@pytest.mark.parametrize("look", [each for each in Look if each is not Look.ROUND])
def test_all_words_are_drawn_where_there_is_room(qtbot: QtBot, look: Look) -> None:
    button = FlatButton("Words", "", look)
    qtbot.addWidget(button)
    make_wide(button)
    assert button.whole_tip == ""
