"""Two lanes, one file: nothing is fetched twice, and nothing is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.ranges import Ranges
from player.net.claims import SOON, Claim, Claims

MEGABYTE = 1_000_000


def test_filling_begins_at_the_start_and_ends_at_what_is_there() -> None:
    claims = Claims(Ranges(((0, 10), (50, 60))), 100)
    first = claims.fill(0)
    assert first is not None
    assert (first.at, first.stop) == (10, 50)
    second = claims.fill(0)
    assert second is not None
    assert (second.at, second.stop) == (60, 100)
    assert claims.fill(0) is None


def test_filling_prefers_what_lies_behind_the_listener() -> None:
    claims = Claims(Ranges(((0, 10),)), 100)
    here = claims.fill(40)
    assert here is not None
    assert (here.at, here.stop) == (40, 100)
    rest = claims.fill(40)
    assert rest is not None
    assert (rest.at, rest.stop) == (10, 40)


def test_a_jump_takes_the_rest_from_the_lane_that_would_come_there_late() -> None:
    claims = Claims(Ranges(), 9 * MEGABYTE)
    filling = claims.fill(0)
    assert filling is not None
    span = claims.jump(5 * MEGABYTE)
    assert span == (5 * MEGABYTE, 9 * MEGABYTE)
    assert (filling.at, filling.stop) == (0, 9 * MEGABYTE)
    jumping = claims.claim_jump(*span)
    assert jumping is not None
    assert (filling.at, filling.stop) == (0, 5 * MEGABYTE)
    assert (jumping.at, jumping.stop) == (5 * MEGABYTE, 9 * MEGABYTE)
    assert filling.room() == 5 * MEGABYTE


def test_a_jump_just_ahead_of_a_lane_waits_for_it() -> None:
    claims = Claims(Ranges(), 9 * MEGABYTE)
    claims.fill(0)
    assert claims.jump(SOON) is None
    assert claims.jump(SOON + 1) is not None


def test_what_another_lane_is_on_its_way_to_is_known() -> None:
    claims = Claims(Ranges(), 9 * MEGABYTE)
    filling = claims.fill(0)
    jumping = claims.claim_jump(5 * MEGABYTE, 9 * MEGABYTE)
    assert filling is not None
    assert jumping is not None
    assert claims.is_in_the_way(filling, 8 * MEGABYTE, is_other_asking=False)
    assert not claims.is_in_the_way(jumping, 8 * MEGABYTE, is_other_asking=False)
    claims.release(jumping)
    assert not claims.is_in_the_way(filling, 8 * MEGABYTE, is_other_asking=False)
    assert claims.is_in_the_way(filling, 8 * MEGABYTE, is_other_asking=True)
    assert not claims.is_in_the_way(filling, SOON, is_other_asking=True)


def test_a_jump_into_what_is_there_goes_on_behind_it() -> None:
    claims = Claims(Ranges(((0, MEGABYTE), (5 * MEGABYTE, 6 * MEGABYTE))), 9 * MEGABYTE)
    assert claims.comes_soon(5 * MEGABYTE)
    assert claims.jump(5 * MEGABYTE) is None
    assert claims.jump(6 * MEGABYTE) == (6 * MEGABYTE, 9 * MEGABYTE)


def test_a_jump_is_given_up_when_the_filling_has_come_near_before_the_answer() -> None:
    claims = Claims(Ranges(), 9 * MEGABYTE)
    filling = claims.fill(0)
    assert filling is not None
    span = claims.jump(MEGABYTE)
    assert span is not None
    claims.took(filling, MEGABYTE - SOON)
    assert claims.claim_jump(*span) is None
    assert (filling.at, filling.stop) == (MEGABYTE - SOON, 9 * MEGABYTE)


def test_without_a_size_there_is_one_lane_from_the_end_of_what_is_there() -> None:
    claims = Claims(Ranges(((0, 10),)), None)
    filling = claims.fill(0)
    assert filling is not None
    assert (filling.at, filling.stop, filling.room()) == (10, None, None)
    assert claims.fill(0) is None
    assert claims.jump(5) is None
    assert not claims.is_complete


@given(
    st.integers(1, 12).map(lambda each: each * SOON),
    st.lists(st.tuples(st.sampled_from(["fill", "jump", "take", "release"]), st.integers(0, 12 * SOON)), max_size=40),
)
def test_whatever_the_lanes_do_each_byte_is_fetched_once(total: int, steps: list[tuple[str, int]]) -> None:
    claims = Claims(Ranges(), total)
    lanes: list[Claim] = []
    fetched = 0
    for step, number in steps:
        match step:
            case "fill" | "jump":
                span = claims.jump(number % total) if step == "jump" else None
                claim = claims.claim_jump(*span) if span else claims.fill(number % total)
                lanes += [claim] if claim is not None else []
            case "take" if lanes:
                lane = lanes[number % len(lanes)]
                room = lane.room()
                assert room is not None
                count = min(room, number)
                before = claims.there.total
                claims.took(lane, count)
                assert claims.there.total == before + count
                fetched += count
            case "release" if lanes:
                claims.release(lanes.pop(number % len(lanes)))
    for lane in list(lanes):
        claims.release(lane)
    while (claim := claims.fill(0)) is not None:
        room = claim.room()
        assert room
        claims.took(claim, room)
        claims.release(claim)
        fetched += room
    assert claims.is_complete
    assert claims.is_idle
    assert fetched == total
