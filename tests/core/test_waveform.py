"""What a waveform comes to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.waveform import BLOCK_KINDS, BLOCK_STEP, BLOCKS_FROM, Waveform, columns, dbfs


def level(decibels: float) -> int:
    return round(255 + decibels / 0.5)


def blocks(counts: dict[float, int]) -> tuple[int, ...]:
    """Counts by loudness in LUFS."""
    found = [0] * BLOCK_KINDS
    for lufs, count in counts.items():
        found[math.floor((lufs - BLOCKS_FROM) / BLOCK_STEP)] += count
    return tuple(found)


def test_levels_are_half_decibels_below_full_scale() -> None:
    assert [dbfs(each) for each in (255, 254, 1)] == [0.0, -0.5, -127.0]
    assert Waveform(bytes(8)).duration == 2000


def test_pauses_and_speech_are_told_apart() -> None:
    loudness = Waveform(bytes([level(-60)] * 10 + [level(-20)] * 90)).loudness
    assert loudness is not None
    assert loudness.floor_dbfs == -60
    assert loudness.speech_dbfs == pytest.approx(-20)
    assert loudness.integrated_lufs is None


def test_digital_silence_is_no_floor() -> None:
    assert Waveform(bytes(100)).loudness is None
    loudness = Waveform(bytes(100) + bytes([level(-30)] * 100)).loudness
    assert loudness is not None
    assert loudness.floor_dbfs == loudness.speech_dbfs == -30


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({-23.05: 1000}, -23.0),
        # EBU Tech 3341, the ideas of cases 3 and 5: what is 10 LU quieter does not count, what is less so does.
        ({-36.05: 100, -23.05: 600}, -23.0),
        ({-26.05: 200, -20.05: 201}, -22.0),
    ],
)
def test_integrated_loudness_is_gated(counts: dict[float, int], expected: float) -> None:
    loudness = Waveform(b"\x80", blocks(counts)).loudness
    assert loudness is not None
    assert loudness.integrated_lufs == pytest.approx(expected, abs=0.1)


def test_columns_are_compared_with_the_loudest() -> None:
    waveform = Waveform(bytes([level(-6), level(-6), level(-12), level(-12), 0, 0]))
    assert columns(waveform, 2000, 4) == pytest.approx([1.0, 10 ** (-6 / 20), 0.0, 0.0])
    assert columns(Waveform(), 2000, 3) == [0.0, 0.0, 0.0]


@given(st.binary(max_size=200), st.integers(1, 100_000), st.integers(1, 300))
def test_any_levels_give_columns_for_any_room(levels: bytes, duration: int, count: int) -> None:
    found = columns(Waveform(levels), duration, count)
    assert len(found) == count
    assert all(0.0 <= each <= 1.0 for each in found)
