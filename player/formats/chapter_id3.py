"""Chapters and names in ID3v2 tags (2.2, 2.3, 2.4): the frames CHAP, CTOC and a few texts.

Must not know the file around the tag. A reader of our own, because mutagen keeps only one of several chapters with the
same id, and takes minutes over a damaged tag whose text frame swallows a picture. Here every step is linear, and
pictures are passed over.

id3.org: "ID3v2.4.0 - Main Structure", "ID3v2.3.0", "ID3v2 Chapter Frame Addendum v1.0".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from player.core.model import Mark
from player.formats.chapter_words import clean_link, clean_title

_LARGEST_TAG = 64_000_000
_LARGEST_TEXT = 8192
_LARGEST_UNPACKED = 4_000_000
_MOST_CHAPTERS = 20_000
_NOT_GIVEN = 0xFFFFFFFF
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_NAMES = {b"TIT2": "title", b"TT2": "title", b"TPE1": "artist", b"TP1": "artist", b"TALB": "album", b"TAL": "album"}


@dataclass(slots=True)
class Id3Tag:
    """What was read: `names` by `title`, `artist` and `album`; `marks` in order of start, without the hidden ones."""

    names: dict[str, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()


def read_id3(file: BinaryIO) -> Id3Tag | None:
    """Read the tag that begins where `file` stands; None where none begins. Broken frames are left out."""
    head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3" or head[3] not in (2, 3, 4):
        return None
    version, flags = head[3], head[5]
    data = file.read(min(_synchsafe(head[6:10]), _LARGEST_TAG))
    if flags & 0x80 and version < 4:
        data = _resynchronised(data)
    if flags & 0x40:
        data = data[_extended_header(data, version) :]
    tag = Id3Tag()
    chapters: list[tuple[bytes, Mark]] = []
    named: set[bytes] = set()
    for name, body in _frames(data, version, is_unsynchronised=bool(flags & 0x80) and version == 4):
        if name in _NAMES:
            tag.names[_NAMES[name]] = tag.names.get(_NAMES[name]) or _text(body)
        elif name == b"CHAP" and len(chapters) < _MOST_CHAPTERS:
            chapters += _chapter(body, version)
        elif name == b"CTOC":
            named.update(_children(body))
    # A chapter that no table of contents names is hidden (a slide, say), unless the tables name none at all.
    shown = [mark for key, mark in chapters if key in named] or [mark for _, mark in chapters]
    tag.marks = tuple(sorted(shown, key=lambda mark: mark.start))
    return tag


# --- frames ----------------------------------------------------------------------------------------------------------


def _frames(data: bytes, version: int, *, is_unsynchronised: bool = False) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each frame that we read, until padding or nonsense."""
    letters, header = (3, 6) if version == 2 else (4, 10)
    position = 0
    while position + header <= len(data):
        name = data[position : position + letters]
        if not _is_name(name):
            return
        size = _frame_size(data, position, version)
        start, position = position + header, position + header + size
        if name in _NAMES or name in (b"CHAP", b"CTOC", b"WXXX"):
            flags = 0 if version == 2 else struct.unpack_from(">H", data, start - 2)[0]
            yield name, _content(data[start:position], version, flags, is_unsynchronised=is_unsynchronised)


def _frame_size(data: bytes, position: int, version: int) -> int:
    """The size of the frame at `position`: synchsafe in 2.4, where iTunes nevertheless wrote plain numbers."""
    if version == 2:
        return int.from_bytes(data[position + 3 : position + 6], "big")
    plain = int.from_bytes(data[position + 4 : position + 8], "big")
    if version == 3:
        return plain
    synchsafe = _synchsafe(data[position + 4 : position + 8])
    return max(synchsafe, plain, key=lambda size: _likelihood(data, position + 10 + size))


def _likelihood(data: bytes, position: int) -> int:
    """How likely it is that a frame ends here: because another one begins, or padding does, or the tag ends."""
    name = data[position : position + 4]
    if len(name) == 4 and _is_name(name):
        return 2
    return 1 if position <= len(data) and not name.strip(b"\0") else 0


def _is_name(name: bytes) -> bool:
    return name.isalnum() and name == name.upper()


def _content(body: bytes, version: int, flags: int, *, is_unsynchronised: bool) -> bytes:
    """A frame's content without what its flags put before it, unpacked; empty when it is encrypted."""
    if version == 3:
        is_packed, is_encrypted, extra = flags & 0x80, flags & 0x40, (4 if flags & 0x80 else 0) + bool(flags & 0x20)
    else:
        is_packed, is_encrypted, extra = flags & 0x08, flags & 0x04, (4 if flags & 0x01 else 0) + bool(flags & 0x40)
        is_unsynchronised = is_unsynchronised or bool(flags & 0x02)
    if is_encrypted:
        return b""
    body = body[extra:]
    if version == 4 and is_unsynchronised:
        body = _resynchronised(body)
    if is_packed:
        try:
            body = zlib.decompressobj().decompress(body, _LARGEST_UNPACKED)
        except zlib.error:
            return b""
    return body


def _extended_header(data: bytes, version: int) -> int:
    """How many bytes the extended header takes; its size counts itself in 2.4 only."""
    if version == 4:
        return _synchsafe(data[:4])
    return int.from_bytes(data[:4], "big") + 4 if version == 3 else 0


def _synchsafe(data: bytes) -> int:
    """A number in four bytes of seven bits."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=False))


def _resynchronised(data: bytes) -> bytes:
    return data.replace(b"\xff\0", b"\xff")


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
    for name, content in _frames(rest[16:], version):
        if name == b"TIT2":
            title = title or _text(content)
        elif name == b"WXXX":
            link = link or _link(content)
    return [(key, Mark(start, title, end if start < end < _NOT_GIVEN else None, link))]


def _link(body: bytes) -> str | None:
    """The address of a WXXX frame, which stands behind its description."""
    if not body:
        return None
    if body[0] in (1, 2):
        end = next((at for at in range(1, min(len(body), _LARGEST_TEXT), 2) if body[at : at + 2] == b"\0\0"), len(body))
        address = body[end + 2 :]
    else:
        address = body[1:].partition(b"\0")[2]
    return clean_link(address[:_LARGEST_TEXT].partition(b"\0")[0].decode("latin-1"))


def _children(body: bytes) -> list[bytes]:
    """The ids that a CTOC frame names: of chapters, and of further tables."""
    rest = body.partition(b"\0")[2]
    return rest[2:].split(b"\0", rest[1])[: rest[1]] if len(rest) > 2 else []
