"""Chapters written into audio files: MP3, AAC, WAV and AIFF (ID3), MP4, Matroska, Ogg and FLAC (Vorbis comments).

Must not know where the chapters came from, nor how any container stores them: each has a module of its own.

The file is never touched: a copy beside it gets the chapters, is read back with our own reader, its sound and its other
tags are compared with the original's, and only then it takes the original's place in one step. A kill before that step
leaves the hidden copy behind, and nothing else.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from player.core.errors import DamagedAudioError, FileError, NotAudioError, TagError
from player.core.model import Mark, Millis
from player.formats.chapter_writing import kept_marks
from player.formats.id3_frames import read_raw_tag
from player.formats.media_file import read_media
from player.formats.tag_checks import UnwritableError
from player.formats.tag_id3 import id3_keeps, id3_rest, id3_sound, write_id3
from player.formats.tag_matroska import (
    is_webm,
    matroska_keeps,
    matroska_rest,
    matroska_sound,
    webm_keeps,
    write_matroska,
)
from player.formats.tag_mp4 import mp4_keeps, mp4_rest, mp4_sound, write_mp4
from player.formats.tag_vorbis import comments_keep, comments_rest, comments_sound, write_comments

_TOLERANCE: Millis = 1
_LONGEST_WHOLE = 8000
"""Characters of a title that every container keeps; a longer one may be cut."""


@dataclass(frozen=True, slots=True)
class _Container:
    """How chapters come into a kind of file, what is compared before and after, and what of the marks it keeps."""

    write: Callable[[Path, Path, Sequence[Mark], Millis | None], None]
    sound: Callable[[Path], object]
    rest: Callable[[Path], object]
    keeps: Callable[[Sequence[Mark]], list[Mark]]


_ID3 = _Container(write_id3, id3_sound, id3_rest, id3_keeps)
_MP4 = _Container(write_mp4, mp4_sound, mp4_rest, mp4_keeps)
_COMMENTS = _Container(write_comments, comments_sound, comments_rest, comments_keep)
_MATROSKA = _Container(write_matroska, matroska_sound, matroska_rest, matroska_keeps)
_WEBM = _Container(write_matroska, matroska_sound, matroska_rest, webm_keeps)


def write_chapters(path: Path, marks: Sequence[Mark], target: Path | None = None) -> tuple[str, ...]:
    """Write chapters into an audio file, or with `target` into a copy of it, instead of those that it has.

    Gives what could not be kept in this kind of file: any of "pictures" (or "1 of 3 pictures"), "links", "nested
    chapters" and "hidden entries". Sound and other tags stay as they are. Raises `TagError` when it cannot be done
    safely, `NotAudioError`, `DamagedAudioError` and `FileError`; after any of them the file is as it was.
    """
    seen = [mark for mark in marks if not mark.is_hidden]
    if not seen:
        raise TagError(str(path), "there are none to write")
    source = path.resolve()
    place = (target or path).resolve()
    try:
        before = _state(source)
        media = read_media(source)
        # A rename would ask nobody whether the file may be written.
        if place.exists() and not os.access(place, os.W_OK):
            raise FileError(str(place), "it may not be written")
        container = _container(source)
        copy = _empty_beside(place)
        try:
            container.write(source, copy, marks, media.duration)
            _check(container, source, copy, marks)
            shutil.copymode(source, copy)
            if _state(source) != before:
                raise UnwritableError("another program changed it meanwhile; try again when that is done")
            _settle(copy, place)
        finally:
            copy.unlink(missing_ok=True)
    except UnwritableError as error:
        raise TagError(str(path), str(error)) from None
    except OSError as error:
        raise FileError(str(place), _reason(error)) from None
    return tuple(_lost(kept_marks(marks), container.keeps(marks)))


def _container(path: Path) -> _Container:
    """The kind of a file, by how it begins. Raises `UnwritableError`."""
    with path.open("rb") as file:
        raw = read_raw_tag(file)
        file.seek(raw.size if raw else 0)
        head = file.read(12)
    if head[:4] in (b"OggS", b"fLaC"):
        return _COMMENTS
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return _MP4
    if head[:4] == b"\x1aE\xdf\xa3":
        return _WEBM if is_webm(path) else _MATROSKA
    if (
        raw
        or head[:1] == b"\xff"
        or (head[:4], head[8:]) in ((b"RIFF", b"WAVE"), (b"FORM", b"AIFF"), (b"FORM", b"AIFC"))
    ):
        return _ID3
    raise UnwritableError("Earmark writes them into MP3, AAC, WAV, AIFF, MP4, Matroska, WebM, Ogg and FLAC files only")


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells that a file is still the same; None for one that is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _reason(error: OSError) -> str:
    """Why a file could not be written, in a few words."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk is full",
        errno.EFBIG: "the disk takes no file of that size",
        errno.EACCES: "its folder may not be written",
        errno.EPERM: "its folder may not be written",
        errno.EROFS: "its folder may not be written",
        errno.ENOENT: "there is no such folder",
        errno.EISDIR: "it is a folder",
    }
    return reasons.get(error.errno or 0, error.strerror or "it cannot be written")


def _empty_beside(place: Path) -> Path:
    """A new file in the folder of another, where a rename cannot fail half-way."""
    handle, name = tempfile.mkstemp(prefix=f".{place.stem[:40]}-", suffix=place.suffix, dir=place.parent)
    os.close(handle)
    return Path(name)


def _check(container: _Container, source: Path, copy: Path, marks: Sequence[Mark]) -> None:
    """Raise `UnwritableError` unless the copy says what it should, and nothing else in it has changed."""
    try:
        found = read_media(copy).marks
    except (NotAudioError, DamagedAudioError) as error:
        raise UnwritableError("the written copy could not be read back") from error
    if container.sound(source) != container.sound(copy):
        raise UnwritableError("the sound of the written copy was not the same")
    if container.rest(source) != container.rest(copy):
        raise UnwritableError("other tags of the written copy were not the same")
    wanted, got = _in_order(container.keeps(marks)), _in_order(found)
    if len(wanted) != len(got) or not all(map(_agree, wanted, got)):
        raise UnwritableError("the written copy did not give the same chapters back")


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as they can be compared, the hidden ones last."""
    return sorted(kept_marks(marks), key=lambda mark: (mark.is_hidden, mark.start))


def _agree(one: Mark, other: Mark) -> bool:
    """Whether what was to be kept has come back; a very long title may be cut, and an end that was not kept made up."""
    titles = one.title == other.title or (
        len(one.title) > len(other.title) > _LONGEST_WHOLE and one.title.startswith(other.title)
    )
    pictures = [mark.picture.reference if mark.picture else None for mark in (one, other)]
    return (
        titles
        and pictures[0] == pictures[1]
        and (one.link, one.level, one.is_hidden) == (other.link, other.level, other.is_hidden)
        and abs(one.start - other.start) <= _TOLERANCE
    )


def _lost(marks: Sequence[Mark], kept: Sequence[Mark]) -> list[str]:
    """What is in the marks, and not in those that are kept."""
    counts: dict[str, Callable[[Mark], bool]] = {
        "pictures": lambda mark: mark.picture is not None,
        "links": lambda mark: mark.link is not None,
        "nested chapters": lambda mark: mark.level > 0,
        "hidden entries": lambda mark: mark.is_hidden,
    }
    found = []
    for name, has in counts.items():
        all_of_them, left = sum(map(has, marks)), sum(map(has, kept))
        if left < all_of_them:
            found.append(f"{all_of_them - left} of {all_of_them} {name}" if left else name)
    return found


def _settle(copy: Path, place: Path) -> None:
    """Bring the copy to the disk, and then to its place."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.replace(place)
