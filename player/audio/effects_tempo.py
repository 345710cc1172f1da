"""Speed with the pitch kept, and which sample is heard when.

Must not know where samples come from, nor what else is done to them.

WSOLA (Verhelst and Roelands, 1993): short overlapping pieces of the sound are laid one after another, each taken within
a few milliseconds of where it should be, from where it goes on most like the piece before would have gone on. FFmpeg's
`atempo` does the same with pieces twice as long, whose place was up to 22 ms off at 1.8 times the speed and 59 ms at 4
times; and a new speed needs a new filter, with a seam.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from player.audio.effects_map import PositionMap

Samples = npt.NDArray[np.float32]
Mono = npt.NDArray[np.float32]

_HOP_SECONDS = 0.012
"""How far a piece is laid from the one before; it is twice as long, and blends with both its neighbours."""
_SEARCH_SECONDS = 0.010
"""How far around its place a piece is looked for: a period of a deep voice fits in."""
_COARSE_RATE = 8000
"""Samples a second at which alike places are looked for, before they are found to the sample."""
_SILENCE = 1e-9


class Tempo:
    """Plays samples `speed` times as fast. At 1.0 they pass untouched. A change of speed has no seam.

    `map` leads from frames given to frames taken.
    """

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        """`rate` samples a second; `speed` from 0.5 to 4.0."""
        self.map = PositionMap(pace=speed)
        self._speed = speed
        self._hop = round(_HOP_SECONDS * rate)
        self._search = round(_SEARCH_SECONDS * rate)
        self._step = max(1, rate // _COARSE_RATE)
        angle = (np.arange(self._hop, dtype=np.float32) + 0.5) * (np.pi / 2 / self._hop)
        self._rise = (np.sin(angle) ** 2)[:, None].astype(np.float32)
        self._fall = 1 - self._rise
        self._held = np.zeros((0, channels), np.float32)
        self._first = 0
        """The number of the frame that `_held` begins with."""
        self._next = 0
        """The frame with which the sound would go on by itself."""
        self._given = 0
        self._anchor = (0, 0.0)
        """A frame given, and the frame taken that should be heard there; later ones follow from the speed."""

    @property
    def speed(self) -> float:
        """The speed of what is given next."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if speed != self._speed:
            # Straight on, what is heard is what comes next; between pieces it is so only on average.
            place = float(self._next) if 1.0 in (speed, self._speed) else self._ideal(self._given)
            self._anchor = (self._given, place)
            self._speed = speed
            self.map.add(self._given, place, speed)

    def push(self, samples: Samples) -> Samples:
        """Take samples of shape (frames, channels); give what is ready, which may be nothing."""
        if self._speed == 1.0 and not len(self._held):
            self._first += len(samples)
            self._next = self._first
            self._given += len(samples)
            return samples
        self._held = np.concatenate((self._held, samples)) if len(self._held) else samples
        return self._pass() if self._speed == 1.0 else self._lay(None)

    def flush(self) -> Samples:
        """What is still inside. Nothing can be pushed afterwards."""
        if self._speed == 1.0:
            return self._pass()
        end = self._first + len(self._held)
        left = max(0, round((end - self._ideal(self._given)) / self._speed))
        reach = self._search + 2 * self._hop + round(self._hop * self._speed)
        silence = np.zeros((reach, self._held.shape[1]), np.float32)
        self._held = np.concatenate((self._held, silence))
        made = self._lay(left)
        self._given += left - len(made)
        self._held = silence[:0]
        self._first = self._next = end
        return made

    def _pass(self) -> Samples:
        """All that is held, from where the last piece goes on."""
        made = self._held[self._next - self._first :]
        self._first += len(self._held)
        self._next = self._first
        self._held = self._held[:0]
        self._given += len(made)
        return made

    def _lay(self, most: int | None) -> Samples:
        """Lay pieces as long as there is enough to choose from, at most `most` frames in all."""
        end = self._first + len(self._held)
        mono = self._held[:, 0] if self._held.shape[1] == 1 else self._held.mean(1)
        usable = len(mono) // self._step * self._step
        coarse = mono[:usable].reshape(-1, self._step).mean(1)
        made: list[Samples] = []
        while most is None or len(made) * self._hop < most:
            # The middle of a piece belongs where the frame given there belongs.
            wanted = round(self._ideal(self._given + self._hop)) - self._hop
            if max(wanted + self._search, self._next) + 2 * self._hop > end:
                break
            start = self._best(mono, coarse, wanted)
            made.append(self._cut(self._next) * self._fall + self._cut(start) * self._rise)
            self._next = start + self._hop
            self._given += self._hop
        self._drop()
        laid = np.concatenate(made) if made else self._held[:0]
        return laid if most is None else laid[:most]

    def _best(self, mono: Mono, coarse: Mono, wanted: int) -> int:
        """The frame near `wanted` from which the sound is most like what would come by itself.

        First by plain cross-correlation, which prefers loud places: a short burst is rather kept than left out. On
        speech that came nearer to the original, in the spectrum of each moment, than `atempo` did, and than the
        normalised one, which then finds the sample.
        """
        step, hop = self._step, self._hop
        own = self._next - self._first
        # Coarse samples stand at multiples of the step: those that are compared must be off by the same rest.
        pattern = coarse[own // step : own // step + hop // step]
        first = max(0, wanted - self._search - self._first) // step
        region = coarse[first : first + 2 * self._search // step + len(pattern)]
        products = np.correlate(region, pattern, "valid")
        place = int(np.argmax(products))
        if products[place] <= _SILENCE * len(pattern):
            return wanted
        low = max(0, (first + place) * step + own % step - step)
        pattern, region = mono[own : own + hop], mono[low : low + hop + 2 * step]
        products = np.correlate(region, pattern, "valid")
        return self._first + low + int(np.argmax(products / np.sqrt(_energies(region, hop) + _SILENCE)))

    def _cut(self, start: int) -> Samples:
        return self._held[start - self._first : start - self._first + self._hop]

    def _drop(self) -> None:
        """Forget what no piece can need any more."""
        wanted = round(self._ideal(self._given + self._hop)) - self._hop
        count = min(self._next, wanted - self._search) - self._first
        # Slow speeds at the very beginning look before the first frame. Coarse samples stay where they were.
        count = max(0, count - (self._first + count) % self._step)
        self._held = self._held[count:]
        self._first += count

    def _ideal(self, given: int) -> float:
        """The frame taken that should be heard with frame `given`."""
        return self._anchor[1] + (given - self._anchor[0]) * self._speed


def _energies(region: Mono, count: int) -> Mono:
    """The energy of `count` samples from each place of `region` on."""
    sums = np.concatenate(([0.0], np.cumsum(np.square(region, dtype=np.float64))))
    return np.asarray(sums[count:] - sums[:-count], np.float32)
