"""Chapters written into MP4 files: QuickTime tracks of titles, links and pictures, and Nero's `chpl` box beside them.

Must not know other containers, nor how a track is stored (`mp4_tracks`). Only `moov` is written anew, where it stands;
all other boxes keep their bytes, the samples of the tracks follow at the end, and offsets to samples move with what
they point to.

The tracks are those that Auphonic writes for Apple's players: one with the titles; one with the same titles and the
links (the same, because FFmpeg takes the last text track for the titles); one of pictures, all JPEG or all PNG (because
FFmpeg takes them all for one kind), each of which lasts until the next. Other pictures, and those on the web, have no
place.

ISO/IEC 14496-12, 8; QuickTime File Format, "Chapter lists".
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from player.core.model import Mark, Millis, Picture
from player.core.phrases import Phrase
from player.formats.chapter_mp4 import (
    MOST_PICTURE_BYTES,
    MOST_PICTURES,
    PICTURE_HANDLER,
    SAME_PLACE,
    TEXT_HANDLERS,
    sample_places,
)
from player.formats.chapter_pictures import LARGEST_PICTURE, embedded_picture, picture_size
from player.formats.chapter_writing import ChapterDocument, Entry, kept_marks
from player.formats.mp4_boxes import LARGEST_MOOV, Place, box, boxes, full_box, inside, numbers, top_boxes
from player.formats.mp4_tracks import SCALE, NewTrack, SampleStore, picture_sample, text_sample, track_box
from player.formats.tag_checks import UnwritableError, add_to_hash, copy_range

_MOST_NERO = 255
_LONGEST_NERO = 255
_LONGEST_TITLE = 32_000
_LONGEST_LINK = 255
_LARGEST_TIME = 0xFFFFFFFF
_MOST_SAMPLES = 20_000_000
_UNTOUCHABLE = (b"moof", b"meta", b"mfra")
Boxes = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Movie:
    """A file taken apart: where its boxes lie, and the tracks, of which those of chapters are left out.

    `referring` are the tracks that named chapters, `others` what they named besides those that were left out; `number`
    is free for a new track.
    """

    moov: Place
    end: int
    boxes: Boxes
    tracks: list[Boxes]
    referring: set[int]
    others: list[int]
    number: int
    scale: int


def write_mp4(source: Path, copy: Path, marks: Sequence[Mark], duration: Millis | None) -> None:
    """Write `copy` from `source`, with these chapters instead of its own. Raises `UnwritableError`."""
    entries, tracks = ChapterDocument(marks).entries(), _tracks(marks)
    with source.open("rb") as file, copy.open("wb") as out:
        movie = _taken_apart(file)
        length = max(duration or 0, entries[-1].end or 0, *(track.samples[-1].start + 1 for track in tracks))
        latest = max(track.samples[0].start for track in tracks) * movie.scale // SCALE
        if max(length, latest) > _LARGEST_TIME:
            raise UnwritableError(Phrase("reasons", "its chapters lie further on than MP4 can say (49 days)"))
        grown = len(_made(movie, entries, tracks, length, SampleStore(movie.end + 8))) - movie.moov.size
        store = SampleStore(movie.end + grown + 8)
        made = _made(movie, entries, tracks, length, store)
        copy_range(file, out, 0, movie.moov.start)
        out.write(made)
        copy_range(file, out, movie.moov.start + movie.moov.size, movie.end)
        out.write(box(b"mdat", *store.data))


def mp4_sound(path: Path) -> str:
    """A hash of every sample of all tracks but those of chapters, in their order."""
    found = sha256()
    with path.open("rb") as file:
        moov = content_of(file, only_moov(list(top_boxes(file))))
        tracks = [boxes_filling(track) for kind, track in boxes(moov) if kind == b"trak"]
        chapters = _chapter_tracks(tracks)
        for track in tracks:
            if _number(track) not in chapters:
                table = inside(_part(track, b"mdia"), b"minf", b"stbl")
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
        rest = list(_tags(inside(content_of(file, only_moov(places)), b"udta")))
        others = [place for place in places if place.kind not in (b"moov", b"mdat", b"free", b"skip", b"wide")]
        return rest + [(place.kind, sha256(content_of(file, place)).hexdigest()) for place in others]


def _tags(udta: bytes) -> Iterator[tuple[bytes, str]]:
    """Hashes of all boxes but `chpl`; of iTunes' tags, of each for itself."""
    for kind, content in boxes(udta):
        if kind != b"meta" or content[4:8] == b"hdlr":
            if kind != b"chpl":
                yield kind, sha256(content).hexdigest()
            continue
        for name, part in boxes(content[4:]):
            if name == b"ilst":
                yield from ((b"ilst " + tag, sha256(value).hexdigest()) for tag, value in boxes(part))
            elif name != b"free":
                yield b"meta " + name, sha256(part).hexdigest()


# --- taking apart ----------------------------------------------------------------------------------------------------


def only_moov(places: Sequence[Place]) -> Place:
    """The `moov` box of a file that can be written anew. Raises `UnwritableError`."""
    found = [place for place in places if place.kind == b"moov"]
    if len(found) != 1 or any(place.kind in _UNTOUCHABLE for place in places):
        raise UnwritableError(
            Phrase("reasons", "it is an MP4 file in fragments, or one with items; convert it into a plain one first")
        )
    return found[0]


def content_of(file: BinaryIO, place: Place) -> bytes:
    """What is in a box. Raises `UnwritableError` when it is too large."""
    if place.size > LARGEST_MOOV:
        raise UnwritableError(Phrase("reasons", "its boxes are too large"))
    file.seek(place.start + place.header)
    return file.read(place.size - place.header)


def boxes_filling(data: bytes) -> Boxes:
    """The boxes in a box, if they fill it: what is rebuilt must have been understood."""
    found = list(boxes(data))
    used = sum(8 + len(content) for _, content in found)
    if used != len(data) and (used > len(data) or data[used:].strip(b"\0")):
        raise UnwritableError(Phrase("reasons", "its boxes are damaged"))
    return found


def _taken_apart(file: BinaryIO) -> _Movie:
    places = list(top_boxes(file))
    moov, end = only_moov(places), file.seek(0, 2)
    last = places[-1]
    file.seek(last.start)
    if last.start + last.size != end or file.read(4) == bytes(4):
        raise UnwritableError(Phrase("reasons", "its last box does not end where the file does"))
    content = content_of(file, moov)
    parts = boxes_filling(content)
    tracks = [boxes_filling(part) for kind, part in parts if kind == b"trak"]
    chapters = _chapter_tracks(tracks)
    kept = [track for track in tracks if _number(track) not in chapters]
    if any(inside(_part(track, b"mdia"), b"minf", b"stbl", b"saio") for track in kept):
        raise UnwritableError(Phrase("reasons", "it is protected"))
    named = {number for track in tracks for number in _references(track)}
    others = [_number(track) for track in kept if _number(track) in named]
    referring = {_number(track) for track in kept if _references(track)}
    sound = [_number(track) for track in kept if _handler(track) == b"soun"]
    if not sound:
        raise UnwritableError(Phrase("reasons", "it has no track of sound"))
    header = _part(_as_track(parts), b"mvhd")
    at = 20 if header[:1] == b"\1" else 12
    if len(header) < at + 8:
        raise UnwritableError(Phrase("reasons", "its boxes are damaged"))
    scale = struct.unpack_from(">I", header, at)[0]
    number = max(map(_number, tracks)) + 1
    old = [track for track in tracks if _number(track) in chapters]
    return _Movie(moov, _end(last, old, kept, end), parts, kept, referring or {sound[0]}, others, number, scale)


def _chapter_tracks(tracks: Sequence[Boxes]) -> set[int]:
    """The numbers of the tracks that others name as their chapters: texts, and pictures one by one (no film)."""
    named = {number for track in tracks for number in _references(track)}
    return {number for track in tracks if (number := _number(track)) in named and _is_of_chapters(track)}


def _is_of_chapters(track: Boxes) -> bool:
    kinds = inside(_part(track, b"mdia"), b"minf", b"stbl", b"stsd")[12:16]
    handler = _handler(track)
    return handler in TEXT_HANDLERS or (handler == PICTURE_HANDLER and kinds in (b"jpeg", b"png "))


def _end(last: Place, old: Sequence[Boxes], kept: Sequence[Boxes], end: int) -> int:
    """Where the file ends without a last box that holds nothing but the texts and pictures of the old chapters."""

    def is_in(tracks: Sequence[Boxes]) -> bool:
        return any(last.start <= place < end for track in tracks for place in _offsets(track))

    return last.start if last.kind == b"mdat" and is_in(old) and not is_in(kept) else end


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
    movie: _Movie, entries: Sequence[Entry], tracks: Sequence[NewTrack], length: Millis, store: SampleStore
) -> bytes:
    """The new `moov` box; `store` says where the samples will lie, and gets them."""
    grown = store.start - movie.end - 8
    numbers_of = list(range(movie.number, movie.number + len(tracks)))
    names = [*numbers_of, *movie.others]
    made = []
    for kind, content in movie.boxes:
        if kind == b"mvhd":
            made.append(box(kind, content[:-4], struct.pack(">I", numbers_of[-1] + 1)))
        elif kind not in (b"trak", b"udta"):
            made.append(box(kind, content))
    made += [_moved(track, movie, names, grown) for track in movie.tracks]
    made += [
        track_box(track, number, movie.scale, length, store) for number, track in zip(numbers_of, tracks, strict=True)
    ]
    rest = [box(kind, part) for kind, part in boxes_filling(_part(movie.boxes, b"udta")) if kind != b"chpl"]
    made.append(box(b"udta", *rest, _nero(entries)))
    return box(b"moov", *made)


def _moved(track: Boxes, movie: _Movie, names: Sequence[int], grown: int) -> bytes:
    """A track whose samples behind `moov` lie further on, and that names the new tracks if it named the old ones."""
    made = []
    chapters = box(b"chap", struct.pack(f">{len(names)}I", *names))
    is_referring = _number(track) in movie.referring
    for kind, content in track:
        if kind == b"tref":
            others = [box(name, part) for name, part in boxes_filling(content) if name != b"chap"]
            if others and not is_referring:
                made.append(box(kind, *others))
            elif is_referring:
                made.append(box(kind, *others, chapters))
        elif kind == b"mdia":
            if is_referring and not _part(track, b"tref"):
                made.append(box(b"tref", chapters))
            made.append(shifted(kind, content, movie.moov.start, grown))
        else:
            made.append(box(kind, content))
    return box(b"trak", *made)


def shifted(kind: bytes, content: bytes, behind: int, grown: int) -> bytes:
    """A box with the offsets in it moved, where they point behind `moov`."""
    if kind in (b"mdia", b"minf", b"stbl"):
        return box(kind, *(shifted(name, part, behind, grown) for name, part in boxes_filling(content)))
    if kind not in (b"stco", b"co64"):
        return box(kind, content)
    form = "I" if kind == b"stco" else "Q"
    rows = [row for (row,) in numbers(content, f">{form}", 4, _MOST_SAMPLES)]
    moved = [row + grown if row > behind else row for row in rows]
    if kind == b"stco" and max(moved, default=0) >= 1 << 32:
        raise UnwritableError(Phrase("reasons", "its samples would lie further on than its tables can say (4 GB)"))
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


# --- what is written into tracks -------------------------------------------------------------------------------------


def _tracks(marks: Sequence[Mark]) -> list[NewTrack]:
    """The tracks that hold these marks: titles; the same with links, if there are any; pictures, if there are any."""
    kept = mp4_keeps(marks)
    seen = [mark for mark in kept if not mark.is_hidden]
    rows = [(mark, mark.title.encode()) for mark in seen]
    tracks = [NewTrack(b"text", [text_sample(mark.start, title, len(mark.title)) for mark, title in rows])]
    if any(mark.link for mark in seen):
        links = [text_sample(m.start, title, len(m.title), (m.link or "").encode()) for m, title in rows]
        tracks.append(NewTrack(b"text", links))
    samples, sizes = [], []
    for mark in kept:
        data = mark.picture.data if mark.picture else None
        size = picture_size(data) if data else None
        if data and size:
            samples.append(picture_sample(mark.start, data, size, is_png=data[:1] == b"\x89"))
            sizes.append(size)
    if samples:
        tracks.append(NewTrack(b"vide", samples, (max(w for w, _ in sizes), max(h for _, h in sizes))))
    return tracks


def mp4_keeps(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as MP4 keeps them: pictures as JPEG or PNG, links up to 255 bytes, and of hidden marks the pictures.

    Where there are both kinds of pictures, those of the rarer one are left out. A picture lasts until the next one, so
    that a chapter without one of its own does not end it; one that begins within a tenth of a second of a chapter would
    be taken for that chapter's.
    """
    kept: list[Mark] = []
    whole = kept_marks(marks)
    starts = [mark.start for mark in whole if not mark.is_hidden]
    shown: Picture | None = None
    taken: set[Millis] = set()
    room, count = MOST_PICTURE_BYTES, 0
    storable = [_storable(mark.picture) for mark in whole]
    kinds = Counter(picture.media_type for picture in storable if picture)
    for mark, picture in zip(whole, storable, strict=True):
        size = len(picture.data or b"") if picture else 0
        is_lost = size > room or count >= MOST_PICTURES or mark.start in taken
        is_lost |= picture is not None and picture.media_type != kinds.most_common(1)[0][0]
        if mark.is_hidden:
            is_lost |= picture == shown or any(abs(mark.start - start) <= SAME_PLACE for start in starts)
        held = None if is_lost else picture
        if held is not None:
            shown, room, count = held, room - size, count + 1
            taken.add(mark.start)
        if not mark.is_hidden:
            link = mark.link if len((mark.link or "").encode()) <= _LONGEST_LINK else None
            kept.append(Mark(mark.start, _cut(mark.title, _LONGEST_TITLE).decode(), None, link, held))
        elif held is not None:
            kept.append(Mark(mark.start, "", None, None, held, is_hidden=True))
    return kept


def _storable(picture: Picture | None) -> Picture | None:
    """A picture that a track can hold, its type by its bytes."""
    data = picture.data if picture else None
    return embedded_picture(data) if data and len(data) <= LARGEST_PICTURE and picture_size(data) else None
