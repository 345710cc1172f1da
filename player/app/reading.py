"""Chapters straight from a file or a text, without a library: what `earmark chapters` shows.

Must not know how they are printed. What a file holds is told from its bytes; its ending only decides where they leave
it open.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from player.app.chapters import outline_in
from player.core.chapters import chapters_from_marks
from player.core.errors import DocumentError, FileError, NoChaptersError
from player.core.model import Chapter, Millis
from player.core.recognition import LOOK_AT, Kind, recognise

STANDARD_INPUT = "-"
LONGEST_TEXT = 64_000_000
"""Bytes of a text that are read at most."""

_STANDARD_NAME = "standard input"
_AUDIO = {".mp3", ".m4a", ".m4b", ".mp4", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mka", ".webm", ".mkv"}
_NOTES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_TEXTS = {*_NOTES, ".txt", ".text", ".json", ".cue", ".ffmeta", ".ffmetadata", ".vtt", ".xml", ".rss", ".atom"}
_FEEDS = {".xml", ".rss", ".atom"}
_DOCUMENTS = {".json", ".cue", ".ffmeta", ".ffmetadata", ".vtt"}
_FEED = re.compile(rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01
"""The part of the bytes of a text that may be control characters: a stray one is a slip, many are no text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds: a name for it and its chapters, at least one."""

    name: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it came: its bytes, how it is called, and the file's ending in small letters."""

    data: bytes
    name: str
    ending: str = ""


def read_source(name: str, markup: str | None, duration: Millis | None) -> list[Reading]:
    """The chapters in a file, or with `-` on standard input. A feed gives one reading for each episode with chapters.

    `markup` ("html", "text" or "markdown") says that the source is show notes, written so; None finds out.
    `duration` is how long the episode is, where that is known. Raises NoChaptersError, FileError, NotAudioError,
    DamagedAudioError, NotAFeedError or DocumentError.
    """
    text = _text_of(name, is_notes=markup is not None)
    if text is None:
        return _read_audio(Path(name), duration)
    if markup is None:
        return _read_text(text, duration)
    return _read_notes(_decoded(text), text.name, markup, duration)


def chapters_document(chapters: Sequence[Chapter]) -> str:
    """The chapters as a Podcasting 2.0 JSON document (version 1.2)."""
    from player.formats.chapter_documents import write_json

    return write_json(chapters)


# --- what it is ------------------------------------------------------------------------------------------------------


def _text_of(name: str, *, is_notes: bool) -> _Text | None:
    """The text that a source is; None for audio, or what should be some. Raises FileError or DocumentError."""
    if name == STANDARD_INPUT:
        head = sys.stdin.buffer.read(LOOK_AT)
        _check_text(head, _STANDARD_NAME)
        return _Text(head + sys.stdin.buffer.read(LONGEST_TEXT), _STANDARD_NAME)
    path = Path(name)
    ending = path.suffix.lower()
    if ending in _AUDIO and not is_notes:
        return None
    with _opened(path) as file:
        try:
            head = file.read(LOOK_AT)
            if not _is_text(head) and not is_notes and (ending not in _TEXTS or recognise(head).kind is Kind.AUDIO):
                return None
            _check_text(head, name)
            return _Text(head + file.read(LONGEST_TEXT), name, ending)
        except OSError as error:
            raise FileError(name, error.strerror or "it cannot be read") from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileError(str(path), "there is no such file") from error
    except IsADirectoryError as error:
        raise FileError(str(path), "it is a folder; name a file in it") from error
    except OSError as error:
        raise FileError(str(path), error.strerror or "it cannot be read") from error


def _is_text(head: bytes) -> bool:
    """Whether the first bytes are text in any encoding, so far as one can tell: few of them are control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(_CONTROL.findall(head)) <= _MOST_CONTROL * len(head)


def _check_text(head: bytes, name: str) -> None:
    if not _is_text(head):
        raise DocumentError(name, f"it is not text but {recognise(head)}")


def _decoded(text: _Text) -> str:
    """The text of its bytes. Raises NoChaptersError when there is none."""
    from player.formats.chapter_documents import decode_document

    found = decode_document(text.data)
    if not found.strip():
        raise NoChaptersError(text.name, "it is empty")
    return found


# --- what is in it ---------------------------------------------------------------------------------------------------


def _read_audio(path: Path, duration: Millis | None) -> list[Reading]:
    from player.formats.media_file import read_media

    media = read_media(path)
    return _found(path.name, chapters_from_marks(media.marks, media.duration or duration), "its tags hold none")


def _read_text(text: _Text, duration: Millis | None) -> list[Reading]:
    """Chapters of a feed, of a chapter document, else of show notes."""
    from player.formats.chapter_documents import guess_kind, read_document

    if _FEED.match(text.data[:LOOK_AT]):
        return _read_feed(text)
    words = _decoded(text)
    if guess_kind(words) is None and text.ending not in _DOCUMENTS:
        if text.ending in _FEEDS:
            return _read_feed(text)
        return _read_notes(words, text.name, _NOTES.get(text.ending), duration)
    try:
        marks = read_document(words, text.name)
    except DocumentError:
        if text.ending in _DOCUMENTS:
            raise
        # Notes may begin as a document does.
        try:
            return _read_notes(words, text.name, _NOTES.get(text.ending), duration)
        except NoChaptersError:
            pass
        raise
    return _found(text.name, chapters_from_marks(marks, duration), "the document lists none")


def _read_feed(text: _Text) -> list[Reading]:
    from player.formats.rss import read_feed

    readings = []
    for episode in read_feed(text.data, text.name).episodes:
        marks = outline_in(episode.texts, episode.duration) or episode.podlove
        chapters = chapters_from_marks(marks, episode.duration)
        if chapters:
            readings.append(Reading(episode.title, chapters))
    if not readings:
        raise NoChaptersError(text.name, "none of its episodes has an outline in its notes")
    return readings


def _read_notes(words: str, name: str, markup: str | None, duration: Millis | None) -> list[Reading]:
    from player.core.outline import find_outline, why_none
    from player.formats.notes import Markup, read_lines

    lines = read_lines(words, Markup(markup) if markup else None)
    outline = find_outline(lines, duration)
    if outline is None:
        raise NoChaptersError(name, why_none(lines, duration))
    return _found(name, chapters_from_marks(outline.marks, duration), "the outline is empty")


def _found(name: str, chapters: tuple[Chapter, ...], why_not: str) -> list[Reading]:
    if not chapters:
        raise NoChaptersError(name, why_not)
    return [Reading(name, chapters)]
