"""MP3 of every kind, whole, joined and damaged: the first real sample is sample 0, and a jump gives what is there."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from audiobytes import lateness, read_all, worst_jump
from audiobytes.mp3 import APE, ID3V1, frames_of, header_of, id3, itunes_comment, to_free_format, vbri
from player.audio.decoder import Decoder, Samples, open_audio
from player.audio.mp3_frames import kind_of
from player.audio.source import Source
from timecoded import write_timecoded

RATE = 44_100
SECONDS = 6
BARE = {"write_xing": "0", "id3v2_version": "0"}
USUAL_DELAY = 1105


class Files:
    """Encoded files, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, bytes] = {}
        self._sounds: dict[bytes, Samples] = {}
        self._opened: list[Decoder] = []

    def encoded(self, **options: object) -> bytes:
        name = repr(sorted(options.items()))
        if name not in self._made:
            path = self._folder / f"{len(self._made)}.mp3"
            seconds = options.pop("seconds", SECONDS)
            self._made[name] = write_timecoded(path, seconds, **options).read_bytes()  # type: ignore[arg-type]
        return self._made[name]

    def sound(self, data: bytes) -> Samples:
        """All samples of a file, decoded once."""
        if data not in self._sounds:
            self._sounds[data] = read_all(self.open(data))
        return self._sounds[data]

    def open(self, data: bytes) -> Decoder:
        path = self._folder / "made.mp3"
        path.write_bytes(data)
        self._opened.append(open_audio(Source(path)))
        return self._opened[-1]

    def close(self) -> None:
        """Close all decoders."""
        while self._opened:
            self._opened.pop().close()


@pytest.fixture(scope="module")
def all_files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("mp3"))


@pytest.fixture
def files(all_files: Files) -> Iterator[Files]:
    yield all_files
    all_files.close()


def places_in(whole: Samples, count: int = 25) -> list[int]:
    generator = np.random.default_rng(len(whole))
    edges = [0, 1, 575, 1151, 1152, len(whole) - 1, len(whole) - 1200, len(whole) // 2]
    return [place for place in [*edges, *generator.integers(0, len(whole), count).tolist()] if 0 <= place < len(whole)]


def check(decoder: Decoder, rate: int, length: int) -> Samples:
    """Sample 0 is the first real one, the length is right, and jumps are exact; all that was decoded."""
    whole = read_all(decoder)
    assert len(whole) == length
    assert decoder.duration == round(length * 1000 / rate)
    real = min(length, SECONDS * rate)
    assert [lateness(whole, at, rate) for at in (0, real // 2, real - 35_000)] == [0, 0, 0]
    assert worst_jump(decoder, whole, places_in(whole)) == 0
    return whole


# Whole files


@pytest.mark.parametrize(
    "options",
    [
        {"bitrate": 64_000},
        {"bitrate": 320_000, "channels": 2},
        {"bitrate": 32_000, "rate": 24_000},
        {"bitrate": 8_000, "rate": 24_000},
        {"bitrate": 16_000, "rate": 24_000, "channels": 2},
        {"bitrate": 160_000, "rate": 48_000, "channels": 2},
        {"quality": 5, "channels": 2},
        {"quality": 4, "rate": 22_050},
    ],
    ids=str,
)
def test_what_an_encoder_writes(files: Files, options: dict[str, object]) -> None:
    rate = int(str(options.get("rate", RATE)))
    data = files.encoded(**options)
    whole = check(files.open(data), rate, SECONDS * rate)
    with av.open(io.BytesIO(data), "r") as container:
        parts = [frame.to_ndarray().T for frame in container.decode(audio=0)]
    assert np.array_equal(np.concatenate(parts)[: len(whole)], whole), (
        "FFmpeg's way to decode it is another, not its sound"
    )


@pytest.mark.parametrize("options", [{"bitrate": 128_000}, {"quality": 4}], ids=str)
def test_without_a_header_the_delay_is_the_usual_one(files: Files, options: dict[str, object]) -> None:
    data = files.encoded(**options, container_options=BARE)
    check(files.open(data), RATE, len(frames_of(data)) * 1152 - USUAL_DELAY)


@pytest.mark.parametrize(("rate", "bitrate"), [(12_000, 24_000), (11_025, 32_000), (8_000, 8_000)])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_lowest_rates(files: Files, rate: int, bitrate: int, channels: int) -> None:
    # The time code needs a wider band than MPEG-2.5 has: a sweep tells the place as well.
    time = np.arange(SECONDS * rate) / rate
    sweep = (0.3 * np.sin(2 * np.pi * (200 * time + 120 * time**2))).astype(np.float32)
    output = io.BytesIO()
    with av.open(output, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate)
        stream.bit_rate = bitrate
        stream.layout = "mono" if channels == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(np.repeat(sweep[None], channels, 0), "fltp", stream.layout.name)
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    decoder = files.open(output.getvalue())
    whole = read_all(decoder)
    assert whole.shape == (SECONDS * rate, channels)
    heard, there = np.fft.rfft(whole[:, 0], 1 << 17), np.fft.rfft(sweep, 1 << 17)
    assert int(np.argmax(np.fft.irfft(heard * np.conj(there)))) == 0
    assert worst_jump(decoder, whole, places_in(whole)) == 0


def test_vbri(files: Files) -> None:
    data = files.encoded(quality=4, container_options=BARE)
    frames = frames_of(data)
    head = vbri(max(frames, key=len), len(frames), len(data))
    assert np.array_equal(check(files.open(head + data), RATE, len(frames) * 1152 - USUAL_DELAY), files.sound(data))


def test_free_format_is_what_it_was_with_a_rate(files: Files) -> None:
    for options in ({"bitrate": 64_000}, {"bitrate": 40_000, "rate": 24_000, "channels": 2}):
        data = files.encoded(**options, container_options=BARE)
        expected = files.sound(data)
        frames = frames_of(data)
        decoder = files.open(to_free_format(frames) + ID3V1)
        assert np.array_equal(check(decoder, decoder.rate, len(expected)), expected)


def test_free_format_beyond_every_rate(files: Files) -> None:
    # Without the reservoir, frames may be filled up with what is not read: 800 bytes more make 640 kbit/s of them.
    data = files.encoded(bitrate=320_000, channels=2, codec_options={"reservoir": "0"}, container_options=BARE)
    frames = frames_of(data)
    expected = files.sound(data)
    longer = b"".join(to_free_format([frame]) + b"\x55" * (1845 - len(frame) + (frame[2] >> 1 & 1)) for frame in frames)
    assert np.array_equal(check(files.open(longer), RATE, len(expected)), expected)


def test_tags_before_and_behind(files: Files) -> None:
    data = files.encoded(bitrate=64_000)
    expected = files.sound(data)
    tagged = id3(1_500_000) + id3(20) + data + APE + ID3V1
    assert np.array_equal(check(files.open(tagged), RATE, SECONDS * RATE), expected)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_what_itunes_tells_of_delay_and_length(files: Files, encoding: str) -> None:
    data = files.encoded(bitrate=64_000, container_options=BARE)
    total = len(frames_of(data)) * 1152
    comment = itunes_comment(576, total - 576 - SECONDS * RATE, SECONDS * RATE, encoding=encoding)
    check(files.open(id3(400_000, comment) + data), RATE, SECONDS * RATE)
    # Of a file that was cut off, and of another one, it says nothing about the end.
    frames = frames_of(data)
    cut = id3(0, comment) + b"".join(frames[:150])
    assert len(files.sound(cut)) == 150 * 1152 - 576 - 529
    other = id3(0, itunes_comment(2112, 400, 1000)) + data
    assert len(files.sound(other)) == total - USUAL_DELAY


# Joined files


@pytest.mark.parametrize("between", [b"", ID3V1 + id3(3000), APE], ids=["nothing", "ID3", "APE"])
@pytest.mark.parametrize(
    "second",
    [
        {"bitrate": 64_000},
        {"quality": 5},
        {"bitrate": 128_000, "channels": 2},
        {"bitrate": 160_000, "rate": 48_000, "channels": 2},
        {"bitrate": 48_000, "rate": 24_000},
        {"bitrate": 96_000, "rate": 32_000},
    ],
    ids=str,
)
def test_two_files_joined(files: Files, second: dict[str, object], between: bytes) -> None:
    rate = int(str(second.get("rate", RATE)))
    one, two = files.encoded(bitrate=64_000), files.encoded(**second)
    first, then = files.sound(one), files.sound(two)
    decoder = files.open(one + between + two)
    whole = read_all(decoder)
    assert decoder.rate == RATE
    assert decoder.channels == then.shape[1]
    assert whole.shape == (2 * SECONDS * RATE, decoder.channels)
    assert decoder.duration == 2 * SECONDS * 1000
    middle = SECONDS * RATE
    assert np.array_equal(whole[:middle], np.repeat(first, decoder.channels, 1))
    if rate == RATE:
        assert np.array_equal(whole[middle:], then)
    for at in (middle, middle + RATE, 2 * middle - 40_000):
        assert lateness(whole, at, RATE, place=at - middle) == 0
    edges = [middle, middle - 1, middle + 1, middle - 3000, middle + 400]
    assert worst_jump(decoder, whole, [*places_in(whole, 12), *edges]) == 0


def test_a_joint_without_headers_is_where_the_rate_changes(files: Files) -> None:
    one = files.encoded(bitrate=64_000, container_options=BARE)
    two = files.encoded(bitrate=96_000, rate=48_000, container_options=BARE)
    decoder = files.open(one + two)
    middle = len(files.sound(one))
    whole = read_all(decoder)
    assert lateness(whole, middle + 20_000, RATE, place=20_000) == 0
    assert worst_jump(decoder, whole, [*places_in(whole), middle - 10, middle]) == 0


def test_three_files_and_a_free_format_one_between(files: Files) -> None:
    bare = files.encoded(bitrate=64_000, container_options=BARE)
    one = files.encoded(bitrate=64_000)
    data = one + header_of(one) + to_free_format(frames_of(bare)) + one
    decoder = files.open(data)
    whole = read_all(decoder)
    free = len(frames_of(bare)) * 1152 - USUAL_DELAY
    assert len(whole) == 2 * SECONDS * RATE + free
    assert lateness(whole, SECONDS * RATE + free, RATE, place=0) == 0
    assert worst_jump(decoder, whole, places_in(whole)) == 0


# Damage


def damaged(data: bytes, change: Callable[[bytearray, list[int]], None]) -> bytes:
    """A file after a change, which gets its bytes and the offsets of its frames."""
    made = bytearray(data)
    at, offsets = data.index(frames_of(data)[0]), []
    for frame in frames_of(data):
        offsets.append(at)
        at += len(frame)
    change(made, offsets)
    return bytes(made)


def zero_block(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 57 : offsets[117] + 99] = bytes(offsets[117] + 99 - offsets[100] - 57)


def noise_block(made: bytearray, offsets: list[int]) -> None:
    count = offsets[103] - offsets[100]
    made[offsets[100] + 57 : offsets[103] + 57] = random.Random(1).randbytes(count)


def bad_header(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 1] = 0


def other_mode(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 3] ^= 0xC0


def other_bit_rate(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 2] ^= 0x20


def bad_side_info(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 4 : offsets[100] + 36] = b"\xff" * 32


def junk(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] : offsets[100]] = random.Random(2).randbytes(50_001)


def stream_title(made: bytearray, offsets: list[int]) -> None:
    made[offsets[100] + 30 : offsets[100] + 30] = b"\x02StreamTitle='Somebody - Something';"


def shortened(made: bytearray, offsets: list[int]) -> None:
    del made[offsets[100] + 40 : offsets[100] + 90]


DAMAGES = [
    zero_block,
    noise_block,
    bad_header,
    other_mode,
    other_bit_rate,
    bad_side_info,
    junk,
    stream_title,
    shortened,
]


@pytest.mark.parametrize("change", DAMAGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize(
    "options",
    [{"bitrate": 64_000}, {"bitrate": 128_000, "container_options": BARE}, {"quality": 5, "channels": 2}],
    ids=["cbr", "cbr without header", "vbr"],
)
def test_damage_moves_nothing_behind_it(
    files: Files, options: dict[str, object], change: Callable[[bytearray, list[int]], None]
) -> None:
    data = files.encoded(**options)
    sound = files.sound(data)
    decoder = files.open(damaged(data, change))
    whole = read_all(decoder)
    assert len(whole) == len(sound)
    before, behind = 95 * 1152, 125 * 1152
    assert np.array_equal(whole[:before], sound[:before])
    assert np.array_equal(whole[behind:], sound[behind:])
    # Silence in place of what is lost, not a bang.
    assert np.abs(whole).max() < 1.5 * np.abs(sound).max()
    places = [*places_in(whole, 10), *range(99 * 1152, 120 * 1152, 1999)]
    assert worst_jump(decoder, whole, places) == 0


def test_zeros_in_a_variable_rate_without_a_header_keep_the_time_nearly(files: Files) -> None:
    data = files.encoded(quality=5, container_options=BARE)
    sound = files.sound(data)
    whole = files.sound(damaged(data, zero_block))
    assert len(whole) == pytest.approx(len(sound), abs=4 * 1152)


def test_a_cut_makes_silence_of_what_refers_to_what_is_gone(files: Files) -> None:
    data = files.encoded(bitrate=64_000, container_options=BARE)
    frames = frames_of(data)
    decoder = files.open(b"".join(frames[:50] + frames[100:]))
    whole = read_all(decoder)
    assert len(whole) == (len(frames) - 50) * 1152 - USUAL_DELAY
    assert lateness(whole, 60 * 1152, RATE, place=110 * 1152) == 0
    assert worst_jump(decoder, whole, [*places_in(whole), *range(48 * 1152, 56 * 1152, 577)]) == 0


def test_a_truncated_file_ends_where_it_ends(files: Files) -> None:
    data = files.encoded(quality=5, channels=2)
    sound = files.sound(data)
    for size in (len(data) // 3, len(data) - 100, len(data) - 3000):
        decoder = files.open(data[:size])
        whole = read_all(decoder)
        assert 0 < len(whole) < len(sound) + 1152
        assert np.array_equal(whole[: len(sound)], sound[: len(whole)])
        assert decoder.read() is None


def test_a_file_that_shrinks_while_open_keeps_its_time(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "made.mp3"
    path.write_bytes(files.encoded(bitrate=64_000))
    decoder = open_audio(Source(path))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    whole = read_all(decoder)
    assert len(whole) == SECONDS * RATE
    assert not whole[SECONDS * RATE * 2 // 3 :].any()
    decoder.close()


@pytest.mark.parametrize("options", [{"bitrate": 64_000}, {"bitrate": 48_000, "rate": 24_000, "channels": 2}], ids=str)
def test_the_header_for_silence_is_of_the_same_kind(files: Files, options: dict[str, object]) -> None:
    kind = kind_of(frames_of(files.encoded(**options))[0][:4])
    assert kind is not None
    assert kind_of(kind.silent_header) == kind
