"""Finds and decodes the frames of bare AAC (ADTS, ISO/IEC 14496-3, 1.A.2), from any frame on.

Must not know other forms of AAC. FFmpeg's way to seek in it reads the file from its beginning, in a long one each time
anew, and loses count of the time where frames are damaged.
"""

from __future__ import annotations

import re
from array import array
from typing import BinaryIO

import av
import numpy as np
import numpy.typing as npt
from av.audio.codeccontext import AudioCodecContext

from player.audio.mp3_frames import is_tag, skip_tags
from player.audio.source import Source
from player.core.errors import DamagedAudioError, FileError
from player.core.model import Millis
from player.core.phrases import Phrase

Samples = npt.NDArray[np.float32]

_HEADER = 7
_CHAIN = 4
"""So many headers in a row make a frame out of a pattern of bits."""
_LONGEST_FRAME = 0x1FFF
_SYNC = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_SEARCH_LIMIT = 1 << 16
_SCAN_BLOCK = 1 << 22
_MOST_GAPS = 1 << 16
_FRAME = 1024
_WARM_UP = 4
"""Frames: the MDCT overlaps with one before; more are to be safe."""
_DOUBLED_WARM_UP = 24
"""HE-AAC sends some of what a frame needs only now and then: a second of it."""
_PROBED = 8
_READ_FRAMES = 4


class AdtsDecoder:
    """An open ADTS file. See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, offsets: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> None:
        """Of the frames that `scan_adts` finds. Raises DamagedAudioError when none can be decoded, and FileError."""
        self._source = source
        self._offsets = offsets
        self._sizes = sizes
        self._context = _new_context()
        self._resampler: av.AudioResampler | None = None
        made = [frame for number in range(min(_PROBED, len(sizes))) for frame in self._frames_of(self._bytes(number))]
        if not made:
            raise DamagedAudioError(source.path.name, Phrase("reasons", "none of it can be decoded"))
        # The first frames may not have what doubles the rate (HE-AAC), or makes two channels of one.
        self.rate: int = made[-1].sample_rate
        self.channels: int = min(2, len(made[-1].layout.channels))
        self._count: int = made[-1].samples
        self._total = max(0, len(sizes) - 1) * self._count
        self._frame = 0
        self._drop = 0
        self._left = 0
        self._is_begun = False
        self.position = 0
        """The sample that the next `read` begins with."""
        self.seek(0)

    @property
    def duration(self) -> Millis:
        """How long the audio is: all but the first frame, which is never whole, as it lacks the one before."""
        return round(self._total * 1000 / self.rate)

    @property
    def announced(self) -> Millis:
        """The same: bare frames announce nothing."""
        return self.duration

    @property
    def is_exact(self) -> bool:
        """All frames have been counted."""
        return True

    @property
    def index(self) -> None:
        """It is built anew each time."""
        return

    def seek(self, sample: int) -> None:
        """Go to a sample: to a frame some way before it, and forward by decoding."""
        self.position = sample = max(0, sample)
        target, offset = divmod(sample + self._count, self._count)
        self._frame = max(0, target - (_DOUBLED_WARM_UP if self._count > _FRAME else _WARM_UP))
        self._drop = (target - self._frame) * self._count + offset
        self._left = max(0, self._total - sample)
        self._is_begun = False

    def read(self) -> Samples | None:
        """The next samples."""
        while self._left and self._frame < len(self._sizes):
            stop = min(self._frame + _READ_FRAMES, len(self._sizes))
            # Nothing is changed until all is read: after an error, this can be tried again.
            frames = [self._bytes(number) for number in range(self._frame, stop)]
            if not self._is_begun:
                # FFmpeg's decoder does not forget all that it has heard: a new one does.
                self._context = _new_context()
                self._is_begun = True
            made = np.concatenate([self._decode(frame) for frame in frames])
            self._frame = stop
            samples = made[self._drop : self._drop + self._left]
            self._drop = max(0, self._drop - len(made))
            self._left -= len(samples)
            if len(samples):
                self.position += len(samples)
                return samples
        return None

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def _bytes(self, number: int) -> bytes:
        """The bytes of a frame; none where it is lost."""
        size = int(self._sizes[number])
        if not size:
            return b""
        try:
            self._source.seek(int(self._offsets[number]))
            return self._source.read(size)
        except OSError as error:
            raise FileError(str(self._source.path), error.strerror or str(error)) from error

    def _frames_of(self, data: bytes) -> list[av.AudioFrame]:
        """What the decoder makes of a frame; nothing when it is damaged."""
        try:
            return self._context.decode(av.Packet(data)) if data else []
        except av.error.FFmpegError:
            return []

    def _decode(self, data: bytes) -> Samples:
        """A frame's samples; silence of the same length for a damaged one, so that the position stays right."""
        frames = self._frames_of(data)
        if len(frames) == 1 and frames[0].samples == self._count and frames[0].sample_rate == self.rate:
            try:
                layout = "mono" if self.channels == 1 else "stereo"
                self._resampler = self._resampler or av.AudioResampler("flt", layout, self.rate)
                made = [part.to_ndarray().reshape(-1, self.channels) for part in self._resampler.resample(frames[0])]
            except (ValueError, av.error.FFmpegError):
                # Damage has changed the channels on the way.
                self._resampler = None
                made = []
            if sum(map(len, made)) == self._count:
                return np.concatenate(made).astype(np.float32, copy=False)
        # What the decoder remembers is of long ago, and would not be there after a jump.
        self._context = _new_context()
        return np.zeros((self._count, self.channels), np.float32)


def _new_context() -> AudioCodecContext:
    context = av.CodecContext.create("aac", "r")
    assert isinstance(context, AudioCodecContext)
    return context


def scan_adts(source: BinaryIO) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
    """The offset and the size of each frame of an open file; None when it is no ADTS file. Raises OSError.

    A frame that is lost to damage has size 0. How many are is told from the mean size of the others.
    """
    end = source.seek(0, 2)
    start = skip_tags(source, end)
    at = _find(source, start, min(end, start + _SEARCH_LIMIT), end, None)
    if at is None:
        return None
    source.seek(at)
    key = _key(source.read(_HEADER), 0)
    sizes: array[int] = array("H")
    runs = [(0, at)]
    gaps = [0]
    while at + _HEADER <= end and len(runs) < _MOST_GAPS:
        source.seek(at)
        block = source.read(_SCAN_BLOCK)
        before = len(sizes)
        is_lost = _walk(block, key, sizes)
        at += sum(sizes[before:])
        if not is_lost and len(sizes) == before:
            break
        if is_lost:
            # A frame that was cut has its successor within.
            has_last = len(sizes) > runs[-1][0]
            found = _find(source, at - sizes[-1] + _HEADER if has_last else at + 1, end, end, key)
            if found is None:
                break
            if found < at and has_last:
                sizes[-1] -= at - found
            source.seek(at)
            gaps.append(0 if found <= at or is_tag(source.read(4)) else found - at)
            at = found
            runs.append((len(sizes), at))
    if at > end and sizes:
        sizes.pop()
    return _laid_out(sizes, runs, gaps) if sizes else None


def _laid_out(
    sizes: array[int], runs: list[tuple[int, int]], gaps: list[int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Offsets and sizes of all frames, those lost in gaps included; a run is (number of its first, offset of that)."""
    each = np.frombuffer(sizes, np.uint16).astype(np.int64)
    mean = float(each.mean())
    offsets, counted = [], []
    bounds = [*(first for first, _ in runs[1:]), len(each)]
    for (first, offset), bound, gap in zip(runs, bounds, gaps, strict=True):
        lost = round(gap / mean)
        inside = each[first:bound]
        offsets += [np.zeros(lost, np.int64), offset + np.cumsum(inside) - inside]
        counted += [np.zeros(lost, np.int64), inside]
    return np.concatenate(offsets), np.concatenate(counted)


def _key(block: bytes, at: int) -> tuple[int, int, int]:
    """What the headers of a stream share: version, layer, checksum, profile, sample rate, channels."""
    return block[at + 1], block[at + 2], block[at + 3] & 0xC0


def _size(block: bytes, at: int) -> int:
    """The size of the frame with the header at `at`; 0 when it is none, or holds more than one block."""
    if block[at] != 0xFF or block[at + 1] & 0xF6 != 0xF0 or block[at + 2] >> 2 & 15 > 12 or block[at + 6] & 3:
        return 0
    size = (block[at + 3] & 3) << 11 | block[at + 4] << 3 | block[at + 5] >> 5
    return size if size > _HEADER else 0


def _walk(block: bytes, key: tuple[int, int, int], sizes: array[int]) -> bool:
    """Append the sizes of the frames that begin in `block`; whether something else comes behind them."""
    second, third, fourth = key
    at = 0
    limit = len(block) - _HEADER
    append = sizes.append
    while at <= limit:
        if block[at + 2] != third or block[at + 1] != second or block[at] != 0xFF:
            return True
        high = block[at + 3]
        size = (high & 3) << 11 | block[at + 4] << 3 | block[at + 5] >> 5
        if size <= _HEADER or high & 0xC0 != fourth:
            return True
        append(size)
        at += size
    return False


def _find(source: BinaryIO, start: int, stop: int, end: int, key: tuple[int, int, int] | None) -> int | None:
    """The first frame that begins at `start` or later and before `stop`, and that others like it follow."""
    while start < stop:
        source.seek(start)
        block = source.read(_SEARCH_LIMIT + _CHAIN * _LONGEST_FRAME)
        is_end = start + len(block) >= end
        limit = min(_SEARCH_LIMIT, stop - start, len(block) - _HEADER + 1)
        for match in _SYNC.finditer(block, 0, limit + 1):
            if _is_chain(block, match.start(), key, is_end=is_end):
                return start + match.start()
        if is_end:
            break
        start += _SEARCH_LIMIT
    return None


def _is_chain(block: bytes, at: int, key: tuple[int, int, int] | None, *, is_end: bool) -> bool:
    key = key or _key(block, at)
    for number in range(_CHAIN):
        if at + _HEADER > len(block):
            return is_end and (number > 1 or at == len(block))
        size = _size(block, at)
        if not size or _key(block, at) != key:
            return number > 1 and is_tag(block[at : at + 4])
        at += size
    return True
