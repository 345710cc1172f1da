"""A file on its way to the output: decoded from a place on, with its effects, up to its end or its stop.

Must not know the output: it counts the frames that it has given, and says which place of the file each of them is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player.audio.decoder import open_audio
from player.audio.effects import Effects
from player.audio.engine import Landing, Load
from player.audio.landing import LEAD_SECONDS, soft_start
from player.audio.mp3_index import Mp3Index, read_index
from player.audio.rated import rated
from player.audio.source import ArrivingSource, NotHere, Source
from player.core.model import Millis
from player.core.ranges import Ranges
from player.core.sound import Listened, Sound

Samples = npt.NDArray[np.float32]

_BLOCK_SECONDS = 0.1
_MOST_READS = 50
"""So much is read for a block at most, so that a long silence that is trimmed does not keep commands waiting."""
_FADE_SECONDS = 0.004
_GRAIN_SECONDS = 0.12
_GRAIN_EDGE_SECONDS = 0.015
_LOOK_EVERY = 2.0
"""Seconds between two looks whether the file is still where it was."""
_LOOK_BEHIND_SECONDS = 0.3
"""So much behind a soft landing's target is looked at, to tell how loud the talk is."""
_NOTABLE: Millis = 1000
"""A file that lacks less than this of what it says is whole: writers round."""


class Track:
    """An open file.

    What reads (`begin`, `block`, `grain`) raises KnownError, and NotHere where bytes are missing; that can be repeated.
    """

    def __init__(
        self, load: Load, sound: Sound, on_index: Callable[[Path, Mp3Index], None], *, rate: int | None = None
    ) -> None:
        """Open `load.path`; frames are given at `rate`, or at the file's own.

        `on_index` is called, on a thread of its own, once an MP3 has been indexed anew. Raises KnownError and NotHere.
        """
        self.path = load.path
        self._source = _source(load)
        duration = load.arriving.duration if load.arriving else None
        try:
            opened = open_audio(
                self._source,
                read_index(load.index),
                duration=duration,
                on_index=lambda index: on_index(load.path, index),
            )
        except NotHere:
            self._source.close()
            raise
        self._decoder = rated(opened, rate or opened.rate)
        self.rate = self._decoder.rate
        self.channels = self._decoder.channels
        self._effects = Effects(self.rate, self.channels, sound)
        self.set_boundaries(load.boundaries)
        self._stop: float | None = None
        self.set_stop(load.stop)
        self._rest: Samples | None = None
        self._read_up_to = 0
        self._correction = 0
        self._looks_again_at: float | None = 0.0
        self.is_drained = False
        self.is_short = False
        """Whether the last block ended before its time: there is more to be read at once."""

    @property
    def duration(self) -> Millis:
        """How long the file is, as far as is known."""
        return self._decoder.duration

    @property
    def is_exact(self) -> bool:
        """Whether the places of frames are known, and not only estimated."""
        return self._decoder.is_exact

    def missing(self, end: float) -> Millis:
        """How much of what the file says it has is not there, when it ends at this sample."""
        lacking = self._decoder.announced - self.millis(end)
        return lacking if lacking > _NOTABLE and self._stop is None else 0

    def sample(self, position: Millis) -> float:
        """The sample at a position, at most the end."""
        return min(max(0, position), self.duration) * self.rate / 1000

    def millis(self, sample: float) -> Millis:
        """The position of a sample."""
        return round(sample * 1000 / self.rate)

    def arrived(self, there: Ranges) -> None:
        """More of the file is there."""
        if isinstance(self._source, ArrivingSource):
            self._source.arrived(there)

    def has(self, missing: NotHere, length: int) -> bool:
        """Whether the bytes that were missing are there by now, with `length` bytes in all."""
        source = self._source
        return not isinstance(source, ArrivingSource) or source.has(missing.offset, missing.offset + length)

    def has_vanished(self, now: float) -> bool:
        """Whether nothing has the file's name any more; said once. What arrives changes its name when it is whole."""
        if self._looks_again_at is None or now < self._looks_again_at:
            return False
        is_gone = not isinstance(self._source, ArrivingSource) and not os.path.lexists(self.path)
        self._looks_again_at = None if is_gone else now + _LOOK_EVERY
        return is_gone

    def set_sound(self, sound: Sound) -> None:
        """Change what is done to the sound."""
        self._effects.set_sound(sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places across which silence is not trimmed."""
        self._effects.set_boundaries([round(self.sample(start)) for start in starts])

    def is_beyond(self, sample: float) -> bool:
        """Whether a sample lies behind the stop."""
        return self._stop is not None and sample > self._stop

    def set_stop(self, stop: Millis | None) -> None:
        """Where to end; None for the end of the file."""
        self._stop = None if stop is None else self.sample(stop)

    def close(self) -> None:
        """Close the file."""
        self._decoder.close()

    # Reading

    def begin(self, sample: float, landing: Landing | None = None) -> float:
        """Make a sample, or with a soft `landing` one a little before it, the first of what comes. Which one it is."""
        first, rest = self._soft_start(round(sample), landing) if landing is not None else (round(sample), None)
        if rest is None:
            self._decoder.seek(first)
        self._rest, self._read_up_to, self._correction = rest, first, 0
        self._effects.restart(first)
        self.is_drained = False
        return first

    def block(self) -> Samples | None:
        """The next frames to be heard, about a tenth of a second; None at the end, or when it `is_short`."""
        parts: list[Samples] = []
        least = round(_BLOCK_SECONDS * self.rate)
        try:
            while sum(map(len, parts)) < least and len(parts) < _MOST_READS and not self.is_drained:
                samples = self._read()
                self.is_drained = samples is None
                parts.append(self._effects.flush() if samples is None else self._effects.push(samples))
        except NotHere:
            # What has been pushed is in the effects for good.
            if not any(map(len, parts)):
                raise
        block = np.concatenate(parts) if parts else None
        self.is_short = not self.is_drained and (block is None or not len(block))
        return block if block is not None and len(block) else None

    def grain(self, sample: float) -> Samples:
        """A moment of the sound at a sample, with soft edges; what was to come next is forgotten."""
        self._decoder.seek(round(sample))
        count = round(_GRAIN_SECONDS * self.rate)
        samples = self._read_some(count)[:count]
        edge = round(_GRAIN_EDGE_SECONDS * self.rate)
        return _faded(_faded(samples, edge)[::-1], edge)[::-1]

    def recover(self) -> None:
        """After bytes were missing: go on decoding where it ended."""
        self._decoder.seek(self._decoder.position)

    # What is heard

    def place(self, frame: float) -> float:
        """The sample of the file that is heard with a frame given."""
        return self._effects.place(frame) + self._correction

    def runs(self, first: float, last: float) -> list[tuple[float, float, float]]:
        """How places follow the frames from `first` to `last`: from which frame on, from which sample on, how fast."""
        return [(frame, sample + self._correction, pace) for frame, sample, pace in self._effects.spans(first, last)]

    def listened(self, frame: float) -> Listened:
        """What was heard and saved since the last call, now that `frame` is heard; what lies behind is forgotten."""
        return self._effects.listened(frame)

    # Within

    def _read(self) -> Samples | None:
        """The next samples of the file, up to the stop."""
        if self._rest is not None:
            samples, self._rest = self._rest, None
        else:
            found = self._decoder.read()
            if found is None:
                return None
            samples = found
            # An index that has come in the meantime knows better where this is.
            self._correction = self._decoder.position - len(samples) - self._read_up_to
        self._read_up_to += len(samples)
        if self._stop is not None:
            left = round(self._stop) - (self._read_up_to - len(samples) + self._correction)
            if left <= len(samples):
                samples = _faded(samples[: max(0, left)], round(_FADE_SECONDS * self.rate))
        return samples if len(samples) else None

    def _read_some(self, count: int) -> Samples:
        """At least `count` samples from the decoder, fewer at the end."""
        parts: list[Samples] = []
        while sum(map(len, parts)) < count and (part := self._decoder.read()) is not None:
            parts.append(part)
        return np.concatenate(parts) if parts else np.zeros((0, self.channels), np.float32)

    def _soft_start(self, target: int, landing: Landing) -> tuple[int, Samples | None]:
        """Where to land near a sample, and the samples from there on that have been read."""
        first = max(0, target - round(LEAD_SECONDS * self.rate))
        self._decoder.seek(first)
        samples = self._read_some(target - first + round(_LOOK_BEHIND_SECONDS * self.rate))
        start = soft_start(samples, self.rate, target - first, landing.quiet)
        return first + start, samples[start:] if start < len(samples) else None


def _faded(samples: Samples, count: int) -> Samples:
    """The samples with a soft end."""
    count = min(count, len(samples))
    faded = samples.copy()
    faded[len(samples) - count :] *= np.cos(np.linspace(0, np.pi / 2, count, dtype=np.float32))[:, None] ** 2
    return faded


def _source(load: Load) -> Source:
    if load.arriving is None:
        return Source(load.path)
    return ArrivingSource(load.path, load.arriving.total, load.arriving.there, load.arriving.moved_to)
