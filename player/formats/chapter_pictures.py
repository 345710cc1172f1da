"""Pictures of chapters, checked alike whatever format they come from: bytes in an audio file, or a web address.

Must not know any format, nor draw anything.
"""

from __future__ import annotations

import re
import struct
from urllib.parse import urljoin

from player.core.model import Picture
from player.formats.chapter_words import clean_link

LARGEST_PICTURE = 16_000_000
"""Bytes; a larger one is left out."""

_MAGIC = (
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBP", "image/webp"),
)


def embedded_picture(data: bytes, said: str = "") -> Picture | None:
    """A picture from its bytes; its type is what they begin like, else what the file said. None when it is none."""
    if not 0 < len(data) <= LARGEST_PICTURE:
        return None
    known = next((name for magic, name in _MAGIC if re.match(magic, data, re.DOTALL)), None)
    said = said.strip().lower()
    media_type = known or (said if re.fullmatch(r"image/[\w.+-]+", said) else None)
    return Picture(data=data, media_type=media_type) if media_type else None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG or PNG picture, in pixels; None for any other, or a broken one.

    PNG 11.2.2 "IHDR"; ITU-T T.81, B.1.1 "Marker assignments" and B.2.2 "Frame header".
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        size = struct.unpack_from(">II", data, 16) if len(data) >= 24 and data[12:16] == b"IHDR" else (0, 0)
        return _sensible(*size)
    position = 2
    while data.startswith(b"\xff\xd8") and position + 9 <= len(data) and data[position] == 0xFF:
        marker, length = struct.unpack_from(">BH", data, position + 1)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, position + 5)
            return _sensible(width, height)
        position += 1 if marker == 0xFF else 2 + length
    return None


def _sensible(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if 0 < width < 1 << 16 and 0 < height < 1 << 16 else None


def linked_picture(address: object, base: str = "") -> Picture | None:
    """A picture by its address on the web; a relative one counts from `base`. None for anything else."""
    link = resolved_link(address, base)
    return Picture(url=link) if link else None


def resolved_link(address: object, base: str = "") -> str | None:
    """A web address, a relative one counted from `base`; None for anything else."""
    if base and isinstance(address, str) and address.strip():
        try:
            address = urljoin(base, address.strip())
        except ValueError:
            return None
    return clean_link(address)
