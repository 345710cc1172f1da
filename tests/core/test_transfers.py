"""Whose turn it is among downloads, and which failures are worth another try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import DownloadError, FileError, HttpStatusError, KnownError, NetworkError, NotAudioError
from player.core.transfers import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MOST_TRIES,
    OF_A_HOST,
    is_hopeless,
    may_mend,
    moved,
    wait_after,
    whose_turn,
)

URL = "https://example.org/a.mp3"


@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(1, 5))
def test_no_host_and_no_line_gets_too_many(hosts: list[str], at_once: int) -> None:
    waiting = list(enumerate(hosts))
    running: dict[int, str] = {}
    while (key := whose_turn(waiting, list(running.values()), at_once)) is not None:
        running[key] = hosts[key]
        waiting = [each for each in waiting if each[0] != key]
    assert len(running) <= at_once
    assert all(list(running.values()).count(host) <= OF_A_HOST for host in "abc")
    passed_over = [key for key, host in waiting if running and key < max(running)]
    assert all(list(running.values()).count(hosts[key]) == OF_A_HOST for key in passed_over), "others only by the host"
    if len(running) < at_once:
        assert all(list(running.values()).count(host) == OF_A_HOST for _, host in waiting)


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.integers(-3, 20))
def test_one_is_moved_and_the_others_keep_their_order(order: list[int], data: st.DataObject, place: int) -> None:
    key = data.draw(st.sampled_from(order))
    found = moved(order, key, place)
    assert [each for each in found if each != key] == [each for each in order if each != key]
    assert found.index(key) == min(max(place, 0), len(order) - 1)


def test_who_is_not_in_the_order_is_not_moved() -> None:
    assert moved((1, 2), 3, 0) == (1, 2)


@pytest.mark.parametrize(
    ("error", "mends"),
    [
        (NetworkError(URL, "the connection was refused"), True),
        (NetworkError("nonsense", "this is not a valid address"), False),
        (HttpStatusError(URL, "", 404), False),
        (HttpStatusError(URL, "", 403), False),
        (HttpStatusError(URL, "", 408), True),
        (HttpStatusError(URL, "", 429), True),
        (HttpStatusError(URL, "", 500), True),
        (HttpStatusError(URL, "", 501), False),
        (HttpStatusError(URL, "", 503), True),
        (DownloadError(URL, "it broke off"), True),
        (NotAudioError(URL, "a web page"), False),
        (FileError("/a", "it may not be written"), False),
    ],
)
def test_what_may_mend(error: KnownError, *, mends: bool) -> None:
    assert may_mend(error) is mends
    assert is_hopeless(error, 1) is not mends


def test_who_is_out_of_reach_is_tried_on_and_on() -> None:
    assert not is_hopeless(NetworkError(URL, "offline"), 1000)
    assert is_hopeless(DownloadError(URL, "it broke off"), MOST_TRIES)


@given(st.integers(1, 50), st.floats(0, 1), st.integers(0, 10_000_000) | st.none())
def test_waits_grow_and_are_spread_and_follow_the_server(failures: int, chance: float, asked_for: int | None) -> None:
    wait = wait_after(HttpStatusError(URL, "", 503, asked_for), failures, chance)
    doubled = min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
    own = range(doubled * 2 // 3 - 1, doubled + 1)
    assert wait in own or wait == asked_for
    assert wait >= (asked_for or 0)
