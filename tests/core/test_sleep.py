"""Where the sleep timer ends, how long that takes, and how much earlier playing begins after a pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapters import chapters_from_marks
from player.core.edges import Edges
from player.core.model import Chapter, Mark
from player.core.session import EPISODE_END, Part, PlaybackState
from player.core.sleep import (
    Sleep,
    SleepKind,
    after_chapter,
    after_chapters,
    minutes_meant,
    rewind_after,
    rewound,
)
from player.core.sound import Sound

MINUTE = 60_000
CHAPTERS = tuple(Chapter(at * MINUTE, (at + 1) * MINUTE, str(at)) for at in range(5))
STATE = PlaybackState(duration=5 * MINUTE, chapters=CHAPTERS, skipped=frozenset({2}))


@pytest.mark.parametrize(
    ("position", "count", "place"),
    [
        (0, 1, MINUTE),
        (90_000, 1, 2 * MINUTE),
        (90_000, 2, 4 * MINUTE),
        (150_000, 1, 3 * MINUTE),
        (90_000, 3, EPISODE_END),
        (90_000, 9, EPISODE_END),
    ],
)
def test_at_the_end_of_a_chapter_of_those_that_are_heard(position: int, count: int, place: int) -> None:
    found = after_chapters(CHAPTERS, STATE.skipped, position, count)
    assert found is not None
    assert (found.kind, found.place) == (SleepKind.CHAPTER, place)


def test_without_chapters_there_is_no_end_of_one() -> None:
    assert after_chapters((), (), 0) is None
    gapped = (Chapter(1000, 59_500, "A"), Chapter(60_000, 90_000, "B"), Chapter(120_000, 150_000, "C"))
    assert after_chapters(gapped, (), 0) == Sleep(SleepKind.CHAPTER, place=60_000, title="A")
    assert after_chapter(gapped, 1).place == 90_000, "what is between two chapters belongs to none"


def test_who_is_between_two_chapters_sleeps_after_the_next_one() -> None:
    gapped = (Chapter(0, 60_000, "A"), Chapter(90_000, 150_000, "B"), Chapter(150_000, 200_000, "C"))
    here = Sleep(SleepKind.CHAPTER, place=150_000, title="B")
    assert after_chapters(gapped, (), 60_000) == here, "A is over"
    assert after_chapters(gapped, (), 70_000) == here
    assert after_chapters(gapped, {1}, 70_000) == Sleep(SleepKind.CHAPTER, title="C")
    assert after_chapters(gapped, {1, 2}, 70_000) is None


def test_a_heading_of_no_length_is_no_chapter_to_sleep_after() -> None:
    headed = (
        Chapter(0, 60_000, "A"),
        Chapter(60_000, 60_000, "Part"),
        Chapter(60_000, 90_000, "B", level=1),
        Chapter(90_000, 95_000, "C"),
    )
    assert after_chapters(headed, (), 0, 2) == Sleep(SleepKind.CHAPTER, place=90_000, title="B")


@given(
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 20_000)), min_size=1, max_size=8),
    st.integers(0, 130_000),
    st.sets(st.integers(0, 7)),
)
def test_where_it_sleeps_is_always_to_come(spans: list[tuple[int, int]], position: int, skipped: set[int]) -> None:
    chapters = chapters_from_marks([Mark(start, "", end=start + length) for start, length in spans], None)
    places = [found.place for count in range(1, 9) if (found := after_chapters(chapters, skipped, position, count))]
    assert all(place > position for place in places)
    assert places == sorted(set(places)) + places[-1:] * (len(places) - len(set(places))), "of fewer the last one again"
    assert places or len(chapters) - 1 in skipped


def test_how_long_it_takes() -> None:
    fast = PlaybackState(duration=5 * MINUTE, chapters=CHAPTERS, skipped=STATE.skipped, sound=Sound(2.0))
    assert Sleep(SleepKind.TIME, left=5000).left_at(fast, 0) == 5000
    assert after_chapter(CHAPTERS, 3).left_at(STATE, 90_000) == 90_000, "without what is skipped"
    assert after_chapter(CHAPTERS, 3).left_at(fast, 90_000) == 45_000
    assert Sleep(SleepKind.EPISODE).left_at(STATE, 270_000) == 30_000
    assert Sleep(SleepKind.EPISODE).left_at(PlaybackState(), 0) is None
    part = PlaybackState(duration=5 * MINUTE, part=Part(0, MINUTE))
    assert Sleep(SleepKind.EPISODE).left_at(part, 20_000) == 40_000, "what plays is over then"


@pytest.mark.parametrize(
    ("words", "time"),
    [("30", 30 * MINUTE), ("45m", 45 * MINUTE), ("1h", 60 * MINUTE), ("1:30:00", 90 * MINUTE), ("1440", 1440 * MINUTE)]
    + [(words, None) for words in ("0", "1441", "Stargate", "", "-5")],
)
def test_minutes(words: str, time: int | None) -> None:
    assert minutes_meant(words) == time


def test_a_longer_pause_is_followed_by_more_of_what_was_before() -> None:
    pauses = (0, 59_999, MINUTE, 10 * MINUTE, 60 * MINUTE, 1440 * MINUTE)
    assert [rewind_after(pause) for pause in pauses] == [0, 0, 3000, 5000, 10_000, 20_000]


@given(st.integers(0, 5 * MINUTE), st.integers(0, 30_000), st.sets(st.integers(0, 4)), st.integers(0, 30_000))
def test_no_start_is_crossed(place: int, by: int, skipped: set[int], intro: int) -> None:
    state = PlaybackState(
        duration=5 * MINUTE,
        chapters=CHAPTERS,
        skipped=frozenset(skipped),
        edges=Edges(intro, 0),
        part=Part(5000, MINUTE),
    )
    to = rewound(state, place, by)
    assert place - by <= to <= place
    assert to // MINUTE == place // MINUTE or place >= 5 * MINUTE
    for start, end in state.skips:
        assert not (start <= to < end) or start <= place < end
    assert to >= 5000 or place < 5000
    if not skipped and not intro and by <= place % MINUTE and not 5000 <= place < 5000 + by:
        assert to == place - by
