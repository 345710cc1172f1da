"""Covers written into every kind of file that has a place for one, alone and beside chapters; the sound stays."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import mutagen
import pytest
from mutagen import id3 as mutagen_id3
from mutagen import mp4 as mutagen_mp4

from pictures import jpeg, png
from player.core.errors import TagError
from player.core.model import Mark, Picture
from player.formats.clip_tags import cover_in
from player.formats.media_file import read_media
from player.formats.tag_writer import write_chapters
from timecoded.cache import cached_timecoded

# Their types are there in parts only.
_ID3: Any = mutagen_id3
_MP4: Any = mutagen_mp4

COVER = Picture(data=png(30, 20), media_type="image/png")
MARKS = (Mark(0, "One"), Mark(2_000, "Two", None, "https://example.com/"))
KINDS = ("mp3", "aac", "m4a", "opus", "vorbis", "flac", "wav")


@pytest.fixture
def audio(tmp_path: Path) -> Callable[[str], Path]:
    """A short file of a kind, to be changed."""

    def make(kind: str) -> Path:
        if kind in ("mka", "webm"):
            container = {"mka": "matroska"}.get(kind, kind)
            source = cached_timecoded(4, codec="opus", rate=48_000, channels=2, container=container)
        else:
            source = cached_timecoded(4, codec="aac" if kind == "m4a" else kind, rate=48_000, channels=2)
        return Path(shutil.copy(source, tmp_path / f"episode{source.suffix}"))

    return make


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0)]


def titles(path: Path) -> list[str]:
    return [mark.title for mark in read_media(path).marks]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_alone(audio: Callable[[str], Path], kind: str) -> None:
    path = audio(kind)
    write_chapters(path, MARKS)
    sound, before = packets(path), titles(path)
    assert write_chapters(path, None, cover=COVER) == ()
    assert cover_in(path) == COVER
    assert packets(path) == sound
    assert titles(path) == before == ["One", "Two"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_and_chapters_at_once(audio: Callable[[str], Path], kind: str) -> None:
    path = audio(kind)
    sound = packets(path)
    assert write_chapters(path, MARKS, cover=Picture(data=jpeg(3, 3), media_type="image/jpeg")) == ()
    found = cover_in(path)
    assert found is not None
    assert found.data == jpeg(3, 3)
    assert titles(path) == ["One", "Two"]
    assert packets(path) == sound
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cover_that_is_there_stays(audio: Callable[[str], Path], kind: str) -> None:
    path = audio(kind)
    write_chapters(path, None, cover=COVER)
    other = Picture(data=jpeg(3, 3), media_type="image/jpeg")
    with pytest.raises(TagError, match="it has a cover"):
        write_chapters(path, None, cover=other)
    assert write_chapters(path, MARKS, cover=other) == ()
    assert cover_in(path) == COVER


@pytest.mark.parametrize("kind", ["mka", "webm"])
def test_where_there_is_no_place_for_one_it_is_said(audio: Callable[[str], Path], kind: str) -> None:
    path = audio(kind)
    assert write_chapters(path, MARKS[:1], cover=COVER) == ("the cover",)
    assert titles(path) == ["One"]
    with pytest.raises(TagError, match="no place"):
        write_chapters(path, None, cover=COVER)


def test_mp4_has_no_place_for_other_kinds_of_pictures(audio: Callable[[str], Path]) -> None:
    path = audio("m4a")
    assert write_chapters(path, MARKS, cover=Picture(data=b"GIF89a" + bytes(40), media_type="image/gif")) == (
        "the cover",
    )


def test_other_tags_stay(audio: Callable[[str], Path]) -> None:
    path = audio("mp3")
    tag = _ID3.ID3()
    tag.add(_ID3.TIT2(encoding=3, text="A title"))
    tag.save(path)
    write_chapters(path, MARKS, cover=COVER)
    found = _ID3.ID3(path)
    assert str(found["TIT2"]) == "A title"
    assert [frame.data for frame in found.getall("APIC")] == [COVER.data]
    path = audio("m4a")
    file = _MP4.MP4(path)
    file["\xa9nam"] = ["A title"]
    file.save()
    write_chapters(path, MARKS, cover=COVER)
    again = _MP4.MP4(path)
    assert again["\xa9nam"] == ["A title"]
    assert [bytes(each) for each in again["covr"]] == [COVER.data]


def test_a_picture_that_is_only_linked_stays_beside_the_cover(audio: Callable[[str], Path]) -> None:
    path = audio("mp3")
    tag = _ID3.ID3()
    tag.add(_ID3.APIC(encoding=3, mime="-->", type=4, desc="back", data=b"https://example.com/back.png"))
    tag.save(path)
    write_chapters(path, None, cover=COVER)
    assert len(_ID3.ID3(path).getall("APIC")) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_others_read_it(audio: Callable[[str], Path], kind: str) -> None:
    path = audio(kind)
    write_chapters(path, MARKS, cover=COVER)
    assert mutagen.File(path) is not None
    if kind in ("wav", "aac") or not shutil.which("ffprobe"):
        return
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", str(path)]
    found = subprocess.run(command, capture_output=True, check=True, text=True)
    assert "png" in found.stdout
    assert found.stderr == ""
