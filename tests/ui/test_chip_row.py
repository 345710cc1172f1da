from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.chip_row import Chip, ChipRow

LONG = "Words that are very long, and longer than a narrow row is, surely"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_words_that_are_longer_than_the_row_are_cut_and_told(qtbot: QtBot) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.resize(200, 100)
    row.show()
    row.show_chips(Chip(LONG, lambda: None, "It helps"), Chip("Short", lambda: None))
    long, short = row.buttons
    assert (long.width(), long.x(), short.x()) == (200, 0, 0)
    assert long.whole_tip == f"{LONG} · It helps"
    assert short.whole_tip == ""
    row.resize(900, 100)
    assert long.width() == long.sizeHint().width() < short.x()
    assert long.whole_tip == "It helps"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_tab_comes_to_buttons_where_they_stand(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    above, row, below = QLineEdit(), ChipRow(), QLineEdit()
    for part in (above, QLabel("Shall it?"), row, below):
        column.addWidget(part)
    row.show_chips(Chip("Yes", lambda: None))
    row.show_chips(Chip("Yes", lambda: None), Chip("No", lambda: None))
    window.show()
    above.setFocus()
    qtbot.waitUntil(above.hasFocus)
    reached = []
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached == [*row.buttons, below, above]
