"""Where the frames of an MP3 file should be that has not been read from end to end, from what its beginning tells.

Must not know how frames are decoded, nor what of the file is there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from player.audio.mp3_frames import HEADER, Kind
from player.audio.mp3_headers import LONGEST_HEADER, Header, read_header
from player.audio.mp3_index import first_frame, real_samples
from player.audio.source import Source
from player.core.errors import NotAudioError
from player.core.model import Millis
from player.core.phrases import Phrase

_LOOK = 1 << 14
"""Bytes: the frames in them tell whether the bit rate is constant, where no header does."""
_TOC_STEPS = 100


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is expected of a file: `frames` of one kind from the offset `start` up to `end`, of which some are real.

    `skip` and `samples` are as in `mp3_index.Part`. `mean` is the mean size of a frame in bytes; with `is_constant`,
    all frames have it, but for rounding. `table` is the table of contents of a Xing frame: for each hundredth of the
    duration the place in the stream in 256ths of its size, which is measured from `origin`; empty without one.
    """

    kind: Kind
    start: int
    end: int
    frames: int
    skip: int
    samples: int
    mean: float
    is_constant: bool
    origin: int = 0
    size: int = 0
    table: bytes = b""

    def offset(self, number: int) -> int:
        """About where a frame is; to a byte where the bit rate is constant and nothing lies between frames."""
        if self.is_constant or not self.table:
            return min(self.end, round(self.start + number * self.mean))
        share = _TOC_STEPS * number / max(1, self.frames)
        step = min(int(share), _TOC_STEPS - 1)
        here = self.table[step]
        after = self.table[step + 1] if step + 1 < _TOC_STEPS else 256
        place = (here + (after - here) * (share - step)) / 256
        return max(self.start, min(self.end, round(self.origin + place * self.size)))

    def number(self, offset: int) -> int:
        """Which frame of constant bit rate begins at an offset."""
        return round((offset - self.start) / self.mean)

    def number_near(self, offset: int) -> int:
        """About which frame is at an offset."""
        if self.is_constant or not self.table:
            return self.number(offset)
        place = 256 * (offset - self.origin) / max(1, self.size)
        step = max(0, bisect_right(self.table, place) - 1)
        here = self.table[step]
        after = self.table[step + 1] if step + 1 < _TOC_STEPS else 256
        share = step + (place - here) / max(1, after - here)
        return max(0, min(self.frames, round(share * self.frames / _TOC_STEPS)))


def estimate(source: Source, duration: Millis | None) -> Estimate:
    """Read the beginning of a file; `duration` is what the feed says, for where the file says nothing.

    Raises NotAudioError when no frames are there, NotHere (see `source`), OSError.
    """
    found = first_frame(source)
    end = source.seek(0, 2)
    if found is None:
        raise NotAudioError(source.path.name, Phrase("reasons", "something without MPEG audio frames"))
    origin, kind = found
    source.seek(origin)
    look = source.read(min(_LOOK, end - origin))
    header = read_header(look[:LONGEST_HEADER], kind)
    start = origin
    if header is not None:
        start = origin + kind.sizes[look[1] << 8 | look[2]]
    sizes = _sizes(look[start - origin :], kind)
    is_constant = header.is_constant if header is not None else bool(sizes) and max(sizes) <= min(sizes) + 1
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    if is_constant and sizes:
        mean = kind.mean_size(min(sizes)) or mean
    frames = _count(header, kind, end - start, mean, None if is_constant else duration)
    if not is_constant:
        mean = (end - start) / max(1, frames)
    skip, samples = real_samples(header, kind, frames)
    size = header.size if header is not None and header.size else end - origin
    table = header.table if header is not None else b""
    return Estimate(kind, start, end, frames, skip, samples, mean, is_constant, origin, size, table)


def _sizes(block: bytes, kind: Kind) -> list[int]:
    """The sizes of the frames that a block begins with."""
    sizes = []
    at = 0
    while at + HEADER <= len(block) and block[at] == 0xFF:
        size = kind.sizes[block[at + 1] << 8 | block[at + 2]]
        if not size:
            break
        sizes.append(size)
        at += size
    return sizes


def _count(header: Header | None, kind: Kind, size: int, mean: float, duration: Millis | None) -> int:
    """How many frames there should be in `size` bytes."""
    if header is not None and header.frames:
        return header.frames
    if duration is not None:
        return max(1, round(duration * kind.rate / 1000 / kind.frame_samples))
    return max(1, int(size / mean))
