"""Where the frames of an MP3 file are, so that any sample is found at once, and how to keep that in few bytes.

Must not know how frames are decoded or where the index is stored.

The file is read once from end to end. Kept is the offset of every n-th frame; the few between are found by walking
their headers. A file joined of several has a part for each, with the delay and the padding that its encoder tells.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from player.audio.fingerprint import fingerprint
from player.audio.mp3_frames import Kind, find_frame, skip_tags
from player.audio.mp3_headers import Header, read_itunes
from player.audio.mp3_scan import Stretch, scan
from player.core.errors import FileError, NotAudioError
from player.core.model import Millis
from player.core.phrases import Phrase

DECODER_DELAY = 529
"""Samples by which every layer III decoder is late: 528 of the hybrid filter bank, 1 of convention (LAME)."""
USUAL_DELAY = 576 + DECODER_DELAY
"""Where no header tells the encoder's delay: LAME's, whose files most podcasts are."""

_FORMAT = 3
_STRIDE = 32
_MOST_OFFSETS = 1 << 15
_SEARCH_LIMIT = 1 << 20
_HEAD = struct.Struct("<BIIIIqqqI16s")
_PART = struct.Struct("<BBHIIqq")

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """What one encoder made: frames from number `first` on, of which `samples` are real, after `skip` that are not.

    `skip` counts samples of the decoder's output, at the part's own rate, as `samples` does.
    """

    kind: Kind
    first: int
    frames: int
    skip: int
    samples: int


@dataclass(frozen=True, slots=True, eq=False)
class Mp3Index:
    """The map of an MP3 file.

    Frames are numbered through all parts; those lost to damage have numbers, too. `runs` has a row for frames that
    touch in the file: the number of the first, the offset of the first, and how many they are. `offsets` holds the
    offset of every `stride`-th frame, or of the next one that is there; `end` is the offset behind the last. `lacking`
    is how many frames fewer these are than the file says it has.
    """

    parts: tuple[Part, ...]
    runs: Integers
    stride: int
    end: int
    offsets: Integers
    file_size: int
    fingerprint: bytes
    lacking: int = 0

    @property
    def rate(self) -> int:
        """Samples a second: those of the first part."""
        return self.parts[0].kind.rate

    @property
    def channels(self) -> int:
        """1 or 2: the most that any part has."""
        return max(part.kind.channels for part in self.parts)

    @property
    def frames(self) -> int:
        """The number of frames, those that are lost included."""
        return self.parts[-1].first + self.parts[-1].frames

    def length(self, part: Part) -> int:
        """How many samples of `rate` a part lasts."""
        return part.samples * self.rate // part.kind.rate

    @property
    def samples(self) -> int:
        """How many real samples of `rate` there are."""
        return sum(self.length(part) for part in self.parts)

    @property
    def duration(self) -> Millis:
        """How long the audio is."""
        return round(self.samples * 1000 / self.rate)

    @property
    def announced(self) -> Millis:
        """How long the file says that it is: longer than `duration` when its end has been cut off."""
        kind = self.parts[-1].kind
        return self.duration + self.lacking * kind.frame_samples * 1000 // kind.rate

    def matches(self, path: Path) -> bool:
        """Whether the file has the size, the head and the tail that it had when the index was built."""
        try:
            with path.open("rb") as source:
                return self.matches_source(source)
        except OSError:
            return False

    def matches_source(self, source: BinaryIO) -> bool:
        """The same for an open file."""
        size = source.seek(0, 2)
        return size == self.file_size and fingerprint(source, size) == self.fingerprint

    def to_bytes(self) -> bytes:
        """The index in few bytes: under 64 KB for any number of frames that touch."""
        counts = (len(self.parts), len(self.runs), len(self.offsets))
        base = int(np.median(np.diff(self.offsets))) if len(self.offsets) > 1 else 0
        head = _HEAD.pack(_FORMAT, *counts, self.stride, self.end, self.file_size, base, self.lacking, self.fingerprint)
        parts = b"".join(
            _PART.pack(
                part.kind.version << 2 | part.kind.rate_index,
                part.kind.channels,
                part.kind.free_size,
                part.first,
                part.frames,
                part.skip,
                part.samples,
            )
            for part in self.parts
        )
        columns = b"".join(_pack(self.runs[:, column], 0) for column in range(3))
        return head + zlib.compress(parts + columns + _pack(self.offsets, base), 9)

    @classmethod
    def from_bytes(cls, blob: bytes) -> Mp3Index:
        """Read what `to_bytes` wrote. Raises ValueError when it is something else, or of another version."""
        try:
            form, parts, runs, count, stride, end, size, base, lacking, mark = _HEAD.unpack_from(blob)
            body = zlib.decompress(blob[_HEAD.size :])
        except (struct.error, zlib.error) as error:
            raise ValueError("no frame index") from error
        if (
            form != _FORMAT
            or len(body) != _PART.size * parts + 8 * (3 * runs + count)
            or not (parts and runs and stride)
        ):
            raise ValueError("no frame index of this version")
        made = []
        for kind, channels, free_size, *rest in _PART.iter_unpack(body[: _PART.size * parts]):
            made.append(Part(Kind(kind >> 2, kind & 3, channels, free_size), *rest))
        at = _PART.size * parts
        columns = [_unpack(body[at + 8 * runs * number : at + 8 * runs * (number + 1)], 0) for number in range(3)]
        offsets = _unpack(body[at + 24 * runs :], base)
        return cls(tuple(made), np.stack(columns, axis=1), stride, end, offsets, size, mark, lacking)


def _pack(numbers: Integers, base: int) -> bytes:
    """Rising numbers as their differences less `base`, the bytes of one significance together."""
    # Differences of CBR and most of VBR fit into 16 bits; the high bytes together are nearly all the same.
    return (np.diff(numbers, prepend=0) - base).astype("<i8").view(np.uint8).reshape(-1, 8).T.tobytes()


def _unpack(packed: bytes, base: int) -> Integers:
    planes = np.frombuffer(packed, np.uint8).reshape(8, -1)
    return (np.ascontiguousarray(planes.T).view("<i8").ravel() + base).cumsum().astype(np.int64)


def build_index(path: Path) -> Mp3Index:
    """Read the whole file and map its frames.

    Raises NotAudioError when it holds no MPEG layer III frames, FileError when it cannot be read.
    """
    try:
        with path.open("rb") as source:
            return index_source(source, path.name)
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error


def index_file(path: Path) -> bytes | None:
    """The index of a file as bytes to be kept, None when it is no MP3. Raises FileError when it cannot be read."""
    try:
        return build_index(path).to_bytes()
    except NotAudioError:
        return None


def read_index(kept: bytes | None) -> Mp3Index | None:
    """A kept index, or None when it cannot be read any more: then it is built anew."""
    try:
        return Mp3Index.from_bytes(kept) if kept is not None else None
    except ValueError:
        return None


def stride_for(frames: int) -> int:
    """Every how many frames an offset is kept, so that an index stays small."""
    stride = _STRIDE
    while frames // stride > _MOST_OFFSETS:
        stride *= 2
    return stride


def first_frame(source: BinaryIO) -> tuple[int, Kind] | None:
    """The first frame of an MP3 file, behind its tags and at most 1 MB of junk; None when it seems to be no MP3."""
    end = source.seek(0, 2)
    start = skip_tags(source, end)
    return find_frame(source, start, min(end, start + _SEARCH_LIMIT), end)


def index_source(source: BinaryIO, name: str) -> Mp3Index:
    """Map the frames of an open file. Raises NotAudioError when it holds no MPEG layer III frames, and OSError."""
    found = first_frame(source)
    size = source.seek(0, 2)
    if found is None:
        raise NotAudioError(name, Phrase("reasons", "something without MPEG audio frames"))
    stretches = scan(source, *found, size)
    if not stretches:
        raise NotAudioError(name, Phrase("reasons", "an MP3 header without audio behind it"))
    parts: list[Part] = []
    runs: list[tuple[int, int, int]] = []
    number = 0
    for stretch in stretches:
        first = number
        bounds = [*(run.first for run in stretch.runs[1:]), len(stretch.sizes)]
        for run, bound, lost in zip(stretch.runs, bounds, stretch.lost(), strict=True):
            number += lost
            runs.append((number, run.offset, bound - run.first))
            number += bound - run.first
        parts.append(_part(stretch, first, number - first))
    if len(parts) == 1 and (stretches[0].header is None or stretches[0].header.delay is None):
        parts[0] = _with_itunes(parts[0], source, found[0])
    rows = np.array(runs, np.int64)
    stride = stride_for(number)
    offsets = _offsets(stretches, rows, np.arange(0, number, stride))
    told = stretches[-1].header.frames if stretches[-1].header is not None else 0
    lacking = max(0, told - parts[-1].frames)
    mark = fingerprint(source, size)
    return Mp3Index(tuple(parts), rows, stride, stretches[-1].end, offsets, size, mark, lacking)


def _part(stretch: Stretch, first: int, frames: int) -> Part:
    """A stretch as a part of `frames` frames, those that are lost included, from number `first` on."""
    return Part(stretch.kind, first, frames, *real_samples(stretch.header, stretch.kind, frames))


def real_samples(header: Header | None, kind: Kind, frames: int) -> tuple[int, int]:
    """How many samples of the decoder's output come before the first real one, and how many are real."""
    skip, padding = USUAL_DELAY, 0
    if header is not None and header.delay is not None:
        skip = header.delay + DECODER_DELAY
        # The padding is behind the last frame that the encoder wrote: it is not there when the file is cut off.
        padding = max(0, header.padding - DECODER_DELAY) if header.frames in (0, frames, frames + 1) else 0
    return skip, max(0, frames * kind.frame_samples - skip - padding)


def _with_itunes(part: Part, source: BinaryIO, start: int) -> Part:
    """The part as iTunes' comment tells it, where there is one in the tags before `start`."""
    total = part.frames * part.kind.frame_samples
    told = read_itunes(source, start, total, part.kind)
    if told is None:
        return part
    skip = told[0] + DECODER_DELAY
    rest = max(0, total - skip)
    return replace(part, skip=skip, samples=rest if told[1] is None else min(rest, told[1]))


def _offsets(stretches: Sequence[Stretch], runs: Integers, numbers: Integers) -> Integers:
    """The offsets of the frames of these numbers, or of the next ones that are there."""
    sizes = np.concatenate([np.frombuffer(stretch.sizes, np.uint16) for stretch in stretches])
    ends = np.cumsum(sizes, dtype=np.int64)
    counts = runs[:, 2]
    firsts = np.cumsum(counts) - counts
    # Frames that are there, in the order of the file; the offset of each from the first of its run.
    inside = ends - sizes - np.repeat((ends - sizes)[firsts], counts)
    offsets = inside + np.repeat(runs[:, 1], counts)
    present = np.arange(len(sizes)) + np.repeat(runs[:, 0] - firsts, counts)
    return np.asarray(offsets[np.searchsorted(present, numbers)], np.int64)
