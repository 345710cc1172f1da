"""The times of a list settled together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.outline_repairs import out_of_order, rising, settle
from player.core.outline_times import find_times
from player.core.timecode import HOUR, MINUTE


def starts(text: str, duration: int | None = None) -> list[int]:
    """The settled starts of the times in a text, in seconds."""
    return [start // 1000 for start in settle(find_times(text), duration).starts]


def test_times_are_taken_as_written() -> None:
    settled = settle(find_times("0:00 1:02 1:02:03"), None)
    assert settled.starts == [0, 62_000, 3_723_000]
    assert settled.repair == ""


def test_hours_and_minutes_are_known_by_the_duration() -> None:
    text = "0:00 0:15 0:42 1:10 1:55"
    assert starts(text) == [0, 15, 42, 70, 115]
    assert starts(text, 125 * MINUTE) == [0, 900, 2520, 4200, 6900]
    assert starts(text, 5 * MINUTE) == [0, 15, 42, 70, 115]


def test_video_frames_are_dropped() -> None:
    text = "01:58:02 08:22:00 10:23:21 13:22:14 53:01:00"
    assert starts(text) == [118, 502, 623, 802, 3181]
    assert starts(text, HOUR) == [118, 502, 623, 802, 3181]
    assert starts(text, 60 * HOUR) == [7082, 30120, 37401, 48134, 190860]
    assert starts("00:02:16:00 00:05:00:12 01:00:00:20") == [136, 300, 3600]


def test_lost_hours_are_added_where_the_list_then_rises() -> None:
    assert starts("10:00 30:00 45:10 59:49 02:12 05:00") == [600, 1800, 2710, 3589, 3732, 3900]
    assert starts("10:00 30:00 50:10 02:12 59:00 01:00") == [600, 1800, 3010, 3732, 7140, 7260]
    assert starts("10:00 30:00 45:10 59:49 02:12 05:00", 50 * MINUTE) == [600, 1800, 2710, 3589, 132, 300]


def test_a_point_may_stand_for_a_colon() -> None:
    assert starts("0:00 1:40 23:12 1:19.30") == [0, 100, 1392, 4770]


@pytest.mark.parametrize(("text", "expected"), [("0:00 2:00 1:00 3:00", {1}), ("0:00 1:00", set()), ("", set())])
def test_out_of_order(text: str, expected: set[int]) -> None:
    off = out_of_order([time.value for time in find_times(text)])
    assert len(off) == len(expected)


@settings(max_examples=150)
@given(st.lists(st.integers(0, 50), max_size=30))
def test_rising_is_the_longest_order(values: list[int]) -> None:
    best = [0] * len(values)
    for index, value in enumerate(values):
        best[index] = 1 + max((best[at] for at in range(index) if values[at] <= value), default=0)
    assert rising(values) == max(best, default=0)
    off = out_of_order(values)
    kept = [value for index, value in enumerate(values) if index not in off]
    assert kept == sorted(kept)
    assert len(kept) == rising(values)
