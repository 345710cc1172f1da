"""The files that players are compared on: 5:15:58 of time-coded sound in each format, made once and kept (1.1 GB).

Must not know players.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import av

from timecoded.cache import cached, cached_timecoded
from timecoded.synthesis import VERSION

SECONDS = 18_958
NO_HEADER = {"write_xing": "0", "id3v2_version": "0"}
MOOV_FIRST = {"movflags": "faststart"}


@dataclass(frozen=True, slots=True)
class CodedFile:
    """A file of time-coded sound."""

    name: str
    path: Path


def _constant() -> CodedFile:
    path = cached_timecoded(SECONDS, codec="mp3", bitrate=128_000, rate=44_100, channels=1)
    return CodedFile("MP3, 128 kbit/s", path)


def _variable() -> CodedFile:
    """Passages of two minutes each, talk and music in turn, so that bytes and time do not run side by side."""
    generator = random.Random(315)
    qualities: list[float] = [6.0]
    while len(qualities) * 120 < SECONDS:
        change = generator.choice((0, 0, 0, -3, -2, 2, 3))
        qualities.append(min(9.0, max(0.0, qualities[-1] + change)))
    path = cached_timecoded(SECONDS, codec="mp3", quality=qualities, rate=44_100, channels=1)
    return CodedFile("MP3, VBR", path)


def _without_header() -> CodedFile:
    """Nothing in it tells of the encoder's delay of 25 ms any more, nor of its length."""
    return CodedFile("MP3, VBR, no header", rewritten("bare", "mp3", _variable().path, NO_HEADER))


def _aac() -> CodedFile:
    path = cached_timecoded(SECONDS, codec="aac", bitrate=64_000, rate=44_100, channels=1)
    return CodedFile("M4A, index last", path)


def _aac_index_first() -> CodedFile:
    return CodedFile("M4A, index first", rewritten("moov-first", "m4a", _aac().path, MOOV_FIRST))


def _opus() -> CodedFile:
    quick = {"compression_level": "0"}
    path = cached_timecoded(SECONDS, codec="opus", bitrate=64_000, rate=48_000, channels=1, codec_options=quick)
    return CodedFile("Opus", path)


def rewritten(name: str, suffix: str, source: Path, options: Mapping[str, str]) -> Path:
    """The same packets in a container written with other options of FFmpeg's."""

    def write(path: Path) -> None:
        container = {"mp3": "mp3", "m4a": "mp4"}[suffix]
        with av.open(str(source)) as reading, av.open(str(path), "w", format=container, options=dict(options)) as made:
            stream = made.add_stream_from_template(reading.streams.audio[0])
            for packet in reading.demux(reading.streams.audio[0]):
                if packet.dts is not None:
                    packet.stream = stream
                    made.mux_one(packet)

    return cached(name, suffix, {"version": VERSION, "of": source.name, **options}, write)


LOCAL = {"cbr": _constant, "vbr": _variable, "bare": _without_header, "m4a": _aac, "opus": _opus}
"""What makes, or finds, the files to jump in on the disk, by a short name."""

STREAMED = {"cbr": _constant, "m4a": _aac, "m4a-first": _aac_index_first, "opus": _opus}
"""The same of those to jump in over a slow line."""
