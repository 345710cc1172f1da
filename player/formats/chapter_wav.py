"""Markers in WAV files, as recorders and audio editors write them: the chunks `cue ` and `LIST` of the kind `adtl`.

Must not know tags, nor AIFF. A marker is a place in samples; its label and the length of a region stand in the list.

Microsoft, "Multimedia Programming Interface and Data Specifications 1.0", "Cue-Points Chunk", "Associated Data Chunk".
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from player.core.model import Mark, Millis
from player.formats.chapter_words import clean_title
from player.formats.riff_chunks import Chunk, chunks, walk

_MOST_MARKERS = 20_000
_LONGEST_LABEL = 8192
_POINT = 24


def read_markers(file: BinaryIO) -> tuple[Mark, ...]:
    """The markers of a WAV file in order of start; of an editor's regions also the ends."""
    rate, points = 0, b""
    labels: dict[int, str] = {}
    lengths: dict[int, int] = {}
    for chunk in chunks(file):
        if chunk.name == b"fmt ":
            rate = int.from_bytes(_content(file, chunk, 8)[4:], "little")
        elif chunk.name == b"cue ":
            points = points or _content(file, chunk, 4 + _POINT * _MOST_MARKERS)[4:]
        elif chunk.name == b"LIST" and _content(file, chunk, 4) == b"adtl":
            _read_list(file, chunk, labels, lengths)
    marks: list[Mark] = []
    for number, *_, sample in struct.iter_unpack("<6I", points[: len(points) // _POINT * _POINT] if rate else b""):
        length = lengths.get(number, 0)
        end = _millis(sample + length, rate) if length else None
        marks.append(Mark(_millis(sample, rate), labels.get(number, ""), end))
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _read_list(file: BinaryIO, chunk: Chunk, labels: dict[int, str], lengths: dict[int, int]) -> None:
    """Take labels and lengths, each by the number of its point."""
    for part in walk(file, chunk.start + 4, chunk.start + chunk.size, "little"):
        data = _content(file, part, _LONGEST_LABEL)
        number = int.from_bytes(data[:4], "little")
        if part.name == b"labl":
            labels.setdefault(number, clean_title(_decoded(data[4:].partition(b"\0")[0])))
        elif part.name == b"ltxt" and len(data) >= 8:
            lengths.setdefault(number, int.from_bytes(data[4:8], "little"))


def _content(file: BinaryIO, chunk: Chunk, most: int) -> bytes:
    file.seek(chunk.start)
    return file.read(min(chunk.size, most))


def _decoded(text: bytes) -> str:
    """Newer programs write UTF-8, older ones what Windows used."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace")


def _millis(samples: int, rate: int) -> Millis:
    return (samples * 2000 + rate) // (2 * rate)
