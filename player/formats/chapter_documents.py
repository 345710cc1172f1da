"""Chapter lists in documents of their own: JSON, CUE sheets, ffmetadata, WebVTT and XML; and JSON written.

Must not know where a document comes from (a file, a feed, the clipboard), nor what is done with the marks.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from xml.etree import ElementTree

from player.core.errors import DocumentError
from player.core.model import Chapter, Mark, Millis
from player.core.timecode import HOUR, parse_timecode
from player.formats.chapter_matroska import matroska_marks
from player.formats.chapter_words import clean_link, clean_title

_LATEST = 1000 * HOUR
_LARGEST = 4_000_000
"""No list of chapters is longer than this many characters."""


class DocumentKind(StrEnum):
    """The kinds of documents that hold nothing but chapters."""

    JSON = "JSON chapters"
    CUE = "a CUE sheet"
    FFMETADATA = "ffmetadata"
    WEBVTT = "WebVTT"
    XML = "XML chapters"


class _UnreadableError(Exception):
    """A reader gives up; the text says why."""


def guess_kind(text: str) -> DocumentKind | None:
    """What kind of chapter document a text is, by its first words; None when it is none (show notes, say)."""
    head = text.lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        # Notes may begin with a time in brackets.
        return DocumentKind.JSON if re.match(r"[\[{]\s*[\[{\"\]}]", head) else None
    if head.startswith(";FFMETADATA"):
        return DocumentKind.FFMETADATA
    if re.match(r"WEBVTT(\s|$)", head):
        return DocumentKind.WEBVTT
    if head.startswith("<"):
        return DocumentKind.XML if re.search(r"<(?:\w+:)?chapters[\s>/]", head[:4000], re.IGNORECASE) else None
    if re.search(r"^[ \t]*TRACK[ \t]+\d+[ \t]", text, re.MULTILINE | re.IGNORECASE) and re.search(
        r"^[ \t]*INDEX[ \t]+\d+[ \t]+\d+:\d+:\d+", text, re.MULTILINE | re.IGNORECASE
    ):
        return DocumentKind.CUE
    return None


def read_document(content: str | bytes, name: str) -> tuple[Mark, ...]:
    """Read the chapters of a document, in order of start; entries without a usable start are left out.

    Kinds: JSON of Podcasting 2.0 (1.0 to 1.2) and of the Podlove player; CUE; ffmetadata; WebVTT; Podlove Simple
    Chapters and Matroska chapters as XML. Raises `DocumentError` when it is none of these, or broken beyond use.
    """
    text = content if isinstance(content, str) else decode_document(content)
    kind = guess_kind(text)
    if kind is None or len(text) > _LARGEST:
        raise DocumentError(name, "it is no chapter document (JSON, CUE, ffmetadata, WebVTT or XML)")
    try:
        marks = [mark for mark in _READERS[kind](text.lstrip("\ufeff \t\r\n")) if 0 <= mark.start < _LATEST]
    except _UnreadableError as error:
        raise DocumentError(name, str(error)) from None
    return tuple(sorted(marks, key=lambda mark: mark.start))


def write_json(chapters: Sequence[Chapter], *, indent: int | None = None) -> str:
    """Write JSON chapters 1.2.0 (Podcasting 2.0 namespace): times in seconds, to the millisecond; no end not known."""
    entries: list[dict[str, object]] = []
    for chapter in chapters:
        entry: dict[str, object] = {"startTime": chapter.start / 1000}
        if chapter.end > chapter.start:
            entry["endTime"] = chapter.end / 1000
        entry["title"] = chapter.title
        if chapter.link:
            entry["url"] = chapter.link
        entries.append(entry)
    return json.dumps({"version": "1.2.0", "chapters": entries}, ensure_ascii=False, indent=indent)


def decode_document(content: bytes) -> str:
    """Decode a document: by its byte-order mark, else as UTF-8, else by a guess among what rippers of discs wrote."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_guess_encoding(content), errors="replace")


def _guess_encoding(content: bytes) -> str:
    """Chinese (GB 18030), Cyrillic (Windows-1251) or Western (Windows-1252).

    Common Chinese characters lead with a byte up to 0xD7 (level 1 of GB 2312); small Cyrillic letters lie above it, in
    runs; accented Western letters stand alone between ASCII ones.
    """
    runs = re.findall(rb"[\x80-\xff]+", content)
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", content)
    common = sum(pair[0] <= 0xD7 for pair in pairs)
    if pairs and common >= 0.7 * len(pairs) and max(map(len, runs)) >= 2:
        return "gb18030"
    in_runs = sum(len(run) for run in runs if len(run) >= 3)
    return "cp1251" if in_runs > 0.5 * sum(map(len, runs)) else "cp1252"


# --- JSON ------------------------------------------------------------------------------------------------------------


def _read_json(text: str) -> Iterable[Mark]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise _UnreadableError("it is not well-formed JSON") from None
    entries = document.get("chapters") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise _UnreadableError("its JSON holds no list of chapters")
    # One bad entry must not lose the list; `toc: false` marks a silent entry (a picture, a place).
    for entry in entries:
        if isinstance(entry, dict) and entry.get("toc") is not False:
            start = _json_time(entry.get("startTime", entry.get("start")))
            if start is not None:
                end = _json_time(entry.get("endTime", entry.get("end")))
                yield Mark(
                    start, clean_title(entry.get("title")), end, clean_link(entry.get("url") or entry.get("href"))
                )


def _json_time(value: object) -> Millis | None:
    """A time as a number of seconds, or as a text."""
    if isinstance(value, str):
        return parse_timecode(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # No time is that long; and a whole number may be too long to become a float.
    if isinstance(value, int) and abs(value) > _LATEST:
        return None
    return round(value * 1000) if math.isfinite(value) and 0 <= value * 1000 < _LATEST else None


# --- CUE -------------------------------------------------------------------------------------------------------------


def _read_cue(text: str) -> Iterable[Mark]:
    """The tracks of the first FILE; a track starts at INDEX 01. Times are mm:ss:ff with 75 frames a second."""
    title, files, is_open = "", 0, False
    for line in text.splitlines():
        command, _, value = line.strip().partition(" ")
        command, value = command.upper(), value.strip()
        if command == "FILE":
            files += 1
            if files > 1 and is_open:
                return
        elif command == "TRACK":
            title, is_open = "", True
        elif command == "TITLE":
            title = value[1:].partition('"')[0] if value.startswith('"') else value
        elif command == "INDEX" and is_open:
            match = re.fullmatch(r"0*1\s+(\d{1,5}):([0-5]?\d):([0-6]?\d|7[0-4])", value)
            if match:
                minutes, seconds, frames = map(int, match.groups())
                yield Mark(round(((minutes * 60 + seconds) * 75 + frames) * 1000 / 75), clean_title(title))


# --- ffmetadata ------------------------------------------------------------------------------------------------------


def _read_ffmetadata(text: str) -> Iterable[Mark]:
    """Sections `[CHAPTER]`; a backslash takes the special meaning from `= ; # \\` and the end of the line."""
    section: dict[str, str] | None = None
    for line in re.split(r"(?<!\\)\n", text.replace("\r\n", "\n")):
        if re.fullmatch(r"\[\w+\]\s*", line):
            yield from _ffmetadata_mark(section)
            section = {} if line.strip() == "[CHAPTER]" else None
        elif section is not None and not line.startswith((";", "#")):
            key, _, value = line.partition("=")
            section[key.strip().lower()] = re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
    yield from _ffmetadata_mark(section)


def _ffmetadata_mark(section: dict[str, str] | None) -> Iterable[Mark]:
    if section is None:
        return
    base = re.fullmatch(r"\s*(\d{1,18})\s*/\s*(\d{1,18})\s*", section.get("timebase", "1/1000000000"))
    start = re.fullmatch(r"\s*(\d{1,18})\s*", section.get("start", ""))
    end = re.fullmatch(r"\s*(\d{1,18})\s*", section.get("end", ""))
    if base and start and int(base.group(2)):
        number, parts = int(base.group(1)), int(base.group(2))
        ends = round(int(end.group(1)) * number * 1000 / parts) if end else None
        yield Mark(round(int(start.group(1)) * number * 1000 / parts), clean_title(section.get("title")), ends)


# --- WebVTT ----------------------------------------------------------------------------------------------------------


def _read_webvtt(text: str) -> Iterable[Mark]:
    """Cues as chapters (HTML's `kind="chapters"`): the cue's text is the title."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((index for index, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is not None:
            start, _, rest = lines[at].partition("-->")
            millis = parse_timecode(start)
            if millis is not None:
                end = parse_timecode(rest.split()[0]) if rest.split() else None
                yield Mark(millis, clean_title(re.sub(r"<[^>]*>", "", " ".join(lines[at + 1 :]))), end)


# --- XML -------------------------------------------------------------------------------------------------------------


def _read_xml(text: str) -> Iterable[Mark]:
    """Podlove Simple Chapters, or Matroska chapters as mkvtoolnix writes them."""
    if "<!ENTITY" in text:
        raise _UnreadableError("its XML declares entities")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise _UnreadableError("it is not well-formed XML") from None
    if _tag(root) == "Chapters":
        return matroska_marks(root)
    lists = [element for element in root.iter() if _tag(element) == "chapters"]
    entries = [element for element in lists[0] if _tag(element) == "chapter"] if lists else []
    return _podlove_marks(entries)


def _podlove_marks(entries: Iterable[ElementTree.Element]) -> Iterable[Mark]:
    for entry in entries:
        start = parse_timecode(entry.get("start", ""))
        if start is not None:
            yield Mark(start, clean_title(entry.get("title")), None, clean_link(entry.get("href")))


def _tag(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


_READERS: dict[DocumentKind, Callable[[str], Iterable[Mark]]] = {
    DocumentKind.JSON: _read_json,
    DocumentKind.CUE: _read_cue,
    DocumentKind.FFMETADATA: _read_ffmetadata,
    DocumentKind.WEBVTT: _read_webvtt,
    DocumentKind.XML: _read_xml,
}
