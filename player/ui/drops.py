"""What is dropped onto the window or pasted: audio files, OPML documents, exported libraries, feed addresses.

Must not know what is done with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from player.core.addresses import looks_like_address

_LISTS = {".opml", ".xml", ".json"}


@dataclass(frozen=True, slots=True)
class Dropped:
    """The sorted things."""

    audio: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that we can use."""
        return not (self.audio or self.lists or self.addresses)


def sorted_drop(data: QMimeData) -> Dropped:
    """Sort what was dropped; folders and texts that are no address are left out."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    files = [path for path in files if not path.is_dir()]
    lists = tuple(path for path in files if path.suffix.casefold() in _LISTS)
    audio = tuple(path for path in files if path not in lists)
    addresses = [url.toString() for url in data.urls() if not url.isLocalFile()]
    if not data.urls() and data.hasText():
        addresses = [data.text().strip()]
    return Dropped(audio, lists, tuple(each for each in addresses if looks_like_address(each)))
