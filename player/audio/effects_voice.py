"""Tells voice from what is between the words, by how it stands out of the noise there.

Must not know what is done with pauses.

Sound is judged in frames of 10 ms, by two levels: that of all of it, and that of its upper part, where soft consonants
(f, s, h) stand out that the whole would hide. The floor is what the quietest tenth of the last seconds does not exceed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
Levels = npt.NDArray[np.float64]

FRAMES_A_SECOND = 100
_REMEMBERED = 12 * FRAMES_A_SECOND
_LEAST = 2 * FRAMES_A_SECOND
"""So many frames must have been heard before anything counts as a pause."""
_RENEWED = 25
_FLOOR_PART, _VOICE_PART = 0.10, 0.95
_QUIETEST = (-72.0, -80.0)
"""The lowest floors in dB, for all of the sound and its upper part: below them is silence, whatever there is in it."""
_VOICE_FALL = 0.3 / FRAMES_A_SECOND * _RENEWED
"""How many dB the level of voices is taken lower at each renewal when none is heard."""

_TONES = (200.0, 4000.0)
"""Between which frequencies music is looked for: below there is the hum of mains."""
_AROUND = 400.0
_STANDS_OUT = 60.0
"""In noise a peak is hardly ever so many times as strong as the middle one of the powers around it."""


class Manner(NamedTuple):
    """What counts as a pause: less than `above` dB above the floor, and more than `below` dB below the voices."""

    above: float
    below: float


class VoiceLevels:
    """Follows the levels of voices and of the noise between them."""

    def __init__(self, rate: int) -> None:
        """`rate` samples a second."""
        self.frame = rate // FRAMES_A_SECOND
        self._last = np.float32(0)
        self._heard = np.zeros((0, 2))
        self._fresh = 0
        self._floors = np.array(_QUIETEST)
        self._voice = -120.0

    @property
    def floor(self) -> float:
        """The level of the noise between words, in dB of full scale; at least that of what counts as silence."""
        return float(self._floors[0])

    def levels(self, mono: Samples) -> Levels:
        """The two levels in dB of each frame of `mono`, which is whole frames that follow those before; (count, 2)."""
        rises = np.diff(mono, prepend=self._last)
        self._last = mono[-1]
        powers = [np.square(part.reshape(-1, self.frame)).mean(1) for part in (mono, rises)]
        found = 10 * np.log10(np.stack(powers, 1).astype(np.float64) + 1e-12)
        self._heard = np.concatenate((self._heard, found))[-_REMEMBERED:]
        self._fresh += len(found)
        if self._fresh >= _RENEWED:
            self._renew()
        return found

    def are_quiet(self, levels: Levels, manner: Manner) -> npt.NDArray[np.bool_]:
        """Which frames are no voice."""
        if len(self._heard) < _LEAST:
            return np.zeros(len(levels), np.bool_)
        limit = min(self._floors[0] + manner.above, self._voice - manner.below)
        quiet: npt.NDArray[np.bool_] = (levels[:, 0] < limit) & (levels[:, 1] < self._floors[1] + manner.above)
        return quiet

    def _renew(self) -> None:
        count = len(self._heard)
        low, high = int(_FLOOR_PART * count), int(_VOICE_PART * count)
        ordered = np.partition(self._heard, (low, high), axis=0)
        self._floors = np.maximum(ordered[low], _QUIETEST)
        self._voice = max(float(ordered[high, 0]), self._voice - _VOICE_FALL * self._fresh / _RENEWED)
        self._fresh = 0


def has_tones(mono: Samples, rate: int) -> bool:
    """Whether there is music in some hundredths of a second of sound: narrow peaks that noise does not have."""
    count = len(mono)
    spectrum = np.square(np.abs(np.fft.rfft(mono * np.hanning(count))))
    first, last = (round(hertz * count / rate) for hertz in _TONES)
    band = spectrum[first:last]
    width = max(3, round(_AROUND * count / rate))
    usable = len(band) // width * width
    parts = band[:usable].reshape(-1, width)
    return bool((parts.max(1) > _STANDS_OUT * np.median(parts, 1) + 1e-12).any())
