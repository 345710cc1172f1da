"""Chapters and a cover written as Vorbis comments into Ogg and FLAC files, through mutagen.

Must not know other containers. Everything but the comments CHAPTERxxx is kept, and the packets of sound stay the same.

xiph.org wiki, "Chapter Extension": `CHAPTER001=00:03:12.500`, `CHAPTER001NAME`, `CHAPTER001URL`; "VorbisComment":
METADATA_BLOCK_PICTURE, in FLAC a block of its own.
"""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import mutagen
from mutagen.flac import FLAC
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis

from player.core.model import Mark, Millis, Picture
from player.core.phrases import Phrase
from player.formats.chapter_tags import raise_if_of_disk
from player.formats.chapter_writing import ChapterDocument, clock, kept_marks
from player.formats.clip_tags import add_cover
from player.formats.id3_frames import read_raw_tag
from player.formats.tag_checks import UnwritableError, hash_of

_KEY = re.compile(r"chapter\d{1,6}(?:name|url)?", re.IGNORECASE)
_KINDS = (OggVorbis, OggOpus, FLAC, OggFLAC, OggSpeex)
_COMMENTS = 1
"""The number of the packet that holds the comments, in every mapping to Ogg."""
_MISTAKES = (mutagen.MutagenError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, struct.error)


def write_comments(
    source: Path, copy: Path, marks: Sequence[Mark] | None, duration: Millis | None, cover: Picture | None = None
) -> None:
    """Write `copy` from `source`, with these chapters instead of those in its comments, and a cover.

    `marks` None leaves the chapters as they are. Raises `UnwritableError`.
    """
    del duration
    shutil.copyfile(source, copy)
    file = _opened(copy)
    if file.tags is None:
        file.add_tags()
    if marks is not None:
        _set_chapters(file, marks)
    if cover is not None:
        add_cover(file, cover)
    try:
        file.save()
    except _MISTAKES as error:
        raise_if_of_disk(error)
        raise UnwritableError(
            Phrase("reasons", "its comments cannot be written ({error})").filled(error=str(error))
        ) from None


def _set_chapters(file: Any, marks: Sequence[Mark]) -> None:
    for key in {key for key, _ in file.tags if _KEY.fullmatch(key)}:
        del file.tags[key]
    for number, entry in enumerate(ChapterDocument(marks).entries(), start=1):
        file.tags[f"CHAPTER{number:03}"] = clock(entry.mark.start)
        file.tags[f"CHAPTER{number:03}NAME"] = entry.title
        if entry.mark.link:
            file.tags[f"CHAPTER{number:03}URL"] = entry.mark.link


def comments_keep(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as comments keep them: starts, titles and links."""
    return [Mark(mark.start, mark.title, None, mark.link) for mark in kept_marks(marks) if not mark.is_hidden]


def comments_rest(path: Path) -> list[tuple[str, str]]:
    """All comments but those of chapters, in their order; of FLAC also the hashes of the other blocks."""
    file = _opened(path)
    rest = [(key, value) for key, value in file.tags or () if not _KEY.fullmatch(key)]
    blocks = [block for block in getattr(file, "metadata_blocks", ()) if block.code not in (1, 4)]
    return rest + [(f"block {block.code}", sha256(block.write()).hexdigest()) for block in blocks]


def comments_sound(path: Path) -> str:
    """A hash of the frames of a FLAC file, or of every packet of an Ogg file but that of the comments."""
    with path.open("rb") as file:
        raw = read_raw_tag(file)
        start = raw.size if raw else 0
        file.seek(start)
        if file.read(4) == b"fLaC":
            return hash_of(file, _frames_of_flac(file, start + 4), file.seek(0, 2))
        found = sha256()
        for serial, number, piece in _pieces(file):
            if number != _COMMENTS:
                found.update(struct.pack("<III", serial, number, len(piece)) + piece)
        return found.hexdigest()


def _opened(path: Path) -> Any:
    try:
        file = mutagen.File(str(path), options=_KINDS)
    except mutagen.MutagenError as error:
        raise_if_of_disk(error)
        raise UnwritableError(Phrase("reasons", "its headers are damaged")) from None
    except _MISTAKES:
        raise UnwritableError(Phrase("reasons", "its headers are damaged")) from None
    if file is None:
        raise UnwritableError(Phrase("reasons", "its kind of Ogg stream holds no comments that Earmark knows"))
    return file


def _frames_of_flac(file: BinaryIO, position: int) -> int:
    """Where the blocks of metadata end (RFC 9639, 8.1)."""
    while True:
        file.seek(position)
        head = file.read(4)
        if len(head) < 4:
            return position
        position += 4 + int.from_bytes(head[1:], "big")
        if head[0] & 0x80:
            return position


def _pieces(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Each part of a packet: the stream that it belongs to, the packet's number in it, the bytes (RFC 3533, 6)."""
    numbers: dict[int, int] = {}
    file.seek(0)
    while len(head := file.read(27)) == 27 and head[:4] == b"OggS":
        serial = struct.unpack_from("<I", head, 14)[0]
        sizes = file.read(head[26])
        packet = b""
        for size in sizes:
            packet += file.read(size)
            if size < 255:
                yield serial, numbers.get(serial, 0), packet
                numbers[serial], packet = numbers.get(serial, 0) + 1, b""
        if packet:
            yield serial, numbers.get(serial, 0), packet
