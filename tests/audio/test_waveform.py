"""Measuring real sound, whole and in pieces, and keeping what was measured."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from player.audio.fingerprint import fingerprint
from player.audio.source import ArrivingSource, Source
from player.audio.waveform import measure
from player.audio.waveform_file import KeptWaveform, keep_waveform, kept_waveform
from player.core.ranges import Ranges
from player.core.waveform import Waveform, dbfs

RATE = 44_100
Sound = npt.NDArray[np.float32]


def write(path: Path, sound: Sound, encoder: str, *, rate: int = RATE, channels: int = 1) -> Path:
    """Encode the same sound in each channel."""
    layout = "mono" if channels == 1 else "stereo"
    with av.open(str(path), "w") as output:
        stream = output.add_stream(encoder, rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        if encoder != "flac":
            stream.bit_rate = 128_000
        frame = av.AudioFrame.from_ndarray(np.repeat(sound[None], channels, 0), "fltp", layout)
        frame.sample_rate = rate
        frame.pts = 0
        for each in (frame, None):
            output.mux(stream.encode(each))
    return path


def tone(seconds: float, decibels: float, rate: int = RATE) -> Sound:
    """A sine of 1 kHz whose peaks are at `decibels` below full scale."""
    time = np.arange(round(seconds * rate)) / rate
    return (10 ** (decibels / 20) * np.sin(2 * np.pi * 1000 * time)).astype(np.float32)


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Twelve and a half seconds in two channels, MP3 and M4A: loud, silent, soft, loud again."""
    sound = np.concatenate([tone(4, -20), np.zeros(2 * RATE, np.float32), tone(3.4, -40), tone(3.1, -20)])
    folder = tmp_path_factory.mktemp("steps")
    return {
        suffix: write(folder / f"steps.{suffix}", sound, encoder, channels=2)
        for suffix, encoder in (("mp3", "libmp3lame"), ("m4a", "aac"))
    }


def whole(path: Path) -> Waveform:
    return measure(Source(path), None, Waveform(), is_whole=True).waveform


@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
def test_levels_say_how_loud_each_quarter_of_a_second_is(steps: dict[str, Path], suffix: str) -> None:
    waveform = whole(steps[suffix])
    assert waveform.is_complete
    assert len(waveform.levels) == 50
    decibels = [dbfs(level) for level in waveform.levels]
    # The power of a sine is 3 dB below its peaks.
    assert decibels[1:15] == pytest.approx([-23] * 14, abs=0.5)
    assert max(decibels[17:23]) < -70
    assert decibels[25:37] == pytest.approx([-43] * 12, abs=0.5)
    assert decibels[39:49] == pytest.approx([-23] * 10, abs=0.5)


@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
def test_integrated_loudness_is_that_of_the_standard(steps: dict[str, Path], suffix: str) -> None:
    """EBU Tech 3341, case 1: 1 kHz at -23 dBFS in two channels has -23 LUFS; so -20 dBFS has -20, gated."""
    loudness = whole(steps[suffix]).loudness
    assert loudness is not None
    assert loudness.integrated_lufs == pytest.approx(-20.4, abs=0.3)
    assert loudness.speech_dbfs == pytest.approx(-23, abs=0.8)


def test_mono_counts_as_it_is_heard_from_two_loudspeakers(tmp_path: Path) -> None:
    path = write(tmp_path / "mono.flac", tone(3, -23), "flac")
    loudness = whole(path).loudness
    assert loudness is not None
    assert loudness.integrated_lufs == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("rate", [22_050, 48_000])
def test_any_rate_has_four_levels_a_second(tmp_path: Path, rate: int) -> None:
    path = write(tmp_path / "tone.flac", tone(2.6, -10, rate), "flac", rate=rate)
    assert len(whole(path).levels) == 11


@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
def test_pieces_come_to_the_same_as_the_whole(steps: dict[str, Path], suffix: str) -> None:
    expected = whole(steps[suffix])
    waveform = Waveform()
    for pieces in count(1):  # noqa: B007 - counted for what follows
        waveform = measure(Source(steps[suffix]), None, waveform, is_whole=True, is_enough=lambda: True).waveform
        if waveform.is_complete:
            break
    assert pieces > 4
    assert np.abs(np.subtract(list(waveform.levels), list(expected.levels))).max() <= 1
    assert sum(waveform.blocks) == sum(expected.blocks)
    assert waveform.loudness is not None
    assert expected.loudness is not None
    assert waveform.loudness.integrated_lufs == pytest.approx(expected.loudness.integrated_lufs, abs=0.05)


def test_a_file_that_arrives_is_measured_as_far_as_it_goes(steps: dict[str, Path]) -> None:
    path = steps["mp3"]
    expected, size = whole(path), path.stat().st_size
    waveform = Waveform()
    durations = []
    for there in (size // 3, size // 3, size // 2):
        source = ArrivingSource(path, there, Ranges.of([(0, there)]))
        waveform = measure(source, None, waveform, is_whole=False).waveform
        durations.append(waveform.duration)
        assert not waveform.is_complete
        assert waveform.levels == expected.levels[: len(waveform.levels)]
    assert durations == [3000, 3000, 5000]
    assert measure(Source(path), None, waveform, is_whole=True).waveform == expected


def kept_of(path: Path, size: int, waveform: Waveform) -> KeptWaveform:
    with Source(path) as source:
        return KeptWaveform(waveform, size, fingerprint(source, size))


def test_it_is_kept_in_few_bytes_and_known_again(steps: dict[str, Path], tmp_path: Path) -> None:
    audio, path = steps["mp3"], tmp_path / "new" / "7.peaks"
    size = audio.stat().st_size
    five_hours = Waveform(np.random.default_rng(1).integers(0, 256, 72_000, np.uint8).tobytes(), is_complete=True)
    for waveform in (whole(audio), five_hours, Waveform()):
        kept = kept_of(audio, size, waveform)
        keep_waveform(path, kept)
        assert kept_waveform(path) == kept
        assert path.stat().st_size < 100_000
        with Source(audio) as source:
            assert kept.belongs_to(source)
    assert [each.name for each in path.parent.iterdir()] == ["7.peaks"]


def test_other_audio_is_noticed(steps: dict[str, Path], tmp_path: Path) -> None:
    data = steps["mp3"].read_bytes()
    audio = tmp_path / "audio.mp3"
    audio.write_bytes(data)
    complete = kept_of(audio, len(data), Waveform(b"1", is_complete=True))
    begun = kept_of(audio, 150_000, Waveform(b"1"))
    changed = data[:-10] + bytes(10)
    for now, is_complete_known, is_begun_known in (
        (data, True, True),
        (changed, False, True),
        (data + b"more", False, True),
        (b"x" + data[1:], False, False),
        (data[:100], False, False),
    ):
        audio.write_bytes(now)
        with Source(audio) as source:
            assert complete.belongs_to(source) is is_complete_known
            assert begun.belongs_to(source) is is_begun_known


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "other"])
def test_a_damaged_file_is_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "7.peaks"
    keep_waveform(path, KeptWaveform(Waveform(b"12345678"), 10, bytes(16)))
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        flipped = data[:-6] + bytes([data[-6] ^ 0xFF]) + data[-5:]
        path.write_bytes({"empty": b"", "cut": data[:-9], "flipped": flipped, "other": b"RIFF" + data[4:]}[damage])
    assert kept_waveform(path) is None
