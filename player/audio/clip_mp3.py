"""Frames of an MP3 file as a file of their own: the same bytes, and exact to the sample for who reads LAME's tag.

Must not know why somebody wants them, nor tags.

A frame's data may begin in the frames before it (the bit reservoir, ISO/IEC 11172-3, 2.4.3.4.2). So the first frame is
put together anew from its own data and of what those behind it need, at a bit rate that has room for both; all others
are copied byte for byte. Before the first real frame stands one whose sound overlaps it. How many samples of both are
not meant to be heard stands in a header frame (gabriel.mp3-tech.org/mp3infotag.html).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from player.audio.mp3_decoder import FrameReader, Units
from player.audio.mp3_frames import HEADER, Kind
from player.audio.mp3_index import DECODER_DELAY, Mp3Index, Part
from player.audio.source import Source

_MOST_DELAY = 0xFFF
_HEADER_BODY = 120 + 36
"""Bytes: Xing's fields with a table and a quality, and LAME's."""
_LOOK_AFTER = 500
"""Frames after which it is asked whether they are still wanted."""


def copy_mp3(
    source: Source, index: Mp3Index, first: int, count: int, target: Path, is_wanted: Callable[[], bool]
) -> bool:
    """Write samples `first` up to `first + count` of the recording into `target` by copying frames.

    False where these frames cannot be copied: in free format, across a seam of two encoders, where some are lost, or
    when it is not wanted any more. Raises FileError and OSError.
    """
    found = _part_of(index, first, count)
    if found is None:
        return False
    part, offset = found
    size = part.kind.frame_samples
    begin = first - offset + part.skip
    stop = (begin + count - 1) // size + 1
    number = max(0, begin // size - (1 if size > 576 else 2))
    while number and begin - number * size < DECODER_DELAY:
        number -= 1
    reader = FrameReader(source, index)
    head = _first_frames(reader, part, number, stop)
    if head is None or begin - number * size < DECODER_DELAY:
        return False
    frames = stop - number + len(head) - 1
    delay = begin - number * size - DECODER_DELAY + (len(head) - 1) * size
    padding = frames * size - delay - count
    if not 0 <= padding <= _MOST_DELAY or delay > _MOST_DELAY:
        return False
    with target.open("wb") as file:
        file.write(bytes(len(_header(head[-1], part.kind, 0, [], delay, padding, is_constant=True))))
        places = [file.write(each) for each in head]
        for each in range(number + 1, stop):
            frame = reader.frame(part.first + each)
            if not frame or (each % _LOOK_AFTER == 0 and not is_wanted()):
                return False
            places.append(file.write(frame))
        _write_header(file, head[-1], part.kind, places, delay, padding)
    return True


def _part_of(index: Mp3Index, first: int, count: int) -> tuple[Part, int] | None:
    """The one part that holds all these samples, and the number of its first; None where none can be copied from."""
    offset = 0
    for part in index.parts:
        length = index.length(part)
        if offset <= first and first + count <= offset + length:
            return (part, offset) if part.kind.rate == index.rate and not part.kind.free_size else None
        offset += length
    return None


def _first_frames(reader: FrameReader, part: Part, number: int, stop: int) -> list[bytes] | None:
    """The frame of this number so that it needs none before it, after one that carries what does not fit into it."""
    units = Units(part.kind)
    missing, before = units.reach, list[bytes]()
    at = number
    while at > 0 and missing > 0:
        at -= 1
        frame = reader.frame(part.first + at)
        before.append(frame)
        if not frame:
            break
        missing -= max(0, len(frame) - units.overhead)
    for frame in reversed(before):
        units.push(frame)
    own = reader.frame(part.first + number)
    if len(own) < HEADER + 2 + part.kind.side_info:
        return None
    taken = units.take(own)
    following = reader.frame(part.first + number + 1) if number + 1 < stop else b""
    back = units.back_of(following) if following else 0
    if back > len(units.left) or (number + 1 < stop and not following):
        return None
    side, data, length = taken if taken is not None else (bytes(part.kind.side_info), b"", 0)
    return _packed(own, part.kind, side, data[:length], units.left[len(units.left) - back :])


def _packed(like: bytes, kind: Kind, side: bytes, main: bytes, tail: bytes) -> list[bytes] | None:
    """A frame with its whole data, and at its end the data of those behind it; before it one, where it is too small."""
    room = HEADER + kind.side_info
    header, size = _header_for(like, kind, room + len(main) + len(tail))
    carried = max(0, room + len(main) + len(tail) - size)
    made = []
    if carried:
        carrier, carrier_size = _header_for(like, kind, room + carried)
        if carrier_size < room + carried or carried > Units(kind).reach:
            return None
        made.append(carrier + bytes(carrier_size - HEADER - carried) + main[:carried])
    own = header + _with_begin(side, kind, carried) + main[carried:]
    made.append(own + bytes(size - len(own) - len(tail)) + tail)
    return made


def _header_for(like: bytes, kind: Kind, least: int) -> tuple[bytes, int]:
    """A frame header like another, without a checksum, for a frame of `least` bytes or as many as there may be."""
    sizes = kind.sizes
    second = like[1] | 1
    for rate in range(1, 15):
        third = rate << 4 | like[2] & 0x0C
        size = sizes[second << 8 | third]
        if size >= least or rate == 14:
            break
    return bytes((0xFF, second, third, like[3])), size


def _with_begin(side: bytes, kind: Kind, back: int) -> bytes:
    """Side information that says that the data begin so many bytes before the frame's own (main_data_begin)."""
    width = 9 if kind.version == 3 else 8
    bits = 8 * len(side)
    rest = int.from_bytes(side, "big") & (1 << bits - width) - 1
    return (back << bits - width | rest).to_bytes(len(side), "big")


# --- the header frame ------------------------------------------------------------------------------------------------


def _write_header(file: BinaryIO, like: bytes, kind: Kind, sizes: list[int], delay: int, padding: int) -> None:
    """Put the header frame in its place, when all that it tells is known."""
    usual = set(sizes[2:-1] or sizes)
    header = _header(like, kind, len(sizes), sizes, delay, padding, is_constant=max(usual) - min(usual) <= 1)
    file.seek(0)
    file.write(header)


def _header(
    like: bytes, kind: Kind, frames: int, sizes: list[int], delay: int, padding: int, *, is_constant: bool
) -> bytes:
    """An Info (constant bit rate) or Xing frame with LAME's extension."""
    room = HEADER + kind.side_info
    header, size = _header_for(like, kind, room + _HEADER_BODY)
    total = size + sum(sizes)
    mark = b"Info" if is_constant else b"Xing"
    body = mark + (15).to_bytes(4, "big") + frames.to_bytes(4, "big") + total.to_bytes(4, "big")
    body += _table(size, sizes, total) + bytes(4)
    # The version of the encoder, which is not known; what follows is zero where nothing is known either.
    body += b"Lavf     " + bytes(12) + (delay << 12 | padding).to_bytes(3, "big") + bytes(4)
    body += total.to_bytes(4, "big") + bytes(2)
    whole = header + bytes(kind.side_info) + body
    return (whole + _crc(whole).to_bytes(2, "big")).ljust(size, b"\0")


def _table(begin: int, sizes: list[int], total: int) -> bytes:
    """Where each hundredth of the frames begins, in 256ths of the bytes."""
    wanted = {part * len(sizes) // 100 for part in range(100)} if sizes else set()
    places, at = {}, begin
    for number, size in enumerate(sizes):
        if number in wanted:
            places[number] = at * 256 // total
        at += size
    return bytes(min(255, places.get(part * len(sizes) // 100, 0)) for part in range(100))


def _crc(data: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, reflected, as LAME has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
