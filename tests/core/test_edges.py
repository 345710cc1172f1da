from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from player.core.edges import LONGEST_EDGE, Edges, edge_spans, with_edges
from player.core.skips import heard_between, past_skips

times = st.integers(0, 4 * LONGEST_EDGE)
edges = st.builds(Edges, st.integers(0, LONGEST_EDGE), st.integers(0, LONGEST_EDGE))


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Spans as skipped chapters give them: rising, perhaps touching."""
    places = sorted(draw(st.lists(times, unique=True, max_size=10)))
    found = tuple(zip(places[::2], places[1::2], strict=False))
    return found if draw(st.booleans()) else tuple((start, end - 1) for start, end in found if end - 1 > start)


def test_both_ends_are_left_out() -> None:
    assert edge_spans(Edges(30_000, 20_000), 600_000) == ((0, 30_000), (580_000, 600_000))
    assert edge_spans(Edges(30_000), 600_000) == ((0, 30_000),)
    assert edge_spans(Edges(0, 20_000), 600_000) == ((580_000, 600_000),)
    assert edge_spans(Edges(), 600_000) == ()


def test_a_short_episode_and_one_of_unknown_length_are_heard_whole() -> None:
    assert edge_spans(Edges(30_000, 20_000), 100_000) == ((0, 30_000), (80_000, 100_000))
    assert edge_spans(Edges(30_000, 20_000), 99_999) == ()
    assert edge_spans(Edges(30_000, 20_000), 0) == ()
    assert edge_spans(Edges(30_000, 20_000), None) == ()


@given(edges, times)
def test_at_least_half_is_heard(edges: Edges, duration: int) -> None:
    found = edge_spans(edges, duration)
    assert 2 * heard_between(found, past_skips(found, 0), duration) >= duration
    assert duration == 0 or past_skips(found, 0) < duration


def test_where_a_chapter_is_skipped_it_is_the_chapters_span() -> None:
    assert with_edges(((20, 60),), ((0, 30),)) == ((0, 20), (20, 60))
    assert with_edges(((10, 20),), ((0, 30),)) == ((0, 10), (10, 20), (20, 30))
    assert with_edges(((0, 40),), ((0, 30),)) == ((0, 40),)
    assert with_edges((), ((0, 30), (70, 100))) == ((0, 30), (70, 100))


@given(spans(), edges, times)
def test_together_they_leave_out_what_either_does(
    chapters: tuple[tuple[int, int], ...], edges: Edges, duration: int
) -> None:
    ends = edge_spans(edges, duration)
    found = with_edges(chapters, ends)
    assert set(chapters) <= set(found)
    assert all(start < end for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    for place in {0, duration, *(place for span in (*chapters, *ends) for place in span)}:
        is_left_out = any(start <= place < end for start, end in found)
        assert is_left_out == any(start <= place < end for start, end in (*chapters, *ends))
