from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.landing import LEAD_SECONDS, Samples, soft_start

RATE = 16_000


def talk(seconds: float, level: float = 0.2) -> Samples:
    """Noise with the loudness of speech."""
    made = np.random.default_rng(3).normal(0, level, (round(seconds * RATE), 1))
    return made.astype(np.float32)


def pause(seconds: float, level: float = 0.001) -> Samples:
    return talk(seconds, level)


def joined(*parts: Samples) -> Samples:
    return np.concatenate(parts)


@pytest.mark.parametrize("late", [0.03, 0.1, 0.25, 0.35])
def test_it_begins_with_the_first_word_when_that_began_before(late: float) -> None:
    samples = joined(talk(0.3), pause(0.2), talk(0.6))
    word = round(0.5 * RATE)
    start = soft_start(samples, RATE, word + round(late * RATE))
    assert word - 0.04 * RATE <= start <= word


def test_a_word_that_began_too_long_ago_is_not_gone_back_to() -> None:
    samples = joined(talk(0.2), pause(0.2), talk(1))
    target = round((0.4 + LEAD_SECONDS + 0.05) * RATE)
    assert soft_start(samples, RATE, target) == target


def test_in_a_pause_it_stays() -> None:
    samples = joined(talk(0.5), pause(0.4), talk(0.6))
    target = round(0.8 * RATE)
    assert soft_start(samples, RATE, target) == target


def test_the_last_of_two_pauses_counts() -> None:
    samples = joined(talk(0.3), pause(0.1), talk(0.1), pause(0.1), talk(0.6))
    start = soft_start(samples, RATE, round(0.7 * RATE))
    assert 0.56 * RATE <= start <= 0.6 * RATE


@pytest.mark.parametrize("samples", [talk(1.5), pause(1.5), np.zeros((24_000, 1), np.float32)])
def test_without_a_pause_it_stays(samples: Samples) -> None:
    assert soft_start(samples, RATE, 12_000) == 12_000


def test_the_closure_of_a_consonant_is_no_pause() -> None:
    samples = joined(talk(0.6), pause(0.02), talk(0.6))
    target = round(0.75 * RATE)
    assert soft_start(samples, RATE, target) == target


def test_noise_in_the_room_hides_no_pause() -> None:
    samples = joined(talk(0.4), pause(0.2, level=0.02), talk(0.6))
    start = soft_start(samples, RATE, round(0.7 * RATE))
    assert 0.56 * RATE <= start <= 0.6 * RATE


def test_in_a_noisy_recording_a_pause_is_what_is_quiet_there() -> None:
    samples = joined(talk(0.4), pause(0.2, level=0.05), talk(0.6))
    target = round(0.7 * RATE)
    assert soft_start(samples, RATE, target) == target
    start = soft_start(samples, RATE, target, quiet=-24.0)
    assert 0.56 * RATE <= start <= 0.6 * RATE
    assert soft_start(talk(1.5), RATE, target, quiet=0.0) == target, "talk is never a pause"


@given(st.lists(st.tuples(st.floats(0.0, 0.3), st.booleans()), max_size=8), st.integers(0, 40_000))
def test_it_is_never_later_and_never_much_earlier(parts: list[tuple[float, bool]], target: int) -> None:
    made = [talk(length) if is_talk else pause(length) for length, is_talk in parts]
    samples = joined(np.zeros((0, 1), np.float32), *made)
    start = soft_start(samples, RATE, target)
    assert target - (LEAD_SECONDS + 0.03) * RATE <= start <= target
    assert start >= 0
