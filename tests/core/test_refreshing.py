"""When feeds are asked again, and whose turn it is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.refreshing import AskState, Lanes, has_passed, is_due, parse_retry_after, spread, wait_after_failure
from player.core.timecode import HOUR, MINUTE

NOW = 1_700_000_000_000


def test_what_never_was_has_passed_and_a_clock_set_back_keeps_nothing_out() -> None:
    assert has_passed(HOUR, None, NOW)
    assert not has_passed(HOUR, NOW, NOW)
    assert not has_passed(HOUR, NOW, NOW + HOUR - 1)
    assert has_passed(HOUR, NOW, NOW + HOUR)
    assert has_passed(HOUR, NOW, NOW - 1)


def test_a_feed_is_due_when_its_time_has_passed() -> None:
    assert is_due(AskState(), HOUR, NOW)
    asked = AskState(NOW)
    assert not is_due(asked, HOUR, NOW)
    assert not is_due(asked, HOUR, NOW + 53 * MINUTE)
    assert is_due(asked, HOUR, NOW + HOUR)


def test_a_feed_is_not_asked_by_itself_when_the_listener_or_the_server_does_not_want_it() -> None:
    assert not is_due(AskState(), 0, NOW)
    assert not is_due(AskState(is_ended=True), HOUR, NOW)


def test_after_a_failure_a_feed_is_due_when_its_wait_is_over() -> None:
    failed = AskState(NOW, 1, NOW + 10 * MINUTE)
    assert not is_due(failed, HOUR, NOW + 9 * MINUTE)
    assert is_due(failed, HOUR, NOW + 10 * MINUTE)
    patient = AskState(NOW, 1, NOW + 5 * HOUR)
    assert not is_due(patient, HOUR, NOW + 4 * HOUR)


def test_a_clock_that_was_set_back_keeps_no_feed_from_being_asked() -> None:
    assert is_due(AskState(NOW), HOUR, NOW - 1)
    assert is_due(AskState(NOW, 3, NOW + HOUR), HOUR, NOW - 1)


@given(st.integers(MINUTE, 24 * HOUR), st.integers(0, 2**43))
def test_feeds_do_not_stay_in_step(every: int, seed: int) -> None:
    assert every * 9 // 10 <= spread(every, seed) <= every


def test_spans_differ() -> None:
    assert len({spread(HOUR, NOW + each) for each in range(100)}) > 90


@given(st.integers(0, 10_000), st.floats(0, 1), st.booleans(), st.none() | st.integers(0, 10**15))
def test_waits_grow_and_end(failures: int, chance: float, was_reached: bool, asked_for: int | None) -> None:
    wait = wait_after_failure(failures, chance, was_reached=was_reached, asked_for=asked_for)
    assert 11 * MINUTE < wait <= 7 * 24 * HOUR
    assert wait <= wait_after_failure(failures + 1, chance, was_reached=was_reached, asked_for=asked_for)
    if asked_for is not None and asked_for <= 7 * 24 * HOUR:
        assert wait >= asked_for


def test_a_server_that_answers_wrongly_is_left_alone_for_longer_than_one_that_is_not_reached() -> None:
    assert [wait_after_failure(n, 0, was_reached=True) // MINUTE for n in (1, 2, 3, 8, 99)] == [15, 30, 60, 1440, 1440]
    assert wait_after_failure(99, 0, was_reached=False) == HOUR


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 7 * 86_400),
        ("Tue, 14 Nov 2023 22:15:20 GMT", 120),
        ("Tuesday, 14-Nov-23 22:15:20 GMT", 120),
        ("Tue Nov 14 22:15:20 2023", 120),
        ("Tue, 14 Nov 2023 22:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 7 * 86_400),
    ],
)
def test_what_servers_ask_for(text: str, seconds: int) -> None:
    found = parse_retry_after(text, NOW)
    assert found is not None
    assert found // 1000 == seconds


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "٣", "Tue, 99 Nov 2023 22:15:20 GMT"])
def test_what_servers_ask_for_unclearly(text: str) -> None:
    assert parse_retry_after(text, NOW) is None


@given(st.text() | st.datetimes(timezones=st.just(UTC)).map(lambda at: f"{at:%a, %d %b %Y %H:%M:%S} GMT"))
def test_no_header_is_too_strange(text: str) -> None:
    span = parse_retry_after(text, NOW)
    assert span is None or 0 <= span <= timedelta(days=7) / timedelta(milliseconds=1)


def test_the_date_is_counted_from_now() -> None:
    assert datetime.fromtimestamp(NOW / 1000, UTC).isoformat() == "2023-11-14T22:13:20+00:00"


@given(st.lists(st.sampled_from("abc"), max_size=40), st.integers(1, 5), st.integers(1, 3), st.data())
def test_no_more_run_than_may_and_all_come_to_their_turn(
    hosts: list[str], in_all: int, of_a_host: int, data: st.DataObject
) -> None:
    lanes: Lanes[int] = Lanes(in_all, of_a_host)
    running: list[int] = []
    done: list[int] = []
    for key, host in enumerate(hosts):
        assert lanes.add(key, host)
        assert not lanes.add(key, host)
        running += lanes.begin()
    while running:
        assert len(running) <= in_all
        assert all(count <= of_a_host for count in Counter(hosts[key] for key in running).values())
        ended = data.draw(st.sampled_from(running))
        running.remove(ended)
        lanes.end(ended)
        done.append(ended)
        assert ended not in lanes
        running += lanes.begin()
    assert sorted(done) == list(range(len(hosts)))
    assert len(lanes) == 0


def test_a_host_with_many_feeds_holds_up_no_other() -> None:
    lanes: Lanes[str] = Lanes(3, 2)
    for key in ("a1", "a2", "a3", "b1"):
        lanes.add(key, key[0])
    assert sorted(lanes.begin()) == ["a1", "a2", "b1"]
    lanes.end("a1")
    assert lanes.begin() == ["a3"]


def test_who_is_done_may_come_again() -> None:
    lanes: Lanes[str] = Lanes()
    lanes.add("a", "x")
    lanes.begin()
    lanes.end("a")
    assert lanes.add("a", "x")


def test_those_who_wait_may_be_let_go() -> None:
    lanes: Lanes[str] = Lanes(2, 1)
    for name in ("a1", "a2", "b1", "b2", "c1"):
        lanes.add(name, name[0])
    assert lanes.begin() == ["a1", "b1"]
    assert sorted(lanes.drop_waiting()) == ["a2", "b2", "c1"]
    assert len(lanes) == 2
    lanes.end("a1")
    assert lanes.begin() == []
    assert lanes.add("a2", "a"), "it may come again"
    assert lanes.begin() == ["a2"]
