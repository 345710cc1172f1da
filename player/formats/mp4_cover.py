"""A cover written into MP4 files, among iTunes' tags (`moov/udta/meta/ilst/covr`).

Must not know chapters. Only `moov` is written anew, where it stands; offsets to samples move with what they point to.

ISO/IEC 14496-12, 8.11 "Metadata support"; QuickTime File Format, "Metadata".
"""

from __future__ import annotations

from pathlib import Path

from player.core.model import Picture
from player.core.phrases import Phrase
from player.formats.mp4_boxes import box, full_box, top_boxes
from player.formats.tag_checks import UnwritableError, copy_range
from player.formats.tag_mp4 import Boxes, boxes_filling, content_of, only_moov, shifted

_KINDS = {"image/jpeg": 13, "image/png": 14}
_HANDLER = full_box(b"hdlr", bytes(4), b"mdirappl", bytes(9))
_VERSION = 4
"""Bytes of version and flags before the boxes in `meta`; files of QuickTime have none."""


def mp4_keeps_cover(cover: Picture) -> bool:
    """Whether there is a place for it: JPEG and PNG only."""
    return cover.media_type in _KINDS and bool(cover.data)


def write_mp4_cover(source: Path, copy: Path, cover: Picture) -> None:
    """Write `copy` from `source`, with a cover beside the tags that it has. Raises `UnwritableError`."""
    with source.open("rb") as file, copy.open("wb") as out:
        moov, end = only_moov(list(top_boxes(file))), file.seek(0, 2)
        parts = boxes_filling(content_of(file, moov))
        grown = len(_made(parts, cover, moov.start, 0)) - moov.size
        copy_range(file, out, 0, moov.start)
        out.write(_made(parts, cover, moov.start, grown))
        copy_range(file, out, moov.start + moov.size, end)


def _made(parts: Boxes, cover: Picture, start: int, grown: int) -> bytes:
    """The new `moov` box; samples behind it lie `grown` bytes further on."""
    made = [box(kind, _moved(content, start, grown) if kind == b"trak" else content) for kind, content in parts]
    names = [kind for kind, _ in parts]
    udta = boxes_filling(parts[names.index(b"udta")][1]) if b"udta" in names else []
    tagged = box(b"udta", *(box(kind, part) for kind, part in udta if kind != b"meta"), _meta(udta, cover))
    if b"udta" in names:
        made[names.index(b"udta")] = tagged
    else:
        made.append(tagged)
    return box(b"moov", *made)


def _moved(track: bytes, start: int, grown: int) -> bytes:
    return b"".join(shifted(kind, content, start, grown) for kind, content in boxes_filling(track))


def _meta(udta: Boxes, cover: Picture) -> bytes:
    """The `meta` box with the cover behind the other tags."""
    old = next((content for kind, content in udta if kind == b"meta"), None)
    art = box(b"covr", full_box(b"data", bytes(4), cover.data or b"", flags=_KINDS[cover.media_type or ""]))
    if old is None:
        return full_box(b"meta", _HANDLER, box(b"ilst", art))
    if old[4:8] == b"hdlr":
        raise UnwritableError(Phrase("reasons", "its tags are QuickTime's, which have no place for a cover"))
    inner = boxes_filling(old[_VERSION:])
    # What was kept free for tags would count as free for a box that has grown.
    kept = [box(kind, part) for kind, part in inner if kind not in (b"ilst", b"free")]
    tags = next((part for kind, part in inner if kind == b"ilst"), b"")
    return box(b"meta", old[:_VERSION], *kept, box(b"ilst", tags, art))
