"""Times in a line: which digits are one, how they are written, and what speaks against them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.outline_lines import fold
from player.core.outline_times import MOST_TIMES, Form, find_times, may_hold_times


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0:00", 0),
        ("1:08:52 Export", 4_132_000),
        ("75:30", 4_530_000),
        ("101:45", 6_105_000),
        ("00:32:17.500", 1_937_500),
        ("0:33,5", 33_500),
        ("[@0:33]", 33_000),
        ("(00:12:33)", 753_000),
        ("1:7:26", 4_046_000),
        ("00:02:16:00.00", 136_000),
        ("50: 32", 3_032_000),
        ("1h02m", 3_720_000),
        ("1h 2m 3s", 3_723_000),
        ("1 hr 2 min", 3_720_000),
        ("2m30s", 150_000),
        ("0'30\"", 30_000),
        ("12’33”", 753_000),
        ("1時間02分", 3_720_000),
        ("12分33秒", 753_000),
        ("12.33", 753_000),
        ("０：３０", 30_000),
        ("٣:٠٧", 187_000),
        ("オープニング0:30です", 30_000),
        ("Sprungmarken(00:01:04)", 64_000),
        ("end...12:33", 753_000),
        ("0:30Intro", 30_000),
    ],
)
def test_one_time(text: str, value: int) -> None:
    assert [time.value for time in find_times(fold(text))] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "words",
        "12:75",
        "1:60:00",
        "1:75:00",
        "12:3",
        "1:2",
        "v1.2:30",
        "a12:30",
        "12:30x",
        "$12:30",
        "12:30:99",
        "12:345",
        "1234:56",
        "https://a.b/12:30/",
        "www.a.b/?t=1:02",
        "x=12:30",
        "24/7",
        "34-13",
        "20.101",
        "1.5%",
        "16 : 8",
        "h264",
        "3h",
    ],
)
def test_no_time(text: str) -> None:
    assert [time for time in find_times(fold(text)) if time.parts != (3, 0, 0)] == []


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("10:30 AM", "a time of day"),
        ("10:30 p.m.", "a time of day"),
        ("3:00 - 6:00 PM", "a time of day"),
        ("20:15 Uhr", "a time of day"),
        ("16:30 UTC", "a time of day"),
        ("23:00 МСК", "a time of day"),
        ("Fri, 19 Feb 2021 19:23", "a time of day"),
        ("Sunday 10:00", "a time of day"),
        ("10/24/2021 15:00:38", "a time of day"),
        ("2024-05-01 12:30:00", "a time of day"),
        ("1月29日 13:00", "a time of day"),
        ("John 3:16", "a verse"),
        ("1. Mose 1:26", "a verse"),
        ("3:16-18", "a verse"),
        ("16:10 display", "a ratio"),
        ("an aspect ratio of 16:18", "a ratio"),
        ("they won 21:14", "a score"),
        ("it took me 1:33", "a length"),
        ("MongoDB 4:30", ""),
        ("May 4:30", ""),
        ("0:30 Mark 2", ""),
        ("0:45 - What a day", ""),
        ("5:00 Часть вторая", ""),
    ],
)
def test_what_speaks_against_a_time(text: str, doubt: str) -> None:
    assert find_times(fold(text))[0].doubt == doubt


def test_forms_are_told_apart() -> None:
    forms = [find_times(text)[0].form for text in ("0:30", "0: 30", "0m30s", "0.30")]
    assert forms == [Form.CLOCK, Form.LOOSE, Form.UNITS, Form.DOTTED]


def test_addresses_end_where_other_times_begin() -> None:
    assert [time.value for time in find_times("https://a.b/1:00 (2:00) https://a.b/3:00 4:00")] == [120_000, 240_000]


def test_no_more_times_than_a_limit_are_read() -> None:
    assert len(find_times("0:00 " * (MOST_TIMES + 9))) == MOST_TIMES
    assert len(find_times("0m30s " * (MOST_TIMES + 9))) == MOST_TIMES


@pytest.mark.parametrize(
    "text",
    [
        "at 0:00",
        "at 0: 30",
        "０：３０",
        "1h02m",
        "2m 30s",
        "0'30\"",
        "0&#58;30",
        "0&#x27;30&quot;",
        "1.20 2.30 3.40",
        "12分33秒",
        "<a href='?a=b&amp;t=90'>",
    ],
)
def test_notes_that_may_hold_times(text: str) -> None:
    assert may_hold_times(f"Some words. {text} More words.")


@pytest.mark.parametrize("text", ["", "https://a.b/c", "Python 3.11 and 3.12", "24/7", "5 minutes", "a: b", "ratio 2:"])
def test_notes_that_hold_none(text: str) -> None:
    assert not may_hold_times(text)


@settings(max_examples=200)
@given(st.text(st.sampled_from("0123456789:. ,-/()[]@hms'\"分：ａAP") | st.characters(), max_size=60))
def test_times_of_any_text_stand_in_order_and_are_not_negative(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    times = find_times(folded)
    assert all(time.value >= 0 and time.start < time.end <= len(text) for time in times)
    assert all(before.end <= after.start for before, after in pairwise(times))
    assert not times or may_hold_times(text) or times[0].form is Form.DOTTED or times[0].form is Form.UNITS
