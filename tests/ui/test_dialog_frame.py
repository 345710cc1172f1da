from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from player.ui.dialog_frame import DialogFrame


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_focus_begins_in_the_first_part_and_comes_to_the_buttons_last(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    cancel, done = QPushButton("Cancel"), QPushButton("Done")
    frame = DialogFrame(dialog, (cancel, done), spacing=0.5)
    hidden, lines = QLineEdit(), [QLineEdit(), QLineEdit()]
    frame.column.addWidget(hidden)
    hidden.hide()
    for line in lines:
        frame.column.addWidget(line)
    done.setDefault(True)
    frame.fit(300)
    late = QLineEdit()
    frame.column.addWidget(late)
    frame.fit(300)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    reached = [dialog.focusWidget()]
    for _ in range(5):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.append(dialog.focusWidget())
    assert reached == [*lines, late, cancel, done, lines[0]]
    assert done.isDefault()
