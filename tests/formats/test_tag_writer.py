"""Chapters written into every kind of file, and read back by us, by ffprobe, by mutagen and by PyAV."""

from __future__ import annotations

import json
import shutil
import stat
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import mutagen
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.flac import FLAC
from mutagen.id3 import APIC, COMM, ID3, TIT2, TXXX
from mutagen.mp4 import MP4

from pictures import jpeg, png
from player.core.errors import FileError, KnownError, TagError
from player.core.model import Mark, Picture
from player.formats.chapter_writing import one_line
from player.formats.media_file import read_media
from player.formats.tag_writer import write_chapters
from timecoded.cache import cached_timecoded

FFPROBE = shutil.which("ffprobe")
CODECS = ("mp3", "aac", "opus", "vorbis", "flac", "wav", "mka", "webm")
PICTURE = Picture(data=png(3, 2), media_type="image/png")
LINK = "https://example.com/1?a=b&c=%20"
PLAIN = (Mark(0, "Eins – 中 ❤️"), Mark(1_234, 'Zwei = ; # \\ "3"', None, LINK), Mark(3_500, "Drei"))
RICH = (
    Mark(0, "Part one", 1_000, LINK, PICTURE),
    Mark(1_000, "One", 2_000, level=1),
    Mark(1_500, "Slide", 1_800, picture=Picture(url="https://example.com/a.png"), is_hidden=True),
    Mark(2_000, "Deep", 3_000, level=2),
    Mark(3_000, "", 3_500, level=1),
    Mark(3_500, "Part two", 3_900),
)


def sound_of(seconds: int, *, codec: str) -> Path:
    """A file that is shared: not to be changed."""
    container = {"mka": "matroska", "webm": "webm"}.get(codec)
    if container:
        return cached_timecoded(seconds, codec="opus", rate=48_000, channels=2, container=container)
    return cached_timecoded(seconds, codec=codec, rate=48_000, channels=2)


@pytest.fixture
def audio(tmp_path: Path) -> Callable[[str], Path]:
    """A short file of a codec, to be changed."""

    def make(codec: str) -> Path:
        source = sound_of(4, codec=codec)
        suffix = f".{codec}" if codec in ("mka", "webm") else source.suffix
        return Path(shutil.copy(source, tmp_path / f"episode{suffix}"))

    return make


def starts(path: Path) -> list[tuple[int, str]]:
    """Starts and titles by our reader."""
    return [(mark.start, mark.title) for mark in read_media(path).marks if not mark.is_hidden]


def ffprobe(path: Path) -> list[tuple[int, str]]:
    """Starts and titles by ffprobe."""
    if FFPROBE is None:
        pytest.skip("ffprobe is not here: install the package ffmpeg")
    command = [FFPROBE, "-v", "error", "-show_chapters", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return [(round(float(row["start_time"]) * 1000), row.get("tags", {}).get("title", "")) for row in found["chapters"]]


def pyav(path: Path) -> list[tuple[int, str]]:
    """Starts and titles by PyAV, which has an FFmpeg of its own."""
    with av.open(str(path)) as container:
        return [
            (round(row["start"] * (row["time_base"] or 0) * 1000), row["metadata"].get("title", ""))
            for row in container.chapters()
        ]


def packets(path: Path) -> list[bytes]:
    """What a demuxer finds of the sound."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0)]


@pytest.mark.parametrize("codec", CODECS)
def test_read_back_by_us_and_by_others(audio: Callable[[str], Path], codec: str) -> None:
    path = audio(codec)
    sound = packets(path)
    expected = [(mark.start, mark.title) for mark in PLAIN]
    lost = ("links",) if codec in ("mka", "webm") else ()
    for marks in (PLAIN[:1], PLAIN):
        assert write_chapters(path, marks) == (lost if marks == PLAIN else ())
    assert starts(path) == expected
    assert [mark.link for mark in read_media(path).marks] == [None, None if lost else LINK, None]
    assert packets(path) == sound
    assert pyav(path) == expected
    assert [name for name in path.parent.iterdir() if name != path] == []


@pytest.mark.parametrize("codec", ["mp3", "aac", "opus", "vorbis", "flac", "mka", "webm"])
def test_read_back_by_ffprobe(audio: Callable[[str], Path], codec: str) -> None:
    path = audio(codec)
    write_chapters(path, PLAIN)
    assert ffprobe(path) == [(mark.start, mark.title) for mark in PLAIN]


@pytest.mark.parametrize("codec", ["mp3", "wav"])
def test_id3_keeps_everything(audio: Callable[[str], Path], codec: str) -> None:
    path = audio(codec)
    assert write_chapters(path, RICH) == ()
    assert read_media(path).marks == RICH
    tag = mutagen.File(str(path)).tags
    chapters = sorted(tag.getall("CHAP"), key=lambda frame: frame.start_time)
    assert [str(frame.sub_frames.get("TIT2", "")) for frame in chapters] == [mark.title for mark in RICH]
    tables = {frame.element_id: frame.child_element_ids for frame in tag.getall("CTOC")}
    assert tables == {"toc": ["chp0", "toc0", "chp5"], "toc0": ["chp1", "toc1", "chp4"], "toc1": ["chp3"]}


def test_other_frames_stay_byte_for_byte(audio: Callable[[str], Path]) -> None:
    path = audio("mp3")
    for version in (3, 4):
        tag: Any = ID3()  # type: ignore[no-untyped-call]
        tag.add(TIT2(encoding=3, text=["Die Folge"]))  # type: ignore[no-untyped-call]
        tag.add(TXXX(encoding=3, desc="a", text=["b"]))  # type: ignore[no-untyped-call]
        tag.add(COMM(encoding=1, lang="deu", desc="", text=["Grüße"]))  # type: ignore[no-untyped-call]
        tag.add(APIC(encoding=0, mime="image/png", type=3, desc="", data=bytes(range(256)) * 40))  # type: ignore[no-untyped-call]
        tag.save(str(path), v2_version=version)
        before: Any = ID3(str(path), translate=False)  # type: ignore[no-untyped-call]
        write_chapters(path, PLAIN)
        after: Any = ID3(str(path), translate=False)  # type: ignore[no-untyped-call]
        assert after.version == (2, version, 0)
        rest = {key: frame for key, frame in after.items() if not key.startswith(("CHAP", "CTOC"))}
        assert {key: repr(frame) for key, frame in rest.items()} == {key: repr(frame) for key, frame in before.items()}


def test_many_chapters_and_chapters_in_chapters(audio: Callable[[str], Path]) -> None:
    path = audio("mp3")
    many = tuple(Mark(number, f"Chapter {number}", number + 1) for number in range(700))
    write_chapters(path, many)
    assert read_media(path).marks == many
    nested = (Mark(0, "All", 1), *(Mark(mark.start + 1, mark.title, mark.start + 2, level=1) for mark in many))
    write_chapters(path, nested)
    assert read_media(path).marks == nested


@pytest.mark.parametrize(
    ("codec", "lost"),
    [
        ("aac", ("1 of 2 pictures", "nested chapters", "hidden entries")),
        ("opus", ("pictures", "nested chapters", "hidden entries")),
        ("flac", ("pictures", "nested chapters", "hidden entries")),
        ("mka", ("pictures", "links")),
        ("webm", ("pictures", "links", "hidden entries")),
    ],
)
def test_what_cannot_be_kept_is_said(audio: Callable[[str], Path], codec: str, lost: tuple[str, ...]) -> None:
    path = audio(codec)
    assert write_chapters(path, RICH) == lost
    assert starts(path) == [(mark.start, mark.title) for mark in RICH if not mark.is_hidden]


def test_mp4_holds_pictures_and_links_in_tracks_of_their_own(audio: Callable[[str], Path]) -> None:
    path = audio("aac")
    sound = packets(path)
    photo, other = (Picture(data=data, media_type="image/jpeg") for data in (jpeg(), jpeg(64, 64)))
    marks = (
        Mark(500, "Eins – 中", None, LINK, photo),
        Mark(1_000, "No picture of its own"),
        Mark(1_500, "", None, None, photo, is_hidden=True),
        Mark(2_000, "Zwei", None, "https://example.com/" + "x" * 235, other),
        Mark(2_000, "At the same place", None, LINK),
        Mark(2_500, "", None, None, photo, is_hidden=True),
        Mark(3_000, "Drei", None, LINK, other),
    )
    kept = tuple(mark for mark in marks if mark.start != 1_500)
    # A picture that is shown already is no change.
    assert write_chapters(path, marks) == ("1 of 5 pictures", "1 of 2 hidden entries")
    for _ in range(2):
        assert read_media(path).marks == kept
        size = path.stat().st_size
        assert write_chapters(path, kept) == ()
        assert path.stat().st_size == size, "what was written before is taken away"
    assert ffprobe(path) == pyav(path) == [(mark.start, mark.title) for mark in kept if not mark.is_hidden]
    assert packets(path) == sound
    with av.open(str(path)) as container:
        # FFmpeg gives a chapter's first picture as a cover.
        assert [stream.codec_context.name for stream in container.streams.video] == ["mjpeg"]
        assert bytes(next(packet for packet in container.demux(video=0))) == jpeg()
    assert write_chapters(path, PLAIN) == ()
    assert read_media(path).marks == tuple(Mark(mark.start, mark.title, None, mark.link) for mark in PLAIN)


def test_what_mp4_cannot_hold(audio: Callable[[str], Path]) -> None:
    path = audio("aac")
    webp = Picture(data=b"RIFF\0\0\0\0WEBPVP8 ", media_type="image/webp")
    cut, photo = (Picture(data=data, media_type="image/jpeg") for data in (jpeg()[:20], jpeg()))
    marks = (
        Mark(0, "One", picture=webp),
        Mark(1_000, "Two", picture=cut),
        Mark(2_000, "Three", link="https://example.com/" + "x" * 236),
        Mark(2_050, "", picture=PICTURE, is_hidden=True),
    )
    assert write_chapters(path, marks) == ("pictures", "links", "hidden entries")
    assert read_media(path).marks == tuple(Mark(mark.start, mark.title) for mark in marks[:3])
    two_kinds = (Mark(0, "A", picture=photo), Mark(1_000, "B", picture=PICTURE), Mark(2_000, "C", picture=PICTURE))
    assert write_chapters(path, two_kinds) == ("1 of 3 pictures",)
    assert [mark.picture for mark in read_media(path).marks] == [None, PICTURE, PICTURE]


def test_mp4_keeps_its_tags_and_can_hold_more_than_nero(audio: Callable[[str], Path]) -> None:
    path = audio("aac")
    tags: Any = MP4(str(path))  # type: ignore[no-untyped-call]
    tags["\xa9nam"], tags["covr"] = ["Die Folge"], [bytes(5000)]
    tags.save()
    many = [Mark(10 + number * 5, f"Chapter {number} " + "長" * 100) for number in range(300)]
    for marks in (many, PLAIN, many, PLAIN):
        write_chapters(path, marks)
        assert starts(path) == [(mark.start, mark.title) for mark in marks]
    size = path.stat().st_size
    write_chapters(path, PLAIN)
    assert path.stat().st_size == size, "old texts are taken away"
    after: Any = MP4(str(path))  # type: ignore[no-untyped-call]
    assert (after["\xa9nam"], bytes(after["covr"][0])) == (["Die Folge"], bytes(5000))
    assert [(round(row.start * 1000), row.title) for row in after.chapters] == [(m.start, m.title) for m in PLAIN]


@pytest.mark.parametrize("options", [{"movflags": "faststart"}, {}])
def test_mp4_with_its_index_before_or_behind_the_sound(
    audio: Callable[[str], Path], tmp_path: Path, options: dict[str, str]
) -> None:
    path = tmp_path / "other.m4a"
    with av.open(str(audio("aac"))) as source, av.open(str(path), "w", format="ipod", options=options) as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    kinds = path.read_bytes()
    assert (kinds.index(b"moov") < kinds.index(b"mdat")) is bool(options)
    sound = packets(path)
    late = [Mark(mark.start + 400, mark.title) for mark in PLAIN]
    write_chapters(path, late)
    assert packets(path) == sound
    assert ffprobe(path) == starts(path) == [(mark.start, mark.title) for mark in late]


def test_comments_stay_and_old_chapters_go(audio: Callable[[str], Path]) -> None:
    path = audio("flac")
    file: Any = FLAC(str(path))  # type: ignore[no-untyped-call]
    file["TITLE"], file["chapter7"], file["CHAPTER07NAME"], file["CHAPTERS"] = "Folge", "00:00:01", "Old", "many"
    file.save()
    write_chapters(path, PLAIN[:2])
    after: Any = FLAC(str(path))  # type: ignore[no-untyped-call]
    assert [(key, value) for key, value in after.tags if "chapter" not in key.lower()][-1] == ("TITLE", "Folge")
    assert [value for key, value in after.tags if "chapter" in key.lower()] == [
        "many",
        "00:00:00.000",
        PLAIN[0].title,
        "00:00:01.234",
        PLAIN[1].title,
        LINK,
    ]


def test_a_copy_leaves_the_original_as_it_was(audio: Callable[[str], Path], tmp_path: Path) -> None:
    path = audio("mp3")
    before = path.read_bytes()
    path.chmod(0o640)
    write_chapters(path, PLAIN, tmp_path / "copy.mp3")
    assert path.read_bytes() == before
    assert len(starts(tmp_path / "copy.mp3")) == 3
    assert stat.S_IMODE((tmp_path / "copy.mp3").stat().st_mode) == 0o640
    link = tmp_path / "link.mp3"
    link.symlink_to(path)
    write_chapters(link, PLAIN)
    assert link.is_symlink()
    assert len(starts(path)) == 3


def test_what_is_not_done(audio: Callable[[str], Path], tmp_path: Path) -> None:
    def refusal(content: bytes | None, name: str) -> str:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(TagError) as raised:
            write_chapters(path, PLAIN)
        assert content is None or path.read_bytes() == content
        return raised.value.reason

    mp3, m4a = audio("mp3").read_bytes(), audio("aac").read_bytes()
    old = b"ID3\2\0\0\0\0\0\x0bTT2\0\0\5\0One\0" + mp3
    assert refusal(old, "old.mp3") == "its ID3 tag is of version 2.2, which holds no chapters"
    body = b"TIT2\0\0\0\4\0\0\0One" + b"nonsense, no frame"
    damaged = b"ID3\3\0\0" + struct.pack(">I", len(body)) + body + mp3
    assert refusal(damaged, "damaged.mp3") == "its ID3 tag is damaged; repair it with a tag editor first"
    assert refusal(m4a + struct.pack(">I4s", 8, b"moof"), "parts.m4a").startswith("it is an MP4 file in fragments")
    assert refusal(m4a + b"\0\0\0\x09free", "cut.m4a") == "its last box does not end where the file does"
    late = [Mark(0, "One"), Mark(0x1_0000_0000, "Two")]
    for codec, kind in (("mp3", "ID3"), ("aac", "MP4")):
        with pytest.raises(TagError) as raised:
            write_chapters(audio(codec), late)
        assert raised.value.reason == f"its chapters lie further on than {kind} can say (49 days)"
    with pytest.raises(TagError) as raised:
        write_chapters(audio("mp3"), [Mark(0, "Slide", is_hidden=True)])
    assert raised.value.reason == "there are none to write"
    with pytest.raises(FileError):
        write_chapters(audio("mp3"), PLAIN, tmp_path / "missing" / "copy.mp3")


def test_every_file_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    written = 0
    for source in sorted((corpus / "corpus/media").iterdir()):
        if source.suffix == ".json" or source.name == "atl-2tracks_QTchaps.m4a":
            continue  # the last one is cut: its tables name sound behind the file's end
        own = read_media(source).marks
        if any(not mark.is_hidden for mark in own):
            assert write_chapters(source, own, tmp_path / source.name) == (), source.name
        write_chapters(source, PLAIN, tmp_path / source.name)
        assert starts(tmp_path / source.name) == [(mark.start, mark.title) for mark in PLAIN], source.name
        written += 1
    assert written >= 35


titles = st.text(max_size=20).map(one_line)
rows = st.lists(st.tuples(st.integers(2, 500), titles, st.integers(0, 3)), min_size=1, max_size=12)


@pytest.mark.parametrize("codec", ["mp3", "aac", "opus", "mka"])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_any_list_comes_back(tmp_path: Path, codec: str, rows: list[tuple[int, str, int]]) -> None:
    marks, start, level = [], 0, -1
    for step, title, wish in rows:
        level = min(wish, level + 1)
        marks.append(Mark(start, title, start + step, level=level))
        start += step
    source = sound_of(4, codec=codec)
    path = tmp_path / f"copy{source.suffix}"
    write_chapters(source, marks, path)
    if codec == "mp3":
        assert list(read_media(path).marks) == marks
    assert starts(path) == [(mark.start, mark.title) for mark in marks]


@pytest.mark.parametrize("codec", ["mp3", "aac", "opus", "flac", "wav", "mka"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mangled_files_are_refused_or_written_whole(tmp_path: Path, codec: str, data: st.DataObject) -> None:
    source = sound_of(1, codec=codec)
    content = bytearray(source.read_bytes())
    parts = [st.integers(0, 300), st.integers(max(0, len(content) - 2000), len(content) - 1)]
    for place, piece in data.draw(st.lists(st.tuples(st.one_of(parts), st.binary(min_size=1, max_size=6)), max_size=6)):
        content[place : place + len(piece)] = piece
    path = tmp_path / f"mangled{source.suffix}"
    mangled = bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])
    path.write_bytes(mangled)
    try:
        write_chapters(path, PLAIN)
    except KnownError:
        assert path.read_bytes() == mangled
    else:
        assert len(starts(path)) == len(PLAIN)
    assert sorted(tmp_path.iterdir()) == [path]
