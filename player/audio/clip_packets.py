"""Packets of a container as a file of their own: AAC in MP4, with an edit list; Opus and Vorbis in Ogg.

Must not know MP3, nor tags. Packets before the first real sample fill the codec's memory and are not heard.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, TypeAlias

import av

from player.audio.media_decoder import MediaDecoder

_AAC_FRAMES = 2
"""Frames before the first real sample: no frame of AAC is whole without the one before it."""
_DOUBLED_SECONDS = 1
"""HE-AAC sends some of what a frame needs only now and then."""
_OPUS_PRE_ROLL = 0.5
"""Seconds; RFC 7845, 4.6 asks for 80 ms, `media_decoder` has measured what half a second is worth."""
_OPUS_RATE = 48_000
_LOOK_AFTER = 500
_PAGE_SECONDS = 1
_PAGE_SEGMENTS = 200
_FIRST, _LAST = 2, 4
_VENDOR = b"Earmark"
_BACKWARDS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))

_COARSE = 0.02
"""Seconds: differences below this are the rounding of times."""

Packet: TypeAlias = "av.Packet[av.AudioStream]"
Kept = tuple[bytes, int, int]
"""A packet, the number of its first sample counted from the first one that is meant, and how many it has."""


def copy_aac(media: MediaDecoder, first: int, count: int, target: Path, is_wanted: Callable[[], bool]) -> bool:
    """Write `count` samples from number `first` of the container's time on into an MP4 file. False when not wanted."""
    frame = media.frame_samples
    early = _DOUBLED_SECONDS * media.rate if frame > 1024 else _AAC_FRAMES * frame
    # With this the edit list ends to the sample.
    options = {"movie_timescale": str(media.rate)}
    stream: av.AudioStream | None = None
    with av.open(str(target), "w", format="ipod", options=options) as output:
        for written, (packet, (_, number, length)) in enumerate(_kept(media, first, count, early)):
            stream = stream or output.add_stream_from_template(packet.stream)
            packet.stream = stream
            packet.time_base = Fraction(1, media.rate)
            packet.pts = packet.dts = number
            packet.duration = min(length, count - number)
            output.mux_one(packet)
            if written % _LOOK_AFTER == 0 and not is_wanted():
                return False
    return stream is not None


def copy_to_ogg(media: MediaDecoder, first: int, count: int, target: Path, is_wanted: Callable[[], bool]) -> bool:
    """Write `count` samples of Opus or Vorbis from number `first` on into an Ogg file. False when not wanted."""
    is_opus = media.codec == "opus"
    early = round(_OPUS_PRE_ROLL * _OPUS_RATE) if is_opus else media.frame_samples * 2
    packets = _kept(media, first, count, early)
    opening = next((kept for _, kept in packets), None)
    if opening is None:
        return False
    skip = -opening[1] if is_opus else 0
    headers = _opus_headers(media.extradata, skip) if is_opus else _vorbis_headers(media.extradata)
    if headers is None or skip < 0:
        return False
    with target.open("wb") as file:
        pages = _Pages(file, media.rate)
        pages.write(headers[:1], 0)
        pages.write(headers[1:], 0)
        pages.add(opening, skip)
        for number, (_, packet) in enumerate(packets):
            pages.add(packet, skip)
            if number % _LOOK_AFTER == 0 and not is_wanted():
                return False
        pages.end(count + skip)
    return True


def _kept(media: MediaDecoder, first: int, count: int, early: int) -> Iterator[tuple[Packet, Kept]]:
    """The packets of a span, and before it those of which the last samples are `early` or less before it."""
    for packet, number, length in _numbered(media, max(0, first - early)):
        if number >= first + count:
            return
        if number + length > first - early:
            yield packet, (bytes(packet), number - first, length)


def _numbered(media: MediaDecoder, number: int) -> Iterator[tuple[Packet, int, int]]:
    """Packets from one before a sample on, with the number of the first sample of each, and how many it has.

    Where the container's times are coarser than samples, the numbers are made from where frames can begin.
    """
    expected: int | None = None
    for packet in media.packets_from(number):
        if packet.pts is None or not packet.duration or packet.time_base is None:
            continue
        place = round(packet.pts * packet.time_base * media.rate)
        length = round(packet.duration * packet.time_base * media.rate)
        if packet.time_base * media.rate > 1:
            length = max(1, round(length / media.unit)) * media.unit
            is_near = expected is not None and abs(place - expected) < _COARSE * media.rate
            place = expected if is_near and expected is not None else _on_grid(media, place)
        expected = place + length
        yield packet, place, length


def _on_grid(media: MediaDecoder, place: int) -> int:
    return media.grid + round((place - media.grid) / media.unit) * media.unit


def _opus_headers(extradata: bytes, skip: int) -> list[bytes] | None:
    """OpusHead with another number of samples to be skipped, and empty comments (RFC 7845, 5)."""
    if not extradata.startswith(b"OpusHead") or not 0 <= skip < 1 << 16:
        return None
    head = extradata[:10] + skip.to_bytes(2, "little") + extradata[12:]
    return [head, b"OpusTags" + _comments()]


def _vorbis_headers(extradata: bytes) -> list[bytes] | None:
    """The three headers, as FFmpeg laces them together, with empty comments (Vorbis I, 4.2 and 5.2)."""
    if extradata[:1] != b"\x02":
        return None
    at, sizes = 1, []
    for _ in range(2):
        size = 0
        while at < len(extradata) and extradata[at] == 255:
            size, at = size + 255, at + 1
        size, at = size + (extradata[at] if at < len(extradata) else 0), at + 1
        sizes.append(size)
    head = extradata[at : at + sizes[0]]
    setup = extradata[at + sum(sizes) :]
    is_whole = head.startswith(b"\x01vorbis") and setup.startswith(b"\x05vorbis")
    return [head, b"\x03vorbis" + _comments() + b"\1", setup] if is_whole else None


def _comments() -> bytes:
    return struct.pack("<I", len(_VENDOR)) + _VENDOR + bytes(4)


class _Pages:
    """Writes packets as pages of one stream (RFC 3533, 6)."""

    def __init__(self, file: BinaryIO, rate: int) -> None:
        self._file = file
        self._most = _PAGE_SECONDS * rate
        self._sequence = 0
        self._has_begun = False
        self._waiting: list[bytes] = []
        self._begin = 0
        self._end = 0

    def add(self, packet: Kept, skip: int) -> None:
        """Take a packet of sound; pages are written as they are full."""
        data, number, length = packet
        segments = sum(len(each) // 255 + 1 for each in self._waiting)
        is_full = self._end - self._begin >= self._most or segments + len(data) // 255 + 1 > _PAGE_SEGMENTS
        # The first packet has a page of its own: from one that is the last, too, nobody could tell where it begins.
        if self._waiting and (is_full or not self._has_begun):
            self.write(self._waiting, self._end)
            self._waiting, self._begin, self._has_begun = [], self._end, True
        self._waiting.append(data)
        self._end = number + length + skip

    def end(self, samples: int) -> None:
        """Write the last page, which ends with the last sample that is meant."""
        self.write(self._waiting, samples, _LAST)

    def write(self, packets: list[bytes], granule: int, flags: int = 0) -> None:
        """Write packets of which the last one ends in the last of the pages that they take."""
        lacing = [size for each in packets for size in (*[255] * (len(each) // 255), len(each) % 255)]
        body, at, is_continued = b"".join(packets), 0, False
        while lacing:
            part, lacing = lacing[:255], lacing[255:]
            size = sum(part)
            kind = (_FIRST if not self._sequence else 0) | (flags if not lacing else 0) | is_continued
            self._page(kind, granule if not lacing else -1, bytes(part), body[at : at + size])
            at, is_continued = at + size, part[-1] == 255

    def _page(self, flags: int, granule: int, lacing: bytes, body: bytes) -> None:
        head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, 1, self._sequence, 0, len(lacing)) + lacing
        crc = _crc(head + body)
        self._file.write(head[:22] + crc.to_bytes(4, "little") + head[26:] + body)
        self._sequence += 1


def _crc(data: bytes) -> int:
    """Ogg's checksum: the polynomial of zlib's, but with all bits the other way round, and from zero on."""
    turned = zlib.crc32(data.translate(_BACKWARDS), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)
