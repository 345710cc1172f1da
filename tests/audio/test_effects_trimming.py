from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.audio.effects_trimming import Samples, Trimmer
from player.core.sound import Trimming
from speechlike import Speech, noise, speech, word

RATE = 24_000
PAUSES = (0.3, 0.1, 0.25, 0.5, 1.0, 0.2, 2.0, 0.4, 0.8, 0.3, 1.2, 0.15)
RESTS = {Trimming.GENTLE: 0.35, Trimming.MEDIUM: 0.2, Trimming.STRONG: 0.12}


def trimmed(
    samples: Samples, strength: Trimming, *, block: int = 2400, starts: tuple[int, ...] = (), first: int = 0
) -> tuple[Samples, Trimmer]:
    """Samples (mono) without their pauses, and who did it."""
    trimmer = Trimmer(RATE, 1)
    trimmer.restart(first)
    trimmer.set_strength(strength)
    trimmer.set_boundaries(starts)
    parts = [trimmer.push(samples[at : at + block, None]) for at in range(0, len(samples), block)]
    return np.concatenate([*parts, trimmer.flush()])[:, 0], trimmer


def heard_samples(trimmer: Trimmer, count: int) -> npt.NDArray[np.int64]:
    """Which sample of the file is heard with each of `count` frames, by the map."""
    spans = trimmer.map.between(0, count)
    ends = [*(round(span.at) for span in spans[1:]), count]
    parts = [
        np.arange(round(span.at), end) + round(span.place - span.at) for span, end in zip(spans, ends, strict=True)
    ]
    return np.concatenate(parts)


def kept_samples(trimmer: Trimmer, count: int, all_samples: int) -> npt.NDArray[np.bool_]:
    """Which samples of the file are heard."""
    return np.isin(np.arange(all_samples), heard_samples(trimmer, count))


@pytest.mark.parametrize("floor", [-140.0, -65.0, -52.0])
@pytest.mark.parametrize("strength", RESTS)
def test_words_stay_whole_and_pauses_become_short(strength: Trimming, floor: float) -> None:
    spoken = speech(PAUSES * 2, RATE, floor=floor)
    made, trimmer = trimmed(spoken.sound, strength)
    heard, kept = heard_samples(trimmer, len(made)), kept_samples(trimmer, len(made), len(spoken.sound))
    assert kept.sum() == len(made), "what is kept and what is cut are all"
    for number, (first, last) in enumerate(spoken.words):
        margin = RATE // 50
        assert kept[max(0, first - margin) : last + margin].all(), "words keep their edges"
        # The first seconds are needed to learn what noise is.
        if number > 4:
            gap = kept[spoken.words[number - 1][1] : first]
            assert gap.sum() <= (RESTS[strength] + 0.15) * RATE
            assert gap.sum() >= min(len(gap), 0.1 * RATE), "a rest stays"
    for first, last in spoken.words:
        at = int(np.searchsorted(heard, first))
        assert np.array_equal(made[at : at + last - first], spoken.sound[first:last])


def test_off_is_untouched() -> None:
    spoken = speech(PAUSES, RATE)
    assert np.array_equal(trimmed(spoken.sound, Trimming.OFF)[0], spoken.sound)


@pytest.mark.parametrize("shift", [-0.3, 0.0, 0.4, 0.79])
def test_no_cut_goes_across_a_chapter_start(shift: float) -> None:
    spoken = speech(PAUSES * 2, RATE)
    starts = tuple(first - round(shift * RATE) for first, _ in spoken.words[1:])
    made, trimmer = trimmed(spoken.sound, Trimming.STRONG, starts=starts)
    spans = trimmer.map.between(0, len(made))
    cuts = [(earlier.there(later.at), later.place) for earlier, later in pairwise(spans)]
    assert len(cuts) > 8
    for start in starts:
        assert not any(first - RATE // 100 < start < last + RATE // 100 for first, last in cuts)


@settings(max_examples=15)
@given(st.lists(st.integers(1, 9000), min_size=1, max_size=12), st.sampled_from(list(RESTS)))
def test_blocks_do_not_matter(blocks: list[int], strength: Trimming) -> None:
    spoken = EXAMPLE
    trimmer = Trimmer(RATE, 1)
    trimmer.set_strength(strength)
    parts: list[Samples] = []
    at = 0
    while at < len(spoken.sound):
        size = blocks[len(parts) % len(blocks)] + 500
        parts.append(trimmer.push(spoken.sound[at : at + size, None]))
        at += size
    made = np.concatenate([*parts, trimmer.flush()])[:, 0]
    kept = kept_samples(trimmer, len(made), len(spoken.sound))
    assert kept.sum() == len(made)
    assert all(kept[first:last].all() for first, last in spoken.words)


EXAMPLE: Speech = speech(PAUSES[:8], RATE)


def test_music_is_left_alone() -> None:
    time = np.arange(20 * RATE) / RATE
    chords = sum(np.sin(2 * np.pi * hertz * time) for hertz in (262, 330, 392))
    # Notes that die away, a second apart: the end of each is as quiet as a pause.
    music = (0.1 * chords * np.exp(-5 * (time % 1.0))).astype(np.float32) + noise(len(time), -75)
    made, _ = trimmed(music, Trimming.STRONG)
    assert len(made) > 0.97 * len(music)


def test_speech_over_music_is_left_alone() -> None:
    spoken = speech(PAUSES * 2, RATE)
    time = np.arange(len(spoken.sound)) / RATE
    bed = 0.02 * sum(np.sin(2 * np.pi * hertz * time) for hertz in (262, 330, 392)) * (1 + 0.5 * np.sin(9 * time))
    made, _ = trimmed((spoken.sound + bed).astype(np.float32), Trimming.STRONG)
    assert len(made) == len(spoken.sound)


def test_noise_nearly_as_loud_as_speech_is_left_alone() -> None:
    spoken = speech(PAUSES * 2, RATE, floor=-36)
    made, _ = trimmed(spoken.sound, Trimming.STRONG)
    assert len(made) == len(spoken.sound)


def test_a_blend_is_no_click_and_no_hole() -> None:
    spoken = speech((1.0,) * 12, RATE, floor=-55)
    made, trimmer = trimmed(spoken.sound, Trimming.STRONG)
    for span in trimmer.map.between(0, len(made))[1:]:
        around = made[round(span.at) - 240 : round(span.at) + 240]
        assert 20 * np.log10(np.sqrt(np.mean(around**2))) == pytest.approx(-55, abs=2)
        assert np.abs(np.diff(around)).max() < 8 * 10 ** (-55 / 20)


@pytest.mark.parametrize("then", [Trimming.OFF, Trimming.GENTLE, Trimming.STRONG])
def test_another_strength_within_a_pause_loses_nothing(then: Trimming) -> None:
    spoken = speech((0.3, 0.3, 0.3, 3.0, 0.3, 3.0, 0.3), RATE)
    trimmer = Trimmer(RATE, 1)
    trimmer.set_strength(Trimming.MEDIUM)
    middle = spoken.words[3][1] + 2 * RATE
    parts = [trimmer.push(spoken.sound[at : min(at + 2400, middle), None]) for at in range(0, middle, 2400)]
    trimmer.set_strength(then)
    parts += [trimmer.push(spoken.sound[middle:, None]), trimmer.flush()]
    made = np.concatenate(parts)
    kept = kept_samples(trimmer, len(made), len(spoken.sound))
    assert kept.sum() == len(made)
    assert all(kept[first:last].all() for first, last in spoken.words)


def test_a_long_silence_takes_no_memory() -> None:
    trimmer = Trimmer(RATE, 1)
    trimmer.set_strength(Trimming.MEDIUM)
    trimmer.push(speech(PAUSES[:6], RATE).sound[:, None])
    given_in_all = sum(len(trimmer.push(noise(RATE, -65, seed)[:, None])) for seed in range(60))
    assert given_in_all < RATE
    assert len(trimmer._held) < RATE


def test_it_begins_anew_elsewhere() -> None:
    made, trimmer = trimmed(word(1.0, RATE), Trimming.STRONG, first=123_456)
    assert trimmer.map.place(0) == 123_456
    trimmer.restart(777)
    assert trimmer.map.place(0) == 777
    assert len(made) == RATE
