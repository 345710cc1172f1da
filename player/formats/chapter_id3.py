"""Chapters and names in ID3v2 tags (2.2, 2.3, 2.4): the frames CHAP, CTOC and a few texts.

Must not know the file around the tag, nor how frames are stored (`id3_frames`). A reader of our own, because mutagen
keeps only one of several chapters with the same id, and takes minutes over a damaged tag whose text frame swallows a
picture.

id3.org: "ID3v2 Chapter Frame Addendum v1.0". OverDrive's markers stand in a TXXX frame as a small XML document;
foobar2000 and others put a CUE sheet into one, called CUESHEET.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from player.core.character_references import unescaped
from player.core.model import Mark, Picture
from player.core.timecode import parse_timecode
from player.formats.chapter_cue import read_cue
from player.formats.chapter_pictures import LARGEST_PICTURE, embedded_picture, linked_picture
from player.formats.chapter_words import clean_link, clean_title
from player.formats.id3_frames import content, read_raw_tag, walk

_LARGEST_TEXT = 8192
_LARGEST_MARKERS = 1_000_000
_MOST_CHAPTERS = 20_000
_DEEPEST = 16
_NOT_GIVEN = 0xFFFFFFFF
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_NAMES = {b"TIT2": "title", b"TT2": "title", b"TPE1": "artist", b"TP1": "artist", b"TALB": "album", b"TAL": "album"}
_WANTED = {*_NAMES, b"CHAP", b"CTOC", b"TXXX"}
_LINK_AS_TYPE = "-->"
_FRONT_COVER = 3
_MARKER = re.compile(r"<Marker>\s*<Name>([^<]{0,2000})</Name>\s*<Time>\s*([\d:.]{1,20})\s*</Time>", re.IGNORECASE)


@dataclass(slots=True)
class Id3Tag:
    """What was read: `names` by `title`, `artist` and `album`; `marks` in order of start, hidden ones, too."""

    names: dict[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of contents: its own id, and the ids that it names, of chapters and of further tables."""

    key: bytes
    children: tuple[bytes, ...]


def read_id3(file: BinaryIO) -> Id3Tag | None:
    """Read the tag that begins where `file` stands; None where none begins. Broken frames are left out."""
    raw = read_raw_tag(file)
    if raw is None:
        return None
    tag = Id3Tag()
    chapters: list[tuple[bytes, Mark]] = []
    tables: list[_Table] = []
    markers: list[Mark] = []
    for frame in raw.frames():
        if frame.name not in _WANTED:
            continue
        body = content(frame, raw.version, is_unsynchronised=raw.is_unsynchronised)
        if frame.name in _NAMES:
            tag.names[_NAMES[frame.name]] = tag.names.get(_NAMES[frame.name]) or _text(body)
        elif frame.name == b"CHAP" and len(chapters) < _MOST_CHAPTERS:
            chapters += _chapter(body, raw.version)
        elif frame.name == b"CTOC":
            tables += _table(body)
        elif frame.name == b"TXXX":
            markers = markers or list(_markers(body))
    tag.marks = tuple(sorted(_placed(chapters, tables) or markers, key=lambda mark: mark.start))
    return tag


# --- tables of contents ----------------------------------------------------------------------------------------------


def _placed(chapters: Sequence[tuple[bytes, Mark]], tables: Sequence[_Table]) -> list[Mark]:
    """The chapters with their levels: how deep the table that names them lies in others.

    A chapter that no table names is hidden (a slide, say), unless the tables name none at all.
    """
    depths = _depths(tables)
    levels: dict[bytes, int] = {}
    for table in tables:
        for child in table.children:
            depth = depths.get(table.key, 0)
            levels[child] = min(depth, levels.get(child, depth))
    named = [levels[key] for key, _ in chapters if key in levels]
    if not named:
        return [mark for _, mark in chapters]
    top = min(named)
    return [
        replace(mark, level=levels[key] - top) if key in levels else replace(mark, is_hidden=True)
        for key, mark in chapters
    ]


def _depths(tables: Sequence[_Table]) -> dict[bytes, int]:
    """How deep each table lies below those that no other one names; nothing for a ring of tables."""
    children: dict[bytes, list[bytes]] = {}
    for table in tables:
        children.setdefault(table.key, []).extend(table.children)
    named = {child for table in tables for child in table.children if child != table.key}
    depths: dict[bytes, int] = {}
    row = [key for key in children if key not in named]
    for depth in range(_DEEPEST):
        depths.update((key, depth) for key in row)
        row = [key for parent in row for key in children[parent] if key in children and key not in depths]
        row = list(dict.fromkeys(row))
    return depths


def _table(body: bytes) -> list[_Table]:
    """What a CTOC frame names; nothing when it is cut before its children."""
    key, _, rest = body.partition(b"\0")
    return [_Table(key, tuple(rest[2:].split(b"\0", rest[1])[: rest[1]]))] if len(rest) > 2 else []


# --- what frames hold ------------------------------------------------------------------------------------------------


def _text(body: bytes) -> str:
    """The first string of a text frame; empty when its encoding is none."""
    if not body or body[0] >= len(_ENCODINGS):
        return ""
    text = body[1:_LARGEST_TEXT].decode(_ENCODINGS[body[0]], errors="replace")
    return clean_title(text.partition("\0")[0])


def _chapter(body: bytes, version: int) -> list[tuple[bytes, Mark]]:
    """Id and mark of a CHAP frame; nothing when it is cut, or gives no start. Byte offsets in it are ignored."""
    key, _, rest = body.partition(b"\0")
    if len(rest) < 16:
        return []
    start, end = struct.unpack_from(">II", rest)
    if start == _NOT_GIVEN:
        return []
    title, link = "", None
    picture: Picture | None = None
    is_cover = False
    for frame in walk(rest[16:], version):
        if frame.name == b"TIT2":
            title = title or _text(content(frame, version))
        elif frame.name == b"WXXX":
            link = link or _link(content(frame, version))
        elif frame.name == b"APIC" and not is_cover:
            found, kind = _picture(content(frame, version))
            if found is not None and (picture is None or kind == _FRONT_COVER):
                picture, is_cover = found, kind == _FRONT_COVER
    return [(key, Mark(start, title, end if start < end < _NOT_GIVEN else None, link, picture))]


def _behind_text(body: bytes, encoding: int) -> bytes:
    """What stands behind a text that ends in NUL, in the encoding of the frame."""
    if encoding not in (1, 2):
        return body.partition(b"\0")[2]
    end = next((at for at in range(0, min(len(body), _LARGEST_TEXT), 2) if body[at : at + 2] == b"\0\0"), len(body))
    return body[end + 2 :]


def _link(body: bytes) -> str | None:
    """The address of a WXXX frame, which stands behind its description."""
    if not body:
        return None
    address = _behind_text(body[1:], body[0])[:_LARGEST_TEXT]
    return clean_link(address.partition(b"\0")[0].decode("latin-1"))


def _picture(body: bytes) -> tuple[Picture | None, int]:
    """The picture of an APIC frame and its kind (3: front cover). Its bytes may be an address instead."""
    media_type, _, rest = body[1:].partition(b"\0")
    if len(rest) < 2 or len(rest) > LARGEST_PICTURE + _LARGEST_TEXT:
        return None, 0
    data = _behind_text(rest[1:], body[0])
    said = media_type[:100].decode("latin-1")
    if said.strip() == _LINK_AS_TYPE:
        return linked_picture(data[:_LARGEST_TEXT].partition(b"\0")[0].decode("latin-1")), rest[0]
    return embedded_picture(data, said), rest[0]


def _markers(body: bytes) -> Iterator[Mark]:
    """The markers of an audio book by OverDrive: `<Markers><Marker><Name>…</Name><Time>1:02.500</Time></Marker>…`.

    Else the tracks of a CUE sheet.
    """
    if not body or body[0] >= len(_ENCODINGS) or len(body) > _LARGEST_MARKERS:
        return
    name, _, text = body[1:].decode(_ENCODINGS[body[0]], errors="replace").partition("\0")
    if name.strip().casefold() == "overdrive mediamarkers":
        for title, time in _MARKER.findall(text.lstrip("\ufeff")):
            start = parse_timecode(time)
            if start is not None:
                yield Mark(start, clean_title(unescaped(title)))
    elif name.strip().casefold() == "cuesheet":
        yield from read_cue(text.lstrip("\ufeff"))
