"""What tags in audio files say: title, artist, album, and chapters in ID3v2 (CHAP, CTOC) and Vorbis comments.

Must not know other containers (`chapter_mp4`), nor decode sound. The only user of mutagen, which has no types:
what comes out of it is checked here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen.aac import AAC
from mutagen.aiff import AIFF
from mutagen.flac import FLAC
from mutagen.id3 import CHAP, CTOC, ID3, TALB, TIT2, TPE1, WXXX
from mutagen.mp3 import MP3
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from player.core.errors import DocumentError
from player.core.model import Mark, Millis
from player.core.timecode import parse_timecode
from player.formats.chapter_documents import read_document
from player.formats.chapter_words import clean_link, clean_title

_NOT_GIVEN = 0xFFFFFFFF
_COMMENT_KEY = re.compile(r"chapter(\d{1,6})(name|url)?", re.IGNORECASE)
_FRAMES = {frame.__name__: frame for frame in (CHAP, CTOC, TALB, TIT2, TPE1, WXXX)}
_KINDS = (MP3, AAC, OggVorbis, OggOpus, FLAC, OggFLAC, OggSpeex, AIFF, WAVE)

# What mutagen lets through, besides its own errors, when a file is worse than it expects.
_MISTAKES = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, struct.error)


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tags of a file say. `duration` is mutagen's, from the headers; `marks` are in order of start."""

    title: str | None = None
    artist: str | None = None
    album: str | None = None
    duration: Millis | None = None
    marks: tuple[Mark, ...] = ()


class _EveryChapter(ID3):
    """An ID3 tag that keeps every CHAP and CTOC frame.

    mutagen keys frames by element id, so of several chapters with one id, or with none, only the last would stay.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        self.chapters: list[Any] = []
        self.contents: list[Any] = []
        base: Any = super()
        base.__init__(*arguments, **settings)

    def __setitem__(self, key: str, frame: Any) -> None:
        if isinstance(frame, CHAP):
            self.chapters.append(frame)
        elif isinstance(frame, CTOC):
            self.contents.append(frame)
        base: Any = super()
        base.__setitem__(key, frame)


def read_tags(path: Path) -> Tags | None:
    """Read the tags of an MP3, AAC, WAV, AIFF, FLAC or Ogg file; None where mutagen makes nothing of it.

    Reads the tag and a few headers, never the whole sound. Raises OSError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _read_id3_file(path) if file.read(3) == b"ID3" else _read_other_file(path)
    except mutagen.MutagenError as error:
        if isinstance(error.__cause__, OSError):
            raise error.__cause__ from None
        return None
    except _MISTAKES:
        return None


def _read_id3_file(path: Path) -> Tags | None:
    """A file that begins with an ID3v2 tag, whatever sound comes after it."""
    tag: Any = _EveryChapter(str(path), known_frames=_FRAMES)
    marks = _id3_marks(tag.chapters, tag.contents)
    return Tags(_id3_text(tag, "TIT2"), _id3_text(tag, "TPE1"), _id3_text(tag, "TALB"), None, marks)


def _read_other_file(path: Path) -> Tags | None:
    """A file whose container mutagen must find out: ID3 in a chunk of it, or Vorbis comments."""
    file = mutagen.File(str(path), options=_KINDS)
    if file is None:
        return None
    length = getattr(file.info, "length", None)
    duration = round(length * 1000) if isinstance(length, float | int) and 0 < length < 1e7 else None
    tags: Any = file.tags
    is_id3 = isinstance(file.tags, ID3)
    if is_id3:
        marks = _id3_marks(tags.getall("CHAP"), tags.getall("CTOC"))
        return Tags(_id3_text(tags, "TIT2"), _id3_text(tags, "TPE1"), _id3_text(tags, "TALB"), duration, marks)
    comments = _comments(tags or ())
    marks = _comment_marks(comments) or _cue_marks(comments)
    return Tags(comments.get("title"), comments.get("artist"), comments.get("album"), duration, marks)


# --- ID3v2 Chapter Frame Addendum 1.0 --------------------------------------------------------------------------------


def _id3_marks(chapters: Iterable[Any], contents: Iterable[Any]) -> tuple[Mark, ...]:
    """All chapters that a listener is meant to see, by start.

    A chapter that no table of contents names is hidden (a slide, say), unless the tables name none at all.
    """
    frames = list(chapters)
    named = {child for table in contents for child in table.child_element_ids}
    shown = [frame for frame in frames if frame.element_id in named] or frames
    marks = [_id3_mark(frame) for frame in shown if frame.start_time != _NOT_GIVEN]
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _id3_mark(frame: Any) -> Mark:
    start, end = int(frame.start_time), int(frame.end_time)
    link = next((clean_link(each.url) for each in frame.sub_frames.getall("WXXX")), None)
    return Mark(start, _id3_text(frame.sub_frames, "TIT2") or "", end if start < end < _NOT_GIVEN else None, link)


def _id3_text(tag: Mapping[str, Any], name: str) -> str | None:
    """The first string of a text frame, or None where it is missing or empty."""
    frame = tag.get(name)
    return clean_title(next((str(each) for each in frame.text), "")) or None if frame is not None else None


# --- Vorbis comments (the chapter extension of xiph.org) -------------------------------------------------------------


def _comments(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Comments by lower-case key; of several with one key the first with words in it."""
    found: dict[str, str] = {}
    for key, value in pairs:
        text = value.strip() if key.lower() == "cuesheet" else clean_title(value)
        if text:
            found.setdefault(key.lower(), text)
    return found


def _comment_marks(comments: Mapping[str, str]) -> tuple[Mark, ...]:
    """Chapters from `CHAPTER001=00:03:12.500`, `CHAPTER001NAME`, `CHAPTER001URL`, numbered in one to six digits."""
    fields: dict[int, dict[str, str]] = {}
    for key, value in comments.items():
        if match := _COMMENT_KEY.fullmatch(key):
            fields.setdefault(int(match.group(1)), {})[match.group(2) or "start"] = value
    return tuple(sorted(_marks_with_a_start(fields), key=lambda mark: mark.start))


def _marks_with_a_start(fields: Mapping[int, Mapping[str, str]]) -> Iterator[Mark]:
    for number in sorted(fields):
        entry = fields[number]
        # Some tools write a range, `00:00:12.500 --> 00:00:20.000`; its end is no more certain than the next start.
        start = parse_timecode(entry.get("start", "").split("-->")[0])
        if start is not None:
            yield Mark(start, entry.get("name", ""), None, clean_link(entry.get("url")))


def _cue_marks(comments: Mapping[str, str]) -> tuple[Mark, ...]:
    """Chapters from a CUE sheet in a comment, as rippers put it into FLAC."""
    try:
        return read_document(comments.get("cuesheet", ""), "CUESHEET")
    except DocumentError:
        return ()
