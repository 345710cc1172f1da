"""Chapters and a cover written into ID3v2 tags: of MP3 and AAC files, and in a chunk of WAV and AIFF files.

Must not know other containers. All other frames are kept byte for byte, and so is everything behind the tag.

id3.org: "ID3v2 Chapter Frame Addendum v1.0". A new tag is of version 2.3, which the most programs read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from player.core.model import Mark, Millis, Picture
from player.core.phrases import Phrase
from player.formats.chapter_writing import ChapterDocument, Entry, kept_marks
from player.formats.id3_frames import Frame, RawTag, content, frame_bytes, read_raw_tag, tag_bytes
from player.formats.riff_chunks import chunks, has_chunks, order_of
from player.formats.tag_checks import UnwritableError, copy_range, hash_of

_NOT_GIVEN = 0xFFFFFFFF
_MOST_CHILDREN = 255
_PADDING = 2048
_FRONT_COVER = 3
_TOP_LEVEL, _ORDERED = 2, 1
_ASCII_OF_URLS = "%:/?#[]@!$&'()*+,;=~"
Node = tuple[bytes, list["Node"], str]
"""An element of the contents: its id, what it holds, its title. A chapter holds nothing."""


def write_id3(
    source: Path, copy: Path, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None = None
) -> None:
    """Write `copy` from `source`, with these chapters instead of those in its tag, and the cover beside what it has.

    `marks` None leaves the chapters as they are. Raises `UnwritableError`.
    """
    with source.open("rb") as file, copy.open("wb") as out:
        head = file.read(12)
        file.seek(0)
        if has_chunks(head):
            _write_chunk(file, out, marks, duration, cover)
            return
        raw = _whole_tag(file)
        out.write(_tag(raw, marks, duration, cover))
        copy_range(file, out, raw.size if raw else 0)


def id3_keeps(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as a tag keeps them: everything, but addresses in ASCII alone."""
    kept = []
    for mark in kept_marks(marks):
        picture = mark.picture
        if picture is not None and picture.data is None:
            picture = Picture(url=_address(picture.url or ""))
        kept.append(replace(mark, link=_address(mark.link) if mark.link else None, picture=picture))
    return kept


def _address(url: str) -> str:
    return quote(url, safe=_ASCII_OF_URLS)


def id3_sound(path: Path) -> str:
    """A hash of all but the tag: of what stands behind it, or of the chunks beside it."""
    with path.open("rb") as file:
        if has_chunks(file.read(4)):
            others = [chunk for chunk in chunks(file) if chunk.name.lower() != b"id3 "]
            return " ".join(hash_of(file, chunk.start, chunk.start + chunk.size) for chunk in others)
        file.seek(0)
        raw = read_raw_tag(file)
        return hash_of(file, raw.size if raw else 0, file.seek(0, 2))


def id3_rest(path: Path) -> list[tuple[bytes, bytes]]:
    """Names and contents of all frames but those of chapters."""
    with path.open("rb") as file:
        if has_chunks(file.read(4)):
            places = [start for name, start, _ in chunks(file) if name.lower() == b"id3 "]
            file.seek(places[0] if places else file.seek(0, 2))
        else:
            file.seek(0)
        raw = read_raw_tag(file)
    if raw is None:
        return []
    frames = (frame for frame in raw.frames() if frame.name not in (b"CHAP", b"CTOC"))
    return [(each.name, content(each, raw.version, is_unsynchronised=raw.is_unsynchronised)) for each in frames]


# --- the tag ---------------------------------------------------------------------------------------------------------


def _whole_tag(file: BinaryIO) -> RawTag | None:
    """The tag where `file` stands, if all of it can be kept."""
    start = file.tell()
    raw = read_raw_tag(file)
    if raw is None:
        return None
    if raw.version == 2:
        raise UnwritableError(Phrase("reasons", "its ID3 tag is of version 2.2, which holds no chapters"))
    used = sum(10 + len(frame.body) for frame in raw.frames())
    if start + raw.size > file.seek(0, 2) or raw.data[used:].strip(b"\0"):
        raise UnwritableError(Phrase("reasons", "its ID3 tag is damaged; repair it with a tag editor first"))
    return raw


def _tag(raw: RawTag | None, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None) -> bytes:
    """The tag with other chapters in it. Frames that were unsynchronised by the tag's header say so themselves."""
    version = raw.version if raw else 3
    replaced = (b"CHAP", b"CTOC") if marks is not None else ()
    kept = [frame for frame in raw.frames() if frame.name not in replaced] if raw else []
    if raw and raw.is_unsynchronised:
        kept = [frame._replace(flags=frame.flags | 0x02) for frame in kept]
    try:
        frames = [*kept, *([Frame(b"APIC", 0, _picture(cover))] if cover else ())]
        frames += _chapter_frames(marks, duration, version) if marks is not None else ()
        return tag_bytes(b"".join(frame_bytes(frame, version) for frame in frames), version, _PADDING)
    except ValueError:
        raise UnwritableError(
            Phrase("reasons", "its pictures and chapters are more than an ID3 tag can hold (256 MB)")
        ) from None


def _chapter_frames(marks: Sequence[Mark], duration: Millis | None, version: int) -> Iterator[Frame]:
    entries = ChapterDocument(marks).all_entries()
    keys = [b"chp%d" % number for number in range(len(entries))]
    for key, entry in zip(keys, entries, strict=True):
        yield _chapter(key, entry, duration, version)
    shown = [(key, entry) for key, entry in zip(keys, entries, strict=True) if not entry.mark.is_hidden]
    yield from _tables(_tree(shown), version)


def _chapter(key: bytes, entry: Entry, duration: Millis | None, version: int) -> Frame:
    start = entry.mark.start
    end = max(start, duration or start) if entry.end is None else entry.end
    if end >= _NOT_GIVEN:
        raise UnwritableError(Phrase("reasons", "its chapters lie further on than ID3 can say (49 days)"))
    body = key + b"\0" + struct.pack(">IIII", start, end, _NOT_GIVEN, _NOT_GIVEN)
    if entry.title:
        body += frame_bytes(_text(entry.title, version), version)
    if entry.mark.link:
        address = _address(entry.mark.link).encode("ascii")
        body += frame_bytes(Frame(b"WXXX", 0, b"\0chapter url\0" + address), version)
    if entry.mark.picture:
        body += frame_bytes(Frame(b"APIC", 0, _picture(entry.mark.picture)), version)
    return Frame(b"CHAP", 0, body)


def _text(title: str, version: int) -> Frame:
    """A title: UTF-8 exists from version 2.4 on, before it UTF-16 with its mark."""
    return Frame(b"TIT2", 0, b"\3" + title.encode() if version == 4 else b"\1" + title.encode("utf-16"))


def _picture(picture: Picture) -> bytes:
    """A picture by its bytes, or by its address."""
    if picture.data is not None:
        media_type, data = (picture.media_type or "image/").encode("latin-1", errors="replace"), picture.data
    else:
        media_type, data = b"-->", _address(picture.url or "").encode("ascii")
    return b"\0" + media_type + b"\0" + bytes([_FRONT_COVER]) + b"\0" + data


# --- tables of contents ----------------------------------------------------------------------------------------------


def _tree(shown: Sequence[tuple[bytes, Entry]]) -> list[Node]:
    """The chapters, those of a deeper level in tables that stand behind their chapter and carry its title."""
    top: list[Node] = []
    rows, title, tables = [top], "", 0
    for key, entry in shown:
        level = min(entry.mark.level, len(rows) if rows[-1] else len(rows) - 1)
        del rows[level + 1 :]
        if level == len(rows):
            inner: list[Node] = []
            rows[-1].append((b"toc%d" % tables, inner, title))
            rows.append(inner)
            tables += 1
        rows[level].append((key, [], entry.title))
        title = entry.title
    return top


def _tables(top: list[Node], version: int) -> Iterator[Frame]:
    """The root, which names at most 255 children or else tables of as many, and the tables below it."""
    children = _split(top)
    if len(children) > _MOST_CHILDREN:
        parts = [children[at : at + _MOST_CHILDREN] for at in range(0, len(children), _MOST_CHILDREN)]
        if len(parts) > _MOST_CHILDREN:
            raise UnwritableError(Phrase("reasons", "it would get more chapters than ID3 tables can name (65 025)"))
        children = [(b"part%d" % number, part, "") for number, part in enumerate(parts)]
    yield _table(b"toc", children, "", version, flags=_TOP_LEVEL | _ORDERED)
    rest = [node for node in children if node[1]]
    while rest:
        key, inner, title = rest.pop()
        inner = _split(inner)
        yield _table(key, inner, title, version, flags=_ORDERED)
        rest += [node for node in inner if node[1]]


def _split(nodes: list[Node]) -> list[Node]:
    """The nodes, with every table of more than 255 children cut into several that stand side by side."""
    found: list[Node] = []
    for key, inner, title in nodes:
        if len(inner) <= _MOST_CHILDREN:
            found.append((key, inner, title))
        else:
            starts = range(0, len(inner), _MOST_CHILDREN)
            found += [(b"%s.%d" % (key, at), inner[at : at + _MOST_CHILDREN], title) for at in starts]
    return found


def _table(key: bytes, children: list[Node], title: str, version: int, *, flags: int) -> Frame:
    if len(children) > _MOST_CHILDREN:
        raise UnwritableError(Phrase("reasons", "it would get more nested chapters than ID3 tables can name"))
    body = key + b"\0" + bytes([flags, len(children)]) + b"".join(child + b"\0" for child, _, _ in children)
    return Frame(b"CTOC", 0, body + (frame_bytes(_text(title, version), version) if title else b""))


# --- chunks of WAV and AIFF ------------------------------------------------------------------------------------------


def _write_chunk(
    file: BinaryIO, out: BinaryIO, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None
) -> None:
    """Copy all chunks but the tag's, and put that one at the end."""
    order, end = order_of(file), file.seek(0, 2)
    found = list(chunks(file))
    if not found or any(start + size > end for _, start, size in found):
        raise UnwritableError(Phrase("reasons", "its chunks are longer than the file"))
    places = [start for name, start, _ in found if name.lower() == b"id3 "]
    file.seek(places[0] if places else end)
    tag = _tag(_whole_tag(file), marks, duration, cover)
    copy_range(file, out, 0, 12)
    for name, start, size in found:
        if name.lower() != b"id3 ":
            copy_range(file, out, start - 8, start + size)
            out.write(bytes(size % 2))
    out.write((b"id3 " if order == "little" else b"ID3 ") + len(tag).to_bytes(4, order) + tag + bytes(len(tag) % 2))
    whole = out.tell() - 8
    if whole >= 1 << 32:
        raise UnwritableError(Phrase("reasons", "it would grow beyond the 4 GB of its kind"))
    out.seek(4)
    out.write(whole.to_bytes(4, order))
