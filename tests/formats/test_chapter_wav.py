"""Markers of recorders and audio editors in WAV files."""

from __future__ import annotations

import io
import struct
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from player.core.model import Mark
from player.formats.chapter_wav import read_markers
from player.formats.media_file import read_media
from player.formats.tag_writer import write_chapters


def chunk(name: bytes, *contents: bytes) -> bytes:
    body = b"".join(contents)
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def point(number: int, sample: int) -> bytes:
    return struct.pack("<II4sIII", number, 0, b"data", 0, 0, sample)


def wav(*more: bytes, rate: int = 8_000) -> bytes:
    """Two seconds of silence, and more chunks behind it."""
    form = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16))
    body = b"WAVE" + form + chunk(b"data", bytes(rate * 4)) + b"".join(more)
    return b"RIFF" + struct.pack("<I", len(body)) + body


CUE = chunk(b"cue ", struct.pack("<I", 3), point(7, 12_001), point(1, 0), point(2, 8_004))
LIST = chunk(
    b"LIST",
    b"adtl",
    chunk(b"labl", struct.pack("<I", 1), "Anfang – ä".encode(), b"\0"),
    chunk(b"note", struct.pack("<I", 1), b"no title\0"),
    chunk(b"labl", struct.pack("<I", 2), "Größe".encode("cp1252"), b"\0"),
    chunk(b"ltxt", struct.pack("<II4sHHHH", 2, 3_996, b"rgn ", 0, 0, 0, 0)),
)
MARKS = (Mark(0, "Anfang – ä"), Mark(1_001, "Größe", 1_500), Mark(1_500, ""))


def test_markers_regions_and_labels(tmp_path: Path) -> None:
    assert read_markers(io.BytesIO(wav(CUE, LIST))) == MARKS
    assert read_markers(io.BytesIO(wav(LIST, CUE))) == MARKS
    path = tmp_path / "take.wav"
    path.write_bytes(wav(CUE, LIST))
    media = read_media(path)
    assert (media.marks, media.duration) == (MARKS, 2_000)


def test_chapters_in_a_tag_count_more(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    path.write_bytes(wav(CUE, LIST))
    write_chapters(path, [Mark(500, "One", 2_000)])
    assert read_media(path).marks == (Mark(500, "One", 2_000),)
    assert CUE + LIST in path.read_bytes(), "the markers are still there"


def test_without_markers() -> None:
    assert read_markers(io.BytesIO(wav())) == ()
    assert read_markers(io.BytesIO(wav(chunk(b"cue ", b"\1")))) == ()
    assert read_markers(io.BytesIO(wav(CUE, rate=0))) == ()
    assert read_markers(io.BytesIO(wav(CUE[:40]))) == (Mark(1_500, ""),)


@given(st.binary(max_size=120), st.binary(max_size=120))
def test_arbitrary_chunks_raise_nothing(points: bytes, notes: bytes) -> None:
    marks = read_markers(io.BytesIO(wav(chunk(b"cue ", points), chunk(b"LIST", b"adtl", notes))))
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
