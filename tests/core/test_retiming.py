"""Places of one version of an episode in another."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.alignment import Anchor
from player.core.edit_times import moved_anchors, moved_log
from player.core.edits import Add, Anchored, Delete, EditLog, Followed, Identity, Merge, Move, Rename, Split
from player.core.errors import BugError
from player.core.retiming import Retiming, Stretch

SECOND = 1000
# At the start 30 s less; at 100 s an advertisement of 20 s is gone, and one of 50 s is there in its place.
EXCHANGED = Retiming((Stretch(40_000, 100_000, -30_000), Stretch(120_000, 300_000, 0)))


@pytest.mark.parametrize(
    ("old", "new", "is_found"),
    [
        (40_000, 10_000, True),
        (99_000, 69_000, True),
        (35_000, 5_000, False),
        (10_000, 0, False),
        (110_000, 110_000, False),
        (102_000, 102_000, False),
        (120_000, 120_000, True),
        (310_000, 310_000, False),
    ],
)
def test_places(old: int, new: int, is_found: bool) -> None:
    assert EXCHANGED.to_new(old) == new
    assert EXCHANGED.found(old) == (new if is_found else None)


def test_without_any_stretch_all_stays() -> None:
    assert Retiming(()).to_new(5) == 5


def test_stretches_rise_in_both() -> None:
    with pytest.raises(BugError):
        Retiming((Stretch(0, 100, 0), Stretch(50, 200, 0)))
    with pytest.raises(BugError):
        Retiming((Stretch(0, 100, 50), Stretch(100, 200, 0)))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50)), max_size=6))
def test_later_places_stay_later(spans: list[tuple[int, int, int]]) -> None:
    stretches, old, new = [], 0, 0
    for gap, length, new_gap in spans:
        old, new = old + gap, new + new_gap
        stretches.append(Stretch(old, old + length, new - old))
        old, new = old + length, new + length
    retiming = Retiming(tuple(stretches))
    places = [retiming.to_new(each) for each in range(old + 20)]
    assert all(one <= two for one, two in itertools.pairwise(places))
    assert not places or min(places) >= 0


def later(place: int) -> int:
    return place + 10 * SECOND


def test_a_history_moves_with_what_the_listener_added() -> None:
    added, given_ = Identity(5 * SECOND, "Mine"), Identity(5 * SECOND, "Theirs")
    log = EditLog(
        (Add(5 * SECOND, "Mine"), Rename(added, "Ours"), Rename(given_, "Yours"), Split(given_, 7 * SECOND, "Second")),
        (
            Delete(Identity(7 * SECOND, "Second")),
            Merge(given_, added),
            Move(given_, 6 * SECOND),
            Anchored((Anchor(1, 2 * SECOND),), (), given_, 3 * SECOND),
            Followed(is_on=False),
        ),
    )
    moved = Identity(15 * SECOND, "Mine")
    assert moved_log(log, later, is_of_file=False) == EditLog(
        (
            Add(15 * SECOND, "Mine"),
            Rename(moved, "Ours"),
            Rename(given_, "Yours"),
            Split(given_, 17 * SECOND, "Second"),
        ),
        (
            Delete(Identity(17 * SECOND, "Second")),
            Merge(given_, moved),
            Move(given_, 16 * SECOND),
            Anchored((Anchor(1, 12 * SECOND),), (), given_, 13 * SECOND),
            Followed(is_on=False),
        ),
    )
    of_file = moved_log(log, later, is_of_file=True)
    assert of_file.done[2] == Rename(Identity(15 * SECOND, "Theirs"), "Yours")


def test_anchors_move_and_still_rise() -> None:
    anchors = (Anchor(1000, 2000), Anchor(5000, 9000))
    assert moved_anchors(anchors, later, is_of_file=False) == (Anchor(1000, 12_000), Anchor(5000, 19_000))
    assert moved_anchors(anchors, later, is_of_file=True) == (Anchor(11_000, 12_000), Anchor(15_000, 19_000))
    assert moved_anchors(anchors, lambda _: 7000, is_of_file=False) == (Anchor(5000, 7000),)
