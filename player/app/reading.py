"""Chapters straight from a file or a text, without a library: what `earmark chapters` shows.

Must not know how they are printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from player.app.chapters import outline_in
from player.core.chapters import chapters_from_marks
from player.core.errors import DocumentError, FileError, NoChaptersError
from player.core.model import Chapter, Millis

STANDARD_INPUT = "-"
LONGEST_TEXT = 64_000_000
"""Bytes of a text that are read at most."""

_NOTES = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_DOCUMENTS = {".json", ".cue", ".ffmeta", ".ffmetadata"}
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_FEEDS = {".xml", ".rss", ".atom"}
_AUDIO = {".mp3", ".m4a", ".m4b", ".mp4", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mka", ".webm", ".mkv"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds: a name for it and its chapters, at least one."""

    name: str
    chapters: tuple[Chapter, ...]


def read_source(name: str, markup: str | None, duration: Millis | None) -> list[Reading]:
    """The chapters in a file, or with `-` on standard input. A feed gives one reading for each episode with chapters.

    `markup` ("html", "text" or "markdown") says that the source is show notes, written so; None finds out.
    `duration` is how long the episode is, where that is known. Raises NoChaptersError, FileError, NotAudioError,
    DamagedAudioError, NotAFeedError or DocumentError.
    """
    if name == STANDARD_INPUT:
        return _read_text(
            _decode(sys.stdin.buffer.read(LONGEST_TEXT), "standard input"), "standard input", markup, duration
        )
    path = Path(name)
    ending = path.suffix.lower()
    if markup is None and ending in _FEEDS:
        return _read_feed(_bytes_of(path), path)
    if markup is not None or ending in _NOTES:
        return _read_text(_decode(_bytes_of(path), name), name, markup or _NOTES[ending], duration)
    if ending in _DOCUMENTS or _is_text(path):
        return _read_text(_decode(_bytes_of(path), name), name, None, duration)
    return _read_audio(path)


def chapters_document(chapters: Sequence[Chapter]) -> str:
    """The chapters as a Podcasting 2.0 JSON document (version 1.2)."""
    from player.formats.chapter_documents import write_json

    return write_json(chapters)


def _read_audio(path: Path) -> list[Reading]:
    from player.formats.media_file import read_media

    media = read_media(path)
    chapters = chapters_from_marks(media.marks, media.duration)
    if not chapters:
        raise NoChaptersError(path.name, "its tags hold none")
    return [Reading(path.name, chapters)]


def _read_feed(body: bytes, path: Path) -> list[Reading]:
    from player.formats.rss import read_feed

    readings = []
    for episode in read_feed(body, path.name).episodes:
        marks = outline_in(episode.texts, episode.duration) or episode.podlove
        chapters = chapters_from_marks(marks, episode.duration)
        if chapters:
            readings.append(Reading(episode.title, chapters))
    if not readings:
        raise NoChaptersError(path.name, "none of its episodes has an outline in its notes")
    return readings


def _read_text(text: str, name: str, markup: str | None, duration: Millis | None) -> list[Reading]:
    """Chapters of a chapter document, else of show notes."""
    from player.core.outline import find_outline, why_none
    from player.formats.chapter_documents import read_document
    from player.formats.notes import Markup, read_lines

    if markup is None:
        if _FEED.match(text):
            return _read_feed(text.encode(), Path(name))
        try:
            chapters = chapters_from_marks(read_document(text, name), duration)
        except DocumentError:
            if Path(name).suffix.lower() in _DOCUMENTS:
                raise
        else:
            return _found(name, chapters, "the document lists none")
    lines = read_lines(text, Markup(markup) if markup else None)
    outline = find_outline(lines, duration)
    if outline is None:
        raise NoChaptersError(name, why_none(lines, duration))
    return _found(name, chapters_from_marks(outline.marks, duration), "the outline is empty")


def _found(name: str, chapters: tuple[Chapter, ...], why_not: str) -> list[Reading]:
    if not chapters:
        raise NoChaptersError(name, why_not)
    return [Reading(name, chapters)]


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_TEXT)
    except FileNotFoundError as error:
        raise FileError(str(path), "there is no such file") from error
    except IsADirectoryError as error:
        raise FileError(str(path), "it is a folder; name a file in it") from error
    except OSError as error:
        raise FileError(str(path), error.strerror or "it cannot be read") from error


def _is_text(path: Path) -> bool:
    """Whether the first bytes of a file are text that could be notes or a document, and not a web page for audio."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    if not head or b"\0" in head or path.suffix.lower() in _AUDIO:
        return False
    try:
        head[: len(head) - 4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(data: bytes, name: str) -> str:
    """Text in UTF-8 or UTF-16 with a mark, else in Windows' western code page."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if b"\0" in data[:4096]:
            raise DocumentError(name, "it holds no text") from None
        return data.decode("cp1252", errors="replace")
