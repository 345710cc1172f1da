"""Puts sound together from others: a section of one, silence, one behind the other, at another sample rate.

A jump gives what going through all of it gives. Must not know where the sound comes from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import ceil, gcd
from typing import Protocol

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

_FILTER = 64
"""Periods of the lower rate before a place that have an influence on it: twice FFmpeg's 32 taps, to be safe."""

_SILENCE_BLOCK = 4096


class Sound(Protocol):
    """Samples in order, from any place on."""

    def seek(self, sample: int) -> None:
        """Make `sample` the first one of the next `read`."""
        ...

    def read(self) -> Samples | None:
        """The next samples with shape (samples, channels), None at the end."""
        ...


class Section:
    """`length` samples of a sound from number `start` on; fewer when it ends before."""

    def __init__(self, sound: Sound, start: int, length: int) -> None:
        self._sound = sound
        self.start = start
        self._length = length
        self._left = 0

    def seek(self, sample: int) -> None:
        """Make `sample` of the section the first one of the next `read`."""
        self._left = max(0, self._length - sample)
        self._sound.seek(self.start + sample)

    def read(self) -> Samples | None:
        """The next samples, None at the end."""
        samples = self._sound.read() if self._left else None
        if samples is None:
            self._left = 0
            return None
        samples = samples[: self._left]
        self._left -= len(samples)
        return samples


class Silence:
    """`length` samples of nothing."""

    def __init__(self, length: int, channels: int) -> None:
        self._length = length
        self._channels = channels
        self._left = 0

    def seek(self, sample: int) -> None:
        """Make `sample` the first one of the next `read`."""
        self._left = max(0, self._length - sample)

    def read(self) -> Samples | None:
        """The next samples, None at the end."""
        count = min(self._left, _SILENCE_BLOCK)
        self._left -= count
        return np.zeros((count, self._channels), np.float32) if count else None


class Chain:
    """Sounds of known lengths behind each other."""

    def __init__(self, sounds: Sequence[tuple[Sound, int]]) -> None:
        self._sounds = [sound for sound, _ in sounds]
        self._ends = list(accumulate(length for _, length in sounds))
        self._current = 0

    @property
    def length(self) -> int:
        """How many samples there are."""
        return self._ends[-1] if self._ends else 0

    def seek(self, sample: int) -> None:
        """Make `sample` the first one of the next `read`."""
        self._current = bisect_right(self._ends, sample)
        if self._current < len(self._sounds):
            self._sounds[self._current].seek(sample - (self._ends[self._current - 1] if self._current else 0))

    def read(self) -> Samples | None:
        """The next samples, None at the end."""
        while self._current < len(self._sounds):
            samples = self._sounds[self._current].read()
            if samples is not None:
                return samples
            if self._current + 1 < len(self._sounds):
                self._sounds[self._current + 1].seek(0)
            self._current += 1
        return None


class Resampled:
    """A sound at another sample rate: `length` samples of it.

    The resampler begins anew only at places that fall on samples of both rates, and early enough to have filled its
    filter. There its phase is that of one which has come from the beginning.
    """

    def __init__(self, sound: Sound, rate_in: int, rate_out: int, channels: int, length: int) -> None:
        self._sound = sound
        self._rates = rate_in, rate_out
        common = gcd(rate_in, rate_out)
        self._step_in, self._step_out = rate_in // common, rate_out // common
        self._early = ceil(_FILTER * max(1.0, rate_in / rate_out) / self._step_in)
        self._channels = channels
        self._length = length
        self._made = self._resampler()
        self._drop = 0
        self._left = 0
        self._is_drained = False

    def seek(self, sample: int) -> None:
        """Make `sample`, of the new rate, the first one of the next `read`."""
        step = max(0, sample // self._step_out - self._early)
        self._sound.seek(step * self._step_in)
        self._made = self._resampler()
        self._drop = sample - step * self._step_out
        self._left = max(0, self._length - sample)
        self._is_drained = False

    def read(self) -> Samples | None:
        """The next samples, None at the end."""
        while self._left and not self._is_drained:
            samples = self._sound.read()
            self._is_drained = samples is None
            made = self._resample(samples)
            part = made[self._drop : self._drop + self._left]
            self._drop = max(0, self._drop - len(made))
            self._left -= len(part)
            if len(part):
                return part
        if not self._left:
            return None
        # The filter may keep back its last sample or two.
        rest = np.zeros((self._left, self._channels), np.float32)
        self._left = 0
        return rest

    def _resampler(self) -> av.AudioResampler:
        layout = "mono" if self._channels == 1 else "stereo"
        return av.AudioResampler("flt", layout, self._rates[1])

    def _resample(self, samples: Samples | None) -> Samples:
        frame = None
        if samples is not None:
            layout = "mono" if self._channels == 1 else "stereo"
            frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "flt", layout)
            frame.sample_rate = self._rates[0]
        parts = [part.to_ndarray().reshape(-1, self._channels) for part in self._made.resample(frame)]
        return np.asarray(np.concatenate(parts), np.float32) if parts else np.zeros((0, self._channels), np.float32)
