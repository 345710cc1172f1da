"""Chapters of Matroska and WebM: in the file itself, and in the XML that mkvtoolnix writes.

Must not know tags, sound, or any other container. A reader of our own, because FFmpeg takes the chapters of all
editions, hidden and disabled ones too, drops the nested ones, and shows the last of several languages.

RFC 8794 (EBML), RFC 9559 (Matroska, 5.1.7 "Chapters Element").
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from player.core.model import Mark
from player.core.timecode import parse_timecode
from player.formats.chapter_words import clean_title

_EBML = 0x1A45DFA3
_SEGMENT = 0x18538067
_CHAPTERS = 0x1043A770
_MOST_ELEMENTS = 500_000
_LARGEST_CHAPTERS = 16_000_000
_DEEPEST = 16

_NAMES = {
    0x45B9: "EditionEntry",
    0x45BD: "EditionFlagHidden",
    0x45DB: "EditionFlagDefault",
    0xB6: "ChapterAtom",
    0x91: "ChapterTimeStart",
    0x92: "ChapterTimeEnd",
    0x98: "ChapterFlagHidden",
    0x4598: "ChapterFlagEnabled",
    0x80: "ChapterDisplay",
    0x85: "ChapterString",
}
_PARENTS = ("EditionEntry", "ChapterAtom", "ChapterDisplay")


def read_matroska_chapters(path: Path) -> tuple[Mark, ...] | None:
    """Read the chapters of a Matroska file in order of start; None where no list of chapters is found in it.

    Steps from element to element and reads only the list. Raises OSError.
    """
    with path.open("rb") as file:
        data = _read_chapters(file)
    if data is None:
        return None
    root = ElementTree.Element("Chapters")
    _fill(root, data, 0)
    return tuple(sorted(matroska_marks(root), key=lambda mark: mark.start))


def matroska_marks(root: ElementTree.Element) -> Iterator[Mark]:
    """The chapters of the default edition, else of the first that is not hidden; of several titles the first counts.

    Nested chapters have a level; hidden and disabled ones, and those within them, are hidden marks. `root` is
    `Chapters` in mkvtoolnix's XML.
    """
    editions = [element for element in root if element.tag == "EditionEntry"]
    seen = [edition for edition in editions if _text(edition, "EditionFlagHidden") != "1"]
    default = [edition for edition in seen if _text(edition, "EditionFlagDefault") == "1"]
    stack = [(element, 0, False) for edition in (default or seen)[:1] for element in edition][::-1]
    while stack:
        atom, level, is_hidden = stack.pop()
        if atom.tag != "ChapterAtom":
            continue
        is_hidden |= _text(atom, "ChapterFlagHidden") == "1" or _text(atom, "ChapterFlagEnabled") == "0"
        start = parse_timecode(_text(atom, "ChapterTimeStart"))
        if start is not None:
            display = atom.find("ChapterDisplay")
            title = "" if display is None else _text(display, "ChapterString")
            end = parse_timecode(_text(atom, "ChapterTimeEnd"))
            yield Mark(start, clean_title(title), end, level=0 if is_hidden else level, is_hidden=is_hidden)
        stack += [(element, level + 1, is_hidden) for element in atom][::-1]


def _text(element: ElementTree.Element, name: str) -> str:
    """The text of the first child of a name."""
    return (element.findtext(name) or "").strip()


# --- EBML ------------------------------------------------------------------------------------------------------------


def _read_chapters(file: BinaryIO) -> bytes | None:
    """The content of the first Chapters element of the first segment."""
    head = _element(file)
    if head is None or head[0] != _EBML or head[1] is None:
        return None
    file.seek(head[1], 1)
    segment = _element(file)
    if segment is None or segment[0] != _SEGMENT:
        return None
    for _ in range(_MOST_ELEMENTS):
        element = _element(file)
        # Only a file that was never finished has elements of unknown size; where they end cannot be told by stepping.
        if element is None or element[1] is None:
            return None
        if element[0] == _CHAPTERS:
            return file.read(min(element[1], _LARGEST_CHAPTERS))
        file.seek(element[1], 1)
    return None


def _element(file: BinaryIO) -> tuple[int, int | None] | None:
    """Id and size of the element that begins here, the size None when it is unknown; None for the end or nonsense."""
    identity, length = _number(file)
    if not 1 <= length <= 4:
        return None
    raw, length = _number(file)
    unknown = (1 << 7 * length) - 1
    size = raw & unknown
    return (identity, None if size == unknown else size) if length else None


def _number(file: BinaryIO) -> tuple[int, int]:
    """A number of EBML, with the bit that marks its length, and that length: one to eight bytes, or 0 for nonsense."""
    first = file.read(1)
    if not first or not first[0]:
        return 0, 0
    length = 9 - first[0].bit_length()
    return int.from_bytes(first + file.read(length - 1), "big"), length


def _fill(parent: ElementTree.Element, data: bytes, depth: int) -> None:
    """Turn the elements in `data` into children; times become seconds, as text."""
    file = io.BytesIO(data)
    while (element := _element(file)) is not None:
        content = file.read(element[1] if element[1] is not None else -1)
        name = _NAMES.get(element[0])
        if name is not None and depth < _DEEPEST:
            child = ElementTree.SubElement(parent, name)
            if name in _PARENTS:
                _fill(child, content, depth + 1)
            elif name == "ChapterString":
                child.text = content.decode("utf-8", errors="replace")
            else:
                number = int.from_bytes(content[:8], "big")
                child.text = f"{number // 10**9}.{number % 10**9:09}" if "Time" in name else str(number)
