from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from player.core.ranges import Ranges

OFFSETS = st.integers(0, 40)
SPANS = st.lists(st.tuples(OFFSETS, OFFSETS), max_size=8)


def bytes_of(spans: list[tuple[int, int]]) -> set[int]:
    return {offset for start, stop in spans for offset in range(start, stop)}


@given(SPANS)
def test_ranges_cover_what_their_spans_cover_and_never_touch(spans: list[tuple[int, int]]) -> None:
    ranges = Ranges.of(spans)
    assert bytes_of(list(ranges.spans)) == bytes_of(spans)
    assert ranges.total == len(bytes_of(spans))
    flat = [offset for span in ranges.spans for offset in span]
    assert all(one < two for one, two in pairwise(flat))


@given(SPANS)
def test_one_after_another_is_all_at_once(spans: list[tuple[int, int]]) -> None:
    ranges = Ranges()
    for start, stop in spans:
        ranges = ranges.with_span(start, stop)
    assert ranges == Ranges.of(spans)


@given(SPANS, OFFSETS, OFFSETS)
def test_what_is_taken_out_is_missing_and_nothing_else(spans: list[tuple[int, int]], start: int, stop: int) -> None:
    left = Ranges.of(spans).without_span(start, stop)
    assert bytes_of(list(left.spans)) == bytes_of(spans) - set(range(start, stop))
    assert left == Ranges.of(left.spans)


@given(SPANS, OFFSETS, OFFSETS)
def test_gaps_are_what_is_missing(spans: list[tuple[int, int]], start: int, stop: int) -> None:
    ranges = Ranges.of(spans)
    gaps = list(ranges.gaps(start, stop))
    assert bytes_of(gaps) == set(range(start, stop)) - bytes_of(spans)
    assert ranges.has(start, stop) == (not gaps)
    assert all(one[1] < two[0] for one, two in pairwise(gaps))


@given(SPANS, OFFSETS)
def test_the_end_is_the_first_missing_byte(spans: list[tuple[int, int]], offset: int) -> None:
    there = bytes_of(spans)
    end = offset
    while end in there:
        end += 1
    assert Ranges.of(spans).end_of(offset) == end


@given(SPANS, OFFSETS)
def test_a_shorter_file_has_what_lies_before_its_end(spans: list[tuple[int, int]], stop: int) -> None:
    assert bytes_of(list(Ranges.of(spans).within(stop).spans)) == {each for each in bytes_of(spans) if each < stop}


def test_missing_parts_of_the_whole() -> None:
    assert Ranges(((0, 10), (50, 75))).missing_parts(100) == ((0.1, 0.5), (0.75, 1.0))
    assert Ranges().missing_parts(100) == ((0.0, 1.0),)
    assert Ranges(((0, 100),)).missing_parts(100) == ()
    assert Ranges().missing_parts(0) == ()
