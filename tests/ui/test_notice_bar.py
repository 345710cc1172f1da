from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from player.ui.main_window import MainWindow


def test_a_long_title_is_cut_where_it_is_told_about(window: MainWindow) -> None:
    notices = window.notices
    whole = f"“{'Export controls on GPUs ' * 10}” is skipped from now on."
    notices.tell(whole)
    assert notices.words.text() == f"“{('Export controls on GPUs ' * 3)[:60].rstrip()}…” is skipped from now on."
    assert notices.words.toolTip() == whole
    notices.tell("“Stargate” is skipped from now on.")
    assert notices.words.text() == "“Stargate” is skipped from now on."
    assert notices.words.toolTip() == ""
    notices.tell(f"„Stargate“ und „{'Ausfuhr von Chips ' * 10}“ werden übersprungen.")
    cut = ("Ausfuhr von Chips " * 4)[:60].rstrip()
    assert notices.words.text() == f"„Stargate“ und „{cut}…“ werden übersprungen.", "in German quotes, too"


@pytest.mark.parametrize("is_small", [False, True])
def test_how_far_something_is_is_read_aloud_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, is_small: bool
) -> None:
    if is_small:
        window.mini_switch.show_mini()
    said: list[str] = []

    def listening(widget: QWidget, words: str) -> QAccessibleAnnouncementEvent:
        said.append(words)
        return QAccessibleAnnouncementEvent(widget, words)

    monkeypatch.setattr("player.ui.notice_bar.QAccessibleAnnouncementEvent", listening)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    for percent in (10, 20, 30):
        window.notices.go_on(f"Importing a… {percent} %", "Cancel", lambda: None)
    window.notices.go_on("Importing b… 10 %", "Cancel", lambda: None)
    window.notices.tell("1 podcast added.")
    window.notices.tell("1 podcast added.")
    assert said == ["Importing a… 10 %", "Importing b… 10 %", "1 podcast added.", "1 podcast added."]


def test_what_an_action_needs_goes_when_it_can_be_pressed_no_more(window: MainWindow) -> None:
    notices, done = window.notices, list[str]()

    def offer() -> None:
        notices.tell("Replaced.", "Undo", lambda: done.append("undone"), lambda: done.append("gone"))

    for leave in (notices.dismiss, notices._timer.timeout.emit, lambda: notices.report("Other"), notices.action.click):
        offer()
        leave()
    notices.dismiss()
    assert done == ["gone", "gone", "gone", "undone"]
    notices.report("It cannot be put back.", "Undo", lambda: None, lambda: done.append("gone, too"))
    notices.dismiss()
    assert done[4:] == ["gone, too"]
