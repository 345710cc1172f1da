"""One transfer while somebody listens: bytes of another place come first, and none comes twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from player.core.errors import HttpStatusError, KnownError
from player.net.claims import SOON
from player.net.download import Arrival, Transfer
from player.net.journal import Place
from webserver import Route, WebServer, body_of

SIZE = 12 * SOON
BODY = body_of(SIZE)
OTHER = body_of(SIZE, seed=1)
PATH = "/a.mp3"
FAR = 8 * SOON + 77
QUICK = 20_000_000
"""Bytes a second: slow enough that a jump comes in the middle."""


class Listening:
    """A transfer, and a listener who goes to places when so much has come."""

    def __init__(self, client: httpx.Client, server: WebServer, target: Path) -> None:
        self.client = client
        self.server = server
        self.target = target
        self.arrivals: list[Arrival] = []
        self.plans: list[tuple[int, int]] = []
        """When so many bytes are there, this offset is wanted."""
        self.length = 50_000
        """So many bytes are wanted each time."""
        self.is_cancelled: Callable[[], bool] = lambda: False

    def run(self) -> bool:
        plans = list(self.plans)

        def on_progress(arrival: Arrival) -> None:
            self.arrivals.append(arrival)
            while plans and arrival.there.total >= plans[0][0]:
                self.transfer.want(plans.pop(0)[1], self.length)

        self.transfer = Transfer(
            self.client,
            self.server.url(PATH),
            self.target,
            on_progress=on_progress,
            is_cancelled=lambda: self.is_cancelled(),
        )
        return self.transfer.run() is not None

    def run_again_if_refused(self) -> bool:
        """As who downloads does: on a busy machine a server may take seconds to see that a connection is over."""
        while True:
            with suppress(HttpStatusError):
                return self.run()

    def came_before(self, offset: int) -> int:
        """How many bytes were there when the one at `offset` came."""
        return next(each.there.total for each in self.arrivals if each.there.has(offset, offset + 1))

    def asked(self) -> list[str | None]:
        """The ranges that were asked for."""
        return [each.headers.get("Range") for each in self.server.requests]


@pytest.fixture
def listening(client: httpx.Client, server: WebServer, tmp_path: Path) -> Listening:
    server[PATH] = Route(BODY, etag='"1"', rate=QUICK)
    return Listening(client, server, tmp_path / "a.mp3")


def test_the_place_that_is_listened_to_comes_first(listening: Listening) -> None:
    listening.plans = [(1, FAR)]
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert listening.came_before(FAR) < 3 * SOON
    assert listening.asked() == [None, f"bytes={FAR}-"]
    assert listening.server.requests[1].headers["If-Range"] == '"1"'
    assert sorted(each.name for each in listening.target.parent.iterdir()) == ["a.mp3"]


def test_each_jump_comes_first_and_the_rest_afterwards(listening: Listening) -> None:
    listening.plans = [(1, FAR), (2 * SOON, 5 * SOON), (4 * SOON, 11 * SOON)]
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert listening.came_before(5 * SOON) < 5 * SOON
    assert listening.came_before(11 * SOON) < 7 * SOON


def test_what_comes_soon_anyway_is_not_asked_for_again(listening: Listening) -> None:
    listening.plans = [(1, SOON // 2), (SOON, 100)]
    assert listening.run()
    assert listening.asked() == [None]


def test_back_at_the_first_lane_the_other_one_gives_way(listening: Listening) -> None:
    near = SOON // 4
    listening.length = 3 * SOON
    listening.plans = [(1, FAR), (SOON + near, near)]
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert listening.came_before(near + 3 * SOON - 1) < 5 * SOON
    assert len(listening.asked()) == 2


def test_after_a_break_only_the_holes_are_fetched(listening: Listening) -> None:
    listening.plans = [(1, FAR)]
    listening.is_cancelled = lambda: bool(listening.arrivals) and listening.arrivals[-1].there.total > 3 * SOON
    assert not listening.run()
    there = Place(listening.target).part.ranges
    assert len(there.spans) == 2
    assert there.spans[1][0] == FAR
    listening.server.requests.clear()
    listening.plans, listening.is_cancelled = [], lambda: False
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert listening.asked() == [f"bytes={start}-{stop - 1}" if stop < SIZE else f"bytes={start}-"
                                 for start, stop in there.gaps(0, SIZE)]  # fmt: skip


@pytest.mark.parametrize("change", [{"ranges": "ignored"}, {"ranges": "shifted"}, {"etag": None}])
def test_where_no_range_is_to_be_had_it_comes_in_order(listening: Listening, change: dict[str, str]) -> None:
    for name, value in change.items():
        setattr(listening.server[PATH], name, value)
    listening.plans = [(1, FAR), (2 * SOON, 5 * SOON)]
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert all(len(each.there.spans) <= 1 for each in listening.arrivals)
    assert len(listening.asked()) <= 2


def test_another_version_is_never_mixed_in(listening: Listening) -> None:
    server = listening.server

    def change(arrival: Arrival) -> bool:
        server[PATH] = Route(OTHER, etag='"2"', ranges="stubborn")
        return False

    listening.plans = [(SOON, FAR)]
    listening.is_cancelled = lambda: bool(listening.arrivals) and change(listening.arrivals[-1])
    assert listening.run()
    assert listening.target.read_bytes() == BODY


def test_an_address_that_expired_is_asked_for_again_from_the_feeds(listening: Listening) -> None:
    server = listening.server
    server["/signed"] = server[PATH]
    server[PATH] = Route(redirect="/signed")

    def expire() -> bool:
        if listening.arrivals:
            server[PATH] = Route(redirect="/signed2")
            server["/signed2"] = Route(BODY, etag='"1"')
            server["/signed"] = Route(b"", status=403)
        return False

    listening.is_cancelled = expire
    listening.plans = [(SOON, FAR)]
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert [each.path for each in server.requests] == [PATH, "/signed", "/signed", PATH, "/signed2"]


FAULTS: tuple[dict[str, object], ...] = (
    {"body": BODY, "etag": '"1"'},
    {"body": BODY, "etag": '"1"', "cut_after": 3 * SOON},
    {"body": BODY, "etag": '"1"', "cut_after": 1},
    {"body": BODY, "etag": '"1"', "ranges": "ignored", "cut_after": 5 * SOON},
    {"body": BODY, "etag": '"1"', "ranges": "one at a time", "piece": SOON},
    {"body": BODY, "etag": '"1"', "status": 503},
    {"body": OTHER, "etag": '"2"', "cut_after": 6 * SOON},
    {"body": OTHER, "etag": '"2"', "ranges": "stubborn", "cut_after": 2 * SOON},
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_goes_wrong_while_it_is_listened_to(listening: Listening, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        listening.server[PATH] = Route(**chance.choice(FAULTS))  # type: ignore[arg-type]
        listening.plans = sorted((chance.randrange(SIZE), chance.randrange(SIZE)) for _ in range(3))
        stop = chance.choice([SIZE * 2, chance.randrange(1, SIZE)])
        listening.arrivals.clear()
        listening.is_cancelled = lambda: bool(listening.arrivals) and listening.arrivals[-1].there.total >= stop  # noqa: B023
        try:
            if listening.run():
                break
        except KnownError:
            assert not listening.target.exists()
        for part in (Place(listening.target).part, Place(listening.target).newcomer):
            if part.size and part.version is not None:
                whole = OTHER if part.version.etag == '"2"' else BODY
                data = part.path.read_bytes()
                assert all(data[start:stop] == whole[start:stop] for start, stop in part.ranges.spans)
    else:
        listening.server[PATH], listening.is_cancelled = Route(BODY, etag='"1"'), lambda: False
        assert listening.run()
    assert listening.target.read_bytes() in (BODY, OTHER)
    assert sorted(each.name for each in listening.target.parent.iterdir()) == ["a.mp3"]


def test_a_jump_while_the_one_before_waits_for_its_answer(listening: Listening) -> None:
    """The second lane leaves for the newer place; at the older one it would crawl, as nobody waits there."""
    server = listening.server
    listening.plans = [(1, FAR)]

    def change() -> bool:
        if server.reached.is_set():
            server.reached.clear()
            server[PATH] = Route(BODY, etag='"1"', rate=QUICK)
            listening.transfer.want(5 * SOON, 50_000)
        elif len(server.requests) == 1 and listening.arrivals:
            server[PATH] = Route(BODY, etag='"1"', stall_in_head=30)
        return False

    listening.is_cancelled = change
    assert listening.run()
    assert listening.target.read_bytes() == BODY
    assert listening.asked()[1:3] == [f"bytes={FAR}-", f"bytes={5 * SOON}-"]
    assert listening.came_before(5 * SOON) < 4 * SOON


@pytest.mark.parametrize("says_so", [True, False])
def test_with_one_connection_at_a_time_it_is_the_first_that_goes_there(listening: Listening, says_so: bool) -> None:
    """Where the server said that it gives ranges; who gives none would begin anew."""
    route = listening.server[PATH]
    route.at_once = 1
    route.headers = {"Accept-Ranges": "bytes"} if says_so else {}
    listening.plans = [(1, FAR), (4 * SOON, 4 * SOON)]
    assert listening.run_again_if_refused()
    assert listening.target.read_bytes() == BODY
    assert (listening.came_before(FAR) < 4 * SOON) is says_so
    if not says_so:
        assert listening.asked() == [None, f"bytes={FAR}-"]


def test_who_says_that_there_are_no_ranges_is_not_asked_for_any(listening: Listening) -> None:
    listening.server[PATH].headers = {"Accept-Ranges": "none"}
    listening.plans = [(1, FAR)]
    assert listening.run()
    assert listening.asked() == [None]


def test_the_one_connection_notes_what_it_left_out(listening: Listening) -> None:
    """Bytes behind a hole are in the file before those of the hole: without a note, all would count as there."""
    route = listening.server[PATH]
    route.at_once, route.headers = 1, {"Accept-Ranges": "bytes"}
    listening.plans = [(1, FAR)]
    listening.is_cancelled = lambda: bool(listening.arrivals) and listening.arrivals[-1].there.has(FAR, FAR + SOON)
    assert not listening.run_again_if_refused()
    part = Place(listening.target).part
    data = part.path.read_bytes()
    assert len(part.ranges.spans) == 2
    assert all(data[start:stop] == BODY[start:stop] for start, stop in part.ranges.spans)
