from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.effects_map import PositionMap, chained

Additions = list[tuple[float, float, float]]

steps = st.tuples(st.floats(0.5, 1000), st.floats(-200, 2000), st.sampled_from([0.5, 1.0, 1.5, 4.0]))


def build(additions: Additions) -> tuple[PositionMap, float]:
    """A map whose pieces begin so much after, and lead so far beyond, where the one before has come to; and its end."""
    made, at = PositionMap(0, 100, 1.0), 0.0
    for after, beyond, pace in additions:
        at += after
        made.add(at, made.place(at) + beyond, pace)
    return made, at + 500


@given(st.lists(steps, max_size=12))
def test_it_never_falls(additions: Additions) -> None:
    made, end = build(additions)
    places = [made.place(end * part / 400) for part in range(401)]
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(places))


@given(st.lists(steps, max_size=12), st.floats(0, 1))
def test_spans_and_what_is_left_after_forgetting_say_the_same(additions: Additions, part: float) -> None:
    made, end = build(additions)
    first = end * part
    expected = [made.place(first + (end - first) * part / 50) for part in range(51)]
    spans = made.between(first, end)
    made.forget(first)
    for number, place in enumerate(expected):
        at = first + (end - first) * number / 50
        assert made.place(at) == pytest.approx(place)
        span = [span for span in spans if span.at <= at][-1]
        assert span.there(at) == pytest.approx(place)


@given(st.lists(steps, max_size=6), st.lists(steps, max_size=6))
def test_two_maps_one_after_the_other(first: Additions, second: Additions) -> None:
    outer, end = build(first)
    inner, _ = build(second)
    spans = chained(outer.between(0, end), inner, end)
    assert [span.at for span in spans] == sorted(span.at for span in spans)
    for number in range(200):
        at = end * number / 200
        span = [span for span in spans if span.at <= at + 1e-9][-1]
        # Where a map leaps, rounding may put the place on either side.
        around = (inner.place(outer.place(at) + shift) for shift in (-1e-6, 0.0, 1e-6))
        assert any(span.there(at) == pytest.approx(place, abs=1e-3) for place in around)


def test_a_place_behind_is_waited_for() -> None:
    made = PositionMap()
    made.add(100, 90, 2.0)
    assert [made.place(at) for at in (99, 100, 104, 105, 110)] == [99, 100, 100, 100, 110]
