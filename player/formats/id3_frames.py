"""ID3v2 tags (2.2, 2.3, 2.4) as a row of frames: found, unpacked, and put together again.

Must not know what a frame holds, nor the file around the tag. Every step is linear, whatever the sizes claim.

id3.org: "ID3v2.4.0 - Main Structure", "ID3v2.3.0".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

LARGEST_TAG = 64_000_000
"""A longer tag is read up to here."""
_LARGEST_UNPACKED = 16_000_000
_LARGEST_SYNCHSAFE = (1 << 28) - 1


class Frame(NamedTuple):
    """A frame as it lies in the tag: its four (in 2.2: three) letters, its flags and its bytes."""

    name: bytes
    flags: int
    body: bytes


class RawTag(NamedTuple):
    """A tag without its header: `size` is what it takes of the file, header and footer included.

    `is_unsynchronised` holds for each frame on its own (2.4); in older versions it is undone already.
    """

    version: int
    size: int
    data: bytes
    is_unsynchronised: bool

    def frames(self) -> Iterator[Frame]:
        """The frames, until padding or nonsense."""
        return walk(self.data, self.version)


def read_raw_tag(file: BinaryIO) -> RawTag | None:
    """Read the tag that begins where `file` stands; None where none begins."""
    head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3" or head[3] not in (2, 3, 4):
        return None
    version, flags, size = head[3], head[5], synchsafe(head[6:10])
    data = file.read(min(size, LARGEST_TAG))
    if flags & 0x80 and version < 4:
        data = _resynchronised(data)
    if flags & 0x40:
        data = data[_extended_header(data, version) :]
    footer = 10 if version == 4 and flags & 0x10 else 0
    return RawTag(version, 10 + size + footer, data, bool(flags & 0x80) and version == 4)


def walk(data: bytes, version: int) -> Iterator[Frame]:
    """The frames in `data`, until padding or nonsense; the last one may be cut."""
    letters, header = (3, 6) if version == 2 else (4, 10)
    position = 0
    while position + header <= len(data):
        name = data[position : position + letters]
        if not _is_name(name):
            return
        size = _frame_size(data, position, version)
        start, position = position + header, position + header + size
        flags = 0 if version == 2 else struct.unpack_from(">H", data, start - 2)[0]
        yield Frame(name, flags, data[start:position])


def content(frame: Frame, version: int, *, is_unsynchronised: bool = False) -> bytes:
    """A frame's content without what its flags put before it, unpacked; empty when it is encrypted."""
    flags, body = frame.flags, frame.body
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


def frame_bytes(frame: Frame, version: int) -> bytes:
    """A frame of version 2.3 or 2.4 as it is stored."""
    size = to_synchsafe(len(frame.body)) if version == 4 else struct.pack(">I", len(frame.body))
    return frame.name + size + struct.pack(">H", frame.flags) + frame.body


def tag_bytes(frames: bytes, version: int, padding: int) -> bytes:
    """A tag around frames that are stored already. Raises ValueError when it is too long for its header."""
    size = len(frames) + padding
    return b"ID3" + bytes([version, 0, 0]) + to_synchsafe(size) + frames + bytes(padding)


def synchsafe(data: bytes) -> int:
    """A number in four bytes of seven bits."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=False))


def to_synchsafe(number: int) -> bytes:
    """Four bytes of seven bits. Raises ValueError when the number is too large for them."""
    if number > _LARGEST_SYNCHSAFE:
        raise ValueError(f"{number} does not fit into 28 bits")
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _frame_size(data: bytes, position: int, version: int) -> int:
    """The size of the frame at `position`: synchsafe in 2.4, where iTunes nevertheless wrote plain numbers."""
    if version == 2:
        return int.from_bytes(data[position + 3 : position + 6], "big")
    plain = int.from_bytes(data[position + 4 : position + 8], "big")
    if version == 3:
        return plain
    safe = synchsafe(data[position + 4 : position + 8])
    return max(safe, plain, key=lambda size: _likelihood(data, position + 10 + size))


def _likelihood(data: bytes, position: int) -> int:
    """How likely it is that a frame ends here: because another one begins, or padding does, or the tag ends."""
    name = data[position : position + 4]
    if len(name) == 4 and _is_name(name):
        return 2
    return 1 if position <= len(data) and not name.strip(b"\0") else 0


def _is_name(name: bytes) -> bool:
    return name.isalnum() and name == name.upper()


def _extended_header(data: bytes, version: int) -> int:
    """How many bytes the extended header takes; its size counts itself in 2.4 only."""
    if version == 4:
        return synchsafe(data[:4])
    return int.from_bytes(data[:4], "big") + 4 if version == 3 else 0


def _resynchronised(data: bytes) -> bytes:
    return data.replace(b"\xff\0", b"\xff")
