"""Where the frames of an MP3 file are, so that any sample is found at once, and how to keep that in few bytes.

Must not know how frames are decoded or where the index is stored.

The file is read once from end to end. Kept is the offset of every n-th frame; the few between are found by walking
their headers. The encoder's delay and padding come from the Xing/Info frame with LAME's extension.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from player.audio.mp3_frames import Frames, Kind, channels_of, find_frame, frame_size, scan, skip_tags
from player.core.errors import FileError, NotAudioError
from player.core.model import Millis

DECODER_DELAY = 529
"""Samples by which every layer III decoder is late: 528 of the hybrid filter bank, 1 of convention (LAME)."""
USUAL_DELAY = 576 + DECODER_DELAY
"""Where no header tells the encoder's delay: LAME's, whose files most podcasts are."""

_FORMAT = 1
_STRIDE = 32
_MOST_OFFSETS = 1 << 15
_SEARCH_LIMIT = 1 << 20
_FINGERPRINT_PART = 1 << 16
_HEAD = struct.Struct("<BBBIqqqqqq16s")


@dataclass(frozen=True, slots=True, eq=False)
class Mp3Index:
    """The map of an MP3 file.

    `offsets` holds the byte offset of every `stride`-th of `frames` frames, `end` the one behind the last. Sample 0 is
    the first real one: `skip` samples of the decoder's output come before it, and `samples` are real.
    """

    kind: Kind
    channels: int
    frames: int
    skip: int
    samples: int
    stride: int
    end: int
    offsets: npt.NDArray[np.int64]
    file_size: int
    fingerprint: bytes

    @property
    def duration(self) -> Millis:
        """How long the audio is."""
        return round(self.samples * 1000 / self.kind.rate)

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
        return size == self.file_size and _fingerprint(source, size) == self.fingerprint

    def to_bytes(self) -> bytes:
        """The index in few bytes: under 64 KB for any number of frames."""
        steps = np.diff(self.offsets)
        base = int(np.median(steps)) if len(steps) else 0
        # Second differences of CBR and most of VBR fit into 16 bits; the high bytes together are nearly all the same.
        planes = (steps - base).astype("<i8").view(np.uint8).reshape(-1, 8).T
        head = _HEAD.pack(
            _FORMAT,
            self.kind.version << 2 | self.kind.rate_index,
            self.channels,
            self.stride,
            self.frames,
            self.skip,
            self.samples,
            self.end,
            self.file_size,
            base,
            self.fingerprint,
        )
        first = int(self.offsets[0]).to_bytes(8, "little")
        return head + zlib.compress(first + planes.tobytes(), 9)

    @classmethod
    def from_bytes(cls, blob: bytes) -> Mp3Index:
        """Read what `to_bytes` wrote. Raises ValueError when it is something else, or of another version."""
        try:
            form, kind, channels, stride, frames, skip, samples, end, size, base, mark = _HEAD.unpack_from(blob)
            body = zlib.decompress(blob[_HEAD.size :])
        except (struct.error, zlib.error) as error:
            raise ValueError("no frame index") from error
        count = -(-frames // stride) if stride else 0
        if form != _FORMAT or len(body) != 8 * count or not count:
            raise ValueError("no frame index of this version")
        planes = np.frombuffer(body, np.uint8, offset=8).reshape(8, -1)
        steps = np.ascontiguousarray(planes.T).view("<i8").ravel() + base
        offsets = np.concatenate([[int.from_bytes(body[:8], "little")], steps]).cumsum()
        return cls(Kind(kind >> 2, kind & 3), channels, frames, skip, samples, stride, end, offsets, size, mark)


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
    return find_frame(source, start, min(end, start + _SEARCH_LIMIT), end, None)


def index_source(source: BinaryIO, name: str) -> Mp3Index:
    """Map the frames of an open file. Raises NotAudioError when it holds no MPEG layer III frames, and OSError."""
    found = first_frame(source)
    size = source.seek(0, 2)
    if found is None:
        raise NotAudioError(name, "something without MPEG audio frames")
    start, kind = found
    source.seek(start)
    head = source.read(kind.frame_samples * 2)
    channels = channels_of(head)
    header = _read_header(head, kind, channels)
    if header is not None:
        after = find_frame(source, start + frame_size(head, kind), size, size, kind)
        start = after[0] if after else size
    frames = scan(source, start, size, kind) if start < size else None
    if frames is None or not frames.sizes:
        raise NotAudioError(name, "an MP3 header without audio behind it")
    count = len(frames.sizes)
    skip, padding = USUAL_DELAY, 0
    if header is not None and header.delay is not None:
        skip = header.delay + DECODER_DELAY
        # The padding is behind the last frame that the encoder wrote: it is not there when the file is cut off.
        padding = max(0, header.padding - DECODER_DELAY) if header.frames in (0, count, count + 1) else 0
    total = count * kind.frame_samples
    samples = max(0, total - skip - padding)
    stride = stride_for(count)
    offsets = _offsets(frames)[::stride].copy()
    return Mp3Index(kind, channels, count, skip, samples, stride, frames.end, offsets, size, _fingerprint(source, size))


@dataclass(frozen=True, slots=True)
class _Header:
    """What the first frame says when it is no audio: the number of frames that follow, delay and padding."""

    frames: int
    delay: int | None
    padding: int


def _read_header(frame: bytes, kind: Kind, channels: int) -> _Header | None:
    """Read a Xing, Info or VBRI frame (gabriel.mp3-tech.org/mp3infotag.html; Fraunhofer's VBRI is 36 bytes in)."""
    if frame[36:40] == b"VBRI":
        return _Header(int.from_bytes(frame[50:54], "big"), None, 0)
    at = 4 + kind.side_info(channels)
    if frame[at : at + 4] not in (b"Xing", b"Info"):
        return None
    flags = int.from_bytes(frame[at + 4 : at + 8], "big")
    at += 8
    count = int.from_bytes(frame[at : at + 4], "big") if flags & 1 else 0
    at += sum(size for bit, size in ((1, 4), (2, 4), (4, 100), (8, 4)) if flags & bit)
    if not all(0x20 < byte < 0x7F for byte in frame[at : at + 4]):
        return _Header(count, None, 0)
    both = int.from_bytes(frame[at + 21 : at + 24], "big")
    return _Header(count, both >> 12 if both else None, both & 0xFFF)


def _offsets(frames: Frames) -> npt.NDArray[np.int64]:
    """The offset of every frame."""
    sizes = np.frombuffer(frames.sizes, np.uint16).astype(np.int64)
    offsets = np.cumsum(sizes) - sizes
    bounds = [*(number for number, _ in frames.runs[1:]), len(sizes)]
    for (number, offset), bound in zip(frames.runs, bounds, strict=True):
        if number < bound:
            offsets[number:bound] += offset - offsets[number]
    return offsets


def _fingerprint(source: BinaryIO, size: int) -> bytes:
    """A hash of the first and the last 64 KB."""
    source.seek(0)
    digest = blake2b(source.read(_FINGERPRINT_PART), digest_size=16)
    source.seek(max(0, size - _FINGERPRINT_PART))
    digest.update(source.read(_FINGERPRINT_PART))
    return digest.digest()
