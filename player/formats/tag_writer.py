"""Chapters written into audio files: MP3, AAC, WAV and AIFF (ID3), MP4, Ogg and FLAC (Vorbis comments).

Must not know where the chapters came from, nor how any container stores them: each has a module of its own.

The file is never touched: a copy beside it gets the chapters, is read back with our own reader, its sound and its other
tags are compared with the original's, and only then it takes the original's place in one step.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from player.core.errors import DamagedAudioError, FileError, NotAudioError, TagError
from player.core.model import Mark, Millis
from player.formats.chapter_writing import ChapterDocument, Entry
from player.formats.id3_frames import read_raw_tag
from player.formats.media_file import read_media
from player.formats.tag_checks import UnwritableError
from player.formats.tag_id3 import id3_rest, id3_sound, write_id3
from player.formats.tag_mp4 import mp4_rest, mp4_sound, write_mp4
from player.formats.tag_vorbis import comments_rest, comments_sound, write_comments

_TOLERANCE: Millis = 1
_NO_MATROSKA = (
    "Earmark writes none into Matroska and WebM; write them as “matroska” and give that file to mkvpropedit --chapters"
)


@dataclass(frozen=True, slots=True)
class _Container:
    """How chapters come into a kind of file, what is compared before and after, and what of a chapter it keeps."""

    write: Callable[[Path, Path, Sequence[Mark], Millis | None], None]
    sound: Callable[[Path], object]
    rest: Callable[[Path], object]
    keeps_all: bool = False


_ID3 = _Container(write_id3, id3_sound, id3_rest, keeps_all=True)
_MP4 = _Container(write_mp4, mp4_sound, mp4_rest)
_COMMENTS = _Container(write_comments, comments_sound, comments_rest)


def write_chapters(path: Path, marks: Sequence[Mark], target: Path | None = None) -> tuple[str, ...]:
    """Write chapters into an audio file, or with `target` into a copy of it, instead of those that it has.

    Gives what could not be kept in this kind of file: any of "pictures", "nesting" and "hidden entries". Sound and
    other tags stay as they are. Raises `TagError` when it cannot be done safely, `NotAudioError`, `DamagedAudioError`
    and `FileError`; after any of them the file is as it was.
    """
    seen = [mark for mark in marks if not mark.is_hidden]
    if not seen:
        raise TagError(str(path), "there are none to write")
    source = path.resolve()
    media = read_media(source)
    place = (target or path).resolve()
    try:
        container = _container(source)
        copy = _empty_beside(place)
        try:
            container.write(source, copy, marks, media.duration)
            _check(container, source, copy, marks)
            shutil.copymode(source, copy)
            _settle(copy, place)
        finally:
            copy.unlink(missing_ok=True)
    except UnwritableError as error:
        raise TagError(str(path), str(error)) from None
    except OSError as error:
        raise FileError(str(place), error.strerror or "it cannot be written") from None
    return () if container.keeps_all else tuple(_lost(marks))


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
        raise UnwritableError(_NO_MATROSKA)
    if (
        raw
        or head[:1] == b"\xff"
        or (head[:4], head[8:]) in ((b"RIFF", b"WAVE"), (b"FORM", b"AIFF"), (b"FORM", b"AIFC"))
    ):
        return _ID3
    raise UnwritableError("Earmark writes them into MP3, AAC, WAV, AIFF, MP4, Ogg and FLAC files only")


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
    wanted, got = ChapterDocument(marks).entries(), ChapterDocument(found).entries()
    if len(wanted) != len(got) or not all(map(_agree, wanted, got)):
        raise UnwritableError("the written copy did not give the same chapters back")
    if container.keeps_all and not _all_kept(marks, found):
        raise UnwritableError("the written copy did not give the same pictures and levels back")


def _agree(one: Entry, other: Entry) -> bool:
    """Whether two chapters are the same; one container may have to cut a very long title."""
    titles = one.title == other.title or (
        len(one.title) > len(other.title) > 8000 and one.title.startswith(other.title)
    )
    return titles and abs(one.mark.start - other.mark.start) <= _TOLERANCE


def _all_kept(marks: Sequence[Mark], found: Sequence[Mark]) -> bool:
    """Whether hidden entries and pictures are all there."""
    hidden = [sorted(mark.start for mark in each if mark.is_hidden) for each in (marks, found)]
    pictures = [sum(mark.picture is not None for mark in each) for each in (marks, found)]
    return hidden[0] == hidden[1] and pictures[0] == pictures[1]


def _lost(marks: Sequence[Mark]) -> list[str]:
    """What no container but ID3 keeps, of what is there."""
    checks = {
        "pictures": any(mark.picture for mark in marks),
        "nesting": any(mark.level for mark in marks),
        "hidden entries": any(mark.is_hidden for mark in marks),
    }
    return [name for name, is_there in checks.items() if is_there]


def _settle(copy: Path, place: Path) -> None:
    """Bring the copy to the disk, and then to its place."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.replace(place)
