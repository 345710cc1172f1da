from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from player.audio.effects_tempo import Samples, Tempo
from speechlike import noise, word

RATE = 44_100
SPEEDS = (0.5, 0.75, 1.25, 2.0, 2.5, 4.0)


def tone(seconds: float, channels: int, hertz: float = 440.0) -> Samples:
    wave = 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)
    return np.repeat(wave[:, None], channels, 1).astype(np.float32)


def through(tempo: Tempo, samples: Samples, block: int) -> Samples:
    parts = [tempo.push(samples[first : first + block]) for first in range(0, len(samples), block)]
    return np.concatenate([*parts, tempo.flush()])


def test_normal_speed_changes_nothing() -> None:
    samples = tone(0.5, 2)
    assert np.array_equal(through(Tempo(RATE, 2, 1.0), samples, 1000), samples)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("speed", SPEEDS)
def test_speed_changes_the_length_and_keeps_the_pitch(speed: float, channels: int) -> None:
    tempo = Tempo(RATE, channels, speed)
    made = through(tempo, tone(4, channels), 4410)
    assert made.shape[1] == channels
    assert len(made) == pytest.approx(4 * RATE / speed, abs=1)
    assert tempo.map.place(len(made)) == pytest.approx(4 * RATE, abs=speed)
    middle = made[len(made) // 4 :, 0][: RATE // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE / len(middle) == pytest.approx(440, abs=4)
    assert spectrum.max() > 0.9 * np.sqrt(np.sum(spectrum**2) / 1.5), "it is one tone, not a broken one"


def test_blocks_do_not_matter() -> None:
    samples = word(2, RATE)[:, None]
    one, other = (through(Tempo(RATE, 1, 1.6), samples, block) for block in (700, 40_000))
    assert np.array_equal(one, other)


def test_nothing_in_nothing_out() -> None:
    for speed in (1.0, 1.5):
        assert Tempo(RATE, 2, speed).flush().shape == (0, 2)


@pytest.mark.parametrize("speed", [0.5, 1.5, 3.0])
def test_a_sound_is_heard_where_the_map_says(speed: float) -> None:
    generator = np.random.default_rng(4)
    at = np.cumsum(generator.uniform(0.3, 0.5, 24) * RATE).astype(int)
    samples = noise(at[-1] + RATE, -70)
    burst = (generator.normal(0, 0.3, RATE // 50) * np.hanning(RATE // 50)).astype(np.float32)
    for first in at:
        samples[first : first + len(burst)] += burst
    tempo = Tempo(RATE, 1, speed)
    made = through(tempo, samples[:, None], 4000)[:, 0]
    for first in at:
        middle = (first + len(burst) / 2) / speed
        low = round(middle - 0.06 * RATE)
        power = made[low : round(middle + 0.06 * RATE)] ** 2
        heard = low + np.sum(power * np.arange(len(power))) / np.sum(power)
        assert tempo.map.place(heard) == pytest.approx(first + len(burst) / 2, abs=0.02 * RATE)


def test_a_change_of_speed_has_no_seam() -> None:
    samples = word(6, RATE)[:, None]
    tempo = Tempo(RATE, 1, 1.0)
    parts = []
    for number, first in enumerate(range(0, len(samples), 9000)):
        tempo.speed = (1.0, 1.5, 1.55, 1.0, 3.0, 0.5, 1.0)[number % 7]
        parts.append(tempo.push(samples[first : first + 9000]))
    tempo.speed = 1.0
    parts.append(tempo.flush())
    made = np.concatenate(parts)[:, 0]
    steps, steepest = np.abs(np.diff(made)), np.abs(np.diff(samples[:, 0])).max()
    assert steps.max() < 1.2 * steepest
    assert tempo.map.place(len(made)) == pytest.approx(len(samples), abs=1)
    places = [tempo.map.place(at) for at in range(0, len(made), 50)]
    assert all(later >= earlier for earlier, later in pairwise(places))


def test_at_normal_speed_again_the_samples_are_the_originals() -> None:
    samples = word(3, RATE)[:, None]
    tempo = Tempo(RATE, 1, 1.7)
    made = tempo.push(samples[:RATE])
    tempo.speed = 1.0
    rest = tempo.push(samples[RATE:])
    first = round(tempo.map.place(len(made) + 2000))
    assert np.array_equal(rest[2000:], samples[first:])
