"""Times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.timecode import HOUR, MINUTE, SECOND, format_timecode, parse_duration, parse_timecode


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("0:00", 0),
        ("1:08:52", HOUR + 8 * MINUTE + 52 * SECOND),
        ("75:30", 75 * MINUTE + 30 * SECOND),
        ("101:45", 101 * MINUTE + 45 * SECOND),
        ("0:33.5", 33_500),
        ("00:00:01,25", 1_250),
        ("00:00:0.000", 0),
        ("3805", 3_805_000),
        ("12.0625", 12_062),
        ("1h02m", HOUR + 2 * MINUTE),
        ("1h 2m 3s", HOUR + 2 * MINUTE + 3 * SECOND),
        ("90s", 90_000),
        ("5 min", 5 * MINUTE),
        ("PT26M12S", 26 * MINUTE + 12 * SECOND),
        ("  7:05 ", 7 * MINUTE + 5 * SECOND),
    ],
)
def test_reads(text: str, millis: int) -> None:
    assert parse_timecode(text) == millis


@pytest.mark.parametrize(
    "text", ["", "Stargate", "1:75", "00:99:00", "1:2:3:4", "-1:00", "12:", ":30", "h", "PT", "1.2.3"]
)
def test_refuses(text: str) -> None:
    assert parse_timecode(text) is None


@pytest.mark.parametrize(
    ("text", "millis"), [("5:15:58", 18_958_000), ("0", None), ("00:00:00", None), ("400:00:00", None)]
)
def test_durations(text: str, millis: int | None) -> None:
    assert parse_duration(text) == millis


@given(st.integers(min_value=0, max_value=100 * HOUR))
def test_what_is_written_reads_back(millis: int) -> None:
    assert parse_timecode(format_timecode(millis, with_millis=True)) == millis
    assert parse_timecode(format_timecode(millis)) == millis // 1000 * 1000


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    millis = parse_timecode(text)
    assert millis is None or millis >= 0


def test_negative_positions_have_a_minus() -> None:
    assert format_timecode(-4 * HOUR - 3 * MINUTE - 18 * SECOND) == "−4:03:18"
