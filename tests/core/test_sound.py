"""Rules of sound: allowed speeds, what they mean for time, and what was saved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.session import PlaybackState
from player.core.sound import (
    MAX_SPEED,
    MIN_SPEED,
    SPEED_STEP,
    Listened,
    Sound,
    Trimming,
    clamp_speed,
    listening_time,
    speed_meant,
    trimmed_share,
)


def test_speeds_are_rounded_and_bounded() -> None:
    assert (clamp_speed(1.44), clamp_speed(9), clamp_speed(0.1)) == (1.45, 4.0, 0.5)


@given(st.floats(MIN_SPEED, MAX_SPEED))
def test_every_step_can_be_reached_and_left_again(start: float) -> None:
    speed = clamp_speed(start)
    assert abs(speed - start) <= SPEED_STEP / 2 + 1e-9
    up = Sound(speed).at_speed(speed + SPEED_STEP).speed
    assert up == speed == MAX_SPEED or Sound().at_speed(up - SPEED_STEP).speed == speed


@pytest.mark.parametrize(("text", "speed"), [("1.5", 1.5), ("1,5", 1.5), ("2x", 2.0), (" 0.8× ", 0.8), ("1.33", 1.35)])
def test_speeds_are_read(text: str, speed: float) -> None:
    assert speed_meant(text) == speed


@pytest.mark.parametrize("text", ["", "fast", "0.4", "5", "nan", "-1", "inf"])
def test_other_words_are_no_speed(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        speed_meant(text)


def test_the_time_that_is_left_counts_speed_and_trimming() -> None:
    hour = 3_600_000
    assert listening_time(hour, Sound(), 0.2) == hour, "nothing is trimmed now"
    assert listening_time(hour, Sound(2.0), 0.2) == hour // 2
    assert listening_time(hour, Sound(2.0, Trimming.GENTLE), 0.2) == 1_440_000
    assert PlaybackState(sound=Sound(1.5)).time_for(hour) == 2_400_000


def test_what_trimming_saves_is_learned_from_a_minute_on() -> None:
    assert trimmed_share(Listened(20_000, 20_000, 10_000)) == 0
    assert trimmed_share(Listened(60_000, 60_000, 30_000)) == pytest.approx(0.2)
    assert Listened(5, 3, 1) + Listened(1, 1, 1) - Listened(5, 3, 1) == Listened(1, 1, 1)
