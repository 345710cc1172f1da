"""What writers of tags share: their way to give up, and hashes that prove that the sound stayed as it was.

Must not know any container.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from hashlib import _Hash

_PIECE = 1 << 20


class UnwritableError(Exception):
    """Chapters cannot be written into a file; `reason` says why, about "it". Known only inside `formats`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def hash_of(file: BinaryIO, start: int, end: int) -> str:
    """The hash of a part of a file."""
    found = sha256()
    add_to_hash(found, file, start, end)
    return found.hexdigest()


def add_to_hash(found: _Hash, file: BinaryIO, start: int, end: int) -> None:
    """Add a part of a file to a hash, piece by piece."""
    file.seek(start)
    while start < end and (piece := file.read(min(_PIECE, end - start))):
        found.update(piece)
        start += len(piece)


def copy_range(file: BinaryIO, out: BinaryIO, start: int, end: int | None = None) -> None:
    """Copy a part of a file, or all from `start`."""
    file.seek(start)
    if end is None:
        shutil.copyfileobj(file, out, _PIECE)
        return
    while start < end and (piece := file.read(min(_PIECE, end - start))):
        out.write(piece)
        start += len(piece)
