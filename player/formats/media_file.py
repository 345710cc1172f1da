"""Audio files: how long they are, what they call themselves, and the chapters inside them.

Must not know where a file came from, nor decode its sound: that is `audio`. Reads headers and tags only, so that
a file of hundreds of megabytes takes no longer than a small one.
"""

from __future__ import annotations

import itertools
import os
import stat
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.container

from player.core.errors import DamagedAudioError, FileError, NotAudioError
from player.core.model import Mark, Millis
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.recognition import LOOK_AT, Kind, Recognised, recognise
from player.core.timecode import HOUR
from player.formats.chapter_matroska import read_matroska_chapters
from player.formats.chapter_mp4 import read_mp4_chapters
from player.formats.chapter_tags import Tags, read_tags
from player.formats.chapter_words import clean_title

_LONGEST = 1000 * HOUR
_FRAMES_LOOKED_AT = 8
_LONGEST_FRAME = 200.0


@dataclass(frozen=True, slots=True)
class MediaFile:
    """What an audio file says of itself. Of an MP3 without a Xing or VBRI header the duration is an estimate."""

    duration: Millis | None
    title: str | None
    album: str | None
    artist: str | None
    marks: tuple[Mark, ...]


def read_media(path: Path) -> MediaFile:
    """Read the headers and tags of an audio file.

    Raises `FileError` (missing, a folder, empty, not readable), `NotAudioError` (`found` says what it is instead)
    and `DamagedAudioError` (begins like audio, but cannot be opened).
    """
    try:
        found = recognise(_read_head(path))
        # FFmpeg would take texts for subtitles, pictures for films, and playlists for orders to open other files.
        if found.kind not in (Kind.AUDIO, Kind.UNKNOWN):
            raise NotAudioError(str(path), found.phrase)
        return _with_ffmpeg(path) or _with_tags_alone(path, found)
    except OSError as error:
        raise FileError(str(path), _reason(error)) from None


def frame_length(path: Path) -> float | None:
    """How long each frame of an audio file is, in milliseconds: 26.12 for MP3 at 44.1 kHz.

    None where frames differ (Vorbis), where it is PCM, or where the file cannot be read.
    """
    try:
        with av.open("file:" + os.path.abspath(path), metadata_errors="replace") as container:  # noqa: PTH100
            stream = container.streams.audio[0]
            packets = itertools.islice(container.demux(stream), _FRAMES_LOOKED_AT)
            lengths = {(packet.duration or 0) * (packet.time_base or 0) for packet in packets if packet.size}
            is_pcm = stream.codec_context.name.startswith("pcm")
    except (av.FFmpegError, ValueError, IndexError, OSError):
        return None
    length = float(lengths.pop() * 1000) if len(lengths) == 1 else 0.0
    return length if not is_pcm and 0 < length <= _LONGEST_FRAME else None


def _read_head(path: Path) -> bytes:
    """The first bytes of a file that is one, and not empty."""
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise FileError(str(path), Phrase("reasons", "it is a folder"))
    if not stat.S_ISREG(kind):
        raise FileError(str(path), Phrase("reasons", "it is not a plain file"))
    with path.open("rb") as file:
        head = file.read(LOOK_AT)
    if not head:
        raise FileError(str(path), Phrase("reasons", "it is empty"))
    return head


def _reason(error: OSError) -> str:
    """Why the system refuses a file, in a few words."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Phrase("reasons", "there is no such file")
    if isinstance(error, PermissionError):
        return Phrase("reasons", "it may not be read")
    return system_reason(error, Phrase("reasons", "it cannot be read"))


# --- FFmpeg ----------------------------------------------------------------------------------------------------------


def _with_ffmpeg(path: Path) -> MediaFile | None:
    """What FFmpeg and the tags say; None when FFmpeg cannot open the file."""
    try:
        # With "file:" no name, however odd, is taken for an address. A tag in a wrong encoding must not lose the file.
        container = av.open("file:" + os.path.abspath(path), metadata_errors="replace")  # noqa: PTH100
    except (av.FFmpegError, ValueError):
        return None
    with container:
        if not container.streams.audio:
            raise NotAudioError(
                str(path),
                Phrase("reasons", "a video without sound")
                if container.streams.video
                else Phrase("reasons", "something else"),
            )
        names = {key.lower(): value for key, value in container.streams.audio[0].metadata.items()}
        names |= {key.lower(): value for key, value in container.metadata.items()}
        duration, marks = _duration(container), _marks(path, container)
    title, album, artist = (clean_title(names.get(key)) or None for key in ("title", "album", "artist"))
    return MediaFile(duration, title, album, artist, marks)


def _duration(container: av.container.InputContainer) -> Millis | None:
    """The length of the sound; where the stream does not say it, that of the whole file."""
    stream = container.streams.audio[0]
    seconds = Fraction(container.duration or 0, av.time_base)
    if stream.duration and stream.time_base:
        seconds = stream.duration * stream.time_base
    millis = round(seconds * 1000)
    return millis if 0 < millis <= _LONGEST else None


def _marks(path: Path, container: av.container.InputContainer) -> tuple[Mark, ...]:
    """Chapters by the reader that knows the format best; FFmpeg's own list where we have none."""
    kinds = set(container.format.name.split(","))
    if "mp4" in kinds:
        return read_mp4_chapters(path)
    if "matroska" in kinds:
        marks = read_matroska_chapters(path)
        return _ffmpeg_marks(container) if marks is None else marks
    tags = read_tags(path) if kinds & {"mp3", "aac", "wav", "aiff", "ogg", "flac"} else None
    if tags is not None:
        return tags.marks
    return _ffmpeg_marks(container)


def _ffmpeg_marks(container: av.container.InputContainer) -> tuple[Mark, ...]:
    marks = []
    for chapter in container.chapters():
        base = chapter["time_base"]
        if base is not None:
            start, end = (round(chapter[edge] * base * 1000) for edge in ("start", "end"))
            title = clean_title(chapter["metadata"].get("title"))
            marks.append(Mark(start, title, end if end > start else None))
    return tuple(sorted((mark for mark in marks if 0 <= mark.start < _LONGEST), key=lambda mark: mark.start))


# --- without FFmpeg --------------------------------------------------------------------------------------------------


def _with_tags_alone(path: Path, found: Recognised) -> MediaFile:
    """What the tags say of a file that FFmpeg refuses: chapters can be shown, even if it may not play."""
    tags = read_tags(path) or Tags()
    if tags.marks:
        return MediaFile(tags.duration, tags.title, tags.album, tags.artist, tags.marks)
    if found.kind is Kind.AUDIO:
        raise DamagedAudioError(str(path), Phrase("reasons", "it begins like audio, but its headers cannot be read"))
    raise NotAudioError(str(path), found.phrase)
