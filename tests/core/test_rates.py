"""The rate of arriving bytes."""

from __future__ import annotations

from player.core.rates import WINDOW, Meter


def test_rate_and_time_left() -> None:
    meter = Meter()
    meter.add(0, 0)
    meter.add(2_000_000, 1_000)
    assert meter.rate() == 2_000_000
    assert meter.left(10_000_000) == 4_000


def test_nothing_is_known_at_first() -> None:
    meter = Meter()
    meter.add(500, 0)
    assert meter.rate() == 0.0
    assert meter.left(1_000) is None


def test_an_unknown_total_leaves_the_rest_unknown() -> None:
    meter = Meter()
    meter.add(0, 0)
    meter.add(1_000, 1_000)
    assert meter.left(None) is None


def test_the_rate_follows_a_change() -> None:
    meter = Meter()
    for second in range(20):
        meter.add(second * 1_000_000, second * 1000)
    for second in range(20, 30):
        meter.add(19_000_000 + (second - 19) * 100_000, second * 1000)
    assert abs(meter.rate() - 100_000) < 1_000
    assert WINDOW <= 10_000


def test_a_new_beginning_starts_anew() -> None:
    meter = Meter()
    meter.add(5_000_000, 0)
    meter.add(6_000_000, 1_000)
    meter.add(0, 2_000)
    meter.add(1_000, 3_000)
    assert meter.rate() == 1_000
