"""Sound on its way to the ear: what was written to a device that can still be told otherwise.

Must not know the device. All indices are frames since the device began; samples have two channels.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from player.audio.outputs import Samples


class _Ramp:
    """A value that moves evenly to another one."""

    def __init__(self) -> None:
        self._at, self._from, self._to, self._frames = 0, 1.0, 1.0, 1

    def turn(self, index: int, to: float, frames: int) -> None:
        """Move to another value from an index on."""
        self._from = float(self.values(index, index + 1)[0])
        self._at, self._to, self._frames = index, to, frames

    def values(self, first: int, stop: int) -> npt.NDArray[np.float32]:
        """The value at each index."""
        part = np.clip((np.arange(first, stop) - self._at) / self._frames, 0.0, 1.0)
        return (self._from + (self._to - self._from) * part).astype(np.float32)


class Pending:
    """Samples from an index on, their volume, and the end of what was cut off, which fades out over them."""

    def __init__(self, fade: int) -> None:
        """`fade` is how many frames a fade takes, and a change of the volume."""
        self._fade = fade
        self._blocks: deque[tuple[int, Samples]] = deque()
        self._end = 0
        self._tail: tuple[int, Samples] = (0, np.empty((0, 2), np.float32))
        self._volume, self._part = _Ramp(), _Ramp()

    @property
    def end(self) -> int:
        """The index behind the last sample."""
        return self._end

    def add(self, samples: Samples) -> None:
        """Put samples behind the last one."""
        self._blocks.append((self._end, samples))
        self._end += len(samples)

    def forget(self, index: int) -> None:
        """What lies before an index has been heard."""
        while self._blocks and self._blocks[0][0] + len(self._blocks[0][1]) <= index:
            self._blocks.popleft()

    def cut(self, index: int) -> None:
        """Go on at an index: what was there fades out."""
        self._tail = (index, self._faded(self.sound(index, index + self._fade)))
        while self._blocks and self._blocks[-1][0] >= index:
            self._blocks.pop()
        if self._blocks:
            first, last = self._blocks.pop()
            self._blocks.append((first, last[: index - first]))
        self._end = index

    def set_gain(self, index: int, gain: float) -> None:
        """Move to a volume from an index on."""
        self._volume.turn(index, gain, self._fade)

    def fade(self, index: int, part: float, frames: int) -> None:
        """Move to a part of the volume from an index on, within so many frames at least as a fade takes."""
        self._part.turn(index, part, max(self._fade, frames))

    def sound(self, first: int, stop: int) -> Samples:
        """What is to be heard from an index up to another; silence where nothing was written."""
        found = np.zeros((stop - first, 2), np.float32)
        for index, samples in self._blocks:
            start, end = max(first, index), min(stop, index + len(samples))
            if start < end:
                found[start - first : end - first] = samples[start - index : end - index]
        found *= self._gains(first, stop)[:, None]
        index, tail = self._tail
        start, end = max(first, index), min(stop, index + len(tail))
        if start < end:
            found[start - first : end - first] += tail[start - index : end - index]
        return found

    def _gains(self, first: int, stop: int) -> npt.NDArray[np.float32]:
        # Loudness by ear goes about with the cube root: so a long fade is even.
        return self._volume.values(first, stop) * self._part.values(first, stop) ** 3

    def _faded(self, samples: Samples) -> Samples:
        faded: Samples = samples * np.cos(np.linspace(0, np.pi / 2, len(samples), dtype=np.float32))[:, None] ** 2
        return faded
