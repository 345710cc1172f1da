"""Audio files as they are found: the corpus, files that are something else, and files that are broken."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.errors import DamagedAudioError, FileError, KnownError, NotAudioError
from player.formats.media_file import frame_length, read_media
from timecoded import write_timecoded


def expectations(corpus: Path) -> dict[str, dict[str, Any]]:
    """What a listener should see of each file of the corpus."""
    loaded: dict[str, dict[str, Any]] = json.loads((corpus / "corpus/media/expected.json").read_text(encoding="utf-8"))
    return loaded


def millis(seconds: float) -> int:
    """Milliseconds."""
    return round(seconds * 1000)


def test_every_file_of_the_corpus(corpus: Path) -> None:
    wrong = []
    for name, expected in expectations(corpus).items():
        media = read_media(corpus / "corpus/media" / name)
        seen = [mark for mark in media.marks if not mark.is_hidden]
        hidden = [(mark.start, mark.title) for mark in media.marks if mark.is_hidden]
        rows = expected.get("nested", [[*row, 0] for row in expected["chapters"]])
        checks = {
            "chapters": [(m.start, m.title, m.level) for m in seen]
            == [(millis(r[0]), r[1].strip(), r[2]) for r in rows],
            "hidden": hidden == [(millis(start), title) for start, title in expected.get("hidden", [])],
            "images": sum(mark.picture is not None for mark in seen) == expected.get("images", 0),
            "urls": "urls" not in expected or [mark.link for mark in seen] == expected["urls"],
            "ends": "ends" not in expected or [mark.end for mark in seen] == [millis(end) for end in expected["ends"]],
        }
        wrong += [(name, what, media.marks) for what, is_right in checks.items() if not is_right]
    assert not wrong


def test_length_and_names(corpus: Path) -> None:
    media = read_media(corpus / "corpus/media/antennapod-auphonic.ogg")
    assert (media.duration, media.title, media.artist, media.album) == (10_000, "Title", "Artist", "Album")
    media = read_media(corpus / "corpus/media/antennapod-auphonic.mp3")
    assert (media.duration, media.title) == (10_000, "Title")


def test_a_file_that_ffmpeg_refuses_still_shows_its_chapters(corpus: Path) -> None:
    media = read_media(corpus / "corpus/media/atl-chapters_0indexed.ogg")
    assert len(media.marks) == 9
    assert media.title == "Auphonic Chapter Marks Demo"


def test_odd_names_are_names_and_no_addresses(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (corpus / "corpus/media/made-ffmpeg-id3v23.mp3").read_bytes()
    monkeypatch.chdir(tmp_path)
    for name in ("concat:a|b.mp3", "http:example.mp3", "-i %d #1?.mp3", "Ünïcode \u2028.mp3", "no ending"):
        Path(name).write_bytes(content)
        assert len(read_media(Path(name)).marks) == 3
    bad_name = os.fsdecode(b"\xff\xfe.mp3")
    Path(bad_name).write_bytes(content)
    assert len(read_media(Path(bad_name)).marks) == 3


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page (“Not found”)"),
        (b"\n  <HTML lang=en><title>404</title>\n<p>Gone", "a web page (“404”)"),
        (b'<?xml version="1.0"?><rss/>', "an XML document"),
        (b'{"error": "gone"}', "a JSON document (“gone”)"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "plain text (“1 00:00:01,000 --> 00:00:02,000 Hello”)"),
        ("Schöne Grüße".encode("utf-16"), "plain text (“Schöne Grüße”)"),
        (b"#EXTM3U\nhttp://example.com/other.mp3\n", "plain text (“#EXTM3U http://example.com/other.mp3”)"),
        (b" \n", "an empty answer"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        (b"%PDF-1.7\n" + bytes(100), "a PDF document"),
        (b"PK\x03\x04" + bytes(100), "an archive"),
        (bytes(range(256)) * 16, "data of an unknown kind"),
    ],
)
def test_what_is_no_audio_is_named(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(content)
    with pytest.raises(NotAudioError) as raised:
        read_media(path)
    assert (raised.value.name, raised.value.found) == (str(path), found)


def test_a_video_without_sound_is_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "film.y4m"
    path.write_bytes(b"YUV4MPEG2 W16 H16 F25:1 Ip A0:0 C420jpeg\n" + (b"FRAME\n" + bytes(384)) * 3)
    with pytest.raises(NotAudioError) as raised:
        read_media(path)
    assert raised.value.found == "a video without sound"


def test_damaged_audio_is_told_from_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "episode.m4a"
    path.write_bytes(struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + b"\xfe\x00garbage" * 20)
    with pytest.raises(DamagedAudioError) as raised:
        read_media(path)
    assert raised.value.reason == "it begins like audio, but its headers cannot be read"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp3"
    empty.touch()
    reasons = {
        tmp_path / "missing.mp3": "there is no such file",
        tmp_path: "it is a folder",
        empty: "it is empty",
        empty / "below": "there is no such file",
        Path("/dev/null"): "it is not a plain file",
    }
    for path, reason in reasons.items():
        with pytest.raises(FileError) as raised:
            read_media(path)
        assert (raised.value.path, raised.value.reason) == (str(path), reason)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.mp3"
    path.write_bytes(b"ID3")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError) as raised:
        read_media(path)
    assert raised.value.reason == "it may not be read"


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mangled_files_raise_known_errors_only(corpus: Path, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(expectations(corpus))))
    content = bytearray((corpus / "corpus/media" / name).read_bytes())
    head = min(len(content), data.draw(st.sampled_from([64, 4096, 1 << 20])))
    for place, piece in data.draw(
        st.lists(st.tuples(st.integers(0, head - 1), st.binary(min_size=1, max_size=8)), max_size=12)
    ):
        content[place : place + len(piece)] = piece
    path = tmp_path / "mangled"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        media = read_media(path)
    except KnownError:
        return
    assert list(media.marks) == sorted(media.marks, key=lambda mark: mark.start)
    assert all(mark.start >= 0 for mark in media.marks)


@pytest.mark.parametrize(
    ("codec", "rate", "samples"),
    [("mp3", 44_100, 1152), ("mp3", 22_050, 576), ("aac", 44_100, 1024), ("opus", 48_000, 960)],
)
def test_how_long_a_frame_is(tmp_path: Path, codec: str, rate: int, samples: int) -> None:
    write_timecoded(tmp_path / "audio", 1.0, codec=codec, rate=rate, channels=1)
    assert frame_length(tmp_path / "audio") == pytest.approx(samples * 1000 / rate)


def test_pcm_has_no_frames_to_speak_of(tmp_path: Path) -> None:
    write_timecoded(tmp_path / "audio", 1.0, codec="wav", rate=44_100, channels=1)
    assert frame_length(tmp_path / "audio") is None


def test_a_frame_of_what_is_no_audio(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no audio")
    assert frame_length(tmp_path / "text") is None
    assert frame_length(tmp_path / "missing") is None
