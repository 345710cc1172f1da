"""Finds the frames of an MP3 file by their headers, through tags and junk.

Must not know how frames are decoded, nor what is kept of where they are.

MPEG-1, 2 and 2.5 layer III after ISO/IEC 11172-3, 2.4.2.3, and 13818-3. Free format (bit rate index 0) is not read.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

_BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = (44_100, 48_000, 32_000)
_RATE_DIVISORS = {3: 1, 2: 2, 0: 4}
"""By the header's version bits: MPEG-1, MPEG-2, MPEG-2.5."""

_HEADER = 4
_CHAIN = 3
"""So many headers in a row make a frame out of a pattern of bits."""
_LONGEST_FRAME = 1732
_SEARCH_BLOCK = 1 << 18
_SCAN_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Kind:
    """What all frames of a stream share: the version bits, the rate index, and what follows from them."""

    version: int
    rate_index: int

    @property
    def rate(self) -> int:
        """Samples a second."""
        return _RATES[self.rate_index] // _RATE_DIVISORS[self.version]

    @property
    def frame_samples(self) -> int:
        """Samples in each channel of a frame."""
        return 1152 if self.version == 3 else 576

    def side_info(self, channels: int) -> int:
        """The size of the side information in bytes; the main data follows it."""
        if self.version == 3:
            return 17 if channels == 1 else 32
        return 9 if channels == 1 else 17


@dataclass(frozen=True, slots=True)
class Frames:
    """Frames in a row: the size of each in bytes, and runs of them that touch, as (number of the first, its offset)."""

    sizes: array[int]
    runs: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        """The offset behind the last frame."""
        number, offset = self.runs[-1]
        return offset + sum(self.sizes[number:])


def kind_of(header: bytes) -> Kind | None:
    """The kind of the frame with this header of four bytes, None when it is no layer III header."""
    if header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate_index = header[1] >> 3 & 3, header[2] >> 2 & 3
    if version == 1 or rate_index == 3 or header[2] >> 4 in (0, 15):
        return None
    return Kind(version, rate_index)


def channels_of(header: bytes) -> int:
    """1 or 2, from the header's channel mode."""
    return 1 if header[3] >> 6 == 3 else 2


def frame_size(header: bytes, kind: Kind) -> int:
    """The size in bytes of the frame with this header, 0 when it is not of that kind."""
    return _sizes(kind)[header[1] << 8 | header[2]]


@lru_cache(maxsize=16)
def _sizes(kind: Kind) -> list[int]:
    """Frame sizes in bytes by the second and third byte of the header; 0 where they are not of this kind."""
    table = [0] * 0x10000
    bitrates = _BITRATES_1 if kind.version == 3 else _BITRATES_2
    for protection in (0, 1):
        second = 0xE0 | kind.version << 3 | 1 << 1 | protection
        for index in range(1, 15):
            for low in range(4):
                third = index << 4 | kind.rate_index << 2 | low
                table[second << 8 | third] = kind.frame_samples * bitrates[index] * 125 // kind.rate + (low >> 1)
    return table


def _chain_at(block: bytes, at: int, kind: Kind, *, is_end: bool) -> bool:
    """Whether frames of this kind follow each other from `at` on, or reach the end of the file exactly."""
    table = _sizes(kind)
    for number in range(_CHAIN):
        if at + _HEADER > len(block):
            return is_end and (number > 1 or at == len(block))
        size = table[block[at + 1] << 8 | block[at + 2]] if block[at] == 0xFF else 0
        if not size:
            return False
        at += size
    return True


def find_frame(source: BinaryIO, start: int, stop: int, end: int, kind: Kind | None) -> tuple[int, Kind] | None:
    """The first frame that begins at `start` or later and before `stop`: its offset and kind.

    A frame counts only when others of its kind follow it. `end` is the size of the file; with `kind` only frames of
    that kind are looked for. None when there is none.
    """
    while start < stop:
        source.seek(start)
        block = source.read(_SEARCH_BLOCK + _CHAIN * _LONGEST_FRAME)
        is_end = start + len(block) >= end
        limit = min(len(block) - _HEADER + 1, _SEARCH_BLOCK, stop - start)
        at = block.find(b"\xff", 0, limit) if limit > 0 else -1
        while at >= 0:
            found = kind_of(block[at : at + _HEADER])
            if found and kind in (None, found) and _chain_at(block, at, found, is_end=is_end):
                return start + at, found
            at = block.find(b"\xff", at + 1, limit)
        if is_end:
            return None
        start += _SEARCH_BLOCK
    return None


def _walk(block: bytes, table: list[int], sizes: array[int]) -> tuple[int, bool]:
    """Append the sizes of the frames that begin in `block`; the offset after them, and whether sync was lost there."""
    at = 0
    limit = len(block) - _HEADER
    append = sizes.append
    while at <= limit:
        size = table[block[at + 1] << 8 | block[at + 2]]
        if not size or block[at] != 0xFF:
            return at, True
        append(size)
        at += size
    return at, False


def scan(
    source: BinaryIO, start: int, end: int, kind: Kind, *, most: int | None = None, block_size: int = _SCAN_BLOCK
) -> Frames:
    """All whole frames from the one at `start` to the end of the file at `end`, or about `most` frames.

    Between frames, whatever is no frame of this kind is left out. A last frame that is cut off is left out, too.
    """
    sizes: array[int] = array("H")
    runs = [(0, start)]
    table = _sizes(kind)
    at = start
    while at + _HEADER <= end and (most is None or len(sizes) < most):
        source.seek(at)
        block = source.read(block_size)
        if len(block) < _HEADER:
            break
        used, is_lost = _walk(block, table, sizes)
        at += used
        if is_lost:
            found = find_frame(source, at + 1, end, end, kind)
            if found is None:
                break
            at = found[0]
            runs.append((len(sizes), at))
    if at > end and sizes:
        sizes.pop()
    if len(runs) > 1 and runs[-1][0] >= len(sizes):
        runs.pop()
    return Frames(sizes, tuple(runs))


def skip_tags(source: BinaryIO, end: int) -> int:
    """The offset behind all leading ID3v2 tags (ID3v2.4.0 structure, 3.1), but for one larger than the file."""
    at = 0
    while True:
        source.seek(at)
        head = source.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 0x7F:
            return at
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        after = at + 10 + size + (10 if head[5] & 0x10 else 0)
        if after > end:
            return at
        at = after
