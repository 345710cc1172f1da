"""Decodes an MP3 file that has not been read from end to end: frames are looked for where they should be.

Must not know who fetches what is missing: reading it raises NotHere, and may be tried again once it is there.

While the file arrives, its beginning is indexed as far as it goes; once it is whole, it is decoded by its index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

import numpy as np

from player.audio.mp3_decoder import Mp3Decoder, PartReader, Samples
from player.audio.mp3_estimate import Estimate
from player.audio.mp3_frames import HEADER, LONGEST_FRAME, find_frame
from player.audio.mp3_index import Mp3Index, Part
from player.audio.mp3_indexer import Indexer
from player.audio.source import Source
from player.core.errors import FileError
from player.core.model import Millis

_BACK_FRAMES = 40
"""So many frames before the one that is looked for are read with it: they hold its data, and the sound before it."""
_BEYOND_FRAMES = 8
_FRAMES_HELD = 512
_SEARCH = 1 << 16
_NEAR = 1 << 17
"""Bytes: frames that are no further from the first one are counted from there."""


class ArrivingMp3Decoder:
    """See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, expected: Estimate, indexer: Indexer) -> None:
        self._source = source
        self._expected = expected
        self._indexer = indexer
        self._frames = ArrivingFrames(source, expected, indexer)
        part = Part(expected.kind, 0, expected.frames, expected.skip, expected.samples)
        self._reader = PartReader(part, self._frames, expected.kind.channels)
        self._whole: Mp3Decoder | None = None
        self._position = 0
        self.rate = expected.kind.rate
        self.channels = expected.kind.channels
        self.seek(0)

    @property
    def duration(self) -> Millis:
        """How long the audio is, as far as its beginning tells."""
        return self._whole.duration if self._whole else round(self._expected.samples * 1000 / self.rate)

    @property
    def announced(self) -> Millis:
        """How long the file says that it is."""
        return self._whole.announced if self._whole else self.duration

    @property
    def index(self) -> Mp3Index | None:
        """The index, once the file has been read from end to end."""
        return self._indexer.whole

    @property
    def position(self) -> int:
        """The sample that the next `read` begins with; it is another one once the index knows better."""
        return self._whole.position if self._whole else self._position

    @property
    def is_exact(self) -> bool:
        """Whether `position` is known and not only estimated."""
        return self._whole is not None or self._frames.is_exact

    def seek(self, sample: int) -> None:
        """Go to a sample, or about to it."""
        self._position = max(0, sample)
        self._take_index()
        if self._whole is not None:
            self._whole.seek(self._position)
        else:
            self._reader.seek(self._position)

    def read(self) -> Samples | None:
        """The next samples. Raises NotHere."""
        if self._whole is not None:
            return self._whole.read()
        try:
            whole = self._correct()
            samples = whole.read() if whole is not None else self._reader.read()
        except OSError as error:
            raise FileError(str(self._source.path), error.strerror or str(error)) from error
        if samples is not None:
            self._position += len(samples)
        return samples

    def close(self) -> None:
        """Close the file."""
        self._indexer.close()
        self._source.close()

    def _take_index(self) -> Mp3Decoder | None:
        """Go over to the index of the whole file, once there is one."""
        index = self._indexer.whole
        if self._whole is None and index is not None and (index.rate, index.channels) == (self.rate, self.channels):
            self._whole = Mp3Decoder(self._source, index)
        return self._whole

    def _correct(self) -> Mp3Decoder | None:
        """Where an index has come to know the place that is being read, go on there by its numbers."""
        whole = self._take_index()
        index = self._indexer.latest if whole is None else whole.index
        if index is not None and (whole is not None or (not self.is_exact and self._frames.is_within(index))):
            self._position = max(0, self._position + self._frames.error(index))
            if whole is not None:
                whole.seek(self._position)
            else:
                self._frames.forget()
                self._reader.seek(self._position)
        return whole


class ArrivingFrames:
    """The bytes of frames by number, looked for where they should be; numbers are guessed where nothing tells them."""

    def __init__(self, source: Source, expected: Estimate, indexer: Indexer) -> None:
        self._source = source
        self._expected = expected
        self._indexer = indexer
        self._held: OrderedDict[int, tuple[int, bytes]] = OrderedDict()
        self._next = (-1, 0)
        self.is_exact = True
        """Whether the numbers are known where was read last."""

    def frame(self, number: int) -> bytes:
        """The bytes of a frame; none behind the end. Raises NotHere, OSError."""
        if number not in self._held:
            if number != self._next[0]:
                self._land(number)
            while number not in self._held and self._walk():
                pass
        return self._held[number][1] if number in self._held else b""

    def forget(self) -> None:
        """Look for the next frame anew."""
        self._held.clear()
        self._next = (-1, 0)

    def is_within(self, index: Mp3Index) -> bool:
        """Whether the frames that were read last are among those of an index of the file's beginning."""
        return bool(self._held) and len(index.parts) == 1 and self._last()[1] < index.end - _SEARCH

    def error(self, index: Mp3Index) -> int:
        """By how many samples the numbers here are too small, as the index of the whole file knows."""
        if not self._held:
            return 0
        number, offset = self._last()
        return (number_at(index, self._source, offset) - number) * self._expected.kind.frame_samples

    def _last(self) -> tuple[int, int]:
        """The number and the offset of the frame that was read last."""
        number, (offset, _) = next(reversed(self._held.items()))
        return number, offset

    def _land(self, number: int) -> None:
        """Find the frames around one."""
        known = self._known_before(number)
        if known is not None:
            self._held.clear()
            self._next, self.is_exact = known, True
            return
        expected = self._expected
        wanted = expected.offset(number)
        first = max(expected.start, round(wanted - _BACK_FRAMES * expected.mean))
        at = self._synchronise(first)
        if at is None:
            self._next = (number, expected.end)
            return
        offsets = [at]
        while offsets[-1] < wanted + _BEYOND_FRAMES * expected.mean:
            frame = self._frame_at(offsets[-1])
            if not frame:
                break
            offsets.append(offsets[-1] + len(frame))
        if at == expected.start:
            base, self.is_exact = 0, True
        else:
            nearest = min(range(len(offsets)), key=lambda each: abs(offsets[each] - wanted))
            there = expected.number(offsets[nearest]) if expected.is_constant else number
            base, self.is_exact = max(0, there - nearest), expected.is_constant
        self._held.clear()
        self._next = (base, at)

    def _known_before(self, number: int) -> tuple[int, int] | None:
        """A frame some way before `number`, and its offset, where the beginning that is indexed has both."""
        expected, index = self._expected, self._indexer.latest
        if expected.offset(number) - expected.start < _NEAR and self._source.beginning > expected.offset(number):
            return 0, expected.start
        if index is None or len(index.parts) > 1 or number >= index.frames - _BEYOND_FRAMES:
            return None
        group = max(0, number - _BACK_FRAMES) // index.stride
        return group * index.stride, int(index.offsets[group])

    def _walk(self) -> bool:
        """Read the next frame; whether there is one."""
        number, offset = self._next
        frame = self._frame_at(offset)
        if not frame:
            at = self._synchronise(offset)
            if at is None or at <= offset:
                return False
            offset, frame = at, self._frame_at(at)
        self._held[number] = (offset, frame)
        while len(self._held) > _FRAMES_HELD:
            self._held.popitem(last=False)
        self._next = (number + 1, offset + len(frame))
        return bool(frame)

    def _frame_at(self, offset: int) -> bytes:
        """The frame that begins at an offset; nothing when none does."""
        self._source.seek(offset)
        head = self._source.read(HEADER)
        sizes = self._expected.kind.sizes
        size = sizes[head[1] << 8 | head[2]] if len(head) == HEADER and head[0] == 0xFF else 0
        if not size:
            return b""
        self._source.seek(offset)
        frame = self._source.read(size)
        return frame if len(frame) == size else b""

    def _synchronise(self, offset: int) -> int | None:
        """The offset of the first frame of the expected kind from an offset on."""
        stop = min(offset + _SEARCH, self._expected.end)
        while offset < stop:
            found = find_frame(self._source, offset, stop, self._expected.end)
            if found is None:
                return None
            if found[1] == self._expected.kind:
                return found[0]
            offset = found[0] + 1
        return None


def number_at(index: Mp3Index, source: Source, offset: int) -> int:
    """The number of the frame at an offset."""
    row = max(0, int(np.searchsorted(index.runs[:, 1], offset, side="right")) - 1)
    first, at, count = (int(value) for value in index.runs[row])
    group = min(int(np.searchsorted(index.offsets, offset, side="right")) - 1, (first + count - 1) // index.stride)
    number = first
    if group >= 0 and group * index.stride >= first:
        number, at = group * index.stride, int(index.offsets[group])
    part = index.parts[bisect_right([each.first for each in index.parts], number) - 1]
    source.seek(at)
    block = source.read(min(offset - at + HEADER, index.stride * LONGEST_FRAME))
    place = 0
    while at + place < offset:
        size = part.kind.sizes[block[place + 1] << 8 | block[place + 2]] if place + HEADER <= len(block) else 0
        if not size:
            break
        place += size
        number += 1
    return number
