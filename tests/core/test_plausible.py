"""Lengths that cannot be those of one recording."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.plausible import implausible_by
from player.core.timecode import HOUR, MINUTE, SECOND


@pytest.mark.parametrize(
    ("published", "actual", "longer"),
    [
        (HOUR, HOUR, None),
        (HOUR, HOUR + 8 * MINUTE, None),
        (HOUR, HOUR + 29 * MINUTE, None),
        (HOUR, HOUR + 31 * MINUTE, 31 * MINUTE),
        (HOUR, HOUR - 5 * MINUTE, None),
        (HOUR, HOUR - 7 * MINUTE, -7 * MINUTE),
        (5 * MINUTE, 14 * MINUTE, None),
        (5 * MINUTE, 4 * MINUTE + 10 * SECOND, None),
        (5 * MINUTE, 3 * MINUTE, -2 * MINUTE),
        (45 * SECOND, 45 * MINUTE, None),
        (0, HOUR, None),
        (None, HOUR, None),
        (HOUR, None, None),
    ],
)
def test_lengths(published: int | None, actual: int | None, longer: int | None) -> None:
    assert implausible_by(published, actual) == longer


@given(st.integers(1, 100 * HOUR), st.integers(0, 10 * MINUTE))
def test_ten_minutes_more_are_always_plausible(published: int, longer: int) -> None:
    assert implausible_by(published, published + longer) is None
