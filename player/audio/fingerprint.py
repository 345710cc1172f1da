"""By what an audio file is known again. Must not know what is kept of it."""

from __future__ import annotations

from hashlib import blake2b
from typing import BinaryIO

_PART = 1 << 16


def fingerprint(source: BinaryIO, size: int) -> bytes:
    """A hash of the first and the last 64 KB of the first `size` bytes of a file: 16 bytes."""
    source.seek(0)
    digest = blake2b(source.read(min(size, _PART)), digest_size=16)
    start = max(0, size - _PART)
    source.seek(start)
    digest.update(source.read(size - start))
    return digest.digest()
