"""Containers of every kind: the first real sample is sample 0, the length is right, and a jump gives what is there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audiobytes import lateness, read_all, read_some, worst_jump
from audiobytes.mp3 import APE, ID3V1, id3
from audiobytes.mp4 import with_doubled_rate, with_edits, with_itunes
from audiobytes.ogg import with_times
from audiobytes.patchy import PatchySource
from player.audio.decoder import Decoder, Samples, open_audio
from player.audio.mp3_index import Mp3Index, build_index
from player.audio.source import NotHere, Source
from player.core.errors import DamagedAudioError, FileError, NotAudioError
from timecoded import write_timecoded

LENGTH = 6.123
PLAIN = {"aac_pns": "0"}
"""AAC without noise substitution: that is random."""


@dataclass(frozen=True)
class Made:
    """A kind of file. `more` is how many samples it has behind the end that it cannot tell is none of them."""

    recipe: dict[str, object]
    more: int = 0
    tolerance: float = 0.0
    options: dict[str, str] = field(default_factory=dict)

    @property
    def rate(self) -> int:
        return int(str(self.recipe.get("rate", 44_100)))

    @property
    def length(self) -> int:
        return round(LENGTH * self.rate) + self.more

    def write(self, path: Path, seconds: float = LENGTH, **more: object) -> Path:
        recipe: dict[str, Any] = self.recipe | more
        return write_timecoded(path, seconds, container_options=self.options, **recipe)


def aac(container: str, more: int = 0, rate: int = 44_100, **options: str) -> Made:
    recipe = {"codec": "aac", "codec_options": PLAIN, "container": container, "bitrate": 64_000, "rate": rate}
    return Made(recipe, more, options=options)


def opus(container: str, **codec_options: str) -> Made:
    # RFC 7845 lets decoders converge within 80 ms; half a second leaves next to nothing.
    recipe = {
        "codec": "opus",
        "bitrate": 48_000,
        "rate": 48_000,
        "container": container,
        "codec_options": codec_options,
    }
    return Made(recipe, tolerance=2e-6)


def other(codec: str, container: str, more: int = 0, rate: int = 44_100, channels: int = 1) -> Made:
    return Made({"codec": codec, "container": container, "rate": rate, "channels": channels, "bitrate": 64_000}, more)


FRAGMENTS = "frag_keyframe+empty_moov+default_base_moof"
# AAC and MP3 outside of MP4 do not tell how much of the last frame is real; FFmpeg's Vorbis encoder rounds it up.
KINDS = {
    "m4a, movie box last": aac("mp4"),
    "m4a, movie box first": aac("mp4", movflags="+faststart"),
    "m4b": aac("ipod"),
    "m4a without edit list": aac("mp4", use_editlist="0"),
    "m4a in fragments": aac("mp4", movflags=FRAGMENTS),
    "mov": aac("mov"),
    "adts": aac("adts", 312),
    "adts at 22 050": aac("adts", 156, 22_050),
    "aac in Matroska": aac("matroska", 312),
    "aac in a transport stream": aac("mpegts", 312),
    "aac in flv": aac("flv", 312),
    "alac": other("alac", "mp4"),
    "mp3 in mp4": other("mp3", "mp4"),
    "mp3 in Matroska": other("mp3", "matroska"),
    "mp3 in avi": other("mp3", "avi", 743),
    "mp3 in wav": other("mp3", "wav", 743),
    "opus": opus("ogg"),
    "opus in frames of 60 ms": opus("ogg", frame_duration="60"),
    "opus in frames of 2.5 ms in WebM": opus("webm", frame_duration="2.5", application="lowdelay"),
    "opus in WebM": opus("webm"),
    "opus in mp4": opus("mp4"),
    "vorbis": other("vorbis", "ogg", 56, channels=2),
    "vorbis in WebM": other("vorbis", "webm", 56, channels=2),
    "flac": other("flac", "flac", channels=2),
    "flac in Ogg": other("flac", "ogg"),
    "flac in Matroska": other("flac", "matroska"),
    "flac in mp4": other("flac", "mp4"),
    "wav": other("wav", "wav", rate=22_050),
    "wav of 24 bits": other("pcm_s24le", "wav", channels=2),
    "wav of floats": other("pcm_f32le", "wav"),
    "pcm in Matroska": other("wav", "matroska"),
    "aiff": other("pcm_s16be", "aiff"),
}


class Files:
    """A file of each kind, made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: list[Decoder] = []

    def path(self, name: str) -> Path:
        path = self._folder / name
        return path if path.exists() else KINDS[name].write(path)

    def open(self, source: Source, index: Mp3Index | None = None) -> Decoder:
        self._opened.append(open_audio(source, index))
        return self._opened[-1]

    def open_bytes(self, data: bytes) -> Decoder:
        path = self._folder / "made"
        path.write_bytes(data)
        return self.open(Source(path))

    def close(self) -> None:
        while self._opened:
            self._opened.pop().close()


@pytest.fixture(scope="module")
def all_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("decoder"))


@pytest.fixture
def files(all_files: Files) -> Iterator[Files]:
    yield all_files
    all_files.close()


def places_in(length: int, count: int = 20) -> list[int]:
    generator = np.random.default_rng(length)
    edges = [0, 1, 1023, 1024, length - 1, length - 1024, length // 2]
    return [*edges, *generator.integers(0, length, count).tolist()]


@pytest.mark.parametrize("name", KINDS)
def test_zero_length_and_jumps_are_exact(files: Files, name: str) -> None:
    made = KINDS[name]
    decoder = files.open(Source(files.path(name)))
    whole = read_all(decoder)
    assert decoder.rate == made.rate
    assert whole.dtype == np.float32
    assert whole.shape == (made.length, decoder.channels)
    assert decoder.channels == made.recipe.get("channels", 1)
    assert decoder.duration == round(made.length * 1000 / made.rate)
    assert [lateness(whole, round(at * made.rate), made.rate) for at in (0, 2.5, 5)] == [0, 0, 0]
    assert worst_jump(decoder, whole, places_in(len(whole))) <= made.tolerance
    decoder.seek(len(whole) + 60 * made.rate)
    assert decoder.read() is None
    assert decoder.read() is None
    decoder.seek(len(whole) - 10)
    assert len(read_all(decoder)) == 10


def test_bare_aac_between_tags_with_junk_in_it(files: Files) -> None:
    data = files.path("adts").read_bytes()
    whole = read_all(files.open_bytes(data))
    middle = data.index(data[:3], len(data) // 2)
    decoder = files.open_bytes(id3(100_000) + data[:middle] + id3(5000) + data[middle:] + APE + ID3V1)
    assert np.array_equal(read_all(decoder), whole)
    assert worst_jump(decoder, whole, places_in(len(whole))) == 0


# MP4: edit lists and iTunes' tag


def edited(
    files: Files, edits: list[tuple[float, int]]
) -> tuple[Decoder, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    decoder = files.open_bytes(with_edits(files.path("m4a, movie box last").read_bytes(), edits))
    whole = read_all(decoder)
    assert decoder.duration == round(len(whole) * 1000 / 44_100)
    assert worst_jump(decoder, whole, places_in(len(whole))) == 0
    return decoder, whole


def test_an_edit_that_begins_later(files: Files) -> None:
    _, whole = edited(files, [(3.5, 1024 + 2 * 44_100 + 7)])
    assert len(whole) == round(3.5 * 44_100)
    assert lateness(whole, 0, 44_100, place=2 * 44_100 + 7) == 0


def test_an_empty_edit_is_silence(files: Files) -> None:
    _, whole = edited(files, [(1.5, -1), (LENGTH, 1024)])
    assert len(whole) == round((LENGTH + 1.5) * 44_100)
    assert not whole[:66_150].any()
    assert lateness(whole, 66_150, 44_100, place=0) == 0


def test_several_edits_are_played_in_their_order(files: Files) -> None:
    decoder, whole = edited(files, [(1.5, 1024 + 4 * 44_100), (0.5, -1), (2.0, 1024), (1.25, 1024 + 123_456)])
    assert len(whole) == round(5.25 * 44_100)
    assert lateness(whole, 0, 44_100, place=4 * 44_100) == 0
    assert not whole[66_150:88_200].any()
    assert lateness(whole, 88_200, 44_100, place=0) == 0
    assert lateness(whole, 176_400, 44_100, place=123_456) == 0
    assert worst_jump(decoder, whole, [66_149, 66_150, 88_199, 88_200, 176_399, 176_400]) == 0


def test_an_edit_without_a_length_or_with_too_long_a_one_ends_with_the_file(files: Files) -> None:
    for seconds in (0.0, 40_000.0):
        _, whole = edited(files, [(seconds, 1024)])
        assert len(whole) == KINDS["m4a, movie box last"].length


def test_what_itunes_tells_of_an_m4a(files: Files) -> None:
    length = round(LENGTH * 44_100)
    data = with_edits(files.path("m4a, movie box last").read_bytes(), [])
    decoder = files.open_bytes(with_itunes(data, 1024, 312, length))
    whole = read_all(decoder)
    assert len(whole) == length
    assert lateness(whole, 0, 44_100) == 0
    assert worst_jump(decoder, whole, places_in(length)) == 0
    # One that does not fit the file is that of another.
    assert len(read_all(files.open_bytes(with_itunes(data, 1024, 312, 2 * length)))) == length


def test_frames_of_doubled_rate(files: Files) -> None:
    """HE-AAC: a frame has 2048 samples, and the priming counts in those of half the rate."""
    path = aac("mp4", rate=22_050).write(files.path("m4a, movie box last").with_name("half"))
    decoder = files.open_bytes(with_doubled_rate(path.read_bytes()))
    whole = read_all(decoder)
    assert decoder.rate == 44_100
    assert len(whole) == 2 * round(LENGTH * 22_050)
    # The doubling filter is late by 962 samples, as every decoder's is: real encoders count it as priming.
    assert {lateness(whole, at, 44_100) for at in (0, 100_000, 200_000)} == {962}
    assert worst_jump(decoder, whole, places_in(len(whole))) == 0


# Ogg: what pages tell


@pytest.mark.parametrize("name", ["opus", "vorbis"])
def test_the_last_page_tells_where_the_end_is(files: Files, name: str) -> None:
    made = KINDS[name]
    data = files.path(name).read_bytes()
    whole = read_all(files.open_bytes(data))
    decoder = files.open_bytes(with_times(data, lambda time, is_last: time - 301 if is_last else time))
    cut = read_all(decoder)
    assert len(cut) == len(whole) - 301
    assert decoder.duration == round(len(cut) * 1000 / made.rate)
    assert np.array_equal(cut, whole[: len(cut)])
    assert worst_jump(decoder, cut, places_in(len(cut))) <= made.tolerance


@pytest.mark.parametrize("name", ["opus", "vorbis"])
def test_a_piece_of_a_longer_recording_begins_at_its_first_sample(files: Files, name: str) -> None:
    made = KINDS[name]
    data = files.path(name).read_bytes()
    whole = read_all(files.open_bytes(data))
    decoder = files.open_bytes(with_times(data, lambda time, _: time + 3000 * made.rate))
    late = read_all(decoder)
    assert np.array_equal(late, whole)
    assert decoder.duration == round(len(whole) * 1000 / made.rate)
    assert worst_jump(decoder, late, places_in(len(late))) <= made.tolerance


# Damage


def without_time_stamps(name: str) -> bool:
    """Whether frames are only counted from the beginning, so that one that is not found cannot be missed."""
    return name in ("mp3 in avi", "mp3 in wav")


@pytest.mark.parametrize("name", [name for name in KINDS if not without_time_stamps(name)])
@pytest.mark.parametrize("noise", [bytes(1500), random.Random(1).randbytes(1500)], ids=["zeros", "noise"])
def test_damage_moves_nothing_behind_it(files: Files, name: str, noise: bytes) -> None:
    made = KINDS[name]
    data = bytearray(files.path(name).read_bytes())
    middle = len(data) // 2
    data[middle : middle + len(noise)] = noise
    decoder = files.open_bytes(bytes(data))
    whole = read_all(decoder)
    assert len(whole) == made.length
    assert lateness(whole, round(5.1 * made.rate), made.rate) == 0
    damaged = range(round(0.4 * len(whole)), round(0.6 * len(whole)), len(whole) // 17)
    assert worst_jump(decoder, whole, [*places_in(len(whole), 8), *damaged]) <= made.tolerance


@pytest.mark.parametrize("name", KINDS)
def test_a_truncated_file_ends_cleanly(files: Files, name: str) -> None:
    data = files.path(name).read_bytes()
    whole = read_all(files.open_bytes(data))
    try:
        decoder = files.open_bytes(data[: len(data) * 6 // 10])
    except DamagedAudioError:
        # What tells where everything is stands at the end.
        assert KINDS[name].recipe["container"] in ("mp4", "ipod", "mov", "matroska")
        return
    part = read_all(decoder)
    assert len(whole) // 3 < len(part) < len(whole)
    assert np.abs(part - whole[: len(part)]).max() <= KINDS[name].tolerance
    assert worst_jump(decoder, part, [0, len(part) // 2, len(part) - 100]) <= KINDS[name].tolerance


# Bytes that are not there yet


# At least 100 KB, so that FFmpeg does not hold all of it.
PATCHY = {
    "m4a, movie box last": aac("mp4"),
    "m4a, movie box first": aac("mp4", movflags="+faststart"),
    "m4a in fragments": aac("mp4", movflags=FRAGMENTS),
    "adts": aac("adts"),
    "aac in Matroska": aac("matroska"),
    "aac in a transport stream": aac("mpegts"),
    "opus": opus("ogg"),
    "opus in WebM": opus("webm"),
    "vorbis": other("vorbis", "ogg", channels=2),
    "flac": other("flac", "flac"),
    "flac in Ogg": other("flac", "ogg"),
    "wav": other("wav", "wav"),
}

SOUGHT_BY_HALVES = ("aac in a transport stream", "opus", "vorbis", "flac in Ogg")
"""Without an index, FFmpeg looks for a place in all of the file, and so meets what is missing there."""


def read_up_to_the_hole(decoder: Decoder) -> list[Samples]:
    parts: list[Samples] = []
    try:
        while (part := decoder.read()) is not None:
            parts.append(part)
    except NotHere:
        return parts
    pytest.fail("the hole was not met")


def jump_and_read(decoder: Decoder, place: int) -> None:
    decoder.seek(place)
    read_some(decoder, 3000)


@pytest.mark.parametrize("name", PATCHY)
def test_what_the_source_raises_loses_nothing(files: Files, tmp_path: Path, name: str) -> None:
    made = PATCHY[name]
    path = made.write(tmp_path / "made", 12, bitrate=160_000)
    size = path.stat().st_size
    whole = read_all(files.open(Source(path)))
    # In order, up to the hole and, when it has filled, on from there.
    source = PatchySource(path)
    decoder = files.open(source)
    source.hole = range(size // 2, size * 6 // 10)
    before = read_up_to_the_hole(decoder)
    source.hole, hole = range(0), source.hole
    heard = np.concatenate([*before, read_all(decoder)])
    assert heard.shape == whole.shape
    assert np.abs(heard - whole).max() <= made.tolerance
    # A jump into the hole, then elsewhere, and back when it has filled.
    place = round(len(whole) * 0.56)
    decoder.seek(0)
    decoder.read()
    source.hole = hole
    for _ in range(2):
        with pytest.raises(NotHere):
            jump_and_read(decoder, place)
        if name not in SOUGHT_BY_HALVES:
            assert worst_jump(decoder, whole, [len(whole) // 5], count=2000) <= made.tolerance
    source.hole = range(0)
    assert worst_jump(decoder, whole, [place, 0, len(whole) - 3000]) <= made.tolerance


@pytest.mark.parametrize("name", ["m4a, movie box last", "opus in WebM", "wav"])
def test_opening_can_be_tried_again(files: Files, name: str) -> None:
    path = files.path(name)
    size = path.stat().st_size
    source = PatchySource(path)
    source.hole = range(30, 400) if name == "wav" else range(size - 3000, size)
    with pytest.raises(NotHere):
        open_audio(source)
    source.hole = range(0)
    assert len(read_all(files.open(source))) == KINDS[name].length


def test_a_jump_in_an_mp3_of_which_a_part_is_missing(files: Files, tmp_path: Path) -> None:
    path = write_timecoded(tmp_path / "made.mp3", 6, bitrate=64_000)
    size = path.stat().st_size
    index = build_index(path)
    whole = read_all(files.open(Source(path)))
    source = PatchySource(path)
    decoder = files.open(source, index)
    hole = range(size // 2, size * 6 // 10)
    source.hole = hole
    before = read_up_to_the_hole(decoder)
    with pytest.raises(NotHere):
        decoder.read()
    source.hole = range(0)
    assert np.array_equal(np.concatenate([*before, read_all(decoder)]), whole)
    again = PatchySource(path)
    fresh = files.open(again, index)
    again.hole = hole
    place = round(len(whole) * 0.57)
    with pytest.raises(NotHere):
        jump_and_read(fresh, place)
    assert worst_jump(fresh, whole, [len(whole) // 5]) == 0
    again.hole = range(0)
    assert worst_jump(fresh, whole, [place, len(whole) // 2]) == 0


# Which file it is


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
