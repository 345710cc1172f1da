"""Chapters in ID3 and Vorbis comments: files written here by mutagen, and bytes that no writer should write."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from mutagen.flac import FLAC, CueSheet, CueSheetTrack, CueSheetTrackIndex
from mutagen.id3 import CHAP, CTOC, ID3, TALB, TIT2, TPE1, WXXX, CTOCFlags

from player.core.model import Mark
from player.formats.chapter_tags import Tags, read_tags

FRAME = b"\xff\xfb\x90\x64" + bytes(413)
STREAMINFO = b"fLaC\x80\x00\x00\x22\x10\x00\x10\x00" + bytes(6) + b"\x0a\xc4\x40\xf0\x00\x00\x00\x00" + bytes(16)


def chapter(name: str, start: int, end: int, *frames: Any) -> Any:
    """A CHAP frame."""
    return CHAP(element_id=name, start_time=start, end_time=end, sub_frames=list(frames))  # type: ignore[no-untyped-call]


def title(text: str) -> Any:
    """A title frame."""
    return TIT2(encoding=3, text=[text])  # type: ignore[no-untyped-call]


def contents(name: str, *children: str) -> Any:
    """A table of contents."""
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    return CTOC(element_id=name, flags=flags, child_element_ids=list(children), sub_frames=[])  # type: ignore[no-untyped-call]


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    """An MP3 file without tags."""
    path = tmp_path / "episode.mp3"
    path.write_bytes(FRAME * 20)
    return path


def tagged(path: Path, *frames: Any, version: int = 4) -> Tags:
    """The tags of a file after frames were written to it."""
    tag: Any = ID3()  # type: ignore[no-untyped-call]
    for frame in frames:
        tag.add(frame)
    tag.save(str(path), v2_version=version)
    tags = read_tags(path)
    assert tags is not None
    return tags


def starts(tags: Tags) -> list[tuple[int, str]]:
    """Starts and titles of what is no secret."""
    return [(mark.start, mark.title) for mark in tags.marks if not mark.is_hidden]


@pytest.mark.parametrize("version", [3, 4])
def test_id3_names_titles_links_and_ends(mp3: Path, version: int) -> None:
    link = WXXX(desc="more", url="https://example.com/a?b=c")  # type: ignore[no-untyped-call]
    tags = tagged(
        mp3,
        TIT2(encoding=1, text=["Die Folge – 中"]),  # type: ignore[no-untyped-call]
        TPE1(encoding=0, text=["Café"]),  # type: ignore[no-untyped-call]
        TALB(encoding=3, text=["Das Album"]),  # type: ignore[no-untyped-call]
        chapter("c2", 61_001, 90_000, title("Zweites\n Kapitel ")),
        chapter("c1", 0, 61_001, title("Erstes"), link),
        version=version,
    )
    assert (tags.title, tags.artist, tags.album) == ("Die Folge – 中", "Café", "Das Album")
    assert tags.marks == (
        Mark(0, "Erstes", 61_001, "https://example.com/a?b=c"),
        Mark(61_001, "Zweites  Kapitel", 90_000, None),
    )


def test_chapters_that_no_table_of_contents_names_are_hidden(mp3: Path) -> None:
    frames = [chapter("a", 0, 1, title("Seen")), chapter("b", 5, 6, title("Slide")), chapter("c", 9, 10, title("Deep"))]
    assert starts(tagged(mp3, *frames, contents("toc", "a", "inner"), contents("inner", "c"))) == [
        (0, "Seen"),
        (9, "Deep"),
    ]
    assert len(tagged(mp3, *frames).marks) == 3, "without a table nothing is hidden"
    assert len(tagged(mp3, *frames, contents("toc", "x")).marks) == 3, "a table that names none hides none"


def test_ends_and_starts_that_say_nothing(mp3: Path) -> None:
    nothing = 0xFFFFFFFF
    frames = [chapter("a", 0, 0), chapter("b", 7, 3), chapter("c", 9, nothing), chapter("d", nothing, nothing)]
    assert tagged(mp3, *frames).marks == (Mark(0, ""), Mark(7, ""), Mark(9, ""))


def test_links_are_web_addresses(mp3: Path) -> None:
    urls = ["https%3A%2F%2Fexample.com%2Fa", "javascript:alert(1)", "file:///etc/passwd", " http://example.com "]
    frames = [chapter(str(n), n, n + 1, WXXX(desc="", url=url)) for n, url in enumerate(urls)]  # type: ignore[no-untyped-call]
    assert [mark.link for mark in tagged(mp3, *frames).marks] == [
        "https://example.com/a",
        None,
        None,
        "http://example.com",
    ]


def test_chapters_that_share_an_id_are_all_kept(mp3: Path) -> None:
    one, two = (chapter("", start, start + 1, title(f"At {start}")) for start in (0, 5))
    tag: Any = ID3()  # type: ignore[no-untyped-call]
    tag["CHAP:one"], tag["CHAP:two"] = one, two
    tag.save(str(mp3))
    tags = read_tags(mp3)
    assert tags is not None
    assert starts(tags) == [(0, "At 0"), (5, "At 5")]


def test_a_tag_in_a_chunk(tmp_path: Path) -> None:
    tag: Any = ID3()  # type: ignore[no-untyped-call]
    tag.add(chapter("a", 7, 8, title("Seven")))
    body = io.BytesIO()
    tag.save(body)
    content = body.getvalue()
    wave = tmp_path / "a.wav"
    chunks = b"data" + struct.pack("<I", 3) + b"abc\0" + b"id3 " + struct.pack("<I", len(content)) + content
    wave.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    aiff = tmp_path / "a.aiff"
    chunks = b"SSND" + struct.pack(">I", 4) + b"abcd" + b"ID3 " + struct.pack(">I", len(content)) + content
    aiff.write_bytes(b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"AIFF" + chunks)
    for path in (wave, aiff):
        tags = read_tags(path)
        assert tags is not None
        assert starts(tags) == [(7, "Seven")]


def test_flac_behind_an_id3_tag_without_chapters(tmp_path: Path) -> None:
    flac(tmp_path / "a.flac", CHAPTER001="00:00:05", CHAPTER001NAME="Five")
    content = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "b.flac").write_bytes(b"ID3\x04\0\0\0\0\0\x0a" + bytes(10) + content)
    tags = read_tags(tmp_path / "b.flac")
    assert tags is not None
    assert starts(tags) == [(5_000, "Five")]


def test_a_file_without_tags_has_none_of_them(mp3: Path) -> None:
    assert read_tags(mp3) is None


def flac(path: Path, **comments: str) -> Tags:
    """The tags of a FLAC file with comments."""
    path.write_bytes(STREAMINFO)
    file: Any = FLAC(str(path))  # type: ignore[no-untyped-call]
    for key, value in comments.items():
        file[key] = value
    file.save()
    tags = read_tags(path)
    assert tags is not None
    return tags


def test_vorbis_comments_in_every_spelling(tmp_path: Path) -> None:
    tags = flac(
        tmp_path / "a.flac",
        TITLE="A title",
        CHAPTER003="00:00:07,5",
        chapter003name="Third",
        CHAPTER01="0:00:00",
        CHAPTER01NAME="First",
        CHAPTER01URL="https://example.com/",
        CHAPTER2="00:00:05.250 --> 00:00:07.000",
        CHAPTER2NAME="Second",
        CHAPTER004NAME="No time",
        CHAPTER005="soon",
        CHAPTER006="100:00:00.123456789",
        CHAPTERS="7",
    )
    assert tags.title == "A title"
    assert tags.marks == (
        Mark(0, "First", None, "https://example.com/"),
        Mark(5_250, "Second"),
        Mark(7_500, "Third"),
        Mark(360_000_123, ""),
    )


def test_a_cue_sheet_in_a_comment(tmp_path: Path) -> None:
    one = ' TRACK 01 AUDIO\n  TITLE "One"\n  INDEX 01 00:00:00\n'
    two = ' TRACK 02 AUDIO\n  TITLE "Two"\n  INDEX 01 61:00:37\n'
    sheet = f'FILE "a.flac" WAVE\n{one}{two}'
    assert starts(flac(tmp_path / "a.flac", CUESHEET=sheet)) == [(0, "One"), (3_660_493, "Two")]
    assert flac(tmp_path / "b.flac", CUESHEET="no sheet").marks == ()


def test_a_cue_sheet_in_a_block(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    path.write_bytes(STREAMINFO)
    file: Any = FLAC(str(path))  # type: ignore[no-untyped-call]
    file.cuesheet = CueSheet(None)  # type: ignore[no-untyped-call]
    for number, offset, indexes in ((2, 441_000, [(0, 0), (1, 44_100)]), (1, 0, [(1, 0)]), (170, 900_000, [])):
        track = CueSheetTrack(number, offset)  # type: ignore[no-untyped-call]
        track.indexes = [CueSheetTrackIndex(*index) for index in indexes]  # type: ignore[no-untyped-call]
        file.cuesheet.tracks.append(track)
    file.metadata_blocks.append(file.cuesheet)
    file.save()
    tags = read_tags(path)
    assert tags is not None
    assert starts(tags) == [(0, ""), (11_000, "")]


def test_what_mutagen_does_not_know_has_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x1aE\xdf\xa3" + bytes(400))
    assert read_tags(path) is None
    path.write_bytes(b"ID3\x09\x00\x00\x7f\x7f\x7f\x7f")
    assert read_tags(path) is None
    path.write_bytes(b"RIFF\xff\xff\xff\xffWAVE" + b"abcd\0\0\0\0" * 5000)
    assert read_tags(path) is None
    with pytest.raises(OSError, match="No such file"):
        read_tags(tmp_path / "missing")


def test_what_mutagen_stumbles_over_has_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.opus"
    path.write_bytes(b"OggS\x00\x02" + bytes(20) + b"\x01\x08OpusHead")
    assert read_tags(path) is None
