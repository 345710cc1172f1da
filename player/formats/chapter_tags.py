"""What tags in audio files say: title, artist, album and chapters, in ID3v2, Vorbis comments or markers of WAV.

Must not know the frames of ID3 (`chapter_id3`) or other containers (`chapter_mp4`), nor decode sound. mutagen has no
types: what comes out of it is checked here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import mutagen
from mutagen.flac import FLAC
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from player.core.errors import DocumentError
from player.core.model import Mark, Millis
from player.core.timecode import parse_timecode
from player.formats.chapter_documents import read_document
from player.formats.chapter_id3 import read_id3
from player.formats.chapter_wav import read_markers
from player.formats.chapter_words import clean_link, clean_title
from player.formats.riff_chunks import chunks, has_chunks

_COMMENT_KEY = re.compile(r"chapter(\d{1,6})(name|url)?", re.IGNORECASE)
_KINDS = (OggVorbis, OggOpus, FLAC, OggFLAC, OggSpeex)

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


def read_tags(path: Path) -> Tags | None:
    """Read the tags of an MP3, AAC, WAV, AIFF, FLAC or Ogg file; None where there are none that can be read.

    Reads the tag and a few headers, never the whole sound. Raises OSError where the file cannot be read.
    """
    from_id3 = _read_id3(path)
    if from_id3 is None or not from_id3.marks:
        from_id3 = _with_markers(path, from_id3)
    if from_id3 is not None and from_id3.marks:
        return from_id3
    try:
        return _read_comments(path) or from_id3
    except mutagen.MutagenError as error:
        raise_if_of_disk(error)
        return from_id3
    except _MISTAKES:
        return from_id3


def raise_if_of_disk(error: Exception) -> None:
    """Raise the OSError around which mutagen wrapped its own error, if it did."""
    of_disk = error.args[0] if error.args else None
    if isinstance(of_disk, OSError):
        raise of_disk from None


def _read_id3(path: Path) -> Tags | None:
    """The first ID3v2 tag of a file."""
    with path.open("rb") as file:
        for place in _id3_places(file):
            file.seek(place)
            tag = read_id3(file)
            if tag is not None:
                names = tag.names
                return Tags(names.get("title"), names.get("artist"), names.get("album"), None, tag.marks)
    return None


def _id3_places(file: BinaryIO) -> Iterator[int]:
    """Where an ID3v2 tag may begin: at the start, or in a chunk of a WAV or AIFF file."""
    yield 0
    file.seek(0)
    if has_chunks(file.read(4)):
        yield from (chunk.start for chunk in chunks(file) if chunk.name.lower() == b"id3 ")


def _with_markers(path: Path, tags: Tags | None) -> Tags | None:
    """The tags of a WAV file that have no chapters, with the markers in its chunks."""
    with path.open("rb") as file:
        marks = read_markers(file) if file.read(4) == b"RIFF" else ()
    return replace(tags or Tags(), marks=marks) if marks else tags


def _read_comments(path: Path) -> Tags | None:
    """Vorbis comments, and chapters in them; else the CUE sheet that rippers put into one."""
    file = mutagen.File(str(path), options=_KINDS)
    if file is None:
        return None
    length = getattr(file.info, "length", None)
    duration = round(length * 1000) if isinstance(length, float | int) and 0 < length < 1e7 else None
    comments = _comments(file.tags or ())
    marks = _comment_marks(comments) or _cue_marks(comments) or _block_marks(file)
    return Tags(comments.get("title"), comments.get("artist"), comments.get("album"), duration, marks)


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


def _block_marks(file: Any) -> tuple[Mark, ...]:
    """Starts from the CUESHEET block of a FLAC file: offsets of tracks in samples, and no titles.

    A track's INDEX 01 is its start; the last one (170 or 255) is only where the disc ends. RFC 9639, 8.7.
    """
    sheet, rate = getattr(file, "cuesheet", None), getattr(file.info, "sample_rate", 0)
    if sheet is None or not rate:
        return ()
    marks = []
    for track in sheet.tracks:
        if track.track_number not in (170, 255):
            first = next((index.index_offset for index in track.indexes if index.index_number == 1), 0)
            marks.append(Mark(round((track.start_offset + first) * 1000 / rate), ""))
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _cue_marks(comments: Mapping[str, str]) -> tuple[Mark, ...]:
    """Chapters from a CUE sheet in a comment, as rippers put it into FLAC."""
    try:
        return read_document(comments.get("cuesheet", ""), "CUESHEET")
    except DocumentError:
        return ()
