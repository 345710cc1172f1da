"""Finding a piece of sound in another."""

from __future__ import annotations

import numpy as np
import pytest

from player.audio.hearing import find_sound

NOISE = np.random.default_rng(7).standard_normal(20_000).astype(np.float32)


@pytest.mark.parametrize("start", [0, 1, 7_777, 16_000])
@pytest.mark.parametrize("loudness", [1.0, 0.1])
def test_a_piece_is_found_where_it_was_taken_from(start: int, loudness: float) -> None:
    found = find_sound(NOISE[start : start + 4_000] * np.float32(loudness), NOISE)
    assert found is not None
    assert found[0] == start
    assert found[1] == pytest.approx(1.0, abs=1e-3)


def test_another_sound_is_unlike_everywhere() -> None:
    other = np.random.default_rng(8).standard_normal(4_000).astype(np.float32)
    found = find_sound(other, NOISE)
    assert found is not None
    assert found[1] < 0.2


def test_silence_and_too_long_pieces_are_nowhere() -> None:
    assert find_sound(np.zeros(100, np.float32), NOISE) is None
    assert find_sound(NOISE, NOISE[:100]) is None
    assert find_sound(NOISE[:0], NOISE) is None
