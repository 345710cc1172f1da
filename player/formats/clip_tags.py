"""What a clip says of itself, written into it and read from the original: title, podcast, cover, where it is from.

Must not know how a clip is cut. Through mutagen: ID3 in MP3 and WAV, MP4, Vorbis comments in Ogg and FLAC.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen import flac as mutagen_flac
from mutagen import id3 as mutagen_id3
from mutagen import mp4 as mutagen_mp4
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from player.core.errors import FileError
from player.core.model import Picture
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.formats.chapter_pictures import embedded_picture, picture_size

# Their types are there in parts only.
_FRAMES: Any = mutagen_id3
_FLAC: Any = mutagen_flac
_MP4: Any = mutagen_mp4

_PICTURE_KEY = "metadata_block_picture"
_COVER_FORMATS = {"image/jpeg": _MP4.MP4Cover.FORMAT_JPEG, "image/png": _MP4.MP4Cover.FORMAT_PNG}
_FRONT = _FRAMES.PictureType.COVER_FRONT


@dataclass(frozen=True, slots=True)
class ClipTags:
    """What is written. `comment` says where the clip is from, `source` is the address of the audio."""

    title: str
    podcast: str
    artist: str
    comment: str
    source: str | None = None
    cover: Picture | None = None


def write_clip_tags(clip: Path, tags: ClipTags) -> None:
    """Write the tags into a new file. Raises FileError."""
    try:
        file = mutagen.File(str(clip))
        write = next((each for kind, each in _WRITERS.items() if isinstance(file, kind)), _write_comments)
        write(file, tags)
        file.save()
        if isinstance(file, WAVE):
            _append_info(clip, tags)
    except (mutagen.MutagenError, OSError) as error:
        raise FileError(str(clip), system_reason(error, Phrase("reasons", "its tags cannot be written"))) from error


def cover_in(audio: Path) -> Picture | None:
    """The picture of an audio file as a whole; None when there is none that can be read."""
    try:
        file = mutagen.File(str(audio))
        found = _pictures(file) if file is not None else []
    except (mutagen.MutagenError, LookupError, ValueError, TypeError, AttributeError, OSError):
        return None
    return next((picture for data, said in found if (picture := embedded_picture(bytes(data), said))), None)


def add_cover(file: Any, cover: Picture) -> None:
    """Put a cover into a file of Vorbis comments that mutagen has opened."""
    picture = _flac_picture(cover)
    if hasattr(file, "add_picture"):
        file.add_picture(picture)
    else:
        file[_PICTURE_KEY] = [*file.get(_PICTURE_KEY, ()), base64.b64encode(picture.write()).decode("ascii")]


def _pictures(file: Any) -> list[tuple[bytes, str]]:
    """All pictures with what is said of their kind, covers first."""
    tags: Any = file.tags
    if isinstance(file.tags, ID3):
        frames = sorted(tags.getall("APIC"), key=lambda frame: frame.type != _FRONT)
        return [(frame.data, frame.mime) for frame in frames]
    if isinstance(file, MP4):
        return [(cover, "") for cover in (tags or {}).get("covr", [])]
    if isinstance(file, FLAC):
        return [(each.data, each.mime) for each in file.pictures]
    packed = (tags or {}).get(_PICTURE_KEY, [])
    unpacked = [_FLAC.Picture(base64.b64decode(each)) for each in packed]
    return [(each.data, each.mime) for each in unpacked]


def _write_id3(file: Any, tags: ClipTags) -> None:
    if file.tags is None:
        file.add_tags()
    frames = [
        _FRAMES.TIT2(encoding=3, text=tags.title),
        _FRAMES.TALB(encoding=3, text=tags.podcast),
        _FRAMES.TPE1(encoding=3, text=tags.artist),
        _FRAMES.COMM(encoding=3, lang="XXX", desc="", text=tags.comment),
    ]
    if tags.source:
        frames.append(_FRAMES.WOAF(url=tags.source))
    if tags.cover is not None and tags.cover.data:
        frames.append(
            _FRAMES.APIC(encoding=3, mime=tags.cover.media_type or "", type=_FRONT, desc="", data=tags.cover.data)
        )
    for frame in frames:
        file.tags.add(frame)


def _append_info(clip: Path, tags: ClipTags) -> None:
    """The same in WAV's own words, for programs that do not look for ID3 there (RIFF, "INFO list chunk")."""
    named = {b"INAM": tags.title, b"IPRD": tags.podcast, b"IART": tags.artist, b"ICMT": tags.comment}
    body = b"INFO" + b"".join(_chunk(name, text.encode() + b"\0") for name, text in named.items())
    with clip.open("r+b") as file:
        file.seek(0, 2)
        file.write(_chunk(b"LIST", body))
        size = file.tell() - 8
        file.seek(4)
        file.write(size.to_bytes(4, "little"))


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


def _write_mp4(file: Any, tags: ClipTags) -> None:
    named = {"©nam": tags.title, "©alb": tags.podcast, "©ART": tags.artist, "©cmt": tags.comment}
    for key, text in named.items():
        file[key] = [text]
    if tags.source:
        file["purl"] = [tags.source]
    form = _COVER_FORMATS.get(tags.cover.media_type or "") if tags.cover else None
    if form is not None and tags.cover is not None and tags.cover.data:
        file["covr"] = [_MP4.MP4Cover(tags.cover.data, form)]


def _write_comments(file: Any, tags: ClipTags) -> None:
    named = {"title": tags.title, "album": tags.podcast, "artist": tags.artist, "comment": tags.comment}
    if tags.source:
        named["url"] = tags.source
    for key, text in named.items():
        file[key] = [text]
    picture = _flac_picture(tags.cover)
    if picture is not None:
        file[_PICTURE_KEY] = [base64.b64encode(picture.write()).decode("ascii")]


def _write_flac(file: Any, tags: ClipTags) -> None:
    picture = _flac_picture(tags.cover)
    _write_comments(file, ClipTags(tags.title, tags.podcast, tags.artist, tags.comment, tags.source))
    if picture is not None:
        file.add_picture(picture)


def _flac_picture(cover: Picture | None) -> Any:
    """A picture block (RFC 9639, 8.8); None without a picture."""
    if cover is None or not cover.data:
        return None
    picture = _FLAC.Picture()
    picture.data, picture.mime, picture.type = cover.data, cover.media_type or "", _FRONT
    picture.width, picture.height = picture_size(cover.data) or (0, 0)
    return picture


_WRITERS: dict[type, Callable[[Any, ClipTags], None]] = {
    MP3: _write_id3,
    WAVE: _write_id3,
    MP4: _write_mp4,
    FLAC: _write_flac,
}
