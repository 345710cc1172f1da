"""What is dropped onto the window or named at the start: audio, lists of podcasts, addresses, outlines; sorted.

Must not know what is done with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from player.core.addresses import looks_like_address
from player.core.links import is_link
from player.core.timecode import parse_timecode

_LISTS = {".opml", ".xml", ".json"}
_NOTES = {".txt", ".md", ".html", ".htm"}
_OTHERS = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".pdf", ".zip"}
"""What comes along with audio, as covers do, and is none; any other file may be."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The sorted things. `notes` is an outline, `note_files` hold one.

    `folders` are nothing that can be taken; what else cannot is left out.
    """

    audio: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    note_files: tuple[Path, ...] = ()
    notes: str = ""
    folders: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that we can use."""
        return not (self.audio or self.lists or self.addresses or self.links or self.note_files or self.notes)


def may_be_dropped(data: QMimeData) -> bool:
    """Whether something from outside is dragged, of whatever use it is; rows that are sorted are none of that."""
    return data.hasUrls() or data.hasText()


def sorted_drop(data: QMimeData) -> Dropped:
    """Sort what is dropped. A browser gives an address as such and as text, a text field as text alone."""
    if data.hasUrls() and data.urls():
        return _sorted(data.urls())
    text = data.text().strip()
    lines = text.split()
    if lines and all(looks_like_address(line) or is_link(line) for line in lines):
        return sorted_words(lines)
    # One time in it makes a text an outline that is worth reading.
    has_time = any(parse_timecode(word.strip("()[]-–—")) is not None for word in lines if ":" in word)
    return Dropped(notes=text if has_time else "")


def sorted_words(words: Iterable[str]) -> Dropped:
    """Sort what a command line names: addresses, links, and paths, which are taken from the present folder on."""
    urls = []
    for word in words:
        is_address = is_link(word) or looks_like_address(word) or word.startswith("file:")
        urls.append(QUrl(word) if is_address else QUrl.fromLocalFile(str(Path(word).absolute())))
    return _sorted(urls)


def _sorted(urls: Iterable[QUrl]) -> Dropped:
    urls = list(dict.fromkeys(urls))
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    folders = tuple(path for path in paths if path.is_dir())
    files = [path for path in paths if path not in folders and path.suffix.casefold() not in _OTHERS]
    lists = tuple(path for path in files if path.suffix.casefold() in _LISTS)
    notes = tuple(path for path in files if path.suffix.casefold() in _NOTES)
    others = [url.toString() for url in urls if not url.isLocalFile()]
    return Dropped(
        audio=tuple(path for path in files if path not in (*lists, *notes)),
        lists=lists,
        addresses=tuple(each for each in others if looks_like_address(each)),
        links=tuple(each for each in others if is_link(each)),
        note_files=notes,
        folders=folders,
    )
