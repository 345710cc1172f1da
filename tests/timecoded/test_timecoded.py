from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from timecoded import LONGEST_SECONDS, find_landings, read_position, samples
from timecoded.synthesis import Sound
from timecoded.writing import encode_timecoded

RECIPES: dict[str, dict[str, object]] = {
    "mp3-64k-mono": {"codec": "mp3", "bitrate": 64_000},
    "mp3-32k-24khz": {"codec": "mp3", "bitrate": 32_000, "rate": 24_000},
    "mp3-vbr-stereo": {"codec": "mp3", "quality": 6, "channels": 2},
    "aac": {"codec": "aac", "bitrate": 64_000},
    "opus": {"codec": "opus", "bitrate": 32_000, "rate": 48_000},
    "vorbis": {"codec": "vorbis", "channels": 2, "bitrate": 64_000},
    "flac": {"codec": "flac"},
    "wav-16khz": {"codec": "wav", "rate": 16_000},
}


def decode(path: Path, rate: int | None = None) -> tuple[Sound, int]:
    """All samples of a file, mono, at its own or another sample rate."""
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        resampler = av.AudioResampler("fltp", "mono", rate)
        frames = [made for frame in source.decode(stream) for made in resampler.resample(frame)]
        frames += resampler.resample(None)
        return np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float32), rate or stream.rate


def worst_error(sound: Sound, rate: int, *, windows: int = 150, start: float = 0.0) -> float:
    """The largest error in seconds over windows everywhere, the straddling ones included."""
    generator = np.random.default_rng(2)
    count = rate // 10
    worst = 0.0
    for first in generator.integers(0, len(sound) - count, windows):
        noise = generator.normal(0, 0.003, count)
        position = read_position((0.1 * sound[first : first + count] + noise).astype(np.float32), rate)
        assert position is not None, f"cannot tell at {first / rate} s"
        worst = max(worst, abs(position - first / rate - start))
    return worst


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_window_tells_its_place_quiet_and_in_noise(tmp_path: Path, recipe: dict[str, object]) -> None:
    sound, rate = decode(encode_timecoded(tmp_path / "coded", 12, **recipe))  # type: ignore[arg-type]
    assert worst_error(sound, rate) < 0.003


def test_after_the_sample_rate_was_changed(tmp_path: Path) -> None:
    path = encode_timecoded(tmp_path / "coded", 8, bitrate=64_000)
    sound, rate = decode(path, 48_000)
    assert worst_error(sound, rate) < 0.003


def test_both_sides_of_a_boundary() -> None:
    sound = samples(0, 3 * 44_100, 44_100)
    for tenth in range(-110, 15):
        at = 2 + tenth / 1000
        first = round(at * 44_100)
        position = read_position(sound[first : first + 4410], 44_100)
        assert position == pytest.approx(at, abs=0.002)


def test_every_hour_up_to_the_longest() -> None:
    for second in [*range(0, LONGEST_SECONDS, 3599), LONGEST_SECONDS - 1]:
        sound = samples(second * 24_000 + 7000, 2400, 24_000)
        assert read_position(sound, 24_000) == pytest.approx(second + 7000 / 24_000, abs=0.001)


def test_other_sound_tells_nothing() -> None:
    generator = np.random.default_rng(3)
    noise = generator.normal(0, 0.2, 4410).astype(np.float32)
    tone = np.sin(np.arange(4410) * 0.06).astype(np.float32)
    for sound in (noise, tone, np.zeros(4410, np.float32), samples(0, 2000, 44_100)):
        assert read_position(sound, 44_100) is None


@pytest.mark.parametrize(
    ("recipe", "rate"),
    [
        ({"codec": "mp3", "bitrate": 64_000}, 24_000),
        ({"codec": "mp3", "quality": (9, 0, 4)}, 44_100),
        ({"codec": "aac", "bitrate": 64_000}, 44_100),
        ({"codec": "opus", "bitrate": 64_000}, 48_000),
    ],
    ids=["mp3", "mp3-vbr", "aac", "opus"],
)
def test_pieces_are_joined_without_a_seam(tmp_path: Path, recipe: dict[str, object], rate: int) -> None:
    path = encode_timecoded(tmp_path / "coded", 10.6, rate=rate, pieces=3, **recipe)  # type: ignore[arg-type]
    sound, heard_rate = decode(path)
    assert heard_rate == rate
    assert len(sound) / rate == pytest.approx(10.6, abs=0 if recipe["codec"] == "mp3" else 0.03)
    for seam in (3, 6, 9):
        first = round((seam - 0.2) * rate)
        found = find_landings(sound[first : first + round(0.4 * rate)], rate)
        assert len(found) == 1
        assert found[0].position == pytest.approx(seam - 0.2, abs=0.001)
        assert found[0].until - found[0].at == pytest.approx(0.4, abs=0.005)
    (whole,) = find_landings(sound, rate)
    assert whole.position == pytest.approx(whole.at, abs=0.001)


def test_only_some_stretches_are_coded_and_stand_where_they_should(tmp_path: Path) -> None:
    rate = 24_000
    whole = encode_timecoded(tmp_path / "whole", 61, rate=rate, pieces=5)
    some = encode_timecoded(tmp_path / "some", 61, rate=rate, pieces=5, only=[(12, 13), (31, 38)])
    assert some.stat().st_size == whole.stat().st_size
    sound, _ = decode(some)
    assert len(sound) == 61 * rate
    coded = find_landings(sound, rate)
    assert [round(each.at) for each in coded] == [0, 10, 30, 60]
    assert [round(each.until) for each in coded] == [5, 15, 40, 61]
    assert [each.position for each in coded] == pytest.approx([each.at for each in coded], abs=0.001)
    assert not sound[16 * rate : 29 * rate].any()


def test_qualities_take_turns(tmp_path: Path) -> None:
    one, other, both = (
        encode_timecoded(tmp_path / "coded", 12, rate=24_000, pieces=3, quality=quality).stat().st_size
        for quality in (9, 0, (9, 0))
    )
    assert both == pytest.approx((one + other) / 2, rel=0.02)
    assert other > 1.5 * one


def test_a_recording_becomes_a_time_line_of_jumps() -> None:
    rate = 44_100
    plan = [(0.25, None), (1.3, 17.6), (0.9, 3.95), (0.2, None), (1.1, 250_000.2)]
    generator = np.random.default_rng(4)
    parts = []
    for length, position in plan:
        count = round(length * rate)
        quiet = np.zeros(count, np.float32)
        parts.append(quiet if position is None else samples(round(position * rate), count, rate))
    recording = np.concatenate(parts) + generator.normal(0, 0.002, sum(map(len, parts))).astype(np.float32)
    found = find_landings(recording.astype(np.float32), rate)
    assert [landing.position for landing in found] == pytest.approx([17.6, 3.95, 250_000.2], abs=0.004)
    assert [landing.at for landing in found] == pytest.approx([0.25, 1.55, 2.65], abs=0.004)
    assert [landing.until for landing in found] == pytest.approx([1.55, 2.45, 3.75], abs=0.004)
