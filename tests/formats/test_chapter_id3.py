"""ID3v2 tags byte by byte: every version, every flag, and what broken writers wrote."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.model import Mark, Picture
from player.formats.chapter_id3 import Id3Tag, read_id3


def safe(number: int) -> bytes:
    """A number in four bytes of seven bits."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def frame(name: bytes, body: bytes, *, version: int = 4, flags: int = 0, size: bytes = b"") -> bytes:
    """A frame; `size` overrides its size as written."""
    if version == 2:
        return name + len(body).to_bytes(3, "big") + body
    plain = struct.pack(">I", len(body))
    return name + (size or (safe(len(body)) if version == 4 else plain)) + struct.pack(">H", flags) + body


def chap(key: bytes, start: int, end: int, *frames: bytes) -> bytes:
    """The content of a CHAP frame."""
    return key + b"\0" + struct.pack(">IIII", start, end, 0xFFFFFFFF, 0xFFFFFFFF) + b"".join(frames)


def tag(*frames: bytes, version: int = 4, flags: int = 0) -> bytes:
    """A tag with some padding."""
    body = b"".join(frames) + bytes(20)
    return b"ID3" + bytes([version, 0, flags]) + safe(len(body)) + body


def read(content: bytes) -> Id3Tag:
    """Read a tag that is there."""
    found = read_id3(io.BytesIO(content))
    assert found is not None
    return found


def title(text: str, encoding: int = 3) -> bytes:
    """The content of a text frame."""
    return bytes([encoding]) + text.encode(("latin-1", "utf-16", "utf-16-be", "utf-8")[encoding])


@pytest.mark.parametrize(("encoding", "text"), [(0, "Café"), (1, "長 ❤️"), (2, "長 ❤️"), (3, "長 ❤️")])
def test_texts_in_every_encoding(encoding: int, text: str) -> None:
    content = tag(frame(b"TIT2", title(text, encoding)), frame(b"TPE1", title(f"{text}\0second", encoding)))
    assert read(content).names == {"title": text, "artist": text}


@pytest.mark.parametrize("version", [3, 4])
def test_chapters_with_links(version: int) -> None:
    link = frame(b"WXXX", b"\0more\0https://example.com/", version=version)
    wide = frame(b"WXXX", b"\1" + "wide\0".encode("utf-16") + b"http://example.com/2", version=version)
    named = frame(b"TIT2", title("Two", 1), version=version)
    content = tag(
        frame(b"CHAP", chap(b"b", 5_006, 10_884, named, link), version=version),
        frame(b"CHAP", chap(b"a", 0, 0, wide), version=version),
        version=version,
    )
    assert read(content).marks == (
        Mark(0, "", None, "http://example.com/2"),
        Mark(5_006, "Two", 10_884, "https://example.com/"),
    )


def test_version_2_2_has_names_alone() -> None:
    content = tag(frame(b"TT2", title("Old", 0), version=2), frame(b"TAL", title("Disc", 0), version=2), version=2)
    assert read(content).names == {"title": "Old", "album": "Disc"}


def test_unsynchronised_tags_and_frames() -> None:
    body = title("\u00ff\u00e0 loud", 0)
    assert read(tag(frame(b"TIT2", body.replace(b"\xff", b"\xff\0"), flags=0x02))).names == {
        "title": "\u00ff\u00e0 loud"
    }
    plain = frame(b"TIT2", body, version=3)
    assert read(tag(plain.replace(b"\xff", b"\xff\0"), version=3, flags=0x80)).names == {"title": "ÿà loud"}


def test_packed_grouped_and_encrypted_frames() -> None:
    body = title("Packed")
    packed = struct.pack(">I", len(body)) + zlib.compress(body)
    assert read(tag(frame(b"TIT2", packed, flags=0x09))).names == {"title": "Packed"}
    assert read(tag(frame(b"TIT2", packed, version=3, flags=0x80), version=3)).names == {"title": "Packed"}
    assert read(tag(frame(b"TIT2", b"\x07" + body, flags=0x40))).names == {"title": "Packed"}
    assert read(tag(frame(b"TIT2", b"????nonsense", flags=0x09))).names == {"title": ""}
    assert read(tag(frame(b"TIT2", body, flags=0x04))).names == {"title": ""}
    bomb = struct.pack(">I", 7) + zlib.compress(title("a" * 20_000_000))
    assert len(read(tag(frame(b"TIT2", bomb, flags=0x09))).names["title"]) < 10_000


@pytest.mark.parametrize(("version", "header"), [(3, struct.pack(">IHI", 6, 0, 0)), (4, safe(6) + b"\1\0")])
def test_extended_headers_are_passed_over(version: int, header: bytes) -> None:
    content = tag(header, frame(b"TIT2", title("Behind it"), version=version), version=version, flags=0x40)
    assert read(content).names == {"title": "Behind it"}


def test_plain_sizes_in_2_4() -> None:
    long = title("x" * 200)
    content = tag(
        frame(b"APIC", bytes(300), size=struct.pack(">I", 300)),
        frame(b"TIT2", long, size=struct.pack(">I", len(long))),
        frame(b"TPE1", title("After")),
    )
    assert read(content).names == {"title": "x" * 200, "artist": "After"}


def test_tables_of_contents_nest_and_hide() -> None:
    chapters = [frame(b"CHAP", chap(key, at, at + 1)) for at, key in enumerate((b"a", b"b", b"c", b""))]
    outer = frame(b"CTOC", b"toc\0\3\2a\0inner\0" + frame(b"TIT2", title("Contents")))
    inner = frame(b"CTOC", b"inner\0\1\1c\0")
    assert read(tag(*chapters, outer, inner)).marks == (
        Mark(0, "", 1),
        Mark(1, "", 2, is_hidden=True),
        Mark(2, "", 3, level=1),
        Mark(3, "", 4, is_hidden=True),
    )
    assert len(read(tag(*chapters, frame(b"CTOC", b"toc\0\3\1x\0"))).marks) == 4
    assert len(read(tag(*chapters, frame(b"CTOC", b"toc"))).marks) == 4


def levels(*tables: bytes) -> list[int]:
    """The levels of three chapters under tables of contents; -1 for a hidden one."""
    chapters = [frame(b"CHAP", chap(key, at, at + 1)) for at, key in enumerate((b"a", b"b", b"c"))]
    marks = read(tag(*chapters, *(frame(b"CTOC", table) for table in tables))).marks
    return [-1 if mark.is_hidden else mark.level for mark in marks]


def test_levels_count_from_the_outermost_chapter() -> None:
    groups = (b"toc\0\3\2one\0two\0", b"one\0\1\2a\0b\0", b"two\0\1\1c\0")
    assert levels(*groups) == [0, 0, 0], "tables that only part a long list are no levels"
    assert levels(b"toc\0\3\2a\0one\0", b"one\0\1\2b\0two\0", b"two\0\1\1c\0") == [0, 1, 2]
    assert levels(b"one\0\3\2a\0two\0", b"two\0\1\2b\0one\0") == [0, 0, -1], "a ring has no outside"
    assert levels(b"one\0\3\3a\0b\0c\0", b"one\0\3\1one\0") == [0, 0, 0]


PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def test_pictures_of_chapters() -> None:
    icon = frame(b"APIC", b"\0image/jpg\0\1icon\0" + JPEG)
    cover = frame(b"APIC", b"\1image/jpeg\0\3" + "cover\0".encode("utf-16") + PNG)
    other = frame(b"APIC", b"\0image/x-odd\0\3\0odd")
    linked = frame(b"APIC", b"\0-->\0\3\0https://example.com/a.png")
    wrong = frame(b"APIC", b"\0text/html\0\3\0<html>")
    rows = ([icon, cover, icon], [icon], [other], [linked], [wrong], [frame(b"APIC", b"\0image/png\0")])
    content = tag(*(frame(b"CHAP", chap(b"%d" % at, at, at + 9, *row)) for at, row in enumerate(rows)))
    assert [mark.picture for mark in read(content).marks] == [
        Picture(data=PNG, media_type="image/png"),
        Picture(data=JPEG, media_type="image/jpeg"),
        Picture(data=b"odd", media_type="image/x-odd"),
        Picture(url="https://example.com/a.png"),
        None,
        None,
    ]


def test_markers_of_audio_books() -> None:
    markers = "<Markers><Marker><Name>One &amp; a half</Name><Time>0:00.000</Time></Marker><Marker><Name>Two</Name>"
    text = f"OverDrive MediaMarkers\0{markers}<Time> 75:15.167 </Time></Marker><Marker><Name>Cut</Name></Markers>"
    found = read(tag(frame(b"TXXX", title("comment\0None")), frame(b"TXXX", title(text, 1)))).marks
    assert found == (Mark(0, "One & a half"), Mark(4_515_167, "Two"))
    beside = read(tag(frame(b"TXXX", title(text)), frame(b"CHAP", chap(b"a", 7, 8)))).marks
    assert [mark.start for mark in beside] == [7], "chapters are more than markers"


def test_a_sheet_in_a_text_frame() -> None:
    sheet = 'cuesheet\0FILE "a.mp3" MP3\r\n  TRACK 01 AUDIO\r\n    TITLE "Ä"\r\n    INDEX 01 00:01:00\r\n'
    for encoding in (0, 1, 3):
        assert read(tag(frame(b"TXXX", title(sheet, encoding)))).marks == (Mark(1_000, "Ä"),)
    assert read(tag(frame(b"TXXX", title("CUESHEET\0nonsense")))).marks == ()


def test_cut_frames_and_starts_that_say_nothing() -> None:
    nothing = 0xFFFFFFFF
    bodies = [chap(b"a", 1, nothing), chap(b"b", nothing, 5), chap(b"c", 3, 2), b"d\0\0\0", b"", chap(b"e", 9, 10)[:-1]]
    content = tag(*(frame(b"CHAP", body) for body in bodies))
    assert read(content).marks == (Mark(1, ""), Mark(3, ""))
    assert [mark.start for mark in read(content[:45]).marks] == [1]


@pytest.mark.parametrize("content", [b"", b"ID3", b"ID3\x05\0\0\0\0\0\0", b"\xff\xfb\x90\x64" + bytes(20)])
def test_what_is_no_tag(content: bytes) -> None:
    assert read_id3(io.BytesIO(content)) is None


def test_a_text_that_swallowed_a_picture_takes_no_time() -> None:
    content = tag(frame(b"TIT2", b"\0Title\0" + bytes(range(256)) * 40_000))
    assert read(content).names == {"title": "Title"}


@settings(max_examples=300)
@given(
    st.sampled_from([2, 3, 4]),
    st.integers(0, 255),
    st.lists(st.binary(max_size=60), max_size=8),
    st.binary(max_size=60),
)
def test_arbitrary_tags_raise_nothing(version: int, flags: int, bodies: list[bytes], rest: bytes) -> None:
    names = (b"CHAP", b"CTOC", b"TIT2", b"WXXX", b"APIC", b"TXXX")
    frames = [frame(names[index % 6], body, version=3, flags=flags) for index, body in enumerate(bodies)]
    nested = frame(b"CHAP", chap(b"a", 7, 8, *frames), version=3)
    found = read(tag(*frames, nested, rest, version=version, flags=flags))
    assert [mark.start for mark in found.marks] == sorted(mark.start for mark in found.marks)
