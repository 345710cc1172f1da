"""Sound like speech: words of several syllables with soft edges, pauses between them, noise below all. Must not know
the player.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Speech:
    """Mono sound, and where its words are: first sample and the one after the last."""

    sound: Sound
    words: tuple[tuple[int, int], ...]

    @property
    def stereo(self) -> Sound:
        """The sound on both sides, shape (frames, 2)."""
        return np.repeat(self.sound[:, None], 2, 1)


def noise(count: int, level: float, seed: int = 1) -> Sound:
    """White noise of so many dB of full scale."""
    return np.random.default_rng(seed).normal(0, 10 ** (level / 20), count).astype(np.float32)


@lru_cache(maxsize=16)
def word(seconds: float, rate: int, level: float = -20.0, pitch: float = 130.0) -> Sound:
    """Four syllables a second of a buzz with formants, beginning and ending softly; `level` in dB of full scale.

    Made once, and not to be changed: speech repeats a few words.
    """
    time = np.arange(round(seconds * rate)) / rate
    harmonics = np.arange(1, 28)
    strengths = 1 / harmonics + 0.6 * np.exp(-(((harmonics * pitch - 700) / 200) ** 2))
    buzz = (strengths[:, None] * np.sin(2 * np.pi * pitch * harmonics[:, None] * time + harmonics[:, None])).sum(0)
    syllables = 0.25 + 0.75 * np.sin(np.pi * 4 * time) ** 2
    edges = np.clip(np.minimum(time, time[-1] - time) / 0.03, 0, 1)
    made = buzz * syllables * edges
    sound = np.asarray(made * 10 ** (level / 20) / np.sqrt(np.mean(made**2)), np.float32)
    sound.flags.writeable = False
    return sound


def speech(
    pauses: Sequence[float], rate: int, *, floor: float = -65.0, levels: Sequence[float] = (-20.0,), length: float = 0.8
) -> Speech:
    """Words of `length` seconds, with a pause after each; their levels are `levels` in turn."""
    parts: list[Sound] = []
    words: list[tuple[int, int]] = []
    count = 0
    for number, pause in enumerate(pauses):
        spoken = word(length, rate, levels[number % len(levels)])
        words.append((count, count + len(spoken)))
        parts += [spoken, np.zeros(round(pause * rate), np.float32)]
        count += len(parts[-2]) + len(parts[-1])
    sound = np.concatenate(parts)
    return Speech(sound + noise(len(sound), floor), tuple(words))
