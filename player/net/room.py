"""Whether a disk has room for what is to be written on it.

Must not know what is written.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from player.core.errors import DiskFullError
from player.core.phrases import Phrase

KEPT_FREE = 100_000_000
"""So many bytes of a disk, or a hundredth of a small one, are left to all others: the library is written, too."""
_SMALL_PART = 100
LOOK_EVERY = 8_000_000
"""Bytes after which it is looked again while a file is written: others write as well."""


class Room:
    """The room in the folder of one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._since_look = 0

    def require(self, size: int) -> None:
        """Raise DiskFullError unless `size` bytes more can be written; also OSError."""
        self._since_look = 0
        disk = shutil.disk_usage(self._folder)
        usable = max(0, disk.free - min(KEPT_FREE, disk.total // _SMALL_PART))
        if size > usable:
            reason = Phrase("reasons", "there is room for {free}, and {needed} are needed").filled(
                free=amount(usable), needed=amount(size)
            )
            raise DiskFullError(str(self._folder), reason if usable else Phrase("reasons", "the disk is full"))

    def took(self, count: int) -> None:
        """So many bytes were written: from time to time, see whether one more can be."""
        self._since_look += count
        if self._since_look >= LOOK_EVERY:
            self.require(1)


def amount(size: int) -> str:
    """A number of bytes in words."""
    if size >= 1e6:
        return Phrase("reasons", "{size} MB").filled(size=round(size / 1e6, 1))
    if size >= 1000:
        return Phrase("reasons", "{size} kB").filled(size=round(size / 1e3, 1))
    return Phrase("reasons", "{size} bytes").filled(size=size)
