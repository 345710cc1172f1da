"""What is said where the program cannot start, and that it can be tried again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.core.errors import KnownError, NotRunningError, ProfileError, ProfileInUseError
from player.ui.application import explain
from player.ui.start_failure import StartFailure

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
UNUSABLE = ProfileError("/home/me/earmark", "it cannot be written")


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (UNUSABLE, "when its disk is there again"),
        (ProfileInUseError("/home/me/earmark"), "Close the other Earmark"),
        (NotRunningError(), ""),
    ],
)
def test_it_says_what_happened_and_what_helps(qtbot: QtBot, error: KnownError, advice: str) -> None:
    dialog = StartFailure(error)
    qtbot.addWidget(dialog)
    assert dialog.words.text().endswith((".", "first."))
    assert advice in dialog.more.text()
    assert dialog.more.isHidden() is not bool(advice)
    assert dialog.again.isDefault()


@pytest.mark.parametrize(("key", "is_wanted"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_enter_tries_again_in_the_colours_of_the_listener(
    application: QApplication, key: Qt.Key, is_wanted: bool
) -> None:
    seen: list[bool] = []
    before = application.palette()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StartFailure)
        ground, ink = (dialog.palette().color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Text))
        seen.append(ground.lightness() < ink.lightness())
        QTest.keyClick(dialog, key)

    QTimer.singleShot(0, answer)
    assert explain(application, UNUSABLE, "dark") is is_wanted
    assert seen == [True]
    application.setPalette(before)
