"""The boxes of MP4 files: found, stepped through, and put together again.

Must not know what a box means. A walk never leaves the bytes it was given, whatever the sizes claim.

ISO/IEC 14496-12, 4.2 "Object structure".
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

LARGEST_MOOV = 128_000_000
"""A longer `moov` box is read up to here."""
MOST_ROWS = 20_000
"""Of a table no more rows are read unless asked for."""
_MOST_BOXES = 1_000_000


class Place(NamedTuple):
    """Where a box of a file lies: its kind, its offset, the length of its header, and its size with the header."""

    kind: bytes
    start: int
    header: int
    size: int


def top_boxes(file: BinaryIO) -> Iterator[Place]:
    """The outermost boxes of a file. A size that cannot be ends the walk; the last box may reach beyond the end."""
    end = file.seek(0, 2)
    position = 0
    for _ in range(_MOST_BOXES):
        if position + 8 > end:
            return
        file.seek(position)
        head = file.read(16)
        size, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if size == 1 and len(head) == 16:
            size, header = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            size = end - position
        if size < header:
            return
        yield Place(kind, position, header, size)
        position += size


def read_moov(file: BinaryIO) -> bytes:
    """The content of the first `moov` box, wherever in the file it stands; empty where there is none."""
    for place in top_boxes(file):
        if place.kind == b"moov":
            file.seek(place.start + place.header)
            return file.read(min(place.size - place.header, LARGEST_MOOV))
    return b""


def box(kind: bytes, *contents: bytes) -> bytes:
    """A box with its header."""
    body = b"".join(contents)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full_box(kind: bytes, *contents: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box that begins with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *contents)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
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


def inside(data: bytes, *path: bytes) -> bytes:
    """The content of the first box along a path of kinds; empty where the path breaks off."""
    for kind in path:
        data = next((content for found, content in boxes(data) if found == kind), b"")
    return data


def numbers(data: bytes, form: str, offset: int = 0, most: int = MOST_ROWS) -> list[tuple[int, ...]]:
    """The rows of a table that begins with its number of rows; a short table gives the rows that are there."""
    if len(data) < offset + 4:
        return []
    count = min(struct.unpack_from(">I", data, offset)[0], most)
    body = data[offset + 4 :]
    whole = len(body) // struct.calcsize(form)
    return list(islice(struct.iter_unpack(form, body[: whole * struct.calcsize(form)]), count))
