"""Chapters written into MP4 files: a QuickTime track of texts, and Nero's `chpl` box beside it.

Must not know other containers. Only `moov` is written anew, where it stands; all other boxes keep their bytes, the
texts of the track follow at the end, and offsets to samples move with what they point to. Pictures of chapters stay.

ISO/IEC 14496-12, 8; QuickTime File Format, "Chapter lists", "Text sample description", "Hypertext sample extension".
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from player.core.model import Mark, Millis
from player.formats.chapter_mp4 import TEXT_HANDLERS, sample_places
from player.formats.chapter_writing import ChapterDocument, Entry
from player.formats.mp4_boxes import LARGEST_MOOV, Place, box, boxes, full_box, inside, numbers, top_boxes
from player.formats.tag_checks import UnwritableError, add_to_hash, copy_range

_SCALE = 1000
_MOST_NERO = 255
_LONGEST_NERO = 255
_LONGEST_TITLE = 32_000
_LONGEST_LINK = 255
_MOST_SAMPLES = 20_000_000
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNTOUCHABLE = (b"moof", b"meta", b"mfra")
Boxes = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Movie:
    """A file taken apart: where its boxes lie, and the tracks, of which those of chapter titles are left out."""

    moov: Place
    end: int
    boxes: Boxes
    tracks: list[Boxes]
    referring: set[int]
    pictures: list[int]
    number: int
    scale: int


def write_mp4(source: Path, copy: Path, marks: Sequence[Mark], duration: Millis | None) -> None:
    """Write `copy` from `source`, with these chapters instead of its own. Raises `UnwritableError`."""
    entries = ChapterDocument(marks).entries()
    samples = [_sample(entry) for entry in entries]
    with source.open("rb") as file, copy.open("wb") as out:
        movie = _taken_apart(file)
        length = max(duration or 0, entries[-1].end or 0, entries[-1].mark.start + 1)
        made = _made(movie, entries, samples, length, 0, 0)
        grown = len(made) - movie.moov.size
        made = _made(movie, entries, samples, length, grown, movie.end + grown + 8)
        copy_range(file, out, 0, movie.moov.start)
        out.write(made)
        copy_range(file, out, movie.moov.start + movie.moov.size, movie.end)
        out.write(box(b"mdat", *samples))


def mp4_sound(path: Path) -> str:
    """A hash of every sample of the tracks of sound and pictures, in their order."""
    found = sha256()
    with path.open("rb") as file:
        moov = _content(file, _only_moov(list(top_boxes(file))))
        for kind, track in boxes(moov):
            if kind == b"trak" and inside(track, b"mdia", b"hdlr")[8:12] not in TEXT_HANDLERS:
                table = inside(track, b"mdia", b"minf", b"stbl")
                _hash_samples(found.update, file, sample_places(table, _MOST_SAMPLES))
    return found.hexdigest()


def _hash_samples(update: Callable[[bytes], None], file: BinaryIO, places: Sequence[tuple[int, int]]) -> None:
    """Hash samples, those that lie side by side in one go."""
    start = end = 0
    each = sha256()
    for offset, size in [*places, (-1, 0)]:
        if offset != end:
            add_to_hash(each, file, start, end)
            start = offset
        end = offset + size
    update(each.digest() + str(len(places)).encode())


def mp4_rest(path: Path) -> list[tuple[bytes, str]]:
    """Hashes of all tags (`udta` without `chpl`), and of all boxes outside `moov` that are no samples."""
    with path.open("rb") as file:
        places = list(top_boxes(file))
        udta = inside(_content(file, _only_moov(places)), b"udta")
        rest = [(kind, sha256(content).hexdigest()) for kind, content in boxes(udta) if kind != b"chpl"]
        others = [place for place in places if place.kind not in (b"moov", b"mdat", b"free", b"skip", b"wide")]
        return rest + [(place.kind, sha256(_content(file, place)).hexdigest()) for place in others]


# --- taking apart ----------------------------------------------------------------------------------------------------


def _only_moov(places: Sequence[Place]) -> Place:
    found = [place for place in places if place.kind == b"moov"]
    if len(found) != 1 or any(place.kind in _UNTOUCHABLE for place in places):
        raise UnwritableError("it is an MP4 file in fragments, or one with items; convert it into a plain one first")
    return found[0]


def _content(file: BinaryIO, place: Place) -> bytes:
    if place.size > LARGEST_MOOV:
        raise UnwritableError("its boxes are too large")
    file.seek(place.start + place.header)
    return file.read(place.size - place.header)


def _children(data: bytes) -> Boxes:
    """The boxes in a box, if they fill it: what is rebuilt must have been understood."""
    found = list(boxes(data))
    used = sum(8 + len(content) for _, content in found)
    if used != len(data) and (used > len(data) or data[used:].strip(b"\0")):
        raise UnwritableError("its boxes are damaged")
    return found


def _taken_apart(file: BinaryIO) -> _Movie:
    places = list(top_boxes(file))
    moov, end = _only_moov(places), file.seek(0, 2)
    last = places[-1]
    file.seek(last.start)
    if last.start + last.size != end or file.read(4) == bytes(4):
        raise UnwritableError("its last box does not end where the file does")
    content = _content(file, moov)
    parts = _children(content)
    tracks = [_children(part) for kind, part in parts if kind == b"trak"]
    named = {number for track in tracks for number in _references(track)}
    texts = [track for track in tracks if _number(track) in named and _handler(track) in TEXT_HANDLERS]
    kept = [track for track in tracks if not any(track is text for text in texts)]
    if any(inside(_part(track, b"mdia"), b"minf", b"stbl", b"saio") for track in kept):
        raise UnwritableError("it is protected")
    pictures = [_number(track) for track in kept if _number(track) in named]
    referring = {_number(track) for track in kept if _references(track)}
    sound = [_number(track) for track in kept if _handler(track) == b"soun"]
    if not sound:
        raise UnwritableError("it has no track of sound")
    header = _part(_as_track(parts), b"mvhd")
    at = 20 if header[:1] == b"\1" else 12
    if len(header) < at + 8:
        raise UnwritableError("its boxes are damaged")
    scale = struct.unpack_from(">I", header, at)[0]
    number = max(map(_number, tracks)) + 1
    return _Movie(moov, _end(last, texts, kept, end), parts, kept, referring or {sound[0]}, pictures, number, scale)


def _end(last: Place, texts: Sequence[Boxes], kept: Sequence[Boxes], end: int) -> int:
    """Where the file ends without a last box that holds nothing but the texts of the old chapters."""

    def is_in(tracks: Sequence[Boxes]) -> bool:
        return any(last.start <= place < end for track in tracks for place in _offsets(track))

    return last.start if last.kind == b"mdat" and is_in(texts) and not is_in(kept) else end


def _as_track(parts: Boxes) -> Boxes:
    return [part for part in parts if part[0] != b"trak"]


def _part(parts: Boxes, kind: bytes) -> bytes:
    return next((content for found, content in parts if found == kind), b"")


def _number(track: Boxes) -> int:
    header = _part(track, b"tkhd")
    at = 20 if header[:1] == b"\1" else 12
    return int(struct.unpack_from(">I", header, at)[0]) if len(header) >= at + 4 else 0


def _handler(track: Boxes) -> bytes:
    return inside(_part(track, b"mdia"), b"hdlr")[8:12]


def _references(track: Boxes) -> tuple[int, ...]:
    data = inside(_part(track, b"tref"), b"chap")
    return struct.unpack(f">{len(data) // 4}I", data[: len(data) // 4 * 4])


def _offsets(track: Boxes) -> list[int]:
    table = inside(_part(track, b"mdia"), b"minf", b"stbl")
    rows = numbers(inside(table, b"stco"), ">I", 4, _MOST_SAMPLES) or numbers(
        inside(table, b"co64"), ">Q", 4, _MOST_SAMPLES
    )
    return [place for (place,) in rows]


# --- putting together ------------------------------------------------------------------------------------------------


def _made(
    movie: _Movie, entries: Sequence[Entry], samples: Sequence[bytes], length: Millis, grown: int, place: int
) -> bytes:
    """The new `moov` box: `grown` is what it is longer than the old one, `place` where the texts will lie."""
    made = []
    for kind, content in movie.boxes:
        if kind == b"mvhd":
            made.append(box(kind, content[:-4], struct.pack(">I", movie.number + 1)))
        elif kind not in (b"trak", b"udta"):
            made.append(box(kind, content))
    made += [_moved(track, movie, grown) for track in movie.tracks]
    made.append(_text_track(movie, entries, samples, length, place))
    rest = [box(kind, part) for kind, part in _children(_part(movie.boxes, b"udta")) if kind != b"chpl"]
    made.append(box(b"udta", *rest, _nero(entries)))
    return box(b"moov", *made)


def _moved(track: Boxes, movie: _Movie, grown: int) -> bytes:
    """A track whose samples behind `moov` lie further on, and that names the new track if it named the old one."""
    made = []
    is_referring = _number(track) in movie.referring
    for kind, content in track:
        if kind == b"tref":
            others = [box(name, part) for name, part in _children(content) if name != b"chap"]
            if others and not is_referring:
                made.append(box(kind, *others))
            elif is_referring:
                made.append(box(kind, *others, _names(movie)))
        elif kind == b"mdia":
            if is_referring and not _part(track, b"tref"):
                made.append(box(b"tref", _names(movie)))
            made.append(_shifted(kind, content, movie.moov.start, grown))
        else:
            made.append(box(kind, content))
    return box(b"trak", *made)


def _names(movie: _Movie) -> bytes:
    numbers_of = [movie.number, *movie.pictures]
    return box(b"chap", struct.pack(f">{len(numbers_of)}I", *numbers_of))


def _shifted(kind: bytes, content: bytes, behind: int, grown: int) -> bytes:
    """A box with the offsets in it moved, where they point behind `moov`."""
    if kind in (b"mdia", b"minf", b"stbl"):
        return box(kind, *(_shifted(name, part, behind, grown) for name, part in _children(content)))
    if kind not in (b"stco", b"co64"):
        return box(kind, content)
    form = "I" if kind == b"stco" else "Q"
    rows = [row for (row,) in numbers(content, f">{form}", 4, _MOST_SAMPLES)]
    moved = [row + grown if row > behind else row for row in rows]
    if kind == b"stco" and max(moved, default=0) >= 1 << 32:
        raise UnwritableError("its samples would lie further on than its tables can say (4 GB)")
    return box(kind, content[:4], struct.pack(f">I{len(moved)}{form}", len(moved), *moved))


def _nero(entries: Sequence[Entry]) -> bytes:
    """The `chpl` box, empty where there are more entries than it can hold."""
    if len(entries) > _MOST_NERO:
        return b""
    rows = []
    for entry in entries:
        title = _cut(entry.title, _LONGEST_NERO)
        rows.append(struct.pack(">QB", entry.mark.start * 10_000, len(title)) + title)
    return full_box(b"chpl", bytes(4), bytes([len(entries)]), *rows, version=1)


def _cut(text: str, most: int) -> bytes:
    """A text in UTF-8, cut between two characters."""
    return text.encode()[:most].decode(errors="ignore").encode()


def _sample(entry: Entry) -> bytes:
    title = _cut(entry.title, _LONGEST_TITLE)
    link = (entry.mark.link or "").encode()
    sample = struct.pack(">H", len(title)) + title + box(b"encd", struct.pack(">I", 0x100))
    if 0 < len(link) <= _LONGEST_LINK:
        place = struct.pack(">HHB", 0, min(len(entry.title), 0xFFFF), len(link))
        sample += box(b"href", place, link, b"\0")
    return sample


def _text_track(movie: _Movie, entries: Sequence[Entry], samples: Sequence[bytes], length: Millis, place: int) -> bytes:
    """A track that is shown to nobody, with one sample for each chapter and all of them in one chunk."""
    first = round(entries[0].mark.start * movie.scale / _SCALE)
    starts = [round(first * _SCALE / movie.scale) if movie.scale else 0, *(each.mark.start for each in entries[1:])]
    lasts = [max(after - start, 0) for start, after in zip(starts, [*starts[1:], length], strict=True)]
    shown = min(round(sum(lasts) * movie.scale / _SCALE), 0xFFFFFFFF - first)
    head = struct.pack(">IIIII", 0, 0, movie.number, 0, first + shown)
    parts = [full_box(b"tkhd", head, bytes(16), _MATRIX, bytes(8), flags=2)]
    if first:
        rows = struct.pack(">I", 2) + struct.pack(">IiI", first, -1, 0x10000) + struct.pack(">IiI", shown, 0, 0x10000)
        parts.append(box(b"edts", full_box(b"elst", rows)))
    media = full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, _SCALE, sum(lasts), 0x55C4, 0))
    handler = full_box(b"hdlr", b"mhlrtext", bytes(12), b"\0")
    base = box(
        b"gmhd", full_box(b"gmin", struct.pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0)), box(b"text", _MATRIX)
    )
    data = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1)))
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), _description()),
        full_box(b"stts", struct.pack(">I", len(lasts)), *(struct.pack(">II", 1, each) for each in lasts)),
        full_box(b"stsc", struct.pack(">IIII", 1, 1, len(samples), 1)),
        full_box(b"stsz", struct.pack(f">II{len(samples)}I", 0, len(samples), *map(len, samples))),
        full_box(b"co64", struct.pack(">IQ", 1, place)),
    )
    return box(b"trak", *parts, box(b"mdia", media, handler, box(b"minf", base, data, table)))


def _description() -> bytes:
    """How QuickTime shows the texts: plainly."""
    entry = struct.pack(">II", 1, 1) + bytes(6 + 8 + 8) + struct.pack(">HHBH", 0, 0, 0, 0) + bytes(6) + b"\0"
    return box(b"text", bytes(6), struct.pack(">H", 1), entry)
