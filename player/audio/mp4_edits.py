"""Reads which pieces of its sound an MP4 file plays, and when: the edit list of its first audio track.

Must not know how they are decoded. ISO/IEC 14496-12, 8.6.6; FFmpeg keeps to it only as far as whole packets go.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
_MOST_BOXES = 100_000
_MOST_EDITS = 10_000


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece: where it begins in the media, in seconds, None for silence; how long it is, None for all there is."""

    start: Fraction | None
    length: Fraction | None


@dataclass(frozen=True, slots=True)
class EditList:
    """The pieces in the order in which they are played; `tick` is the unit of their lengths in seconds."""

    edits: tuple[Edit, ...]
    tick: Fraction


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int


def read_edits(source: BinaryIO) -> EditList | None:
    """The edit list of an open file's first audio track; None when it has none, or is no MP4 file. Raises OSError."""
    end = source.seek(0, 2)
    source.seek(4)
    if source.read(4) not in _FIRST_BOXES:
        return None
    movie = _find(source, _Box(b"", 0, end), b"moov")
    header = _find(source, movie, b"mvhd")
    movie_scale = _scale(source, header)
    for track in _boxes(source, movie) if movie else ():
        media = _find(source, track, b"mdia") if track.kind == b"trak" else None
        handler = _find(source, media, b"hdlr")
        if handler is None or _read(source, handler, 12)[8:12] != b"soun":
            continue
        scale = _scale(source, _find(source, media, b"mdhd"))
        edits = _find(source, _find(source, track, b"edts"), b"elst")
        if edits is None or not scale or not movie_scale:
            return None
        return EditList(tuple(_edits(source, edits, scale, movie_scale)), Fraction(1, movie_scale))
    return None


def _edits(source: BinaryIO, box: _Box, scale: int, movie_scale: int) -> Iterator[Edit]:
    head = _read(source, box, 8)
    row = struct.Struct(">QqI" if head[:1] == b"\1" else ">IiI")
    count = min(int.from_bytes(head[4:8], "big"), _MOST_EDITS, max(0, box.end - box.start - 8) // row.size)
    rows = _read(source, box, 8 + count * row.size)[8:]
    for length, start, _ in row.iter_unpack(rows[: len(rows) // row.size * row.size]):
        # In fragmented files, a length of 0 is that of all fragments.
        yield Edit(Fraction(start, scale) if start >= 0 else None, Fraction(length, movie_scale) if length else None)


def _scale(source: BinaryIO, box: _Box | None) -> int:
    """The time scale in a header of a movie or a media: units a second; 0 when it is not there."""
    head = _read(source, box, 24) if box else b""
    at = 20 if head[:1] == b"\1" else 12
    return int.from_bytes(head[at : at + 4], "big")


def _read(source: BinaryIO, box: _Box, count: int) -> bytes:
    source.seek(box.start)
    return source.read(min(count, box.end - box.start))


def _find(source: BinaryIO, parent: _Box | None, kind: bytes) -> _Box | None:
    """The first box of a kind within another."""
    return next((box for box in _boxes(source, parent) if box.kind == kind), None) if parent else None


def _boxes(source: BinaryIO, parent: _Box) -> Iterator[_Box]:
    """The boxes within another, as far as their sizes make sense."""
    at = parent.start
    for _ in range(_MOST_BOXES):
        if at + 8 > parent.end:
            return
        source.seek(at)
        head = source.read(min(16, parent.end - at))
        if len(head) < 8:
            return
        size, kind = struct.unpack_from(">I4s", head)
        begin = at + 8
        if size == 1 and len(head) == 16:
            size, begin = int.from_bytes(head[8:16], "big"), at + 16
        end = at + size if size else parent.end
        if end < begin:
            return
        yield _Box(kind, begin, min(end, parent.end))
        at = end
