"""MP4 files with other edit lists and tags than the encoder gave them. The movie box must stand at the end."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_PARENTS = (b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl", b"udta")


def box(kind: bytes, body: bytes) -> bytes:
    """A box (ISO/IEC 14496-12, 4.2)."""
    return struct.pack(">I4s", 8 + len(body), kind) + body


def boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    """The boxes in a row: kind and body of each."""
    found, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        found.append((kind, data[at + head : at + size]))
        at += size
    return found


def _changed(data: bytes, path: Sequence[bytes], new: bytes) -> bytes:
    """The same boxes with the one at `path` replaced or, where it is not there, added; without it when `new` is b""."""
    kind, *rest = path
    made, is_done = [], False
    for name, body in boxes(data):
        if name == kind and not is_done:
            is_done = True
            made.append(box(name, _changed(body, rest, new)) if rest else new)
        else:
            made.append(box(name, body))
    if not is_done:
        made.append(box(kind, _changed(b"", rest, new)) if rest else new)
    return b"".join(made)


def with_edits(data: bytes, edits: Sequence[tuple[float, int]]) -> bytes:
    """A file with these edits in its first track: seconds of each, and media time in samples, -1 for an empty one."""
    scale = struct.unpack_from(">I", dict(boxes(dict(boxes(data))[b"moov"]))[b"mvhd"], 12)[0]
    rows = b"".join(struct.pack(">IiI", round(seconds * scale), time, 0x10000) for seconds, time in edits)
    edit_list = box(b"elst", bytes(4) + struct.pack(">I", len(edits)) + rows)
    if not edits:
        return _changed(data, [b"moov", b"trak", b"edts"], b"")
    return _changed(data, [b"moov", b"trak", b"edts", b"elst"], edit_list)


def with_itunes(data: bytes, delay: int, padding: int, count: int) -> bytes:
    """A file with iTunes' gapless tag."""
    text = f" 00000000 {delay:08X} {padding:08X} {count:016X} 00000000 00000000".encode()
    tag = box(
        b"----",
        box(b"mean", bytes(4) + b"com.apple.iTunes")
        + box(b"name", bytes(4) + b"iTunSMPB")
        + box(b"data", struct.pack(">II", 1, 0) + text),
    )
    handler = box(b"hdlr", bytes(8) + b"mdirappl" + bytes(10))
    return _changed(data, [b"moov", b"udta"], box(b"udta", box(b"meta", bytes(4) + handler + box(b"ilst", tag))))


def with_doubled_rate(data: bytes) -> bytes:
    """AAC at 22 050 samples a second, declared to be HE-AAC at 44 100: decoders double it, without new high tones."""
    # AudioSpecificConfig (14496-3, 1.6.2.1), the extension 0x2B7 for SBR, which FFmpeg writes as absent.
    at = data.index(b"\x13\x88\x56\xe5\x00")
    # Object type 5 is there, with the sample rate number 4.
    return data[:at] + b"\x13\x88\x56\xe5\xa0" + data[at + 5 :]
