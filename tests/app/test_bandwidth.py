"""Transfers keep a limit together, and what is free of it does not wait."""

from __future__ import annotations

from player.app.bandwidth import Bandwidth


class Time:
    """A clock that goes on while one sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_second_of_bytes_takes_a_second() -> None:
    time = Time()
    bandwidth = Bandwidth(lambda: 100_000, lambda: time.now, time.sleep)
    for _ in range(10):
        bandwidth.spend(10_000, lambda: False)
    assert abs(time.now - 1.0) < 0.01


def test_what_is_listened_to_does_not_wait_nor_takes_from_the_others() -> None:
    time = Time()
    bandwidth = Bandwidth(lambda: 100_000, lambda: time.now, time.sleep)
    bandwidth.spend(1_000_000, lambda: True)
    assert time.now == 0.0
    bandwidth.spend(10_000, lambda: False)
    assert abs(time.now - 0.1) < 0.01


def test_who_waits_goes_on_when_somebody_listens_or_the_hours_are_over() -> None:
    time = Time()
    limit: list[int | None] = [1000]
    bandwidth = Bandwidth(lambda: limit[0], lambda: time.now, time.sleep)
    bandwidth.spend(60_000, lambda: time.now > 2)
    assert 2 < time.now < 2.2

    def sleep_over(seconds: float) -> None:
        time.now += seconds
        limit[0] = None

    Bandwidth(lambda: limit[0], lambda: time.now, sleep_over).spend(60_000, lambda: False)
    assert time.now < 2.4
