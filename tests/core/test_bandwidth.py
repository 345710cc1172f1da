"""A limit by the time of day, and how those who share it wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.bandwidth import RateLimit, Turnstile, minutes_meant, minutes_words


def test_a_limit_holds_in_its_hours() -> None:
    by_day = RateLimit(500_000, 8 * 60, 18 * 60)
    assert [by_day.at(minute) for minute in (479, 480, 1079, 1080)] == [None, 500_000, 500_000, None]
    by_night = RateLimit(1, 22 * 60, 6 * 60)
    assert [by_night.at(minute) for minute in (1319, 1320, 0, 359, 360)] == [None, 1, 1, 1, None]
    assert RateLimit(7).at(600) == 7
    assert RateLimit(0, 0, 600).at(5) is None


@given(st.lists(st.tuples(st.integers(1, 65_536), st.floats(0, 0.5)), min_size=1), st.integers(1000, 1_000_000))
def test_together_they_never_come_faster_than_the_limit(chunks: list[tuple[int, float]], rate: int) -> None:
    turnstile, now, through = Turnstile(), 0.0, 0.0
    for count, pause in chunks:
        now += pause
        until = turnstile.pass_at(count, rate, now)
        assert until >= max(through, now) + count / rate - 1e-9
        through = until
    assert through <= now + sum(count for count, _ in chunks) / rate + 1e-6, "nobody waits for more than came"


@given(st.integers(0, 1439))
def test_times_of_a_day_read_back(minute: int) -> None:
    assert minutes_meant(minutes_words(minute)) == minute


@pytest.mark.parametrize("text", ["", "8", "24:00", "8:60", "8:5", "-1:00", "a:00", "8:00:00"])
def test_no_times_of_a_day(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        minutes_meant(text)
