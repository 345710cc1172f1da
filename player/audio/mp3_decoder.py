"""Decodes MP3 frame by frame, from any frame on. Must not know how a file is told to be MP3.

A frame's data may begin in the frames before it (the bit reservoir). Each is put together here from where the index
says its bytes are, and handed to FFmpeg's decoder whole, as an application data unit (RFC 5219, 4.2). So what a frame
becomes depends only on its own data and on the frame before it, whose sound overlaps: a jump decodes that one, too,
and what is damaged harms nothing further on. FFmpeg's other decoder would refuse free format.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

import av
import numpy as np
import numpy.typing as npt
from av.audio.codeccontext import AudioCodecContext

from player.audio.mp3_frames import HEADER, LONGEST_FRAME, Kind, is_tag
from player.audio.mp3_index import Mp3Index, Part
from player.audio.sounds import Chain, Resampled
from player.audio.source import Source
from player.core.errors import FileError
from player.core.model import Millis

Samples = npt.NDArray[np.float32]

_OVERLAP_FRAMES = 2
"""The filter banks' memory: a granule for the overlap of the MDCT, one for the synthesis window; MPEG-2: frames."""
_READ_FRAMES = 4
_GROUPS_HELD = 8


class Mp3Decoder:
    """An open MP3 file. See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, index: Mp3Index) -> None:
        self._index = index
        self._source = source
        frames = FrameReader(source, index)
        self._parts = Chain([(self._reader(part, frames), index.length(part)) for part in index.parts])
        self.position = 0
        """The sample that the next `read` begins with."""
        self.seek(0)

    def _reader(self, part: Part, frames: FrameReader) -> PartReader | Resampled:
        reader = PartReader(part, frames, self.channels)
        if part.kind.rate == self.rate:
            return reader
        return Resampled(reader, part.kind.rate, self.rate, self.channels, self._index.length(part))

    @property
    def duration(self) -> Millis:
        """How long the audio is."""
        return self._index.duration

    @property
    def announced(self) -> Millis:
        """How long the file says that it is."""
        return self._index.announced

    @property
    def is_exact(self) -> bool:
        """The index knows."""
        return True

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self._index.rate

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._index.channels

    @property
    def index(self) -> Mp3Index:
        """The map of the file."""
        return self._index

    def seek(self, sample: int) -> None:
        """Go to a sample. Decoding begins some frames before it, so that it comes out as if all had been decoded."""
        self.position = max(0, sample)
        self._parts.seek(self.position)

    def read(self) -> Samples | None:
        """The next samples."""
        samples = self._parts.read()
        if samples is not None:
            self.position += len(samples)
        return samples

    def close(self) -> None:
        """Close the file."""
        self._source.close()


class Frames(Protocol):
    """The bytes of frames by number."""

    def frame(self, number: int) -> bytes:
        """The bytes of a frame; none where it is lost."""
        ...


class PartReader:
    """The real samples of one part, at its own rate."""

    def __init__(self, part: Part, frames: Frames, channels: int) -> None:
        self._part = part
        self._kind = part.kind
        self._frames = frames
        self._channels = channels
        context = av.CodecContext.create("mp3adufloat", "r")
        assert isinstance(context, AudioCodecContext)
        self._context = context
        self._units = Units(part.kind)
        self._silence = part.kind.silent_header + bytes(part.kind.side_info)
        self._frame = 0
        self._drop = 0
        self._left = 0
        self._is_begun = False

    def seek(self, sample: int) -> None:
        """Go to a sample of the part."""
        target, offset = divmod(sample + self._part.skip, self._kind.frame_samples)
        self._frame = max(0, target - _OVERLAP_FRAMES)
        self._drop = (target - self._frame) * self._kind.frame_samples + offset
        self._left = max(0, self._part.samples - sample)
        self._is_begun = False

    def read(self) -> Samples | None:
        """The next samples, None at the part's end."""
        while self._left and self._frame < self._part.frames:
            stop = min(self._frame + _READ_FRAMES, self._part.frames)
            # Nothing is changed until all is read: after an error, this can be tried again.
            frames = [self._bytes(number) for number in range(self._frame, stop)]
            if not self._is_begun:
                self._begin(self._reservoir_of(self._frame))
            made = np.concatenate([self._decode(self._units.push(frame)) for frame in frames])
            self._frame = stop
            samples = made[self._drop : self._drop + self._left]
            self._drop = max(0, self._drop - len(made))
            self._left -= len(samples)
            if len(samples):
                return samples
        return None

    def _begin(self, before: list[bytes]) -> None:
        """Forget what was decoded; frames that stand before the next one hold a part of its data."""
        self._context.flush_buffers()
        self._units.clear()
        for frame in before:
            self._units.push(frame)
        self._is_begun = True

    def _bytes(self, number: int) -> bytes:
        return self._frames.frame(self._part.first + number)

    def _reservoir_of(self, frame: int) -> list[bytes]:
        """The frames before `frame` that may hold a part of its data, and of that of those which follow."""
        missing = self._units.reach
        found: list[bytes] = []
        while frame > 0 and missing > 0:
            frame -= 1
            found.append(self._bytes(frame))
            if not found[-1]:
                break
            missing -= max(0, len(found[-1]) - self._units.overhead)
        # What the last one of them leaves over depends on itself alone.
        return found[::-1]

    def _decode(self, unit: bytes | None) -> Samples:
        """A frame's samples. In place of a damaged one the sound before it fades out, and the position stays right."""
        made = self._made(unit) if unit is not None else None
        if made is None:
            made = self._made(self._silence)
        if made is None:
            return np.zeros((self._kind.frame_samples, self._channels), np.float32)
        return np.repeat(made, self._channels // len(made), 0).T

    def _made(self, unit: bytes) -> Samples | None:
        """What becomes of a unit, with shape (channels, samples); None when it is damaged."""
        try:
            frames = self._context.decode(av.Packet(unit))
        except av.error.FFmpegError:
            return None
        planes = np.asarray(frames[0].to_ndarray(), np.float32) if len(frames) == 1 else None
        fits = planes is not None and planes.shape == (self._kind.channels, self._kind.frame_samples)
        return planes if fits else None


class Units:
    """Puts each frame together with the data that stands in those before it."""

    def __init__(self, kind: Kind) -> None:
        self._side = kind.side_info
        self._is_first_version = kind.version == 3
        self._is_mono = kind.channels == 1
        self.reach = 511 if self._is_first_version else 255
        """So many bytes back a frame's data may begin (main_data_begin)."""
        self.overhead = HEADER + 2 + self._side
        """Bytes of a frame at most that are not its data."""
        self._before = b""

    def clear(self) -> None:
        """Forget the frames so far."""
        self._before = b""

    def push(self, frame: bytes) -> bytes | None:
        """The unit of the next frame, None when it is not there or its data are not."""
        taken = self.take(frame)
        if taken is None:
            return None
        side, data, _ = taken
        # Without the checksum, which is of the frame as it was.
        return bytes((frame[0], frame[1] | 1, frame[2], frame[3])) + side + data

    def take(self, frame: bytes) -> tuple[bytes, bytes, int] | None:
        """The side information and the data of the next frame, None when it is not there or its data are not.

        Behind its own data, of which the number of bytes comes last, there may be some of the next frame's.
        """
        after_header = HEADER if len(frame) > 1 and frame[1] & 1 else HEADER + 2
        start = after_header + self._side
        if len(frame) < start:
            self._before = b""
            return None
        side = frame[after_header:start]
        back, length = self._begin_and_length(side)
        data = frame[start:]
        rest = len(data) + back - length
        taken = None
        if back <= len(self._before) and rest >= 0:
            taken = side, self._before[len(self._before) - back :] + data, length
        # What this frame has used up can be no part of the next: where it is asked for, the file has been cut.
        kept = min(self.reach, max(0, rest))
        self._before = (self._before + data)[-kept:] if kept else b""
        return taken

    @property
    def left(self) -> bytes:
        """What the frames so far have left for the next ones."""
        return self._before

    def back_of(self, frame: bytes) -> int:
        """How many bytes before the frame's own its data begin."""
        after_header = HEADER if frame[1] & 1 else HEADER + 2
        return self._begin_and_length(frame[after_header : after_header + self._side])[0]

    def _begin_and_length(self, side: bytes) -> tuple[int, int]:
        """How many bytes before the frame's own its data begin, and their length (2.4.1.7 of both standards)."""
        bits = int.from_bytes(side, "big")
        size = 8 * len(side)
        if self._is_first_version:
            back, each, count = bits >> size - 9, 59, 2 if self._is_mono else 4
            first = 18 if self._is_mono else 20
        else:
            back, each, count = bits >> size - 8, 63, 1 if self._is_mono else 2
            first = 9 if self._is_mono else 10
        # The length of a granule's data in bits (part2_3_length) comes first in what is told of it.
        length = sum(bits >> size - 12 - first - each * number & 0xFFF for number in range(count))
        return back, (length + 7) // 8


class FrameReader:
    """The bytes of frames by number."""

    def __init__(self, source: Source, index: Mp3Index) -> None:
        self._source = source
        self._index = index
        self._firsts = [part.first for part in index.parts]
        self._groups: dict[int, list[bytes]] = {}

    def frame(self, number: int) -> bytes:
        """The bytes of a frame; none where it is lost, or the file has become shorter. Raises FileError."""
        group, place = divmod(number, self._index.stride)
        if group not in self._groups:
            frames = self._read_group(group)
            while len(self._groups) >= _GROUPS_HELD:
                del self._groups[next(iter(self._groups))]
            self._groups[group] = frames
        return self._groups[group][place]

    def _read_group(self, group: int) -> list[bytes]:
        """The frames from one kept offset up to the next."""
        index = self._index
        first = group * index.stride
        stop = min(first + index.stride, index.frames)
        frames = [b""] * (stop - first)
        start = max(0, int(np.searchsorted(index.runs[:, 0], first, side="right")) - 1)
        for row in range(start, len(index.runs)):
            number, offset, count = (int(value) for value in index.runs[row])
            if number >= stop:
                break
            begin, end = max(number, first), min(number + count, stop)
            if begin >= end:
                continue
            part = index.parts[bisect_right(self._firsts, number) - 1]
            at = offset if number >= first else int(index.offsets[group])
            if end < number + count:
                limit = int(index.offsets[group + 1])
            else:
                limit = int(index.runs[row + 1, 1]) if row + 1 < len(index.runs) else index.end
            run, after = self._read_run(part.kind, at, limit, end - begin)
            is_last_of_run = end == number + count < part.first + part.frames
            if is_last_of_run and after and not is_tag(after):
                # What has got between two frames has mostly got into the first: noise, if it were decoded.
                run[-1] = b""
            frames[begin - first : end - first] = run
        return frames

    def _read_run(self, kind: Kind, at: int, limit: int, count: int) -> tuple[list[bytes], bytes]:
        """`count` frames that touch, from the offset `at` on and not beyond `limit`, and the beginning of what follows.

        A frame that does not fit is not there.
        """
        try:
            self._source.seek(at)
            block = self._source.read(min(limit - at, count * LONGEST_FRAME))
        except OSError as error:
            raise FileError(str(self._source.path), error.strerror or str(error)) from error
        frames = []
        place = 0
        for _ in range(count):
            head = block[place : place + HEADER]
            size = kind.sizes[head[1] << 8 | head[2]] if len(head) == HEADER else 0
            frames.append(block[place : place + size] if place + size <= len(block) else b"")
            place += size
        return frames, block[place : place + HEADER]
