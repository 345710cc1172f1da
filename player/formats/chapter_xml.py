"""Chapters in XML: Podlove Simple Chapters, and Matroska chapters as mkvtoolnix reads and writes them.

Must not know feeds, which hold Podlove's chapters, too (`rss`).

https://podlove.org/simple-chapters (1.2); mkvtoolnix, `mkvtoolnixchapters.dtd`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from player.core.model import Mark
from player.core.phrases import Phrase
from player.core.timecode import parse_timecode
from player.formats.chapter_matroska import matroska_marks
from player.formats.chapter_pictures import linked_picture, resolved_link
from player.formats.chapter_words import UnreadableError, clean_title
from player.formats.chapter_writing import ChapterDocument, Entry, clock
from player.formats.entities import declares_entities


def read_xml(text: str, base: str = "") -> Iterable[Mark]:
    """Either kind, by the names of its elements. Relative addresses count from `base`. Raises `UnreadableError`."""
    if declares_entities(text):
        raise UnreadableError(Phrase("reasons", "its XML declares entities"))
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise UnreadableError(Phrase("reasons", "it is not well-formed XML")) from None
    if _tag(root) == "Chapters":
        return matroska_marks(root)
    lists = [element for element in root.iter() if _tag(element) == "chapters"]
    entries = [element for element in lists[0] if _tag(element) == "chapter"] if lists else []
    return _podlove_marks(entries, base)


def _podlove_marks(entries: Iterable[ElementTree.Element], base: str) -> Iterator[Mark]:
    for entry in entries:
        start = parse_timecode(entry.get("start", ""))
        if start is not None:
            link, picture = resolved_link(entry.get("href"), base), linked_picture(entry.get("image"), base)
            yield Mark(start, clean_title(entry.get("title")), None, link, picture)


def _tag(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


# --- written ---------------------------------------------------------------------------------------------------------


def write_psc(document: ChapterDocument) -> str:
    """Podlove Simple Chapters 1.2: starts, titles, links and web pictures; to the millisecond, without ends."""
    names = {"version": "1.2", "xmlns:psc": "http://podlove.org/simple-chapters"}
    root = ElementTree.Element("psc:chapters", names)
    for each in document.entries():
        entry = ElementTree.SubElement(root, "psc:chapter", {"start": clock(each.mark.start), "title": each.title})
        if each.mark.link:
            entry.set("href", each.mark.link)
        if each.mark.picture and each.mark.picture.url:
            entry.set("image", each.mark.picture.url)
    return _document(root)


def write_matroska(document: ChapterDocument) -> str:
    """Chapters for mkvpropedit and mkvmerge: starts, ends, titles, levels and hidden entries; to the millisecond."""
    root = ElementTree.Element("Chapters")
    edition = ElementTree.SubElement(root, "EditionEntry")
    ElementTree.SubElement(edition, "EditionFlagDefault").text = "1"
    add_atoms(edition, document.all_entries())
    return _document(root)


def add_atoms(edition: ElementTree.Element, entries: Sequence[Entry]) -> None:
    """Add an atom for each entry to an edition; hidden ones stand beside those of the top level."""
    parents = [edition]
    for number, each in enumerate(entries):
        parent = edition
        if not each.mark.is_hidden:
            del parents[min(each.mark.level, len(parents) - 1) + 1 :]
            parent = parents[-1]
        atom = _atom(parent, number + 1, each, _end_with_inner(entries[number:]))
        if not each.mark.is_hidden:
            parents.append(atom)


def _end_with_inner(entries: Sequence[Entry]) -> int | None:
    """The end of the first entry: an atom that lasts until its first nested one covers all of those."""
    first = entries[0]
    end = first.end
    for each in entries[1:] if not first.mark.is_hidden else ():
        if not each.mark.is_hidden:
            if each.mark.level <= first.mark.level or end != each.mark.start:
                break
            end = each.end
    return end


def _atom(parent: ElementTree.Element, number: int, each: Entry, end: int | None) -> ElementTree.Element:
    atom = ElementTree.SubElement(parent, "ChapterAtom")
    rows = {"ChapterUID": str(number), "ChapterTimeStart": clock(each.mark.start, digits=9)}
    if end is not None:
        rows["ChapterTimeEnd"] = clock(end, digits=9)
    rows["ChapterFlagHidden"] = "1" if each.mark.is_hidden else "0"
    for name, text in rows.items():
        ElementTree.SubElement(atom, name).text = text
    display = ElementTree.SubElement(atom, "ChapterDisplay")
    ElementTree.SubElement(display, "ChapterString").text = each.title
    ElementTree.SubElement(display, "ChapterLanguage").text = "und"
    return atom


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")
