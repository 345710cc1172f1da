"""Which stretch of which event the watchdog tells, by clocks that the test sets forward."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from player.app.watchdog import Watchdog
from player.core.held import Reading

MS = 1_000_000


class SetClocks:
    """Clocks of a thread that computes, waits, or stands in the queue for as long as the test says, in ms."""

    def __init__(self) -> None:
        self.now = Reading(0, 0, 0)
        self.is_crowded_for = 0

    def computes(self, millis: int) -> None:
        self._pass(millis, millis, 0)

    def waits(self, millis: int) -> None:
        self._pass(millis, 0, 0)

    def stands_in_the_queue(self, millis: int) -> None:
        self._pass(millis, 0, millis)

    def wall(self) -> int:
        return self.now.wall

    def read(self) -> Reading:
        return self.now

    def crowded(self) -> int:
        return self.is_crowded_for * MS

    def _pass(self, wall: int, processor: int, queued: int) -> None:
        now = self.now
        self.now = Reading(now.wall + wall * MS, now.processor + processor * MS, (now.queued or 0) + queued * MS)


@pytest.fixture
def clocks() -> SetClocks:
    return SetClocks()


@pytest.fixture
def watchdog(clocks: SetClocks) -> Watchdog:
    return Watchdog(clocks)


@contextmanager
def event(watchdog: Watchdog, name: str, depth: int = 1) -> Iterator[None]:
    is_first = watchdog.begins(depth)
    yield
    if is_first:
        watchdog.ends(lambda: name)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was held for how long, in the order in which it was told."""
    return [record.getMessage().split(" (")[0] for record in caplog.records]


def test_a_short_event_is_not_told(watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture) -> None:
    with event(watchdog, "Paint"):
        clocks.computes(50)
    assert told(caplog) == []


@pytest.mark.expected_log("held the window")
def test_long_ones_are_told_whether_they_compute_or_wait(
    watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture
) -> None:
    with event(watchdog, "Paint"):
        clocks.computes(51)
    with event(watchdog, "Timer"):
        for _ in range(30):
            clocks.waits(10)
            watchdog.look()
    assert told(caplog) == ["Paint held the window for 51 ms", "Timer held the window for 300 ms"]


def test_a_busy_machine_is_no_fault_of_ours(
    watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture
) -> None:
    with event(watchdog, "Paint"):
        clocks.computes(20)
        clocks.stands_in_the_queue(900)
    watchdog.look()
    with event(watchdog, "Timer"):
        clocks.waits(400)
        clocks.is_crowded_for += 380
    with event(watchdog, "MetaCall"):
        clocks.waits(300)
        watchdog.look()
    assert told(caplog) == [], "of 300 ms only a little was seen: what is seen late stood still as a whole"


@pytest.mark.expected_log("held the window")
def test_an_event_in_an_event_is_part_of_it(
    watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture
) -> None:
    with event(watchdog, "UpdateRequest"):
        for _ in range(3):
            with event(watchdog, "Paint"):
                clocks.computes(30)
    assert told(caplog) == ["UpdateRequest held the window for 90 ms"]


@pytest.mark.expected_log("held the window")
def test_a_loop_in_an_event_counts_by_itself(
    watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture
) -> None:
    """A menu is open for a second: nobody is held up but by what it does."""
    with event(watchdog, "MouseButtonPress"):
        clocks.computes(40)
        watchdog.waits()
        clocks.waits(500)
        with event(watchdog, "KeyPress", depth=2):
            clocks.computes(45)
        watchdog.waits()
        clocks.waits(500)
        with event(watchdog, "Timer", depth=2):
            clocks.computes(60)
        clocks.computes(49)
    assert told(caplog) == ["Timer held the window for 60 ms"]


@pytest.mark.expected_log("held the window")
def test_the_stack_is_told(watchdog: Watchdog, clocks: SetClocks, caplog: pytest.LogCaptureFixture) -> None:
    def look() -> None:
        looking = threading.Thread(target=watchdog.look)
        looking.start()
        looking.join()

    look()
    with event(watchdog, "Timer"):
        clocks.computes(10)
        look()
        clocks.computes(50)
        for _ in range(2):
            look()
    assert "2× at\n" in caplog.text
    assert "in test_the_stack_is_told.<locals>.look" in caplog.text
    assert "1× at" not in caplog.text, "it has not been there for long"
