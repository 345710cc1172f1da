"""From marks to chapters, and where previous and next go."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.chapters import (
    chapter_at,
    chapters_from_marks,
    find_chapter,
    next_start,
    previous_start,
    with_duration,
)
from player.core.model import Chapter, Mark
from player.core.skips import past_skips, skip_spans

MARKS = (Mark(0, "Introduction"), Mark(60_000, "Export controls"), Mark(180_000, "Stargate"))
CHAPTERS = chapters_from_marks(MARKS, 300_000)


def titled(*titles: str) -> tuple[Chapter, ...]:
    return tuple(Chapter(at * 1000, at * 1000 + 1000, title) for at, title in enumerate(titles))


def test_each_chapter_ends_where_the_next_one_starts_and_the_last_with_the_episode() -> None:
    assert [(chapter.start, chapter.end) for chapter in CHAPTERS] == [
        (0, 60_000),
        (60_000, 180_000),
        (180_000, 300_000),
    ]


def test_own_ends_count_unless_they_overlap() -> None:
    marks = [Mark(0, "a", end=5_000), Mark(10_000, "b", end=99_000), Mark(20_000, "c", end=20_000)]
    assert [chapter.end for chapter in chapters_from_marks(marks, 30_000)] == [5_000, 20_000, 30_000]


def test_without_a_duration_the_last_chapter_is_open() -> None:
    assert chapters_from_marks(MARKS, None)[-1].length == 0
    assert with_duration(chapters_from_marks(MARKS, None), 200_000)[-1].end == 200_000


def test_a_duration_before_the_last_start_changes_nothing() -> None:
    assert with_duration(CHAPTERS, 100_000) == CHAPTERS


marks_lists = st.lists(
    st.builds(Mark, st.integers(-1000, 10_000_000), st.text(max_size=5), st.none() | st.integers(0, 10_000_000)),
    max_size=30,
)


@given(marks_lists, st.none() | st.integers(1, 10_000_000))
def test_starts_never_fall_and_no_length_is_negative(marks: list[Mark], duration: int | None) -> None:
    chapters = chapters_from_marks(marks, duration)
    assert len(chapters) == sum(mark.start >= 0 for mark in marks)
    assert all(one.start <= two.start for one, two in itertools.pairwise(chapters))
    assert all(chapter.length >= 0 for chapter in chapters)


@pytest.mark.parametrize(("position", "index"), [(0, 0), (59_999, 0), (60_000, 1), (299_000, 2)])
def test_a_chapter_is_current_from_its_own_start(position: int, index: int) -> None:
    assert chapter_at(CHAPTERS, position) == index


def test_before_the_first_start_no_chapter_is_current() -> None:
    assert chapter_at(CHAPTERS[1:], 10) is None


@pytest.mark.parametrize(("position", "start"), [(0, 60_000), (60_000, 180_000), (179_999, 180_000), (180_000, None)])
def test_next(position: int, start: int | None) -> None:
    assert next_start(CHAPTERS, position) == start


@pytest.mark.parametrize(
    ("position", "start"),
    [(64_001, 60_000), (64_000, 0), (60_000, 0), (3_000, 0), (250_000, 180_000), (180_100, 60_000)],
)
def test_previous_returns_to_the_own_start_first(position: int, start: int) -> None:
    assert previous_start(CHAPTERS, position) == start


def test_previous_without_chapters_is_the_beginning() -> None:
    assert previous_start((), 99_000) == 0


# A part whose first chapter begins where it does, and is an advertisement; then words of the part itself.
PARTS = chapters_from_marks(
    [
        Mark(0, "Introduction"),
        Mark(60_000, "Part 1"),
        Mark(60_000, "Sponsor", end=90_000, level=1),
        Mark(120_000, "Talk", level=1),
        Mark(200_000, "Part 2"),
        Mark(200_000, "Sponsor", level=1),
    ],
    300_000,
)
SPONSORS = frozenset({2, 5})


@pytest.mark.parametrize(("position", "start"), [(10_000, 90_000), (75_000, 120_000), (95_000, 120_000)])
def test_next_goes_behind_a_skipped_chapter_where_the_one_around_it_begins(position: int, start: int) -> None:
    assert next_start(PARTS, position, SPONSORS) == start


def test_a_part_that_is_skipped_to_the_end_is_no_next_one() -> None:
    assert next_start(PARTS, 130_000, SPONSORS) is None


@pytest.mark.parametrize(
    ("position", "start"),
    [(121_000, 90_000), (100_000, 90_000), (91_000, 0), (75_000, 60_000), (62_000, 0), (250_000, 200_000)],
)
def test_previous_never_goes_into_a_skipped_chapter_unless_in_its_midst(position: int, start: int) -> None:
    assert previous_start(PARTS, position, SPONSORS) == start


@pytest.mark.parametrize(("position", "start"), [(61_000, 60_000), (45_000, 30_000)])
def test_previous_never_goes_into_a_skipped_beginning(position: int, start: int) -> None:
    marks = [Mark(0, "Sponsor", end=30_000), Mark(60_000, "Part 1"), Mark(60_000, "Talk", level=1)]
    assert previous_start(chapters_from_marks(marks, 300_000), position, {0}) == start


@given(
    st.lists(
        st.builds(
            Mark, st.integers(0, 30), end=st.none() | st.integers(0, 30), title=st.just(""), level=st.integers(0, 2)
        ),
        max_size=9,
    ),
    st.sets(st.integers(0, 8)),
    st.integers(0, 40),
)
def test_previous_and_next_never_play_what_is_skipped_elsewhere(
    marks: list[Mark], skipped: set[int], position: int
) -> None:
    marks = [replace(each, start=each.start * 3000, end=each.end and each.end * 3000) for each in marks]
    position *= 2500
    chapters = chapters_from_marks(marks, 100_000)
    skipped &= set(range(len(chapters)))
    others = [span for span in skip_spans(chapters, skipped) if not span[0] <= position < span[1]]
    following, previous = next_start(chapters, position, skipped), previous_start(chapters, position, skipped)
    assert following is None or (position < following == past_skips(others, following) < 100_000)
    assert past_skips(others, previous) == previous


def test_chapters_are_found_by_title_then_beginning_then_part() -> None:
    chapters = titled("Stargate and more", "Stargate", "On Censorship")
    assert find_chapter(chapters, "stargate") == 1
    assert find_chapter(chapters, "starg") == 0
    assert find_chapter(chapters, "censor") == 2
    assert find_chapter(chapters, "nothing") is None
    assert find_chapter(chapters, " ") is None
