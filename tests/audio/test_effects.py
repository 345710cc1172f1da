from __future__ import annotations

import numpy as np
import pytest

from player.audio.effects import Samples, Tempo, fade_in

RATE = 44_100


def tone(seconds: float, channels: int, hertz: float = 440.0) -> Samples:
    wave = np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.repeat(wave[:, None], channels, 1).astype(np.float32)


def through(tempo: Tempo, samples: Samples, block: int) -> Samples:
    parts = [tempo.push(samples[first : first + block]) for first in range(0, len(samples), block)]
    return np.concatenate([*parts, tempo.flush()])


def test_normal_speed_changes_nothing() -> None:
    samples = tone(0.5, 2)
    assert np.array_equal(through(Tempo(RATE, 2, 1.0), samples, 1000), samples)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 2.0, 2.5, 4.0])
def test_speed_changes_the_length_and_keeps_the_pitch(speed: float, channels: int) -> None:
    made = through(Tempo(RATE, channels, speed), tone(6, channels), 4410)
    assert made.shape[1] == channels
    assert len(made) == pytest.approx(6 * RATE / speed, abs=0.06 * RATE)
    middle = made[len(made) // 2 :, 0][: RATE // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE / len(middle) == pytest.approx(440, abs=4)


def test_nothing_in_nothing_out() -> None:
    for speed in (1.0, 1.5):
        assert Tempo(RATE, 2, speed).flush().shape == (0, 2)


def test_the_fade_is_short_and_leaves_the_original_alone() -> None:
    samples = np.ones((RATE, 1), np.float32)
    faded = fade_in(samples, RATE)
    assert faded[0] == 0
    assert (np.diff(faded[:, 0]) >= 0).all()
    assert (faded[round(0.004 * RATE) :] == 1).all()
    assert (samples == 1).all()
    assert len(fade_in(samples[:5], RATE)) == 5
