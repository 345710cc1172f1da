from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.audio.effects import Effects, Samples
from player.core.sound import Listened, Sound, Trimming
from speechlike import speech

RATE = 24_000
SPOKEN = speech((0.4, 0.6, 0.2, 1.0, 0.5, 0.9, 0.3, 0.7), RATE)

sounds = st.builds(
    Sound, st.sampled_from([0.5, 1.0, 1.35, 2.0, 4.0]), st.sampled_from(list(Trimming)), st.booleans(), st.booleans()
)


def through(effects: Effects, samples: Samples) -> Samples:
    parts = [effects.push(samples[at : at + 2400]) for at in range(0, len(samples), 2400)]
    return np.concatenate([*parts, effects.flush()])


def test_with_nothing_to_do_only_the_first_milliseconds_are_softened() -> None:
    made = through(Effects(RATE, 2, Sound()), SPOKEN.stereo)
    assert np.array_equal(made[RATE // 250 :], SPOKEN.stereo[RATE // 250 :])
    assert made[0, 0] == 0
    ones = Effects(RATE, 1, Sound()).push(np.ones((RATE, 1), np.float32))[:, 0]
    assert (np.diff(ones) >= 0).all()
    assert (ones[RATE // 250 :] == 1).all()


@settings(max_examples=12)
@given(st.lists(sounds, min_size=1, max_size=6), st.integers(0, 10**9))
def test_every_sample_is_heard_or_counted(changes: list[Sound], start: int) -> None:
    effects = Effects(RATE, 2, changes[0])
    effects.restart(start)
    given_frames, counted = 0, Listened()
    for number, at in enumerate(range(0, len(SPOKEN.sound), 6000)):
        effects.set_sound(changes[number % len(changes)])
        given_frames += len(effects.push(SPOKEN.stereo[at : at + 6000]))
        places = [span.place for span in effects.spans(max(0, given_frames - 9000), given_frames)]
        assert places == sorted(places)
        counted += effects.listened(max(0, given_frames - 9000))
    given_frames += len(effects.flush())
    counted += effects.listened(given_frames)
    assert effects.place(given_frames) == pytest.approx(start + len(SPOKEN.sound), abs=300)
    assert counted.heard == pytest.approx(given_frames * 1000 / RATE)
    assert counted.audio == pytest.approx(len(SPOKEN.sound) * 1000 / RATE, abs=15)
    assert counted.by_trimming >= -0.01


def test_mono_is_reached_softly_and_is_the_same_on_both_sides() -> None:
    samples = np.stack((SPOKEN.sound, np.zeros_like(SPOKEN.sound)), 1)
    effects = Effects(RATE, 2, Sound())
    before = effects.push(samples[:RATE])
    effects.set_sound(Sound(is_mono=True))
    after = np.concatenate((before[-1:], effects.push(samples[RATE : 2 * RATE])))
    assert np.allclose(after[RATE // 20 :, 0], after[RATE // 20 :, 1])
    assert np.allclose(after[RATE // 20 :, 0], samples[RATE + RATE // 20 - 1 : 2 * RATE, 0] / 2, atol=1e-6)
    assert np.abs(np.diff(after[:, 0])).max() <= np.abs(np.diff(SPOKEN.sound)).max() * 1.1


def test_what_was_saved_is_told_apart() -> None:
    effects = Effects(RATE, 1, Sound(2.0, Trimming.MEDIUM))
    made = through(effects, np.concatenate([SPOKEN.sound[:, None]] * 2))
    counted = effects.listened(len(made))
    assert counted.by_trimming > 2000
    assert counted.by_speed == pytest.approx(counted.heard, rel=0.01)
    assert effects.listened(len(made)) == Listened()
    assert effects.listened(0) == Listened(), "what was heard stays heard"
