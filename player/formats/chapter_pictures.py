"""Pictures of chapters, checked alike whatever format they come from: bytes in an audio file, or a web address.

Must not know any format, nor draw anything.
"""

from __future__ import annotations

import re
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
