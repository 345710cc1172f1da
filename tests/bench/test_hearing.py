"""Jumps in recordings that are put together here."""

from __future__ import annotations

import numpy as np
import pytest

from bench.hearing import first_right
from loudspeaker import RATE
from timecoded import samples

Piece = tuple[float, float | None]


def recording(*pieces: Piece) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Stretches of a length and a position in seconds, None for silence."""
    parts = []
    for length, position in pieces:
        count = round(length * RATE)
        quiet = np.zeros(count, np.float32)
        parts.append(quiet if position is None else samples(round(position * RATE), count, RATE))
    return np.concatenate(parts)


def test_the_first_right_sound_is_found_behind_silence_and_wrong_places() -> None:
    sound = recording((0.3, 7000.0), (0.2, None), (0.4, 98.0), (0.5, 100.1))
    found = first_right(sound, 100.0)
    assert found is not None
    assert found.at == pytest.approx(0.9, abs=0.004)
    assert found.position == pytest.approx(100.1, abs=0.004)


def test_a_player_that_runs_into_the_place_has_not_jumped_there() -> None:
    assert first_right(recording((0.2, 7000.0), (3.0, 99.0)), 100.0) is None
