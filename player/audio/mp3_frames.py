"""Knows the frames of layer III by their headers: what kind they are, how long, and where a row of them begins.

Must not know how frames are decoded, nor what is kept of where they are.

MPEG-1, 2 and 2.5 after ISO/IEC 11172-3, 2.4.2.3, and 13818-3. In free format (bit rate index 0) all frames of a stream
have one size, but for the padding slot; it is found from the distance of the first two headers (11172-3, 2.4.2.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

_BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_RATES = (44_100, 48_000, 32_000)
_RATE_DIVISORS = {3: 1, 2: 2, 0: 4}
"""By the header's version bits: MPEG-1, MPEG-2, MPEG-2.5."""

HEADER = 4
"""Bytes of a frame's header."""
LONGEST_FRAME = 4096
"""Bytes: free format reaches 2881 with the highest rate that encoders offer (640 kbit/s at 32 kHz)."""
_CHAIN = 3
"""So many headers in a row make a frame out of a pattern of bits."""
_FIRST_SEARCH = 1 << 12
_SEARCH_BLOCK = 1 << 18
_THIRD_BYTES = bytes(byte for byte in range(256) if byte >> 4 != 15 and byte >> 2 & 3 != 3)
_CANDIDATE = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][" + re.escape(_THIRD_BYTES) + rb"]")
"""Sync, a version that is there and layer III, with neither a forbidden bit rate nor a reserved sample rate."""
_FREE_SIZES_TRIED = 4
_TAGS = (b"ID3", b"TAG", b"APE", b"LYR")


@dataclass(frozen=True, slots=True)
class Kind:
    """What all frames of a stream share.

    The version bits, the rate index and the number of channels, and for free format the size in bytes of a frame
    without padding; 0 when the headers tell it.
    """

    version: int
    rate_index: int
    channels: int
    free_size: int = 0

    @property
    def rate(self) -> int:
        """Samples a second."""
        return _RATES[self.rate_index] // _RATE_DIVISORS[self.version]

    @property
    def frame_samples(self) -> int:
        """Samples in each channel of a frame."""
        return 1152 if self.version == 3 else 576

    @property
    def side_info(self) -> int:
        """The size of the side information in bytes; the main data follows it."""
        if self.version == 3:
            return 17 if self.channels == 1 else 32
        return 9 if self.channels == 1 else 17

    @property
    def sizes(self) -> list[int]:
        """Frame sizes in bytes by the second and third byte of the header as one number; 0 where of another kind."""
        return _sizes(self)

    def is_frame_size(self, size: int) -> bool:
        """Whether a frame of this kind may have this size in bytes, at any bit rate."""
        return size in _distinct_sizes(self)

    def mean_size(self, unpadded: int) -> float | None:
        """The mean size of frames of constant bit rate whose size without padding is this; None in free format."""
        bitrates = () if self.free_size else _BITRATES_1 if self.version == 3 else _BITRATES_2
        exact = (self.frame_samples * bitrate * 125 / self.rate for bitrate in bitrates)
        return next((size for size in exact if size and int(size) == unpadded), None)

    @property
    def silent_header(self) -> bytes:
        """The header of a frame of this kind without a checksum, at the lowest bit rate."""
        mode = 0xC0 if self.channels == 1 else 0
        return bytes((0xFF, 0xE3 | self.version << 3, 1 << 4 | self.rate_index << 2, mode))


def kind_of(header: bytes) -> Kind | None:
    """The kind of the frame with this header of four bytes, None when it is no layer III header.

    Of free format the frame's size is not known yet: `free_size` is 0.
    """
    if header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate_index = header[1] >> 3 & 3, header[2] >> 2 & 3
    if version == 1 or rate_index == 3 or header[2] >> 4 == 15:
        return None
    return Kind(version, rate_index, 1 if header[3] >> 6 == 3 else 2)


@lru_cache(maxsize=64)
def _sizes(kind: Kind) -> list[int]:
    table = [0] * 0x10000
    bitrates = _BITRATES_1 if kind.version == 3 else _BITRATES_2
    for protection in (0, 1):
        second = 0xE2 | kind.version << 3 | protection
        for index in (0,) if kind.free_size else range(1, 15):
            for low in range(4):
                third = index << 4 | kind.rate_index << 2 | low
                size = kind.free_size or kind.frame_samples * bitrates[index] * 125 // kind.rate
                table[second << 8 | third] = size + (low >> 1)
    return table


@lru_cache(maxsize=64)
def _distinct_sizes(kind: Kind) -> frozenset[int]:
    return frozenset(_sizes(kind)) - {0}


def find_frame(source: BinaryIO, start: int, stop: int, end: int) -> tuple[int, Kind] | None:
    """The first frame that begins at `start` or later and before `stop`: its offset and kind.

    A frame counts only when others of its kind follow it. `end` is the size of the file. None when there is none.
    """
    size = _FIRST_SEARCH
    while start < stop:
        source.seek(start)
        block = source.read(size + _CHAIN * LONGEST_FRAME)
        is_end = start + len(block) >= end
        limit = min(size, stop - start, len(block) - HEADER + 1)
        for match in _CANDIDATE.finditer(block, 0, limit + 2):
            at = match.start()
            for kind in _kinds_at(block, at):
                if _is_chain(block, at, kind, is_end=is_end):
                    return start + at, kind
        if is_end:
            break
        start += size
        size = _SEARCH_BLOCK
    return None


def _kinds_at(block: bytes, at: int) -> Iterator[Kind]:
    """The kinds that the frame at `at` may be of: one, but for free format one for each header that follows."""
    kind = kind_of(block[at : at + HEADER])
    if kind is None:
        return
    if block[at + 2] >> 4:
        yield kind
        return
    # The next header is like this one but for padding and what follows it.
    pattern = re.compile(
        re.escape(block[at : at + 2]) + b"[" + re.escape(bytes((block[at + 2] & 0xFD, block[at + 2] | 2))) + b"]"
    )
    shortest = HEADER + kind.side_info
    padding = block[at + 2] >> 1 & 1
    for match in islice(pattern.finditer(block, at + shortest, at + LONGEST_FRAME), _FREE_SIZES_TRIED):
        yield Kind(kind.version, kind.rate_index, kind.channels, match.start() - at - padding)


def _is_chain(block: bytes, at: int, kind: Kind, *, is_end: bool) -> bool:
    """Whether frames of this kind follow each other from `at` on, or reach the end of the file or a tag exactly."""
    table = kind.sizes
    for number in range(_CHAIN):
        if at + HEADER > len(block):
            return is_end and (number > 1 or at == len(block))
        size = table[block[at + 1] << 8 | block[at + 2]] if block[at] == 0xFF else 0
        if not size or (block[at + 3] >= 0xC0) != (kind.channels == 1):
            return number > 1 and block.startswith(_TAGS, at)
        at += size
    return True


def is_tag(start: bytes) -> bool:
    """Whether what begins so is a tag, not a part of the sound."""
    return start.startswith(_TAGS)


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
