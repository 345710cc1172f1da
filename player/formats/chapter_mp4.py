"""Chapters in MP4 files: Nero's `chpl` box, and QuickTime chapter tracks.

Must not know tags, sound, or any other container. A reader of our own, because mutagen knows `chpl` alone and fails on
a title cut inside a character, and FFmpeg mixes up the titles and the links of two text tracks.

Boxes: ISO/IEC 14496-12; chapter tracks: QuickTime File Format, "Chapter lists"; `chpl`: as Nero and FFmpeg write it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO

from player.core.model import Mark, Millis
from player.formats.chapter_words import clean_link, clean_title

_LARGEST_MOOV = 128_000_000
_MOST_SAMPLES = 20_000
_LARGEST_SAMPLE = 65_536
_AGREEMENT: Millis = 1000
_TEXT_HANDLERS = (b"text", b"sbtl")


@dataclass(slots=True)
class _Track:
    """A track as its boxes describe it: where its samples lie, and when each starts, in units of `scale` a second."""

    number: int = 0
    handler: bytes = b""
    scale: int = 0
    starts: list[int] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    chapter_tracks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sample:
    start: Millis
    title: str
    link: str | None


def read_mp4_chapters(path: Path) -> tuple[Mark, ...]:
    """Read the chapters of an MP4 file in order of start; none where there are none or the boxes are broken.

    Reads the `moov` box and the samples of text tracks, not the sound. Where both lists agree, the QuickTime track
    wins: its titles may be longer than 255 bytes. Else the longer list wins. Raises OSError.
    """
    with path.open("rb") as file:
        moov = _read_moov(file)
        nero = _nero_chapters(moov)
        quicktime = _quicktime_chapters(file, _tracks(moov))
    agree = len(nero) == len(quicktime) and all(
        abs(one.start - other.start) <= _AGREEMENT for one, other in zip(nero, quicktime, strict=True)
    )
    return quicktime if agree or len(quicktime) > len(nero) else nero


# --- boxes -----------------------------------------------------------------------------------------------------------


def _read_moov(file: BinaryIO) -> bytes:
    """The content of the first `moov` box, wherever in the file it stands; empty where there is none."""
    end = file.seek(0, 2)
    position = 0
    while position + 8 <= end:
        file.seek(position)
        head = file.read(16)
        size, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if size == 1 and len(head) == 16:
            size, header = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - position
        if size < header:
            return b""
        if kind == b"moov":
            file.seek(position + header)
            return file.read(min(size - header, _LARGEST_MOOV))
        position += size
    return b""


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes in a box: kind and content. A size that cannot be ends the walk; the last box may be cut."""
    position = 0
    while position + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        header = 8
        if size == 1 and position + 16 <= len(data):
            size, header = struct.unpack_from(">Q", data, position + 8)[0], 16
        elif size == 0:
            size = len(data) - position
        if size < header:
            return
        yield kind, data[position + header : position + size]
        position += size


def _inside(data: bytes, *path: bytes) -> bytes:
    """The content of the first box along a path of kinds; empty where the path breaks off."""
    for kind in path:
        data = next((content for found, content in _boxes(data) if found == kind), b"")
    return data


def _numbers(data: bytes, form: str, offset: int = 0, most: int = _MOST_SAMPLES) -> list[tuple[int, ...]]:
    """The rows of a table that begins with its number of rows; a short table gives the rows that are there."""
    if len(data) < offset + 4:
        return []
    count = min(struct.unpack_from(">I", data, offset)[0], most)
    body = data[offset + 4 :]
    whole = len(body) // struct.calcsize(form)
    return list(islice(struct.iter_unpack(form, body[: whole * struct.calcsize(form)]), count))


# --- Nero ------------------------------------------------------------------------------------------------------------


def _nero_chapters(moov: bytes) -> tuple[Mark, ...]:
    """The entries of `moov.udta.chpl`: starts in units of 100 ns, titles of at most 255 bytes, perhaps cut."""
    data = _inside(moov, b"udta", b"chpl")
    position = 8 if data[:1] == b"\x01" else 4
    if len(data) <= position:
        return ()
    count = data[position]
    position += 1
    marks: list[Mark] = []
    while len(marks) < count and position + 9 <= len(data):
        start, length = struct.unpack_from(">QB", data, position)
        position += 9
        title = data[position : position + length].decode("utf-8", errors="replace")
        position += length
        marks.append(Mark((start + 5_000) // 10_000, clean_title(title)))
    return tuple(sorted(marks, key=lambda mark: mark.start))


# --- QuickTime -------------------------------------------------------------------------------------------------------


def _tracks(moov: bytes) -> list[_Track]:
    return [_track(content) for kind, content in _boxes(moov) if kind == b"trak"]


def _track(data: bytes) -> _Track:
    """Read a `trak` box. Tables that say nonsense give a track without samples."""
    track = _Track()
    header, media = _inside(data, b"tkhd"), _inside(data, b"mdia", b"mdhd")
    at = 20 if header[:1] == b"\x01" else 12
    if len(header) >= at + 4:
        track.number = struct.unpack_from(">I", header, at)[0]
    at = 20 if media[:1] == b"\x01" else 12
    if len(media) >= at + 4:
        track.scale = struct.unpack_from(">I", media, at)[0]
    track.handler = _inside(data, b"mdia", b"hdlr")[8:12]
    references = _inside(data, b"tref", b"chap")
    track.chapter_tracks = struct.unpack(f">{len(references) // 4}I", references[: len(references) // 4 * 4])
    if track.handler in _TEXT_HANDLERS:
        table = _inside(data, b"mdia", b"minf", b"stbl")
        lengths = ((count, delta) for count, delta in _numbers(_inside(table, b"stts"), ">II", 4))
        deltas = islice((delta for count, delta in lengths for _ in range(count)), _MOST_SAMPLES)
        track.starts = list(accumulate(deltas, initial=0))
        track.places = _sample_places(table)
    return track


def _sample_places(table: bytes) -> list[tuple[int, int]]:
    """Offset in the file and size of each sample, from the tables of chunks (`stsc`, `stco` or `co64`) and sizes."""
    sizes_box = _inside(table, b"stsz")
    if len(sizes_box) < 12:
        return []
    one_size, count = struct.unpack_from(">II", sizes_box, 4)
    sizes = [one_size] * min(count, _MOST_SAMPLES) if one_size else [size for (size,) in _numbers(sizes_box, ">I", 8)]
    chunks = [place for (place,) in _numbers(_inside(table, b"stco"), ">I", 4)]
    chunks = chunks or [place for (place,) in _numbers(_inside(table, b"co64"), ">Q", 4)]
    runs = _numbers(_inside(table, b"stsc"), ">III", 4)
    places: list[tuple[int, int]] = []
    rest = iter(sizes)
    for index, (first, each, _) in enumerate(runs):
        following = runs[index + 1][0] if index + 1 < len(runs) else len(chunks) + 1
        for place in chunks[max(first - 1, 0) : max(following - 1, 0)]:
            offset = place
            for size in islice(rest, each):
                places.append((offset, size))
                offset += size
    return places


def _quicktime_chapters(file: BinaryIO, tracks: list[_Track]) -> tuple[Mark, ...]:
    """Titles from the first chapter track of text that has samples, links from the first one that carries any."""
    wanted = {number for track in tracks for number in track.chapter_tracks}
    lists = [_text_samples(file, track) for track in tracks if track.number in wanted and track.scale]
    filled = [samples for samples in lists if samples]
    if not filled:
        return ()
    linked = next((samples for samples in filled if any(each.link for each in samples)), [])
    links = {sample.start: sample.link for sample in linked}
    marks = [Mark(each.start, each.title, None, each.link or links.get(each.start)) for each in filled[0]]
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _text_samples(file: BinaryIO, track: _Track) -> list[_Sample]:
    samples = []
    for start, (offset, size) in zip(track.starts, track.places, strict=False):
        if 2 <= size <= _LARGEST_SAMPLE and offset < 1 << 62:
            file.seek(offset)
            data = file.read(size)
            if len(data) == size:
                length = struct.unpack_from(">H", data)[0]
                title = _decode_text(data[2 : 2 + length])
                samples.append(_Sample(round(start * 1000 / track.scale), title, _linked(data[2 + length :])))
    return samples


def _decode_text(data: bytes) -> str:
    """The text of a sample: UTF-16 where it begins with a byte-order mark, else UTF-8."""
    is_utf16 = data[:2] in (b"\xfe\xff", b"\xff\xfe")
    return clean_title(data.decode("utf-16" if is_utf16 else "utf-8", errors="replace"))


def _linked(boxes: bytes) -> str | None:
    """The web address in a sample's `href` box: two 16-bit places in the text, then the address with its length."""
    data = _inside(boxes, b"href")
    return clean_link(data[5 : 5 + data[4]].decode("utf-8", errors="replace")) if len(data) > 5 else None
