"""Clips of every kind of file: what is heard in one is what the original has there, to the sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from audiobytes import lateness, read_all, read_some
from audiobytes.mp4 import with_edits
from player.audio.clip import UnwantedError, clip_ending, write_clip
from player.audio.decoder import Samples, open_audio
from player.audio.source import Source
from player.core.errors import DamagedAudioError
from timecoded import write_timecoded

LENGTH = 9.123
START, STOP = 2345, 6789


def made(folder: Path, codec: str, container: str | None = None, **options: Any) -> Path:
    more: Any = {"container": container} if container else {}
    return write_timecoded(folder / f"made.{container or codec}", LENGTH, codec=codec, **more, **options)


def span(path: Path, start: int = START, stop: int = STOP) -> tuple[Samples, int]:
    """What a file has there, and its rate."""
    decoder = open_audio(Source(path))
    first = round(start * decoder.rate / 1000)
    decoder.seek(first)
    found = read_some(decoder, round(stop * decoder.rate / 1000) - first)
    decoder.close()
    return found, decoder.rate


def heard(path: Path) -> Samples:
    decoder = open_audio(Source(path))
    found = read_all(decoder)
    decoder.close()
    return found


def heard_by_ffmpeg(path: Path) -> Samples:
    """As any player that FFmpeg is in hears it: with what it makes of edit lists and gapless tags."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        rate = stream.rate
        resampler = av.AudioResampler("flt", "mono", rate)
        parts = [
            part.to_ndarray().reshape(-1, 1)
            for frame in container.decode(stream)
            for part in resampler.resample(frame)
            if frame.pts is None or frame.time_base is None or frame.pts * frame.time_base > -1e-6
        ]
    return np.concatenate(parts)


AAC: dict[str, Any] = {"codec_options": {"aac_pns": "0"}, "bitrate": 96_000}
LAME = {"compression_level": "5"}
COPIED: dict[str, tuple[str, str | None, Any]] = {
    "mp3": ("mp3", None, {"codec_options": LAME}),
    "mp3 in two channels": ("mp3", None, {"channels": 2, "codec_options": LAME}),
    "mp3 of 320 kbit/s": ("mp3", None, {"bitrate": 320_000, "channels": 2, "codec_options": LAME}),
    "mp3 of 32 kbit/s": ("mp3", None, {"bitrate": 32_000, "codec_options": LAME}),
    "mp3 without a reservoir": ("mp3", None, {"codec_options": {"reservoir": "0"}}),
    "mp3 of variable bit rate": ("mp3", None, {"quality": 4.0, "channels": 2, "codec_options": LAME}),
    "mp3 at 22 050": ("mp3", None, {"rate": 22_050, "bitrate": 64_000, "codec_options": LAME}),
    "mp3 at 8000": ("mp3", None, {"rate": 8000, "bitrate": 16_000, "codec_options": LAME}),
    "m4a": ("aac", None, AAC),
    "m4a in fragments": ("aac", "mp4", {"container_options": {"movflags": "frag_keyframe+empty_moov"}, **AAC}),
    "mov": ("aac", "mov", AAC),
    "opus": ("opus", None, {"rate": 48_000, "bitrate": 48_000}),
    "opus in WebM": ("opus", "webm", {"rate": 48_000, "bitrate": 48_000}),
    "opus in mp4": ("opus", "mp4", {"rate": 48_000, "bitrate": 48_000}),
    "opus in frames of 60 ms": ("opus", None, {"rate": 48_000, "codec_options": {"frame_duration": "60"}}),
}
TOLERANCE = {"opus": 2e-5, "aac": 1e-6, "mp3": 0.0}


@pytest.mark.parametrize("name", COPIED)
def test_what_is_copied_is_exact(tmp_path: Path, name: str) -> None:
    codec, container, options = COPIED[name]
    path = made(tmp_path, codec, container, **options)
    before = path.read_bytes()
    clip = tmp_path / f"clip{clip_ending(path)}"
    cut = write_clip(path, START, STOP, clip)
    assert cut.is_copied
    assert cut.length == STOP - START
    expected, rate = span(path)
    found = heard(clip)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= TOLERANCE[codec]
    assert lateness(found, 0, rate, place=round(START * rate / 1000)) == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", COPIED)
def test_other_players_hear_no_more_than_a_frame_more(tmp_path: Path, name: str) -> None:
    codec, container, options = COPIED[name]
    path = made(tmp_path, codec, container, **options)
    clip = tmp_path / f"clip{clip_ending(path)}"
    write_clip(path, START, STOP, clip)
    expected, rate = span(path)
    found = heard_by_ffmpeg(clip)
    frame = {"opus": 2880, "aac": 1024}.get(codec, 1152)
    assert abs(len(found) - len(expected)) <= frame
    assert lateness(found, 0, rate, place=round(START * rate / 1000)) == 0


@pytest.mark.parametrize("name", ["mp3 in two channels", "mp3 of variable bit rate", "mp3 at 22 050", "m4a", "opus"])
def test_any_span(tmp_path: Path, name: str) -> None:
    codec, container, options = COPIED[name]
    path = made(tmp_path, codec, container, **options)
    generator = np.random.default_rng(7)
    spans = [(0, 500), (0, 20_000), (1, 30), (9000, 9123), (5000, 5100)]
    spans += [(start, start + length) for start, length in generator.integers(1, 4500, (12, 2)).tolist()]
    for start, stop in spans:
        clip = tmp_path / f"clip{clip_ending(path)}"
        assert write_clip(path, start, stop, clip).is_copied
        expected, _ = span(path, start, stop)
        found = heard(clip)
        assert found.shape == expected.shape, (start, stop)
        assert np.abs(found - expected).max(initial=0.0) <= TOLERANCE[codec], (start, stop)


def test_vorbis_is_copied_from_a_packet_before(tmp_path: Path) -> None:
    for container in ("ogg", "webm"):
        path = made(tmp_path, "vorbis", container, channels=2, quality=5)
        clip = tmp_path / f"clip{clip_ending(path)}"
        assert clip.suffix == ".ogg"
        assert write_clip(path, START, STOP, clip).is_copied
        expected, rate = span(path)
        found = heard(clip)
        more = len(found) - len(expected)
        assert 0 <= more <= 2048
        assert lateness(found, more, rate, place=round(START * rate / 1000)) == 0
        assert np.abs(found[more:] - expected).max() < 1e-5


LOSSLESS: dict[str, tuple[str, str | None, Any, str]] = {
    "flac": ("flac", None, {"channels": 2}, ".flac"),
    "flac in Ogg": ("flac", "ogg", {}, ".flac"),
    "flac in Matroska": ("flac", "matroska", {}, ".flac"),
    "alac": ("alac", "mp4", {}, ".flac"),
    "wav": ("wav", None, {"rate": 22_050}, ".wav"),
    "wav of 24 bits": ("pcm_s24le", "wav", {"channels": 2}, ".wav"),
    "wav of floats": ("pcm_f32le", "wav", {}, ".wav"),
    "aiff": ("pcm_s16be", "aiff", {}, ".wav"),
}


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_loses_nothing_is_the_same_anew(tmp_path: Path, name: str) -> None:
    codec, container, options, ending = LOSSLESS[name]
    path = made(tmp_path, codec, container, **options)
    clip = tmp_path / f"clip{clip_ending(path)}"
    assert clip.suffix == ending
    write_clip(path, START, STOP, clip)
    expected, _ = span(path)
    assert np.array_equal(heard(clip), expected)


ANEW: dict[str, tuple[str, str | None, Any, str]] = {
    "adts": ("aac", "adts", AAC, ".m4a"),
    "aac in Matroska": ("aac", "matroska", AAC, ".m4a"),
    "aac in a transport stream": ("aac", "mpegts", AAC, ".m4a"),
    "aac in flv": ("aac", "flv", AAC, ".m4a"),
    "mp3 in Matroska": ("mp3", "matroska", {}, ".mp3"),
    "mp3 in avi": ("mp3", "avi", {}, ".mp3"),
    "mp3 in wav": ("mp3", "wav", {}, ".mp3"),
}


@pytest.mark.parametrize("name", ANEW)
def test_what_cannot_be_copied_is_encoded_anew(tmp_path: Path, name: str) -> None:
    codec, container, options, ending = ANEW[name]
    path = made(tmp_path, codec, container, **options)
    clip = tmp_path / f"clip{clip_ending(path)}"
    assert clip.suffix == ending
    assert not write_clip(path, START, STOP, clip).is_copied
    assert_encoded(path, clip)


@pytest.mark.parametrize("name", ["mp3 of variable bit rate", "m4a", "opus"])
def test_to_the_sample_when_that_is_wanted(tmp_path: Path, name: str) -> None:
    codec, container, options = COPIED[name]
    path = made(tmp_path, codec, container, **options)
    clip = tmp_path / f"clip{clip_ending(path, is_exact=True)}"
    assert not write_clip(path, START, STOP, clip, is_exact=True).is_copied
    assert_encoded(path, clip)


def assert_encoded(path: Path, clip: Path) -> None:
    expected, rate = span(path)
    found = heard(clip)
    assert len(found) == len(expected)
    for at in (0, len(found) - 30_000):
        assert abs(lateness(found, at, rate, place=round(START * rate / 1000) + at)) <= 1


def test_a_file_put_together_of_pieces(tmp_path: Path) -> None:
    path = made(tmp_path, "aac", **AAC)
    path.write_bytes(with_edits(path.read_bytes(), [(3.0, 1024 + 4 * 44_100), (4.0, 1024)]))
    clip = tmp_path / "clip.m4a"
    assert not write_clip(path, START, 4000, clip).is_copied
    assert len(heard(clip)) == len(span(path, START, 4000)[0])


def test_what_is_behind_the_end_is_no_clip(tmp_path: Path) -> None:
    path = made(tmp_path, "mp3")
    with pytest.raises(DamagedAudioError):
        write_clip(path, 60_000, 70_000, tmp_path / "clip.mp3")


@pytest.mark.parametrize("is_exact", [True, False])
@pytest.mark.parametrize("codec", ["mp3", "aac", "opus", "flac"])
def test_nobody_wants_it_any_more(tmp_path: Path, codec: str, is_exact: bool) -> None:
    path = made(tmp_path, codec, rate=48_000)
    with pytest.raises(UnwantedError):
        write_clip(path, START, STOP, tmp_path / f"c{clip_ending(path)}", is_exact=is_exact, is_wanted=lambda: False)
