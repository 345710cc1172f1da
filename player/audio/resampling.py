"""Changes the sample rate of sound so that a jump gives what going through all of it gives.

Must not know where the sound comes from.
"""

from __future__ import annotations

from math import ceil, gcd
from typing import Protocol

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

_FILTER = 64
"""Periods of the lower rate before a place that have an influence on it: twice FFmpeg's 32 taps, to be safe."""


class Sound(Protocol):
    """Samples in order, from any place on."""

    def seek(self, sample: int) -> None:
        """Make `sample` the first one of the next `read`."""
        ...

    def read(self) -> Samples | None:
        """The next samples with shape (samples, channels), None at the end."""
        ...


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
