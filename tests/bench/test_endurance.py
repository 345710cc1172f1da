"""What counts as wrong in a recording that should run on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from bench.endurance import CHUNK, Flaws
from loudspeaker import RATE
from timecoded import samples

SECOND = RATE
CLEAN = samples(5 * RATE, (CHUNK + 1) * RATE, RATE)


def judged(*pieces: npt.NDArray[np.float32]) -> Flaws:
    """The flaws of pieces of sound in a row, listened to in chunks."""
    sound = np.concatenate(pieces)
    flaws = Flaws()
    for first in range(0, len(sound), CHUNK * RATE):
        flaws.listen(sound[first : first + CHUNK * RATE], first / RATE)
    return flaws


def test_sound_that_runs_on_has_no_flaws() -> None:
    flaws = judged(CLEAN)
    assert (flaws.gaps, flaws.gap_seconds, flaws.breaks, flaws.unread) == (0, 0.0, [], 0)


def test_silence_put_in_is_a_gap_and_a_break() -> None:
    at = round(3.3 * SECOND)
    flaws = judged(CLEAN[:at], np.zeros(RATE // 25, np.float32), CLEAN[at:])
    assert flaws.gaps == 1
    assert 0.02 <= flaws.gap_seconds <= 0.05
    assert len(flaws.breaks) == 1
    assert flaws.breaks[0][0] == pytest.approx(3.4, abs=0.3)
    assert flaws.breaks[0][1] == pytest.approx(-0.040, abs=0.003)


def test_sound_left_out_is_a_break_also_between_two_chunks() -> None:
    for at in (round(3.3 * SECOND), CHUNK * SECOND):
        flaws = judged(CLEAN[:at], CLEAN[at + RATE // 100 :])
        assert len(flaws.breaks) == 1
        assert flaws.breaks[0][0] == pytest.approx(at / SECOND, abs=0.3)
        assert flaws.breaks[0][1] == pytest.approx(0.010, abs=0.003)


def test_what_is_no_code_is_not_read() -> None:
    flaws = judged(CLEAN[: 2 * SECOND], np.zeros(SECOND, np.float32), CLEAN[2 * SECOND :])
    assert flaws.unread >= 3
    assert flaws.gap_seconds > 0.9
