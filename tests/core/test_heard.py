"""What of an episode was heard, and the marks of its chapters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.heard import (
    NOTHING,
    WHOLE,
    Heard,
    count_unheard,
    heard_of,
    left_in,
    marked,
    marks_of,
    next_unheard,
    with_spans,
)
from player.core.model import Chapter
from player.core.ranges import Ranges

MINUTE = 60_000
TEN = Chapter(10 * MINUTE, 20 * MINUTE, "Ten minutes")
ORDER = list(Heard)

starts = st.integers(0, 3_000)
spans = st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 200_000)), max_size=8)


@st.composite
def chapters(draw: st.DrawFn) -> tuple[Chapter, ...]:
    lengths = draw(st.lists(st.sampled_from((0, 1, 900, 4_000, 20_000, 61_000)), min_size=1, max_size=8))
    found, start = [], draw(starts)
    for length in lengths:
        found.append(Chapter(start, start + length, ""))
        start += length
    return tuple(found)


@given(spans, spans)
def test_what_was_heard_stays_heard_and_seams_close(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    heard = with_spans(with_spans(NOTHING, one), two)
    assert all(heard.has(start, stop) for start, stop in (*one, *two))
    assert all(later[0] - earlier[1] > 2000 for earlier, later in pairwise(heard.spans))
    assert with_spans(heard, two) == heard
    assert with_spans(WHOLE, one) == WHOLE
    gained = heard.total - Ranges.of((*one, *two)).total
    assert gained <= 2000 * (len(one) + len(two))


@given(chapters(), spans, spans)
def test_a_mark_only_rises_as_more_is_heard(
    found: tuple[Chapter, ...], one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    before = marks_of(found, with_spans(NOTHING, one))
    after = marks_of(found, with_spans(with_spans(NOTHING, one), two))
    assert all(ORDER.index(earlier) <= ORDER.index(later) for earlier, later in zip(before, after, strict=True))


@given(chapters(), spans, st.data())
def test_a_chapter_is_what_the_listener_says_and_no_other_changes(
    found: tuple[Chapter, ...], one: list[tuple[int, int]], data: st.DataObject
) -> None:
    heard = with_spans(NOTHING, one)
    index = data.draw(st.integers(0, len(found) - 1))
    is_heard = data.draw(st.booleans())
    after = marked(heard, [found[index]], is_heard=is_heard)
    assert heard_of(found[index], after) is (Heard.ALL if is_heard else Heard.NOT)
    for other, chapter in enumerate(found):
        if other != index and chapter.length and found[index].length:
            assert heard_of(chapter, after) is heard_of(chapter, heard)
    assert marks_of(found, marked(after, found, is_heard=True)) == (Heard.ALL,) * len(found)
    assert marks_of(found, marked(WHOLE, found, is_heard=False)) == (Heard.NOT,) * len(found)


@given(chapters(), spans)
def test_who_goes_on_where_a_chapter_was_left_hears_what_is_missing(
    found: tuple[Chapter, ...], one: list[tuple[int, int]]
) -> None:
    heard = with_spans(NOTHING, one)
    for chapter in found:
        place = left_in(chapter, heard)
        if place is not None:
            assert heard_of(chapter, heard) is Heard.PARTLY
            assert chapter.start < place < chapter.end
            assert not heard.has(place, place + 1)
            assert heard.has(place - 1, place)


@pytest.mark.parametrize(
    ("spans", "mark", "left"),
    [
        ([], Heard.NOT, None),
        ([(600_000, 602_999)], Heard.NOT, None),
        ([(600_000, 603_000)], Heard.PARTLY, 603_000),
        ([(0, 600_400)], Heard.NOT, None),
        ([(600_000, 1_190_000)], Heard.ALL, None),
        ([(600_000, 1_189_999)], Heard.PARTLY, 1_189_999),
        ([(900_000, 1_200_000)], Heard.PARTLY, None),
        ([(600_000, 700_000), (900_000, 1_199_000)], Heard.PARTLY, 700_000),
        ([(600_000, 700_000), (900_000, 1_000_000)], Heard.PARTLY, 1_000_000),
        # Pauses that were trimmed.
        ([(at, at + 20_000 - 2001) for at in range(600_000, 1_200_000, 20_000)], Heard.PARTLY, 617_999),
        ([(at, at + 30_000 - 3000) for at in range(600_000, 1_200_000, 30_000)], Heard.ALL, None),
        ([(at, at + 20_000 - 2000) for at in range(600_000, 1_200_000, 20_000)], Heard.ALL, None),
    ],
)
def test_marks(spans: list[tuple[int, int]], mark: Heard, left: int | None) -> None:
    heard = with_spans(NOTHING, spans)
    assert (heard_of(TEN, heard), left_in(TEN, heard)) == (mark, left)


def test_short_chapters() -> None:
    assert heard_of(Chapter(0, 1500, ""), Ranges(((0, 700),))) is Heard.NOT
    assert heard_of(Chapter(0, 1500, ""), Ranges(((0, 750),))) is Heard.ALL
    assert heard_of(Chapter(500, 500, ""), Ranges(((0, 501),))) is Heard.ALL
    assert heard_of(Chapter(500, 500, ""), Ranges(((0, 500),))) is Heard.NOT


def test_the_next_unheard_chapter() -> None:
    marks = (Heard.ALL, Heard.NOT, Heard.PARTLY, Heard.ALL, Heard.NOT)
    assert [next_unheard(marks, current) for current in (None, 0, 1, 2, 3, 4)] == [1, 1, 2, 4, 4, 1]
    assert next_unheard(marks, 2, {4}) == 1
    assert next_unheard(marks, 4, {1, 2}) is None
    assert next_unheard((), None) is None
    assert (count_unheard(marks), count_unheard(marks, {1, 3})) == (3, 2)
