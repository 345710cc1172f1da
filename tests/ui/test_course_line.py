"""How far something is, in the line of notices: what it does not talk over, and when it falls silent."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.ui.course_line import CourseLine
from player.ui.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    """A window with nothing but the line of notices."""
    room = QWidget()
    qtbot.addWidget(room)
    QVBoxLayout(room).addWidget(NoticeBar())
    room.show()
    return room


@pytest.fixture
def notices(room: QWidget) -> NoticeBar:
    return room.findChild(NoticeBar)  # type: ignore[return-value]


@pytest.mark.parametrize("is_shown", [True, False])
def test_what_came_in_between_can_still_be_taken_back(room: QWidget, notices: NoticeBar, is_shown: bool) -> None:
    gone: list[str] = []
    line = CourseLine(notices, lambda: "Importing… 10 %", lambda: None)
    line.speak()
    room.setVisible(is_shown)
    notices.tell("Clip saved.", "Undo", lambda: None, lambda: gone.append("gone"))
    line.speak()
    assert (notices.words.text(), gone) == ("Clip saved.", [])
    notices.dismiss()
    line.speak()
    assert notices.words.text() == "Importing… 10 %", "once that is dismissed, it goes on"


def test_who_dismisses_it_does_not_see_it_again(notices: NoticeBar) -> None:
    line = CourseLine(notices, lambda: "Importing… 10 %", lambda: None)
    line.speak()
    notices.close_button.click()
    assert not notices.isVisible()
    assert not line.timer.isActive()


def test_what_is_too_late_to_be_called_off_goes_on(notices: NoticeBar) -> None:
    asked: list[str] = []
    line = CourseLine(notices, lambda: "Saving… 99 %", lambda: asked.append("cancel"))
    line.speak()
    assert notices.action.text() == "Cancel"
    notices.action.click()
    assert notices.says("Saving… 99 %")
    assert not notices.action.isVisible()
    assert asked == ["cancel"]
    line.end()
    assert not line.timer.isActive()
