"""Chapters of Matroska and WebM: in the file itself, and in the XML that mkvtoolnix writes.

Must not know tags, sound, or any other container, nor how elements are stored (`ebml`). A reader of our own, because
FFmpeg takes the chapters of all editions, hidden and disabled ones too, drops the nested ones, and shows the last of
several languages.

RFC 9559 (Matroska, 5.1.7 "Chapters Element").
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
from player.formats.ebml import elements, read_element

EBML = 0x1A45DFA3
SEGMENT = 0x18538067
CHAPTERS = 0x1043A770
_LARGEST_CHAPTERS = 16_000_000
_DEEPEST = 16

NAMES = {
    0x45B9: "EditionEntry",
    0x45BC: "EditionUID",
    0x45BD: "EditionFlagHidden",
    0x45DB: "EditionFlagDefault",
    0x45DD: "EditionFlagOrdered",
    0xB6: "ChapterAtom",
    0x73C4: "ChapterUID",
    0x91: "ChapterTimeStart",
    0x92: "ChapterTimeEnd",
    0x98: "ChapterFlagHidden",
    0x4598: "ChapterFlagEnabled",
    0x80: "ChapterDisplay",
    0x85: "ChapterString",
    0x437C: "ChapterLanguage",
}
"""The elements of a list that are read or written, by id; mkvtoolnix's XML has the same names."""
PARENTS = ("EditionEntry", "ChapterAtom", "ChapterDisplay")
TEXTS = ("ChapterString", "ChapterLanguage")


def read_matroska_chapters(path: Path) -> tuple[Mark, ...] | None:
    """Read the chapters of a Matroska file in order of start; None where no list of chapters is found in it.

    Steps from element to element and reads only the list. Raises OSError.
    """
    with path.open("rb") as file:
        data = _read_chapters(file)
    if data is None:
        return None
    return tuple(sorted(matroska_marks(chapter_tree(data)), key=lambda mark: mark.start))


def matroska_marks(root: ElementTree.Element) -> Iterator[Mark]:
    """The chapters of the default edition, else of the first that is not hidden; of several titles the first counts.

    Nested chapters have a level; hidden and disabled ones, and those within them, are hidden marks. `root` is
    `Chapters` in mkvtoolnix's XML.
    """
    shown = shown_edition(root)
    stack = [(element, 0, False) for element in (shown if shown is not None else ())][::-1]
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


def shown_edition(root: ElementTree.Element) -> ElementTree.Element | None:
    """The edition whose chapters are shown; None where there is none, or all are hidden."""
    editions = [element for element in root if element.tag == "EditionEntry"]
    seen = [edition for edition in editions if _text(edition, "EditionFlagHidden") != "1"]
    default = [edition for edition in seen if _text(edition, "EditionFlagDefault") == "1"]
    return next(iter(default or seen), None)


def _text(element: ElementTree.Element, name: str) -> str:
    """The text of the first child of a name."""
    return (element.findtext(name) or "").strip()


# --- in the file -----------------------------------------------------------------------------------------------------


def _read_chapters(file: BinaryIO) -> bytes | None:
    """The content of the first Chapters element of the first segment."""
    head = read_element(file)
    if head is None or head.name != EBML or head.size is None:
        return None
    file.seek(head.end)
    segment = read_element(file)
    if segment is None or segment.name != SEGMENT:
        return None
    # Only a file that was never finished has elements of unknown size; where they end cannot be told by stepping.
    for element in elements(file, segment.content, file.seek(0, 2)):
        if element.name == CHAPTERS and element.size is not None:
            file.seek(element.content)
            return file.read(min(element.size, _LARGEST_CHAPTERS))
    return None


def chapter_tree(data: bytes) -> ElementTree.Element:
    """The content of a Chapters element as a tree like mkvtoolnix's XML; times become seconds, as text."""
    root = ElementTree.Element("Chapters")
    _fill(root, data, 0)
    return root


def _fill(parent: ElementTree.Element, data: bytes, depth: int) -> None:
    """Turn the elements in `data` into children."""
    for element in elements(io.BytesIO(data), 0, len(data)):
        content = data[element.content : element.end if element.size is not None else len(data)]
        name = NAMES.get(element.name)
        if name is not None and depth < _DEEPEST:
            child = ElementTree.SubElement(parent, name)
            if name in PARENTS:
                _fill(child, content, depth + 1)
            elif name in TEXTS:
                child.text = content.decode("utf-8", errors="replace")
            else:
                number = int.from_bytes(content[:8], "big")
                child.text = f"{number // 10**9}.{number % 10**9:09}" if "Time" in name else str(number)
