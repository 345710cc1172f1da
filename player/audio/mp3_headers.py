"""Reads what an MP3 file tells of itself: Xing, Info and VBRI frames with LAME's extension, and iTunes' gapless tag.

Must not know where the frames of sound are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from player.audio.mp3_frames import HEADER, Kind

MARKS = (b"Xing", b"Info", b"VBRI")
LONGEST_HEADER = 256
"""Bytes of a frame within which all that is read here stands."""

_VBRI_AT = 36
_LONGEST_TAG = 1 << 25
_COMMENT_HEAD = 16
"""The head of a comment up to its name: id, size, flags, encoding, language, byte order."""
_FRAMES_UNSURE = 2
"""Writers differ in whether they count the header frame and the decoder's delay."""
_GAPLESS = re.compile(rb"iTunSMPB\W*[0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{8}) ([0-9A-F]{16})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What a frame that is no sound says of those behind it; 0 or None where it does not tell.

    `size` is that of the stream in bytes with this frame, `delay` and `padding` are in samples, without the decoder's.
    `table` has the place in the stream of each hundredth of its duration, in 256ths of its size; empty without one.
    """

    frames: int
    size: int
    delay: int | None
    padding: int
    is_constant: bool = False
    table: bytes = b""


def mark_at(mark: bytes, kind: Kind) -> int:
    """At which byte of a frame one of MARKS makes it a header."""
    return _VBRI_AT if mark == b"VBRI" else HEADER + kind.side_info


def read_header(frame: bytes, kind: Kind) -> Header | None:
    """Read a Xing, Info or VBRI frame (gabriel.mp3-tech.org/mp3infotag.html; Fraunhofer's VBRI is 36 bytes in)."""
    if frame.startswith(b"VBRI", _VBRI_AT):
        return Header(int.from_bytes(frame[50:54], "big"), int.from_bytes(frame[46:50], "big"), None, 0)
    at = HEADER + kind.side_info
    if not frame.startswith((b"Xing", b"Info"), at):
        return None
    flags = int.from_bytes(frame[at + 4 : at + 8], "big")
    at += 8
    count = int.from_bytes(frame[at : at + 4], "big") if flags & 1 else 0
    at += 4 if flags & 1 else 0
    size = int.from_bytes(frame[at : at + 4], "big") if flags & 2 else 0
    at += 4 if flags & 2 else 0
    table = frame[at : at + 100] if flags & 4 else b""
    at += sum(size for bit, size in ((4, 100), (8, 4)) if flags & bit)
    delay, padding = None, 0
    if all(0x20 < byte < 0x7F for byte in frame[at : at + 4]):
        both = int.from_bytes(frame[at + 21 : at + 24], "big")
        delay, padding = both >> 12 if both else None, both & 0xFFF
    # LAME writes Info where the bit rate is constant, and so do all after it.
    return Header(count, size, delay, padding, frame.startswith(b"Info", HEADER + kind.side_info), table)


def read_itunes(source: BinaryIO, end: int, total: int, kind: Kind) -> tuple[int, int | None] | None:
    """The encoder's delay, and how many samples are real, from iTunes' comment in the tags that end at `end`.

    `total` is how many samples the frames hold. None when there is no such comment, or it tells of a file with fewer
    frames. The number is None when it tells of more: then some are missing here.
    """
    source.seek(0)
    tags = source.read(min(end, _LONGEST_TAG))
    # Text may be in UTF-16; every other byte is zero then.
    at = max(tags.find(b"iTunSMPB"), tags.find("iTunSMPB".encode("utf-16-le")))
    if at < 0 or b"COM" not in tags[max(0, at - _COMMENT_HEAD) : at]:
        return None
    found = _GAPLESS.match(tags[at : at + LONGEST_HEADER].replace(b"\0", b""))
    if found is None:
        return None
    delay, padding, samples = (int(word, 16) for word in found.groups())
    slack = _FRAMES_UNSURE * kind.frame_samples
    more = delay + samples + padding - total
    return (delay, samples if more <= slack else None) if more >= -slack else None
