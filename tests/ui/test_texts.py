from __future__ import annotations

from dataclasses import replace

import pytest

from player.core.model import Podcast, PodcastId, PodcastKind
from player.core.timecode import parse_timecode
from player.ui import texts


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("0:00", "0 s"),
        ("0:45", "45 s"),
        ("13:28", "13 min"),
        ("59:59", "59 min"),
        ("1:00:00", "1 h 00 min"),
        ("5:15:58", "5 h 15 min"),
    ],
)
def test_duration(time: str, expected: str) -> None:
    assert texts.duration_text(parse_timecode(time) or 0) == expected


def test_seconds_never_round_up_to_a_minute_of_seconds() -> None:
    assert texts.duration_text(59_900) == "59 s"


def test_chapters_are_rounded_to_the_nearest_minute() -> None:
    assert texts.about_text(parse_timecode("21:34") or 0) == "22 min"
    assert texts.about_text(parse_timecode("59:40") or 0) == "1 h 00 min"
    assert texts.about_text(50_000) == "50 s"


def test_left() -> None:
    assert texts.left_text(parse_timecode("4:03:18") or 0) == "4 h 03 min left"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (820_400, "820 kB"),
        (999_600, "1.0 MB"),
        (1_400_000, "1.4 MB"),
        (302_000_000, "302 MB"),
        (999_700_000, "1.0 GB"),
        (12_340_000_000, "12.3 GB"),
    ],
)
def test_size(count: int, expected: str) -> None:
    assert texts.size_text(count) == expected


def test_progress_names_the_unit_once() -> None:
    assert texts.progress_text(124_000_000, 302_000_000) == "124 of 302 MB"
    assert texts.progress_text(820_000, 302_000_000) == "820 kB of 302 MB"
    assert texts.progress_text(820_000, None) == "820 kB"
    assert texts.percent_text(151, 302) == "50 %"
    assert texts.percent_text(151, None) == ""
    assert texts.rate_text(1_400_000.0) == "1.4 MB/s"


def test_counts_have_a_singular() -> None:
    assert texts.chapters_text(1) == "1 chapter"
    assert texts.chapters_text(25) == "25 chapters"
    assert texts.episodes_text(1) == "1 episode"
    assert texts.episodes_text(0) == "0 episodes"


def test_place_is_spoken_with_its_chapter() -> None:
    assert texts.place_text("Stargate", parse_timecode("4:56:55") or 0) == "Stargate, 4 h 57 min"
    assert texts.place_text("", 60_000) == "1 min"


def test_dates_and_speeds() -> None:
    noon = 1_738_584_000_000
    assert texts.date_text(noon).endswith("February 2025")
    assert texts.short_date_text(noon).endswith("Feb 2025")
    assert texts.speed_text(1.4) == "1.4×"
    assert texts.speed_text(2.0) == "2×"


def test_which_chapter_of_how_many() -> None:
    assert texts.place_of_text(4, 25, is_short=False) == "5 of 25"
    assert texts.place_of_text(4, 25, is_short=True) == "5/25"
    assert texts.place_of_text(None, 25, is_short=True) == "25"
    assert texts.place_of_text(None, 0, is_short=False) == ""


def test_when_a_feed_is_asked_again() -> None:
    podcast = Podcast(PodcastId(1), PodcastKind.FEED, "https://x.org", "Show", problem="It was down.", ask_after=0)
    now = 1_700_000_000_000
    for after, has_day in ((now, False), (now + 30 * 86_400_000, True)):
        words = texts.problem_text(replace(podcast, ask_after=after), now, is_asking=True)
        assert words.startswith("It was down. It is asked again at ")
        assert ("2023" in words) is has_day
    assert texts.problem_text(podcast, now, is_asking=False) == "It was down."
    assert texts.problem_text(replace(podcast, is_ended=True), now, is_asking=True) == "It was down."
    assert texts.problem_text(replace(podcast, problem=None), now, is_asking=True) == ""
