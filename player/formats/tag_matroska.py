"""Chapters written into Matroska and WebM files: one edition of the element Chapters.

Must not know other containers. No cluster moves against another, and all other elements keep their bytes: the list goes
where an old one or a Void has room for it, else to the end of the segment. The first SeekHead leads to it, so that a
reader need not step through all of the sound; without room for that entry nothing is written behind the sound.

Of several editions the one that is shown is written anew (the default one, else the first that is not hidden), with its
UID and its flags; the others stay, since each is a list of its own (RFC 9559, 5.1.7 and 20.1). An ordered edition says
which parts of the file are played, and is left alone. A chapter with the same start and title as before keeps its UID,
to which tags may refer. There is no place for links or pictures, and in WebM none for hidden chapters.

RFC 9559: 5.1.1 "SeekHead Element", 5.1.7 "Chapters Element", 20 "Chapters", 24.2 "SeekHead"; webmproject.org, "WebM
Container Guidelines".
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from player.core.model import Mark, Millis
from player.core.phrases import Phrase
from player.core.timecode import parse_timecode
from player.formats.chapter_matroska import CHAPTERS, EBML, NAMES, PARENTS, SEGMENT, TEXTS, chapter_tree, shown_edition
from player.formats.chapter_writing import ChapterDocument, kept_marks
from player.formats.chapter_xml import add_atoms
from player.formats.ebml import CRC_32, VOID, Element, element, elements, filled_to, number_element, read_element, void
from player.formats.tag_checks import UnwritableError, copy_range, hash_of

_SEEK_HEAD, _SEEK, _SEEK_ID, _SEEK_POSITION = 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
_CLUSTER, _DOC_TYPE = 0x1F43B675, 0x4282
_IDS = {name: number for number, name in NAMES.items()}
_EDITION, _ATOM = _IDS["EditionEntry"], _IDS["ChapterAtom"]
_LARGEST_LIST = 16_000_000
_ENDLESS = 1 << 60
_REMEDY = Phrase("reasons", "“mkvmerge -o new.mka FILE” makes a whole one of it")


@dataclass(frozen=True, slots=True)
class _Segment:
    """The first segment of a file, taken apart: the parts in it, and where the file ends."""

    place: Element
    parts: list[Element]
    is_webm: bool
    file_end: int


@dataclass(slots=True)
class _Piece:
    """A part of the new segment: an element that is copied, or room for others, or what was put into that room."""

    part: Element | None
    room: int = 0
    made: bytes = b""

    @property
    def length(self) -> int:
        """How many bytes it takes."""
        return self.part.end - self.part.start if self.part else self.room or len(self.made)


def write_matroska(source: Path, copy: Path, marks: Sequence[Mark], duration: Millis | None) -> None:
    """Write `copy` from `source`, with these chapters instead of its own. Raises `UnwritableError`."""
    del duration
    with source.open("rb") as file, copy.open("wb") as out:
        segment = _taken_apart(file)
        pieces = _arranged(file, segment, _list(file, segment, marks))
        size = sum(piece.length for piece in pieces)
        copy_range(file, out, 0, segment.place.start)
        length = segment.place.header - 4
        out.write(SEGMENT.to_bytes(4, "big"))
        length = length if size < (1 << 7 * length) - 1 else 8
        out.write(((1 << 7 * length) | size).to_bytes(length, "big"))
        for piece in pieces:
            if piece.part:
                copy_range(file, out, piece.part.start, piece.part.end)
            else:
                out.write(piece.made or void(piece.room))
        copy_range(file, out, segment.place.end)


def matroska_keeps(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as Matroska keeps them."""
    return [replace(mark, link=None, picture=None) for mark in kept_marks(marks)]


def webm_keeps(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as WebM keeps them."""
    return [mark for mark in matroska_keeps(marks) if not mark.is_hidden]


def is_webm(path: Path) -> bool:
    """Whether a file says that it is WebM, a part of Matroska."""
    with path.open("rb") as file:
        return _is_webm(file)


def matroska_sound(path: Path) -> list[tuple[int, str]]:
    """Where in its segment each cluster lies, and a hash of it: indexes count from the segment's beginning."""
    with path.open("rb") as file:
        segment = _taken_apart(file)
        start = segment.place.content
        clusters = (part for part in segment.parts if part.name == _CLUSTER)
        return [(part.start - start, hash_of(file, part.start, part.end)) for part in clusters]


def matroska_rest(path: Path) -> list[object]:
    """Hashes of all other elements but lists of chapters and empty room, the editions that stay, and the index."""
    found: list[object] = []
    with path.open("rb") as file:
        segment = _taken_apart(file)
        for part in segment.parts:
            if part.name == _SEEK_HEAD:
                found += [(name, place) for name, place, _ in _entries(file, part) if name != CHAPTERS]
            elif part.name == CHAPTERS:
                editions, shown = _editions(_content(file, part))
                found += [sha256(each).hexdigest() for number, each in enumerate(editions) if number != shown]
            elif part.name not in (VOID, _CLUSTER):
                found.append((part.name, part.start - segment.place.content, hash_of(file, part.start, part.end)))
        before = hash_of(file, 0, segment.place.start)
        return [*found, before, hash_of(file, segment.place.end, segment.file_end)]


# --- taking apart ----------------------------------------------------------------------------------------------------


def _is_webm(file: BinaryIO) -> bool:
    file.seek(0)
    head = read_element(file)
    if head is None or head.name != EBML or head.size is None:
        raise UnwritableError(Phrase("reasons", "its headers are damaged"))
    parts = list(elements(file, head.content, head.end))
    return any(part.name == _DOC_TYPE and _content(file, part).rstrip(b"\0") == b"webm" for part in parts)


def _taken_apart(file: BinaryIO) -> _Segment:
    has_webm = _is_webm(file)
    file.seek(0)
    head = read_element(file)
    end = file.seek(0, 2)
    file.seek(head.end if head else 0)
    place = read_element(file)
    if place is None or place.name != SEGMENT:
        raise UnwritableError(Phrase("reasons", "it does not begin with a segment"))
    if place.size is None:
        raise UnwritableError(
            Phrase("reasons", "it is a live recording that was never closed; {remedy}").filled(remedy=_REMEDY)
        )
    if place.end > end:
        raise UnwritableError(Phrase("reasons", "it is cut: its segment is longer than the file"))
    parts = list(elements(file, place.content, place.end))
    if any(part.size is None for part in parts):
        raise UnwritableError(
            Phrase("reasons", "it is a live recording with parts of unknown length; {remedy}").filled(remedy=_REMEDY)
        )
    if not parts or parts[-1].end != place.end:
        raise UnwritableError(Phrase("reasons", "its elements are damaged; {remedy}").filled(remedy=_REMEDY))
    if parts[0].name == CRC_32 or sum(part.name == CHAPTERS for part in parts) > 1:
        raise UnwritableError(
            Phrase("reasons", "it has two lists of chapters, or a checksum over everything; {remedy}").filled(
                remedy=_REMEDY
            )
        )
    return _Segment(place, parts, has_webm, end)


def _content(file: BinaryIO, part: Element) -> bytes:
    if part.size is None or part.size > _LARGEST_LIST:
        raise UnwritableError(Phrase("reasons", "its elements are too large"))
    file.seek(part.content)
    return file.read(part.size)


def _entries(file: BinaryIO, head: Element) -> Iterator[tuple[int, int, bytes]]:
    """The entries of a SeekHead: the id that each leads to, the place in the segment, and the entry's own bytes."""
    data = _content(file, head)
    for entry in elements(io.BytesIO(data), 0, len(data)):
        if entry.name == _SEEK:
            inner = data[entry.content : entry.end]
            parts = {part.name: inner[part.content : part.end] for part in elements(io.BytesIO(inner), 0, len(inner))}
            name, place = (int.from_bytes(parts.get(each, b""), "big") for each in (_SEEK_ID, _SEEK_POSITION))
            yield name, place, data[entry.start : entry.end]


def _editions(data: bytes) -> tuple[list[bytes], int | None]:
    """The editions of a list, as they are, and which of them is shown."""
    editions = [
        data[part.start : part.end] for part in elements(io.BytesIO(data), 0, len(data)) if part.name == _EDITION
    ]
    root = chapter_tree(data)
    shown = shown_edition(root)
    if len(root) != len(editions):
        raise UnwritableError(Phrase("reasons", "its list of chapters is damaged"))
    return editions, None if shown is None else list(root).index(shown)


# --- the list --------------------------------------------------------------------------------------------------------


def _list(file: BinaryIO, segment: _Segment, marks: Sequence[Mark]) -> bytes:
    """The content of the new list: the edition with these chapters among the others."""
    old = next((_content(file, part) for part in segment.parts if part.name == CHAPTERS), b"")
    editions, shown = _editions(old)
    tree = ElementTree.Element("EditionEntry")
    entries = ChapterDocument(webm_keeps(marks) if segment.is_webm else marks).all_entries()
    add_atoms(tree, entries)
    if shown is None:
        head = b"" if segment.is_webm else number_element(_IDS["EditionFlagDefault"], 1)
        known = None
    else:
        head, known = _head(editions[shown]), shown_edition(chapter_tree(old))
    _name_atoms(tree, known, chapter_tree(b"".join(each for at, each in enumerate(editions) if at != shown)))
    atoms = [_stored(atom, is_webm=segment.is_webm) for atom in tree]
    made = element(_EDITION, head, *atoms)
    if shown is None:
        return b"".join([made, *editions])
    return b"".join(made if number == shown else each for number, each in enumerate(editions))


def _head(edition: bytes) -> bytes:
    """What an edition says of itself: its UID, its flags, its names."""
    file = io.BytesIO(edition)
    outer = read_element(file)
    parts = list(elements(file, outer.content, outer.end)) if outer else []
    ordered = _IDS["EditionFlagOrdered"]
    if any(part.name == ordered and edition[part.content : part.end].strip(b"\0") for part in parts):
        raise UnwritableError(Phrase("reasons", "its chapters say which parts of it are played, and in what order"))
    return b"".join(edition[part.start : part.end] for part in parts if part.name not in (_ATOM, VOID, CRC_32))


def _name_atoms(tree: ElementTree.Element, old: ElementTree.Element | None, others: ElementTree.Element) -> None:
    """Give each atom the UID that it had, else one of its own, the same whenever the same list is written."""
    known = {_key(atom): _uid(atom) for atom in (old.iter("ChapterAtom") if old is not None else ())}
    taken = {0, *map(_uid, others.iter("ChapterAtom"))}
    for atom in tree.iter("ChapterAtom"):
        key = _key(atom)
        uid, tries = known.get(key, 0), 0
        while uid in taken:
            tries += 1
            uid = int.from_bytes(sha256(f"{key} {tries}".encode()).digest()[:8], "big")
        taken.add(uid)
        place = atom.find("ChapterUID")
        if place is not None:
            place.text = str(uid)


def _key(atom: ElementTree.Element) -> tuple[Millis | None, str]:
    """The start and the title of a chapter."""
    return parse_timecode(atom.findtext("ChapterTimeStart") or ""), atom.findtext("ChapterDisplay/ChapterString") or ""


def _uid(atom: ElementTree.Element) -> int:
    return int(atom.findtext("ChapterUID") or 0)


def _stored(node: ElementTree.Element, *, is_webm: bool) -> bytes:
    """A node as an element. WebM knows no flags of chapters."""
    name = node.tag
    if name in PARENTS:
        children = [child for child in node if not (is_webm and "Flag" in child.tag)]
        return element(_IDS[name], *(_stored(child, is_webm=is_webm) for child in children))
    text = node.text or ""
    if name in TEXTS:
        return element(_IDS[name], text.encode())
    return number_element(_IDS[name], (parse_timecode(text) or 0) * 1_000_000 if "Time" in name else int(text))


# --- putting together ------------------------------------------------------------------------------------------------


def _arranged(file: BinaryIO, segment: _Segment, content: bytes) -> list[_Piece]:
    """The pieces of the new segment, the list and the index that leads to it among them."""
    pieces = _with_room(segment)
    is_listed = _make_indexes(file, pieces)
    sound = next((at for at, piece in enumerate(pieces) if piece.part and piece.part.name == _CLUSTER), len(pieces))
    needed = len(element(CHAPTERS, content))
    fitting = [at for at, piece in enumerate(pieces) if piece.room >= needed]
    # The room behind the index is taken last: it is there for the index to grow.
    place = min(fitting, key=lambda at: (at > sound, bool(at and pieces[at - 1].made), at))
    if place > sound and not is_listed:
        raise UnwritableError(
            Phrase(
                "reasons", "it has no room before the sound, neither for them nor for a note where they are; {remedy}"
            ).filled(remedy=_REMEDY)
        )
    if pieces[place].room > _ENDLESS // 2:
        pieces[place] = _Piece(None, 0, element(CHAPTERS, content))
    else:
        pieces[place] = _Piece(None, 0, filled_to(CHAPTERS, content, pieces[place].room))
        pieces.pop()
    if is_listed:
        _point_to(pieces, sum(piece.length for piece in pieces[:place]))
    return pieces


def _with_room(segment: _Segment) -> list[_Piece]:
    """What stays, and the room between it where Voids and the old list lay; at the end there is room for anything."""
    pieces: list[_Piece] = []
    for part in segment.parts:
        if part.name not in (VOID, CHAPTERS):
            pieces.append(_Piece(part))
        elif pieces and pieces[-1].part is None:
            pieces[-1].room += part.end - part.start
        else:
            pieces.append(_Piece(None, part.end - part.start))
    if pieces and pieces[-1].part is None:
        pieces.pop()
    return [*pieces, _Piece(None, _ENDLESS)]


def _make_indexes(file: BinaryIO, pieces: list[_Piece]) -> bool:
    """Write anew the first SeekHead, and others that lead to the old list; whether the first has an entry for the new.

    The entry leads to place 0 until `_point_to` is called.
    """
    is_listed = is_first = True
    for at, piece in enumerate(pieces):
        if piece.part is None or piece.part.name != _SEEK_HEAD:
            continue
        found = list(_entries(file, piece.part))
        entries = [raw for name, _, raw in found if name != CHAPTERS]
        room = piece.length + (pieces[at + 1].room if pieces[at + 1].room < _ENDLESS // 2 else 0)
        content = b"".join([*entries, _entry(0)] if is_first else entries)
        if is_first and not _fits(content, room):
            content, is_listed = b"".join(entries), False
        if is_first or len(entries) < len(found):
            _replace(pieces, at, content, room)
        is_first = False
    return is_listed and not is_first


def _fits(content: bytes, room: int) -> bool:
    return len(element(_SEEK_HEAD, content)) <= room


def _replace(pieces: list[_Piece], at: int, content: bytes, room: int) -> None:
    """Put a SeekHead into its own room and the one behind it; what is left of that stays room."""
    made = element(_SEEK_HEAD, content)
    left = room - len(made)
    has_room_behind = 0 < pieces[at + 1].room < _ENDLESS // 2
    if left == 1 or not has_room_behind:
        made, left = filled_to(_SEEK_HEAD, content, room), 0
    pieces[at] = _Piece(None, 0, made)
    if has_room_behind:
        pieces[at + 1].room = left


def _entry(place: int) -> bytes:
    """An entry for the list, of the same length wherever that lies."""
    name = element(_SEEK_ID, CHAPTERS.to_bytes(4, "big"))
    return element(_SEEK, name, element(_SEEK_POSITION, place.to_bytes(8, "big")))


def _point_to(pieces: list[_Piece], place: int) -> None:
    """Let the entry for the list lead to its place in the segment."""
    for piece in pieces:
        if piece.made.startswith(_SEEK_HEAD.to_bytes(4, "big")):
            piece.made = piece.made.replace(_entry(0), _entry(place), 1)
            return
