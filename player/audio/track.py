"""A file on its way to the output: decoded from a place on, without what is skipped, with its effects, up to its stop.

Must not know the output: it counts the frames that it has given, and says which place of the file each of them is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player.audio.decoder import Decoder, open_audio
from player.audio.effects import Effects
from player.audio.effects_map import PositionMap, chained
from player.audio.engine import Landing, Load
from player.audio.landing import LEAD_SECONDS, soft_start
from player.audio.mp3_index import Mp3Index, read_index
from player.audio.rated import rated
from player.audio.seams import blended, faded
from player.audio.skipping import Skips
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


@dataclass(frozen=True, slots=True)
class _Leap:
    """Reading goes on at a sample; the first of what is left out, `tail`, fades out there meanwhile."""

    to: int
    tail: Samples


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
        self._fade = round(_FADE_SECONDS * self.rate)
        self._effects = Effects(self.rate, self.channels, sound)
        self.stop: Millis | None = None
        self._stop: float | None = None
        self.set_stop(load.stop)
        self._rest: Samples | None = None
        self._read_up_to = 0
        self._correction = 0
        self._places = PositionMap()
        """From samples given to the effects, counted on from the first one's number, to samples of the file."""
        self._counted = self._left_out_first = 0.0
        """Up to which of the samples given to the effects is counted, and how many were left out before them."""
        self._leap: _Leap | None = None
        self._is_over = False
        self.left_out_to: float | None = None
        """Where the file, or its part, is over when the last of it is left out; None where it is heard to its end."""
        self._boundaries: list[int] = []
        self._entered = self.sample(load.at)
        self._skips = Skips()
        self.set_skips(load.skips, self._entered)
        self.set_boundaries(load.boundaries)
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
        self._boundaries = [round(self.sample(start)) for start in starts]
        self._mark_boundaries()

    def enter(self, sample: float) -> None:
        """The listener goes to a sample: what is skipped is heard there."""
        self._entered = sample

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]], heard: float) -> bool:
        """What is left out of what follows the sample `heard`; whether that concerns what has been read already."""
        places = [(round(self.sample(start)), round(self.sample(end))) for start, end in spans]
        before, self._skips = self._skips, Skips(places)
        self._skips.loop = before.loop
        self._skips.enter(self._entered, heard - 1)
        self._mark_boundaries()
        read = self._place_read if self.left_out_to is None else self.left_out_to
        return before.between(heard, read) != self._skips.between(heard, read)

    def set_loop(self, loop: tuple[Millis, Millis] | None, heard: float) -> bool:
        """What is played again and again; whether that concerns what was read behind the sample `heard`."""
        before = self._skips.loop
        self._skips.loop = now = None if loop is None else (round(self.sample(loop[0])), round(self.sample(loop[1])))
        self._mark_boundaries()
        was_in, is_in = (each is not None and each[0] <= heard < each[1] for each in (before, now))
        return was_in or (is_in and now is not None and (self._place_read >= now[1] or self.is_drained))

    def is_beyond(self, sample: float) -> bool:
        """Whether a sample lies behind the stop."""
        return self._stop is not None and sample > self._stop

    def set_stop(self, stop: Millis | None) -> None:
        """Where to end; None for the end of the file."""
        self.stop = stop
        self._stop = None if stop is None else self.sample(stop)

    def close(self) -> None:
        """Close the file."""
        self._decoder.close()

    # Reading

    def begin(self, sample: float, landing: Landing | None = None) -> float:
        """Make a sample, or with a soft `landing` one a little before it, the first of what comes. Which one it is."""
        first, rest = (
            _soft_start(self._decoder, round(sample), landing) if landing is not None else (round(sample), None)
        )
        # A span that was not entered is skipped by who has just come to it, and heard on by who is in it.
        self._skips.enter(self._entered, first - 1)
        behind = self._before_stop(first, self._skips.past(first))
        self._left_out_first = behind - first
        if behind != first:
            first, rest = behind, None
        if rest is None:
            self._decoder.seek(first)
        self._rest, self._read_up_to, self._correction = rest, first, 0
        self._places = PositionMap(first, first)
        self._counted = first
        self._leap = self.left_out_to = None
        self._effects.restart(first)
        self._mark_boundaries()
        self._is_over = self.is_drained = False
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
        samples = _read_some(self._decoder, count)[:count]
        edge = round(_GRAIN_EDGE_SECONDS * self.rate)
        return faded(faded(samples, edge)[::-1], edge)[::-1]

    def recover(self) -> None:
        """After bytes were missing: go on decoding where it ended."""
        self._decoder.seek(self._decoder.position)

    # What is heard

    def place(self, frame: float) -> float:
        """The sample of the file that is heard with a frame given."""
        return self._places.place(self._effects.place(frame)) + self._correction

    def runs(self, first: float, last: float) -> list[tuple[float, float, float]]:
        """How places follow the frames from `first` to `last`: from which frame on, from which sample on, how fast."""
        spans = chained(self._effects.spans(first, last), self._places, last)
        return [(frame, sample + self._correction, pace) for frame, sample, pace in spans]

    def listened(self, frame: float) -> Listened:
        """What was heard and saved since the last call, now that `frame` is heard; what lies behind is forgotten."""
        listened = self._effects.listened(frame)
        here = self._effects.place(frame)
        if here > self._counted:
            leaps = self._places.leaps(self._counted, here)
            left_out = self._left_out_first + sum(leap for leap in leaps if leap > 0)
            listened += Listened(by_skips=left_out * 1000 / self.rate)
            self._counted, self._left_out_first = here, 0.0
            self._places.forget(here)
        return listened

    @property
    def left_out_last(self) -> Listened:
        """What was left out behind the last sample, now that the file or its part is over."""
        return Listened(by_skips=max(0.0, (self.left_out_to or 0.0) - self._place_read) * 1000 / self.rate)

    # Within

    def _read(self) -> Samples | None:
        """The next samples of the file that are to be heard, up to the stop."""
        while not self._is_over:
            samples = self._next() if self._leap is None else self._land(self._leap)
            if samples is None:
                loop = self._skips.loop
                if self._leap is not None or loop is None or loop[0] >= self._place_read:
                    break
                # The file ends, and with it the loop.
                self._leap = _Leap(round(loop[0]), np.zeros((0, self.channels), np.float32))
                continue
            samples = self._cut(samples)
            self._read_up_to += len(samples)
            if len(samples):
                return samples
        return None

    @property
    def _place_read(self) -> int:
        """The sample of the file that is read next."""
        return round(self._places.place(self._read_up_to)) + self._correction

    def _next(self) -> Samples | None:
        """The next samples, whatever they are."""
        samples, self._rest = self._rest, None
        if samples is None and (samples := self._decoder.read()) is not None:
            # An index that has come in the meantime knows better where this is.
            self._correction += self._decoder.position - len(samples) - self._place_read
        return samples

    def _cut(self, samples: Samples) -> Samples:
        """The samples up to the stop, or up to what is left out; what is to be done there is prepared."""
        first, stop = self._place_read, self._stop
        skip = self._skips.next(first)
        is_lap = skip is not None and skip[1] < skip[0]
        if skip is not None and skip[0] <= first + len(samples) and (stop is None or skip[0] < stop or is_lap):
            at, to = round(skip[0]) - first, self._before_stop(round(skip[0]), skip[1])
            if is_lap:
                # What is skipped at the start of the loop is heard, as by who jumps there.
                self._skips.enter(self._entered, skip[1])
            elif to >= round(self.sample(self.duration) if stop is None else stop):
                self._is_over, self.left_out_to = True, to
                return faded(samples[:at], self._fade)
            tail = _tail(self._decoder, samples[at:], self._fade)
            self._leap = _Leap(to, tail)
            return samples[:at] if len(tail) else faded(samples[:at], self._fade)
        if stop is not None and round(stop) - first <= len(samples):
            self._is_over = True
            return faded(samples[: max(0, round(stop) - first)], self._fade)
        return samples

    def _land(self, leap: _Leap) -> Samples | None:
        """The first samples behind what is left out. Where they are missing, this is done again."""
        self._decoder.seek(leap.to)
        samples = self._decoder.read()
        if samples is None:
            self.left_out_to = leap.to
            return None
        self._leap = None
        self._places.leap(self._read_up_to, leap.to - self._correction)
        self._correction += self._decoder.position - len(samples) - self._place_read
        self._mark_boundaries()
        return blended(leap.tail, samples, self._fade)

    def _before_stop(self, place: int, to: float) -> int:
        """Where a leap from a place leads: not beyond the stop."""
        return round(to if self._stop is None or place >= self._stop else min(to, self._stop))

    def _mark_boundaries(self) -> None:
        """Silence is trimmed neither across boundaries nor where something is left out."""
        left_out = self._left_out_at(self._read_up_to)
        edges = [*self._boundaries, *self._skips.edges()]
        self._effects.set_boundaries([round(each - left_out) for each in edges])

    def _left_out_at(self, sample: float) -> float:
        """How many samples of the file were left out before a sample given to the effects."""
        return self._places.place(sample) - sample


def _tail(decoder: Decoder, samples: Samples, count: int) -> Samples:
    """The first of what is left out, as much as a seam needs if that is here."""
    if len(samples) < count:
        with suppress(NotHere):
            more = decoder.read()
            samples = samples if more is None else np.concatenate((samples, more))
    return samples[:count]


def _read_some(decoder: Decoder, count: int) -> Samples:
    """At least `count` samples, fewer at the end."""
    parts: list[Samples] = []
    while sum(map(len, parts)) < count and (part := decoder.read()) is not None:
        parts.append(part)
    return np.concatenate(parts) if parts else np.zeros((0, decoder.channels), np.float32)


def _soft_start(decoder: Decoder, target: int, landing: Landing) -> tuple[int, Samples | None]:
    """Where to land near a sample, and the samples from there on that have been read."""
    rate = decoder.rate
    first = max(0, target - round(LEAD_SECONDS * rate))
    decoder.seek(first)
    samples = _read_some(decoder, target - first + round(_LOOK_BEHIND_SECONDS * rate))
    start = soft_start(samples, rate, target - first, landing.quiet)
    return first + start, samples[start:] if start < len(samples) else None


def _source(load: Load) -> Source:
    if load.arriving is None:
        return Source(load.path)
    return ArrivingSource(load.path, load.arriving.total, load.arriving.there, load.arriving.moved_to)
