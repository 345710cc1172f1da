"""Chapter lists in documents of their own: which kind one is, how it is decoded, and who reads and writes it.

Must not know where a document comes from (a file, a feed, the clipboard), nor what is done with the marks. Each family
of formats has a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from player.core.errors import DocumentError
from player.core.model import Mark
from player.core.phrases import Phrase
from player.core.timecode import HOUR
from player.formats.chapter_cue import read_cue, write_cue
from player.formats.chapter_ffmetadata import read_ffmetadata, write_ffmetadata
from player.formats.chapter_json import JSON_WRITERS, read_json
from player.formats.chapter_lines import (
    is_labels,
    is_text,
    read_labels,
    read_text,
    write_labels,
    write_text,
    write_youtube,
)
from player.formats.chapter_webvtt import read_webvtt, write_webvtt
from player.formats.chapter_words import UnreadableError
from player.formats.chapter_writing import ChapterDocument
from player.formats.chapter_xml import read_xml, write_matroska, write_psc

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
    LABELS = "Audacity labels"
    TEXT = "the text of mp4chaps"


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
    if is_labels(head):
        return DocumentKind.LABELS
    if is_text(head):
        return DocumentKind.TEXT
    if re.search(r"^[ \t]*TRACK[ \t]+\d+[ \t]", text, re.MULTILINE | re.IGNORECASE) and re.search(
        r"^[ \t]*INDEX[ \t]+\d+[ \t]+\d+:\d+:\d+", text, re.MULTILINE | re.IGNORECASE
    ):
        return DocumentKind.CUE
    return None


def read_document(content: str | bytes, name: str, *, base: str = "", audio: str = "") -> tuple[Mark, ...]:
    """Read the chapters of a document, in order of start; entries without a usable start are left out.

    Kinds: JSON of Podcasting 2.0 (1.0 to 1.2), the Podlove player, Audiobookshelf and Audible; CUE; ffmetadata;
    WebVTT; Podlove Simple Chapters and Matroska chapters as XML; Audacity's labels; the text of mp4chaps. `base` is the
    address from which relative ones in it count, `audio` the name of the file that a CUE sheet with several is for.
    Raises `DocumentError` when it is none of these, or broken beyond use.
    """
    text = content if isinstance(content, str) else decode_document(content)
    kind = guess_kind(text)
    if kind is None or len(text) > _LARGEST:
        raise DocumentError(
            name, Phrase("reasons", "it is no chapter document (JSON, CUE, ffmetadata, WebVTT, XML or lines of labels)")
        )
    text = text.lstrip("\ufeff \t\r\n")
    try:
        found: Iterable[Mark]
        if kind is DocumentKind.JSON:
            found = read_json(text, base)
        elif kind is DocumentKind.XML:
            found = read_xml(text, base)
        else:
            found = read_cue(text, audio) if kind is DocumentKind.CUE else _READERS[kind](text)
        marks = [mark for mark in found if 0 <= mark.start < _LATEST]
    except UnreadableError as error:
        raise DocumentError(name, error.reason) from None
    return tuple(sorted(marks, key=lambda mark: mark.start))


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


_READERS: dict[DocumentKind, Callable[[str], Iterable[Mark]]] = {
    DocumentKind.FFMETADATA: read_ffmetadata,
    DocumentKind.WEBVTT: read_webvtt,
    DocumentKind.LABELS: read_labels,
    DocumentKind.TEXT: read_text,
}

WRITERS: Mapping[str, Callable[[ChapterDocument], str]] = {
    **JSON_WRITERS,
    "psc": write_psc,
    "matroska": write_matroska,
    "ffmetadata": write_ffmetadata,
    "cue": write_cue,
    "vtt": write_webvtt,
    "labels": write_labels,
    "mp4chaps": write_text,
    "youtube": write_youtube,
}
"""What can be written, by the names that people choose; each writer's docstring says what it keeps, and how finely."""
