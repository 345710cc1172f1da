"""Chapters in MP4 boxes that are built here, sound ones and nonsense."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.model import Mark, Picture
from player.formats.chapter_mp4 import read_mp4_chapters


def box(kind: bytes, *contents: bytes) -> bytes:
    """A box with its size before it."""
    body = b"".join(contents)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def chpl(*entries: tuple[int, bytes], version: int = 1, count: int | None = None) -> bytes:
    """Nero's box; starts in milliseconds."""
    head = bytes([version, 0, 0, 0]) + (bytes(4) if version else b"")
    rows = (struct.pack(">QB", start * 10_000, len(title)) + title for start, title in entries)
    return box(b"chpl", head, bytes([len(entries) if count is None else count]), *rows)


def full(kind: bytes, *contents: bytes) -> bytes:
    """A box with version and flags of zero."""
    return box(kind, bytes(4), *contents)


def text_track(
    number: int,
    scale: int,
    deltas: list[int],
    places: list[int],
    sizes: list[int],
    *,
    handler: bytes = b"text",
    edits: bytes = b"",
) -> bytes:
    """A text track with one sample in each chunk."""
    table = box(
        b"stbl",
        full(b"stts", struct.pack(">I", len(deltas)), *(struct.pack(">II", 1, delta) for delta in deltas)),
        full(b"stsz", struct.pack(">II", 0, len(sizes)), *(struct.pack(">I", size) for size in sizes)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        full(b"stco", struct.pack(">I", len(places)), *(struct.pack(">I", place) for place in places)),
    )
    media = box(
        b"mdia",
        full(b"mdhd", bytes(8), struct.pack(">II", scale, sum(deltas))),
        full(b"hdlr", bytes(4), handler, bytes(12)),
        box(b"minf", table),
    )
    return box(b"trak", full(b"tkhd", bytes(8), struct.pack(">I", number), bytes(64)), edits, media)


def sound_track(*chapter_tracks: int) -> bytes:
    """A track of sound that names its chapter tracks."""
    references = box(b"tref", box(b"chap", struct.pack(f">{len(chapter_tracks)}I", *chapter_tracks)))
    return box(b"trak", full(b"tkhd", bytes(8), struct.pack(">I", 1), bytes(64)), references)


def sample(text: bytes, link: bytes = b"") -> bytes:
    """A sample of a text track."""
    href = box(b"href", struct.pack(">HHB", 0, len(text), len(link)), link, b"\0") if link else b""
    return struct.pack(">H", len(text)) + text + href


def quicktime(path: Path, samples: list[bytes], deltas: list[int], *, scale: int = 600, nero: bytes = b"") -> Path:
    """A file whose text samples stand before `moov`."""
    start = 16 + 8
    places = [start + sum(map(len, samples[:index])) for index in range(len(samples))]
    track = text_track(2, scale, deltas, places, list(map(len, samples)))
    moov = box(b"moov", sound_track(2, 2), track, box(b"udta", nero) if nero else b"")
    path.write_bytes(box(b"ftyp", bytes(8)) + box(b"mdat", *samples) + moov)
    return path


def with_moov(path: Path, *contents: bytes) -> Path:
    """A file of one `moov` box."""
    path.write_bytes(box(b"ftyp", bytes(8)) + box(b"moov", *contents))
    return path


@pytest.mark.parametrize("version", [0, 1])
def test_nero_chapters(tmp_path: Path, version: int) -> None:
    entries = [(1_139, b"  Two\n"), (0, "Eins – ä".encode()), (2_728, "長".encode()[:2])]
    path = with_moov(tmp_path / "a.m4a", box(b"udta", chpl(*entries, version=version)))
    assert read_mp4_chapters(path) == (Mark(0, "Eins – ä"), Mark(1_139, "Two"), Mark(2_728, "\ufffd"))


def test_a_short_chpl_box_gives_what_is_there(tmp_path: Path) -> None:
    path = with_moov(tmp_path / "a.m4a", box(b"udta", chpl((0, b"One"), (5, b"Two"), count=200)))
    assert [mark.title for mark in read_mp4_chapters(path)] == ["One", "Two"]


def test_quicktime_track_with_links_and_utf_16(tmp_path: Path) -> None:
    samples = [sample(b"One", b"https://example.com/1"), sample("Zw\u00f6lf 中".encode("utf-16")), sample(b" Three ")]
    path = quicktime(tmp_path / "a.m4a", samples, [3_003, 600, 600])
    assert read_mp4_chapters(path) == (
        Mark(0, "One", None, "https://example.com/1"),
        Mark(5_005, "Zw\u00f6lf 中"),
        Mark(6_005, "Three"),
    )


PNG = b"\x89PNG\r\n\x1a\n"


def test_links_and_pictures_in_tracks_of_their_own(tmp_path: Path) -> None:
    titles = [sample(b"One"), sample(b"Two")]
    links = [sample(b"Words", b"https://example.com/1"), sample(b"Words"), sample(b"", b"https://example.com/2")]
    pictures = [PNG + b"1", PNG + b"2", PNG + b"2", PNG + b"3", b"<html>"]
    rows = [(2, b"text", titles, [600, 600]), (3, b"sbtl", links, [300, 300, 600])]
    rows.append((4, b"vide", pictures, [600, 100, 500, 1, 1]))
    place, tracks = 24, []
    for number, handler, samples, deltas in rows:
        places = [place + sum(map(len, samples[:index])) for index in range(len(samples))]
        tracks.append(text_track(number, 600, deltas, places, list(map(len, samples)), handler=handler))
        place += sum(map(len, samples))
    mdat = box(b"mdat", *titles, *links, *pictures)
    path = tmp_path / "a.m4a"
    path.write_bytes(box(b"ftyp", bytes(8)) + mdat + box(b"moov", sound_track(2, 3, 4), *tracks))
    one, two, three = (Picture(data=PNG + digit, media_type="image/png") for digit in (b"1", b"2", b"3"))
    assert read_mp4_chapters(path) == (
        Mark(0, "One", None, "https://example.com/1", one),
        Mark(1_000, "Two", None, "https://example.com/2", two),
        Mark(2_000, "", None, None, three, is_hidden=True),
    )


def test_an_empty_edit_before_the_first_chapter(tmp_path: Path) -> None:
    samples = [sample(b"One"), sample(b"Two")]
    places = [24, 24 + len(samples[0])]
    edit = full(
        b"elst", struct.pack(">I", 2), struct.pack(">IiI", 5_000, -1, 65_536), struct.pack(">IiI", 9, 0, 65_536)
    )
    long = box(b"elst", b"\1\0\0\0", struct.pack(">IQqI", 1, 5_000, -1, 65_536))
    movie = full(b"mvhd", bytes(8), struct.pack(">II", 1_000, 9_000))
    for table in (edit, long):
        track = text_track(2, 600, [300, 600], places, list(map(len, samples)), edits=box(b"edts", table))
        path = tmp_path / "a.m4a"
        path.write_bytes(box(b"ftyp", bytes(8)) + box(b"mdat", *samples) + box(b"moov", movie, sound_track(2), track))
        assert [mark.start for mark in read_mp4_chapters(path)] == [5_000, 5_500]


def test_the_longer_list_wins_and_quicktime_where_they_agree(tmp_path: Path) -> None:
    samples, deltas = [sample(b"One, in full"), sample(b"Two")], [600, 600]
    agreeing = quicktime(tmp_path / "a.m4a", samples, deltas, nero=chpl((0, b"One"), (1_400, b"Two")))
    assert [mark.title for mark in read_mp4_chapters(agreeing)] == ["One, in full", "Two"]
    longer = quicktime(tmp_path / "b.m4a", samples, deltas, nero=chpl((0, b"1"), (1_000, b"2"), (2_000, b"3")))
    assert [mark.title for mark in read_mp4_chapters(longer)] == ["1", "2", "3"]
    other_times = quicktime(tmp_path / "c.m4a", samples, deltas, nero=chpl((0, b"1"), (9_000, b"2")))
    assert [mark.title for mark in read_mp4_chapters(other_times)] == ["1", "2"]
    empty_track = quicktime(tmp_path / "d.m4a", [], [], nero=chpl((0, b"1")))
    assert [mark.title for mark in read_mp4_chapters(empty_track)] == ["1"]


def test_boxes_with_long_sizes_and_boxes_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.m4a"
    inside = box(b"udta", chpl((0, b"One")))
    long_box = struct.pack(">I4sQ", 1, b"free", 20) + bytes(4)
    path.write_bytes(long_box + struct.pack(">I4sQ", 1, b"moov", 16 + len(inside)) + inside)
    assert len(read_mp4_chapters(path)) == 1
    path.write_bytes(long_box + struct.pack(">I4s", 0, b"moov") + inside)
    assert len(read_mp4_chapters(path)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", bytes(64), b"\0\0\0\x07moov", struct.pack(">I4s", 1, b"moov"), b"\xff\xff\xff\xffmoov\0\0\0\x08"],
)
def test_nonsense_has_no_chapters(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.m4a"
    path.write_bytes(content)
    assert read_mp4_chapters(path) == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mangled_boxes_raise_nothing(tmp_path: Path, data: st.DataObject) -> None:
    samples = [sample(b"One", b"https://example.com/1"), sample(b"Two"), sample(b"Three")]
    path = quicktime(tmp_path / "a.m4a", samples, [600, 600, 600], nero=chpl((0, b"1"), (5, b"2")))
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, piece in data.draw(st.lists(st.tuples(places, st.binary(min_size=1, max_size=4)), max_size=8)):
        content[place : place + len(piece)] = piece
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    marks = read_mp4_chapters(path)
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
