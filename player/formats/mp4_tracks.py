"""Tracks of chapters as boxes: texts, texts with links, and pictures, each with a sample for a place in time.

Must not know the file around a track, nor what is written into which.

ISO/IEC 14496-12, 8; QuickTime File Format, "Text sample description", "Hypertext sample extension", "Video media".
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from player.core.model import Millis
from player.formats.mp4_boxes import box, full_box

SCALE = 1000
"""The units of a track's time in a second."""
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_IN_MOVIE, _ENABLED = 2, 1
_LANGUAGE = 0x55C4


@dataclass(frozen=True, slots=True)
class Sample:
    """Something that is shown from `start` on: its bytes, and the box that describes what kind of bytes they are."""

    start: Millis
    data: bytes
    description: bytes


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A track to be written: its kind, its samples in order of start, and the size in pixels of what it shows."""

    handler: bytes
    samples: Sequence[Sample]
    size: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class SampleStore:
    """Where samples will lie: side by side from `start` on, each content once."""

    start: int
    data: list[bytes] = field(default_factory=list)
    _places: dict[bytes, int] = field(default_factory=dict)
    _length: int = 0

    def place(self, sample: bytes) -> int:
        """The offset in the file of a sample."""
        if sample not in self._places:
            self._places[sample] = self.start + self._length
            self.data.append(sample)
            self._length += len(sample)
        return self._places[sample]


def text_sample(start: Millis, text: bytes, characters: int, link: bytes = b"") -> Sample:
    """A text in UTF-8, all `characters` of it a link where there is one."""
    data = struct.pack(">H", len(text)) + text + box(b"encd", struct.pack(">I", 0x100))
    if link:
        data += box(b"href", struct.pack(">HHB", 0, min(characters, 0xFFFF), len(link)), link, b"\0")
    return Sample(start, data, _text_description())


def picture_sample(start: Millis, data: bytes, size: tuple[int, int], *, is_png: bool) -> Sample:
    """A picture as JPEG or PNG."""
    entry = bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HHIIIH", *size, 72 << 16, 72 << 16, 0, 1)
    entry += bytes(32) + struct.pack(">Hh", 24, -1)
    return Sample(start, data, box(b"png " if is_png else b"jpeg", entry))


def track_box(track: NewTrack, number: int, movie_scale: int, length: Millis, store: SampleStore) -> bytes:
    """The `trak` box. Nothing is shown before the first sample, and each lasts until the next, the last to `length`."""
    first = round(track.samples[0].start * movie_scale / SCALE)
    begin = round(first * SCALE / movie_scale) if movie_scale else 0
    starts = [begin, *(each.start for each in track.samples[1:])]
    lasts = [max(after - start, 0) for start, after in zip(starts, [*starts[1:], length], strict=True)]
    shown = min(round(sum(lasts) * movie_scale / SCALE), 0xFFFFFFFF - first)
    is_picture = track.handler == b"vide"
    width, height = track.size
    head = struct.pack(">IIIII", 0, 0, number, 0, first + shown) + bytes(16) + _MATRIX
    head += struct.pack(">II", width << 16, height << 16)
    parts = [full_box(b"tkhd", head, flags=_ENABLED if is_picture else _IN_MOVIE)]
    if first:
        rows = struct.pack(">I", 2) + struct.pack(">IiI", first, -1, 0x10000) + struct.pack(">IiI", shown, 0, 0x10000)
        parts.append(box(b"edts", full_box(b"elst", rows)))
    media = full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, SCALE, sum(lasts), _LANGUAGE, 0))
    handler = full_box(b"hdlr", b"mhlr", track.handler, bytes(12), b"\0")
    base = full_box(b"vmhd", bytes(8), flags=1) if is_picture else _text_header()
    data = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1)))
    return box(b"trak", *parts, box(b"mdia", media, handler, box(b"minf", base, data, _table(track, lasts, store))))


def _table(track: NewTrack, lasts: Sequence[int], store: SampleStore) -> bytes:
    """Where the samples lie, how long each lasts and what it is; each is a chunk of its own."""
    kinds = list(dict.fromkeys(each.description for each in track.samples))
    sizes = [len(each.data) for each in track.samples]
    places = [store.place(each.data) for each in track.samples]
    runs: list[tuple[int, int, int]] = []
    for kind, group in groupby(enumerate(track.samples, start=1), key=lambda row: kinds.index(row[1].description)):
        runs.append((next(group)[0], 1, kind + 1))
    return box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", len(kinds)), *kinds),
        full_box(b"stts", struct.pack(">I", len(lasts)), *(struct.pack(">II", 1, each) for each in lasts)),
        full_box(b"stsc", struct.pack(">I", len(runs)), *(struct.pack(">III", *run) for run in runs)),
        full_box(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        full_box(b"co64", struct.pack(f">I{len(places)}Q", len(places), *places)),
    )


def _text_header() -> bytes:
    numbers = struct.pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0)
    return box(b"gmhd", full_box(b"gmin", numbers), box(b"text", _MATRIX))


def _text_description() -> bytes:
    """How QuickTime shows the texts: plainly."""
    entry = struct.pack(">II", 1, 1) + bytes(6 + 8 + 8) + struct.pack(">HHBH", 0, 0, 0, 0) + bytes(6) + b"\0"
    return box(b"text", bytes(6), struct.pack(">H", 1), entry)
