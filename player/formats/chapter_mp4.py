"""Chapters in MP4 files: Nero's `chpl` box, and QuickTime chapter tracks.

Must not know tags, sound, or any other container, nor how boxes are stored (`mp4_boxes`). A reader of our own, because
mutagen knows `chpl` alone and fails on a title cut inside a character, and FFmpeg mixes up the titles and the links of
two text tracks.

Boxes: ISO/IEC 14496-12; chapter tracks: QuickTime File Format, "Chapter lists"; `chpl`: as Nero and FFmpeg write it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO

from player.core.model import Mark, Millis, Picture
from player.formats.chapter_pictures import LARGEST_PICTURE, embedded_picture
from player.formats.chapter_words import clean_link, clean_title
from player.formats.mp4_boxes import MOST_ROWS, boxes, inside, numbers, read_moov

TEXT_HANDLERS = (b"text", b"sbtl")
"""What tracks call themselves whose samples are texts."""
PICTURE_HANDLER = b"vide"
_LARGEST_SAMPLE = 65_536
MOST_PICTURES = 1000
MOST_PICTURE_BYTES = 64_000_000
_AGREEMENT: Millis = 1000
SAME_PLACE: Millis = 100
"""Titles, links and pictures in tracks of their own belong together when their starts differ no more."""


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
    data: bytes


def read_mp4_chapters(path: Path) -> tuple[Mark, ...]:
    """Read the chapters of an MP4 file in order of start; none where there are none or the boxes are broken.

    Reads the `moov` box and the samples of chapter tracks, not the sound. Where both lists agree, the QuickTime track
    wins: its titles may be longer than 255 bytes. Else the longer list wins. Pictures and links come from tracks of
    their own; those that begin with no chapter become hidden marks. Raises OSError.
    """
    with path.open("rb") as file:
        moov = read_moov(file)
        nero = _nero_chapters(moov)
        tracks = _chapter_tracks(moov)
        texts = [samples for samples in (_texts(file, track) for track in tracks) if samples]
        pictures = [mark for track in tracks if track.handler == PICTURE_HANDLER for mark in _pictures(file, track)]
    titles = tuple(sorted(texts[0], key=lambda mark: mark.start)) if texts else ()
    links = next((marks for marks in texts if any(mark.link for mark in marks)), [])
    chosen = _chosen(nero, titles)
    if not chosen:
        return ()
    marks = _joined(_linked_marks(chosen, links), pictures)
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _chosen(nero: tuple[Mark, ...], quicktime: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The better of the two lists."""
    agree = len(nero) == len(quicktime) and all(
        abs(one.start - other.start) <= _AGREEMENT for one, other in zip(nero, quicktime, strict=True)
    )
    return quicktime if agree or len(quicktime) > len(nero) else nero


# --- Nero ------------------------------------------------------------------------------------------------------------


def _nero_chapters(moov: bytes) -> tuple[Mark, ...]:
    """The entries of `moov.udta.chpl`: starts in units of 100 ns, titles of at most 255 bytes, perhaps cut."""
    data = inside(moov, b"udta", b"chpl")
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


def _chapter_tracks(moov: bytes) -> list[_Track]:
    """The tracks that others name as their chapters, each once, in the order of the file."""
    movie = inside(moov, b"mvhd")
    at = 20 if movie[:1] == b"\x01" else 12
    scale = struct.unpack_from(">I", movie, at)[0] if len(movie) >= at + 4 else 0
    tracks = [_track(content, scale) for kind, content in boxes(moov) if kind == b"trak"]
    wanted = {number for track in tracks for number in track.chapter_tracks}
    return [track for track in tracks if track.number in wanted and track.scale]


def _track(data: bytes, movie_scale: int) -> _Track:
    """Read a `trak` box. Tables that say nonsense give a track without samples."""
    track = _Track()
    header, media = inside(data, b"tkhd"), inside(data, b"mdia", b"mdhd")
    at = 20 if header[:1] == b"\x01" else 12
    if len(header) >= at + 4:
        track.number = struct.unpack_from(">I", header, at)[0]
    at = 20 if media[:1] == b"\x01" else 12
    if len(media) >= at + 4:
        track.scale = struct.unpack_from(">I", media, at)[0]
    track.handler = inside(data, b"mdia", b"hdlr")[8:12]
    references = inside(data, b"tref", b"chap")
    track.chapter_tracks = struct.unpack(f">{len(references) // 4}I", references[: len(references) // 4 * 4])
    if track.handler in (*TEXT_HANDLERS, PICTURE_HANDLER):
        table = inside(data, b"mdia", b"minf", b"stbl")
        lengths = ((count, delta) for count, delta in numbers(inside(table, b"stts"), ">II", 4))
        deltas = islice((delta for count, delta in lengths for _ in range(count)), MOST_ROWS)
        before = _empty_edit(inside(data, b"edts", b"elst"))
        first = (before * track.scale * 2 + movie_scale) // (2 * movie_scale) if movie_scale else 0
        track.starts = list(accumulate(deltas, initial=first))
        track.places = sample_places(table)
    return track


def sample_places(table: bytes, most: int = MOST_ROWS) -> list[tuple[int, int]]:
    """Offset in the file and size of each sample, from the tables of chunks (`stsc`, `stco` or `co64`) and sizes."""
    sizes_box = inside(table, b"stsz")
    if len(sizes_box) < 12:
        return []
    one_size, count = struct.unpack_from(">II", sizes_box, 4)
    sizes = [one_size] * min(count, most) if one_size else [size for (size,) in numbers(sizes_box, ">I", 8, most)]
    chunks = [place for (place,) in numbers(inside(table, b"stco"), ">I", 4, most)]
    chunks = chunks or [place for (place,) in numbers(inside(table, b"co64"), ">Q", 4, most)]
    runs = numbers(inside(table, b"stsc"), ">III", 4, most)
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


def _empty_edit(edits: bytes) -> int:
    """How long nothing is shown before a track begins, in the time of the movie: an edit of the media time -1."""
    row = struct.unpack_from(">Qq" if edits[:1] == b"\x01" else ">Ii", edits, 8) if len(edits) >= 24 else (0, 0)
    return row[0] if row[1] == -1 else 0


def _samples(file: BinaryIO, track: _Track, largest: int) -> Iterable[_Sample]:
    for start, (offset, size) in zip(track.starts, track.places, strict=False):
        if 2 <= size <= largest and offset < 1 << 62:
            file.seek(offset)
            data = file.read(size)
            if len(data) == size:
                yield _Sample((start * 2000 + track.scale) // (2 * track.scale), data)


def _texts(file: BinaryIO, track: _Track) -> list[Mark]:
    """Titles and links of a track of texts."""
    marks = []
    for sample in _samples(file, track, _LARGEST_SAMPLE) if track.handler in TEXT_HANDLERS else ():
        end = 2 + struct.unpack_from(">H", sample.data)[0]
        marks.append(Mark(sample.start, _decode_text(sample.data[2:end]), None, _linked(sample.data[end:])))
    return marks


def _pictures(file: BinaryIO, track: _Track) -> list[Mark]:
    """The samples of a track of pictures that are pictures, without those that repeat the one before."""
    marks: list[Mark] = []
    shown: Picture | None = None
    room = MOST_PICTURE_BYTES
    for sample in islice(_samples(file, track, LARGEST_PICTURE), MOST_PICTURES):
        picture = embedded_picture(sample.data)
        room -= len(sample.data)
        if picture is not None and room >= 0:
            marks.append(Mark(sample.start, "", None, None, picture, is_hidden=picture == shown))
            shown = picture
    return marks


def _linked_marks(marks: Sequence[Mark], links: Sequence[Mark]) -> list[Mark]:
    """The marks with the links of a track that has one sample for each of them; else by where those begin."""
    if len(marks) == len(links) and all(one.start == two.start for one, two in zip(marks, links, strict=True)):
        return [replace(one, link=two.link) for one, two in zip(marks, links, strict=True)]
    return _joined(marks, (replace(mark, title="") for mark in links if mark.link))


def _joined(marks: Sequence[Mark], extra: Iterable[Mark]) -> list[Mark]:
    """The marks with the links and pictures of others that begin where they do; the rest of those are hidden marks.

    An extra mark that says `is_hidden` already only repeats what is shown, and needs no mark of its own.
    """
    found = {mark.start: index for index, mark in reversed(list(enumerate(marks)))}
    joined = list(marks)
    for mark in extra:
        near = (mark.start + sign * off for off in range(SAME_PLACE + 1) for sign in (1, -1))
        at = next((found[start] for start in near if start in found), None)
        if at is None:
            if not mark.is_hidden:
                joined.append(replace(mark, is_hidden=True))
        else:
            known = joined[at]
            joined[at] = replace(known, link=known.link or mark.link, picture=known.picture or mark.picture)
    return joined


def _decode_text(data: bytes) -> str:
    """The text of a sample: UTF-16 where it begins with a byte-order mark, else UTF-8."""
    is_utf16 = data[:2] in (b"\xfe\xff", b"\xff\xfe")
    return clean_title(data.decode("utf-16" if is_utf16 else "utf-8", errors="replace"))


def _linked(boxes: bytes) -> str | None:
    """The web address in a sample's `href` box: two 16-bit places in the text, then the address with its length."""
    data = inside(boxes, b"href")
    return clean_link(data[5 : 5 + data[4]].decode("utf-8", errors="replace")) if len(data) > 5 else None
