from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from player.ui import soon
from player.ui.soon import Soon


class Clock:
    """What `time` is to the module; each look at it takes so long."""

    step = 0.0
    now = 0.0

    def perf_counter(self) -> float:
        self.now += self.step
        return self.now


def test_many_that_ask_get_it_once_and_the_longer_it_takes_the_later(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, done, parent = Clock(), list[None](), QObject()
    monkeypatch.setattr(soon, "time", clock)
    made = Soon(lambda: done.append(None), parent, 1)
    made.ask()
    made.ask()
    assert done == [], "not at once"
    clock.step = 0.5
    qtbot.waitUntil(lambda: len(done) == 1)
    made.ask()
    assert made._timer.interval() == 29_500, "it took half a second, and half a second has passed since"
    assert done == [None]
    made._timer.stop()
    clock.now += 60
    made.ask()
    assert made._timer.interval() == 1, "it has rested"
