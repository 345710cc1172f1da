from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from player.audio.decoder import Decoder, Samples, open_audio
from player.audio.mp3_index import Mp3Index, build_index
from player.audio.source import Source
from player.core.errors import DamagedAudioError, FileError, NotAudioError
from timecoded import read_position, write_timecoded

SECONDS = 20
RECIPES: dict[str, dict[str, object]] = {
    "mp3-cbr-reservoir": {"bitrate": 64_000},
    "mp3-cbr-long-reservoir": {"bitrate": 32_000, "rate": 24_000},
    "mp3-cbr-high": {"bitrate": 320_000, "channels": 2},
    "mp3-vbr": {"quality": 5, "channels": 2},
    "mp3-no-header": {"bitrate": 128_000, "container_options": {"write_xing": "0", "id3v2_version": "0"}},
    "mp3-vbr-no-header": {"quality": 4, "container_options": {"write_xing": "0", "id3v2_version": "0"}},
    "mp3-in-matroska": {"container": "matroska"},
    "m4a": {"codec": "aac", "codec_options": {"aac_pns": "0"}},
    "adts": {"codec": "aac", "codec_options": {"aac_pns": "0"}, "container": "adts"},
    "aac-in-matroska": {"codec": "aac", "codec_options": {"aac_pns": "0"}, "container": "matroska"},
    "opus": {"codec": "opus", "bitrate": 48_000, "rate": 48_000},
    "opus-in-webm": {"codec": "opus", "bitrate": 48_000, "rate": 48_000, "container": "webm"},
    "vorbis": {"codec": "vorbis", "bitrate": 64_000, "channels": 2},
    "flac": {"codec": "flac"},
    "wav": {"codec": "wav", "rate": 22_050},
}
TOLERANCE = {"opus": 0.03}
"""Opus converges within its pre-roll (RFC 7845, 4.6). AAC is without noise substitution here: that is random."""


def read_all(decoder: Decoder) -> Samples:
    parts: list[Samples] = []
    while (part := decoder.read()) is not None:
        parts.append(part)
    return np.concatenate(parts)


def read_some(decoder: Decoder, count: int) -> Samples:
    """At least `count` samples, fewer at the end."""
    parts: list[Samples] = []
    while sum(len(part) for part in parts) < count and (part := decoder.read()) is not None:
        parts.append(part)
    return np.concatenate(parts)[:count]


@pytest.fixture(scope="module", params=RECIPES, ids=str)
def recipe(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(recipe: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decoder") / "made"
    return write_timecoded(path, SECONDS, **RECIPES[recipe])  # type: ignore[arg-type]


def test_a_jump_gives_the_samples_that_decoding_in_order_has(made: Path, recipe: str) -> None:
    decoder = open_audio(Source(made))
    whole = read_all(decoder)
    assert len(whole) == pytest.approx(SECONDS * decoder.rate, abs=0.04 * decoder.rate)
    tolerance = TOLERANCE.get(str(RECIPES[recipe].get("codec")), 0.0)
    generator = np.random.default_rng(8)
    places = [0, 1, 1151, 1152, len(whole) - 1, *generator.integers(0, len(whole), 30)]
    for place in places:
        decoder.seek(int(place))
        part = read_some(decoder, 6000)
        expected = whole[place : place + 6000]
        assert len(part) == len(expected)
        assert np.abs(part - expected).max() <= tolerance, f"at {place}"
    decoder.close()


def test_a_jump_lands_where_it_should(made: Path) -> None:
    decoder = open_audio(Source(made))
    assert decoder.duration == pytest.approx(SECONDS * 1000, abs=1500)
    generator = np.random.default_rng(9)
    for place in [0.0, *generator.uniform(0, SECONDS - 0.2, 20)]:
        decoder.seek(round(place * decoder.rate))
        sound = read_some(decoder, decoder.rate // 10)
        assert read_position(sound.mean(1, dtype=np.float32), decoder.rate) == pytest.approx(place, abs=0.003)
    decoder.close()


def test_behind_the_end_there_is_nothing_and_one_can_go_back(made: Path) -> None:
    decoder = open_audio(Source(made))
    decoder.seek((SECONDS + 60) * decoder.rate)
    assert decoder.read() is None
    assert decoder.read() is None
    decoder.seek(3 * decoder.rate)
    sound = read_some(decoder, decoder.rate // 10)
    assert read_position(sound[:, 0].copy(), decoder.rate) == pytest.approx(3, abs=0.003)
    decoder.close()


def test_channels_and_shape(made: Path, recipe: str) -> None:
    decoder = open_audio(Source(made))
    sound = decoder.read()
    assert sound is not None
    assert sound.dtype == np.float32
    assert sound.shape[1] == decoder.channels == RECIPES[recipe].get("channels", 1)
    decoder.close()


def test_a_kept_index_is_used_only_for_its_own_file(tmp_path: Path) -> None:
    one = write_timecoded(tmp_path / "one.mp3", 3)
    two = write_timecoded(tmp_path / "two.mp3", 4)
    kept = build_index(one)
    decoder = open_audio(Source(one), Mp3Index.from_bytes(kept.to_bytes()))
    assert decoder.duration == 3000
    decoder.close()
    decoder = open_audio(Source(two), kept)
    assert decoder.duration == 4000
    assert decoder.index is not kept
    decoder.close()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (bytes(5000), "a file of nothing but zeros"),
        (b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "a web page"),
        (b'<?xml version="1.0"?><rss></rss>', "an XML document"),
        (b'{"error": "gone"}', "a JSON document"),
        (b"Not found, sorry.\n" * 20, "a text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(80), "a picture"),
        (np.random.default_rng(10).bytes(50_000), "a file of another kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_audio_is_called_by_its_name(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(content)
    with pytest.raises(NotAudioError) as caught:
        open_audio(Source(path))
    assert (caught.value.name, caught.value.found) == ("episode.mp3", found)


def test_audio_of_which_nothing_can_be_decoded(tmp_path: Path) -> None:
    path = write_timecoded(tmp_path / "whole.flac", 2, codec="flac")
    data = path.read_bytes()
    path.write_bytes(data[:60] + b"\x11" * 9000)
    with pytest.raises(DamagedAudioError):
        open_audio(Source(path))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.mp3", tmp_path):
        with pytest.raises(FileError) as caught:
            open_audio(Source(path))
        assert caught.value.path == str(path)
