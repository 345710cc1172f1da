"""MP3 files made from the frames of others: free format, VBRI, tags, joints and damage."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

from player.audio.mp3_frames import find_frame
from player.audio.mp3_scan import scan


def frames_of(data: bytes) -> list[bytes]:
    """The frames of sound of a whole file, in order."""
    source = io.BytesIO(data)
    found = find_frame(source, 0, len(data), len(data))
    assert found is not None
    frames = []
    for stretch in scan(source, *found, len(data)):
        bounds = [*(run.first for run in stretch.runs[1:]), len(stretch.sizes)]
        for run, bound in zip(stretch.runs, bounds, strict=True):
            at = run.offset
            for size in stretch.sizes[run.first : bound]:
                frames.append(data[at : at + size])
                at += size
    return frames


def header_of(data: bytes) -> bytes:
    """What stands before the first frame of sound: tags, and the header frame."""
    return data[: data.index(frames_of(data)[0])]


def to_free_format(frames: Sequence[bytes]) -> bytes:
    """Frames of constant bit rate with the rate taken out of their headers."""
    return b"".join(frame[:2] + bytes((frame[2] & 0x0F,)) + frame[3:] for frame in frames)


def vbri(frame: bytes, frames: int, size: int) -> bytes:
    """A header frame of Fraunhofer's in the form of `frame`."""
    words = b"VBRI\0\x01\0\0\0\x4b" + size.to_bytes(4, "big") + frames.to_bytes(4, "big") + bytes(8)
    return (frame[:4] + bytes(32) + words).ljust(len(frame), b"\0")[: len(frame)]


def id3(size: int, *frames: bytes) -> bytes:
    """An ID3v2.3 tag with these frames, filled up to `size` bytes with what could be a picture."""
    body = b"".join(frames)
    picture = random.Random(size).randbytes(max(0, size - len(body) - 10))
    body += b"APIC" + len(picture).to_bytes(4, "big") + bytes(2) + picture
    return b"ID3\x03\x00\x00" + bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0)) + body


def itunes_comment(delay: int, padding: int, count: int, *, encoding: str = "latin-1") -> bytes:
    """An ID3v2.3 comment as iTunes writes it for gapless playback."""
    text = f" 00000000 {delay:08X} {padding:08X} {count:016X} 00000000 00000000"
    mark, end = (b"\x00", b"\0") if encoding == "latin-1" else (b"\x01", b"\0\0")
    body = mark + b"eng" + "iTunSMPB".encode(encoding) + end + text.encode(encoding)
    return b"COMM" + len(body).to_bytes(4, "big") + bytes(2) + body


APE = b"APETAGEX\xd0\x07\0\0" + bytes(980)
ID3V1 = b"TAG" + b"Title".ljust(125, b"\0")
