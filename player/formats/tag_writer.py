"""Chapters and a cover written into audio files: MP3, AAC, WAV, AIFF (ID3), MP4, Matroska, Ogg, FLAC (Vorbis comments).

Must not know where these came from, nor how any container stores them: each has a module of its own.

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
from player.core.model import Mark, Millis, Picture
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.formats.chapter_writing import kept_marks
from player.formats.clip_tags import cover_in
from player.formats.id3_frames import read_raw_tag
from player.formats.media_file import read_media
from player.formats.mp4_cover import mp4_keeps_cover, write_mp4_cover
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
_OF_COVERS = (b"APIC", b"meta hdlr", b"ilst covr", "metadata_block_picture", "block 6")
"""What the tags are called in which a cover comes, in every container."""
_LONGEST_WHOLE = 8000
"""Characters of a title that every container keeps; a longer one may be cut."""


_Write = Callable[[Path, Path, Sequence[Mark] | None, Millis | None, Picture | None], None]


@dataclass(frozen=True, slots=True)
class _Container:
    """How chapters come into a kind of file, what is compared before and after, and what of the marks it keeps.

    `keeps_cover` tells whether there is a place for a cover.
    """

    write: _Write
    sound: Callable[[Path], object]
    rest: Callable[[Path], Sequence[object]]
    keeps: Callable[[Sequence[Mark]], list[Mark]]
    keeps_cover: Callable[[Picture], bool]


def _write_mp4(
    source: Path, copy: Path, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None
) -> None:
    """First the cover, then the chapters: each moves the samples."""
    if marks is None or cover is None:
        if marks is not None:
            write_mp4(source, copy, marks, duration)
        elif cover is not None:
            write_mp4_cover(source, copy, cover)
        return
    with tempfile.NamedTemporaryFile(prefix=f".{copy.stem[:40]}-", dir=copy.parent) as between:
        write_mp4_cover(source, Path(between.name), cover)
        write_mp4(Path(between.name), copy, marks, duration)


def _write_matroska(
    source: Path, copy: Path, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None
) -> None:
    del cover
    if marks is not None:
        write_matroska(source, copy, marks, duration)


_ID3 = _Container(write_id3, id3_sound, id3_rest, id3_keeps, lambda _: True)
_MP4 = _Container(_write_mp4, mp4_sound, mp4_rest, mp4_keeps, mp4_keeps_cover)
_COMMENTS = _Container(write_comments, comments_sound, comments_rest, comments_keep, lambda _: True)
_MATROSKA = _Container(_write_matroska, matroska_sound, matroska_rest, matroska_keeps, lambda _: False)
_WEBM = _Container(_write_matroska, matroska_sound, matroska_rest, webm_keeps, lambda _: False)


def write_chapters(
    path: Path, marks: Sequence[Mark] | None, target: Path | None = None, cover: Picture | None = None
) -> tuple[str, ...]:
    """Write chapters into an audio file, or with `target` into a copy of it, instead of those that it has.

    `marks` None leaves the chapters as they are. `cover` is the bytes of a picture; a file that has one keeps its own.
    Gives what could not be kept in this kind of file: any of "pictures" (or "1 of 3 pictures"), "links", "nested
    chapters", "hidden entries" and "the cover". Sound and other tags stay as they are. Raises `TagError` when it cannot
    be done safely or there is nothing to write, `NotAudioError`, `DamagedAudioError` and `FileError`; after any of them
    the file is as it was.
    """
    if marks is not None and all(mark.is_hidden for mark in marks):
        raise TagError(str(path), Phrase("reasons", "there are none to write"))
    source = path.resolve()
    place = (target or path).resolve()
    try:
        before = _state(source)
        media = read_media(source)
        # A rename would ask nobody whether the file may be written.
        if place.exists() and not os.access(place, os.W_OK):
            raise FileError(str(place), Phrase("reasons", "it may not be written"))
        container = _container(source)
        added = _cover_to_add(container, source, cover, is_all=marks is None)
        copy = _empty_beside(place)
        try:
            container.write(source, copy, marks, media.duration, added)
            _check(container, source, copy, media.marks if marks is None else container.keeps(marks), added)
            shutil.copymode(source, copy)
            if _state(source) != before:
                raise UnwritableError(
                    Phrase("reasons", "another program changed it meanwhile; try again when that is done")
                )
            _settle(copy, place)
        finally:
            copy.unlink(missing_ok=True)
    except UnwritableError as error:
        raise TagError(str(path), error.reason) from None
    except OSError as error:
        raise FileError(str(place), _reason(error)) from None
    lost = _lost(kept_marks(marks), container.keeps(marks)) if marks is not None else []
    return (*lost, "the cover") if cover is not None and not container.keeps_cover(cover) else tuple(lost)


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
    raise UnwritableError(
        Phrase("reasons", "Earmark writes them into MP3, AAC, WAV, AIFF, MP4, Matroska, WebM, Ogg and FLAC files only")
    )


def _cover_to_add(container: _Container, source: Path, cover: Picture | None, *, is_all: bool) -> Picture | None:
    """The cover, where the file has none and has a place for it. Raises `UnwritableError` where there `is_all`."""
    if cover is not None and container.keeps_cover(cover) and cover_in(source) is None:
        return cover
    if is_all:
        raise UnwritableError(Phrase("reasons", "it has a cover, or no place for this one"))
    return None


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
        errno.ENOSPC: Phrase("reasons", "the disk is full"),
        errno.EDQUOT: Phrase("reasons", "the disk is full"),
        errno.EFBIG: Phrase("reasons", "the disk takes no file of that size"),
        errno.EACCES: Phrase("reasons", "its folder may not be written"),
        errno.EPERM: Phrase("reasons", "its folder may not be written"),
        errno.EROFS: Phrase("reasons", "its folder may not be written"),
        errno.ENOENT: Phrase("reasons", "there is no such folder"),
        errno.EISDIR: Phrase("reasons", "it is a folder"),
    }
    return reasons.get(error.errno or 0) or system_reason(error, Phrase("reasons", "it cannot be written"))


def _empty_beside(place: Path) -> Path:
    """A new file in the folder of another, where a rename cannot fail half-way."""
    handle, name = tempfile.mkstemp(prefix=f".{place.stem[:40]}-", suffix=place.suffix, dir=place.parent)
    os.close(handle)
    return Path(name)


def _check(container: _Container, source: Path, copy: Path, marks: Sequence[Mark], cover: Picture | None) -> None:
    """Raise `UnwritableError` unless the copy has these marks and this cover, and nothing else in it has changed."""
    try:
        found = read_media(copy).marks
    except (NotAudioError, DamagedAudioError) as error:
        raise UnwritableError(Phrase("reasons", "the written copy could not be read back")) from error
    if container.sound(source) != container.sound(copy):
        raise UnwritableError(Phrase("reasons", "the sound of the written copy was not the same"))
    if not _is_same_but(container.rest(source), container.rest(copy), () if cover is None else _OF_COVERS):
        raise UnwritableError(Phrase("reasons", "other tags of the written copy were not the same"))
    kept = cover_in(copy) if cover is not None else None
    if cover is not None and (kept is None or kept.data != cover.data):
        raise UnwritableError(Phrase("reasons", "the written copy did not give the same cover back"))
    wanted, got = _in_order(marks), _in_order(found)
    if len(wanted) != len(got) or not all(map(_agree, wanted, got)):
        raise UnwritableError(Phrase("reasons", "the written copy did not give the same chapters back"))


def _is_same_but(before: Sequence[object], after: Sequence[object], added: Sequence[str | bytes]) -> bool:
    """Whether all that was there is there, in its order, and nothing else but what is called so."""
    left = list(before)
    for each in after:
        if left and each == left[0]:
            left.pop(0)
        elif not isinstance(each, tuple) or each[0] not in added:
            return False
    return not left


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
    counts: dict[Phrase, Callable[[Mark], bool]] = {
        Phrase("reasons", "pictures"): lambda mark: mark.picture is not None,
        Phrase("reasons", "links"): lambda mark: mark.link is not None,
        Phrase("reasons", "nested chapters"): lambda mark: mark.level > 0,
        Phrase("reasons", "hidden entries"): lambda mark: mark.is_hidden,
    }
    found: list[str] = []
    some = Phrase("reasons", "{count} of {whole} {name}")
    for name, has in counts.items():
        all_of_them, left = sum(map(has, marks)), sum(map(has, kept))
        if left < all_of_them:
            found.append(some.filled(count=all_of_them - left, whole=all_of_them, name=name) if left else name)
    return found


def _settle(copy: Path, place: Path) -> None:
    """Bring the copy to the disk, and then to its place."""
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    copy.replace(place)
