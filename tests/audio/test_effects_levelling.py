from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from player.audio.effects_filters import Filters
from player.audio.effects_levelling import (
    FALL_A_SECOND,
    LOUDEST_NOISE,
    QUICK_RISE_A_SECOND,
    TARGET,
    GainRider,
    Leveller,
    Samples,
)
from speechlike import speech

RATE = 44_100


def levelled(samples: Samples, *, block: int = 4608) -> Samples:
    leveller = Leveller(RATE, samples.shape[1])
    leveller.switch(is_on=True)
    parts = [leveller.push(samples[at : at + block]) for at in range(0, len(samples), block)]
    return np.concatenate([*parts, leveller.flush()])


def decibels(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(samples**2)))


def loudness(parts: Sequence[Samples]) -> float:
    """The integrated loudness by EBU R128 in LUFS."""
    meter = Filters(RATE, parts[0].shape[1], {"ebur128": "metadata=1:framelog=quiet"})
    return float(meter.push(np.concatenate(parts))[-1][1]["lavfi.r128.I"])


def test_a_quiet_and_a_loud_voice_become_alike() -> None:
    # Turns of 2.5 s, 21 dB apart: -14 and -35 LUFS.
    spoken = speech((0.4,) * 12, RATE, floor=-68, levels=(-14.5, -35.5), length=2.5)
    before, after = spoken.sound[:, None], levelled(spoken.sound[:, None])
    assert len(after) == len(before)
    voices = [[after[first:last] for first, last in spoken.words[start::2]] for start in (2, 3)]
    loud, quiet = loudness(voices[0]), loudness(voices[1])
    assert loudness([before[first:last] for first, last in spoken.words[1::2]]) == pytest.approx(-35, abs=2)
    assert abs(loud - quiet) < 3
    assert loud == pytest.approx(TARGET, abs=2)


def test_no_peak_comes_near_full_scale() -> None:
    spoken = speech((0.3,) * 6, RATE, levels=(-30.0, -9.0), length=1.5)
    after = levelled(spoken.stereo)
    meter = Filters(RATE, 2, {"ebur128": "metadata=1:framelog=quiet:peak=true"})
    words = [words for _, words in meter.push(after)]
    peaks = [float(each[name]) for each in words for name in each if "true_peaks_ch" in name]
    assert peaks
    assert max(peaks) < 10 ** (-1 / 20)


def test_noise_in_pauses_is_not_raised_above_its_bound() -> None:
    spoken = speech((1.5,) * 5, RATE, floor=-50, levels=(-34.0,), length=1.5)
    after = levelled(spoken.sound[:, None])
    pauses = [after[last + RATE // 5 : last + RATE] for _, last in spoken.words[1:]]
    assert max(map(decibels, pauses)) < LOUDEST_NOISE + 1
    # Within a pause the gain rests: its beginning and its end are alike.
    for pause in pauses:
        half = len(pause) // 2
        assert decibels(pause[:half]) == pytest.approx(decibels(pause[half:]), abs=0.5)


def test_one_voice_is_not_pumped() -> None:
    spoken = speech((0.3, 0.6, 0.4) * 5, RATE, levels=(-26.0, -28.0, -25.0))
    gains: list[float] = []
    rider_move = GainRider.move

    class Listening(GainRider):
        def move(self, most: float, *, may_rise: bool, leaps: bool) -> float:
            gains.append(rider_move(self, most, may_rise=may_rise, leaps=leaps))
            return gains[-1]

    leveller = Leveller(RATE, 1)
    leveller._rider = Listening()
    leveller.switch(is_on=True)
    leveller.push(spoken.sound[:, None])
    assert len(gains) > 100
    assert np.std(gains[20:]) < 1.0


def test_the_gain_moves_no_faster_than_it_may() -> None:
    rider = GainRider()
    generator = np.random.default_rng(3)
    last = rider.gain
    for block in range(600):
        heard = float(generator.choice([-14.0, -35.0]) + generator.normal(0, 2)) if block % 7 else None
        for _ in range(1 + block % 5):
            rider.take(heard)
        gain = rider.move(20.0, may_rise=block % 3 > 0, leaps=False)
        assert -FALL_A_SECOND / 10 - 1e-9 <= gain - last <= QUICK_RISE_A_SECOND / 10 + 1e-9
        last = gain


def test_off_is_untouched() -> None:
    samples = speech((0.2, 0.2), RATE).stereo
    assert np.array_equal(Leveller(RATE, 2).push(samples), samples)


def test_switching_loses_nothing_and_does_not_click() -> None:
    spoken = speech((0.2,) * 8, RATE, levels=(-30.0,))
    samples = spoken.sound[:, None]
    leveller, parts = Leveller(RATE, 1), []
    for number, at in enumerate(range(0, len(samples), 4608)):
        leveller.switch(is_on=20 < number < 50)
        parts.append(leveller.push(samples[at : at + 4608]))
    after = np.concatenate(parts)
    assert len(after) == len(samples)
    assert np.array_equal(after[: 20 * 4608], samples[: 20 * 4608])
    assert np.array_equal(after[52 * 4608 :], samples[52 * 4608 :])
    gains = 20 * np.log10(np.abs(after[:, 0]).reshape(-1)[: len(after) // 441 * 441].reshape(-1, 441).max(1))
    gains -= 20 * np.log10(np.abs(samples[:, 0])[: len(after) // 441 * 441].reshape(-1, 441).max(1))
    assert gains.max() > 6
    assert np.abs(np.diff(gains)).max() < 1.5, "in 10 ms"


def test_after_a_jump_it_goes_on_with_the_gain_that_it_had() -> None:
    spoken = speech((0.2,) * 6, RATE, levels=(-32.0,))
    leveller = Leveller(RATE, 1)
    leveller.switch(is_on=True)
    leveller.push(spoken.sound[:, None])
    leveller.restart()
    again = leveller.push(spoken.sound[: 2 * RATE, None])
    first, last = RATE // 4, RATE // 2
    assert decibels(again[first:last]) - decibels(spoken.sound[first:last]) > 8
