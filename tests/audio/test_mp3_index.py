from __future__ import annotations

import io
import random
from pathlib import Path

import numpy as np
import pytest

from audiobytes.mp3 import id3
from player.audio.mp3_frames import Kind, kind_of
from player.audio.mp3_index import Mp3Index, Part, build_index, index_file, index_source, stride_for
from player.core.errors import FileError, NotAudioError
from timecoded import write_timecoded

KINDS = [
    (44_100, 128_000),
    (48_000, 320_000),
    (32_000, 40_000),
    (22_050, 64_000),
    (24_000, 8_000),
    (16_000, 24_000),
    (11_025, 32_000),
    (8_000, 8_000),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("mp3") / "plain.mp3", 12.3, bitrate=64_000)


def index_of(data: bytes) -> Mp3Index:
    return index_source(io.BytesIO(data), "made")


def written(folder: Path, **options: object) -> Path:
    return write_timecoded(folder / "made.mp3", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rate", "bitrate"), KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind_is_measured_to_the_sample(tmp_path: Path, rate: int, bitrate: int, channels: int) -> None:
    if rate < 16_000:
        path = tmp_path / "silent.mp3"
        write_silence(path, rate, bitrate, channels)
    else:
        path = written(tmp_path, seconds=3, rate=rate, bitrate=bitrate, channels=channels)
    index = build_index(path)
    assert (index.rate, index.channels) == (rate, channels)
    assert (index.samples, index.duration) == (3 * rate, 3000)


def write_silence(path: Path, rate: int, bitrate: int, channels: int) -> None:
    """The time code needs a wider band than these rates have."""
    import av

    with av.open(str(path), "w", format="mp3") as output:
        stream = output.add_stream("libmp3lame", rate=rate)
        stream.bit_rate = bitrate
        stream.layout = "mono" if channels == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(np.zeros((channels, 3 * rate), np.float32), "fltp", stream.layout.name)
        frame.sample_rate = rate
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def test_variable_bit_rate_with_and_without_header(tmp_path: Path) -> None:
    with_header = build_index(written(tmp_path, seconds=20, quality=4))
    assert with_header.duration == 20_000
    bare = build_index(written(tmp_path, seconds=20, quality=4, container_options={"write_xing": "0"}))
    assert bare.frames == with_header.frames
    assert bare.parts[0].skip == with_header.parts[0].skip, "where the delay is not told, LAME's is taken"
    assert 20_000 <= bare.duration < 20_040


def test_tags_before_and_behind(plain: Path) -> None:
    data = plain.read_bytes()
    expected = index_of(data)
    apart = id3(300_000) + id3(17) + data + b"APETAGEX" + bytes(900) + b"TAG" + bytes(125)
    found = index_of(apart)
    assert (found.frames, found.samples) == (expected.frames, expected.samples)
    assert found.offsets[0] == expected.offsets[0] + len(id3(300_000) + id3(17))


def test_a_tag_that_claims_more_than_the_file_holds(plain: Path) -> None:
    tag = b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + bytes(500)
    assert index_of(tag + plain.read_bytes()).samples == build_index(plain).samples


def test_junk_between_frames_is_left_out(plain: Path) -> None:
    data = plain.read_bytes()
    whole = build_index(plain)
    cut = int(whole.offsets[3])
    junk = random.Random(5).randbytes(50_000)
    found = index_of(data[:cut] + junk + data[cut:])
    assert (found.frames, found.samples) == (whole.frames, whole.samples)
    assert list(found.offsets) == [int(at) + (len(junk) if at >= cut else 0) for at in whole.offsets]


def test_a_frame_with_a_damaged_header_keeps_its_number(plain: Path) -> None:
    data = bytearray(plain.read_bytes())
    whole = build_index(plain)
    data[int(whole.offsets[2]) + 1] = 0
    found = index_of(bytes(data))
    assert (found.frames, found.samples) == (whole.frames, whole.samples)
    assert found.runs[:, 0].tolist() == [0, 2 * whole.stride + 1]
    assert found.runs[:, 2].sum() == whole.frames - 1


def test_many_damages_are_found_quickly_and_kept_small(tmp_path: Path) -> None:
    # A recording of a stream with titles between: one byte is in the way every 16 000.
    data = written(tmp_path, seconds=60, bitrate=32_000, rate=24_000).read_bytes() * 20
    titled = b"".join(data[at : at + 16_000] + b"\0" for at in range(0, len(data), 16_000))
    plainly, found = index_of(data), index_of(titled)
    assert len(found.parts) == len(plainly.parts) == 20
    assert found.samples == plainly.samples == 20 * 60 * 24_000
    assert len(found.runs) == pytest.approx(len(titled) / 16_000, abs=25)
    assert len(found.to_bytes()) < 8 * len(found.runs) + 4 * len(found.offsets)


def test_a_cut_off_end(plain: Path) -> None:
    data = plain.read_bytes()
    whole = build_index(plain)
    found = index_of(data[: len(data) // 2])
    assert found.end <= len(data) // 2
    assert found.frames == pytest.approx(whole.frames / 2, abs=3)
    assert found.samples == found.frames * 1152 - found.parts[0].skip, "the padding is behind the end that is missing"


def test_vbri_header(plain: Path) -> None:
    data = bytearray(plain.read_bytes())
    frame = data.find(b"Info") - 21
    assert kind_of(bytes(data[frame : frame + 4])) is not None
    data[frame + 4 : frame + 64] = bytes(60)
    data[frame + 36 : frame + 40] = b"VBRI"
    whole = build_index(plain)
    found = index_of(bytes(data))
    assert (found.frames, found.offsets[0]) == (whole.frames, whole.offsets[0])


def test_kept_and_read_again(plain: Path, tmp_path: Path) -> None:
    blob = index_file(plain)
    assert blob is not None
    read = Mp3Index.from_bytes(blob)
    built = build_index(plain)
    for name in ("parts", "stride", "end", "file_size", "fingerprint"):
        assert getattr(read, name) == getattr(built, name)
    assert np.array_equal(read.offsets, built.offsets)
    assert np.array_equal(read.runs, built.runs)
    assert read.matches(plain)
    other = tmp_path / "other.mp3"
    other.write_bytes(plain.read_bytes()[:-1] + b"\0")
    assert not read.matches(other)
    assert not read.matches(tmp_path / "missing.mp3")
    for wrong in (b"", b"junk", blob[:-1], blob[:40], b"\xff" + blob[1:]):
        with pytest.raises(ValueError, match="frame index"):
            Mp3Index.from_bytes(wrong)


@pytest.mark.parametrize("hours", [5.3, 72])
def test_the_kept_form_is_small(hours: float) -> None:
    frames = round(hours * 3600 * 44_100 / 1152)
    sizes = np.random.default_rng(6).choice([104, 130, 182, 208, 261, 313, 365, 417, 522, 626], frames)
    offsets = np.cumsum(sizes)
    built = build_index_like(offsets)
    assert len(built.to_bytes()) < 64 * 1024
    assert np.array_equal(Mp3Index.from_bytes(built.to_bytes()).offsets, built.offsets)


def build_index_like(offsets: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Mp3Index:
    stride = stride_for(len(offsets))
    end = int(offsets[-1]) + 417
    parts = (Part(Kind(3, 0, 2), 0, len(offsets), 1105, 1),)
    runs = np.array([[0, offsets[0], len(offsets)]], np.int64)
    return Mp3Index(parts, runs, stride, end, offsets[::stride].copy(), end, bytes(16))


def test_what_is_no_mp3(tmp_path: Path) -> None:
    page = tmp_path / "page.mp3"
    page.write_bytes(b"<!DOCTYPE html><html><body>404</body></html>" * 400)
    with pytest.raises(NotAudioError):
        build_index(page)
    assert index_file(page) is None
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(random.Random(7).randbytes(3_000_000))
    assert index_file(noise) is None
    with pytest.raises(FileError):
        build_index(tmp_path / "missing.mp3")
