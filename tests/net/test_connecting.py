"""Names with several addresses: the first that answers is taken, and a dead one holds nothing up."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from player.core.errors import NetworkError
from player.net.client import build_client
from player.net.connecting import NEXT_AFTER, first_to_connect, taking_turns
from player.net.fetch import fetch_feed
from webserver import Route, WebServer


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 on loopback")


def found(host: str, port: int) -> tuple[int, int, int, str, Any]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (host, port))


@contextmanager
def silent(host: str, port: int = 0) -> Iterator[int]:
    """A port that answers no connection: its queue is full, so that the system drops what else comes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with ExitStack() as opened:
        listening = opened.enter_context(socket.socket(family))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(0)
        for _ in range(4):
            waiting = opened.enter_context(socket.socket(family))
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What addresses names have."""
    known: dict[str, list[str]] = {}

    def look_up(host: str, port: int, *args: object, **kwargs: object) -> list[tuple[int, int, int, str, Any]]:
        return [found(each, port) for each in known.get(host, [host])]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@needs_ipv6
def test_an_ipv6_that_is_dead_does_not_hold_up_an_ipv4(names: dict[str, list[str]]) -> None:
    with WebServer() as server, silent("::1", server.port), build_client() as client:
        server["/feed"] = Route(b"here")
        names["both.example"] = ["::1", "127.0.0.1"]
        began = time.monotonic()
        answer = fetch_feed(client, f"http://both.example:{server.port}/feed")
        took = time.monotonic() - began
    assert answer.body == b"here"
    assert NEXT_AFTER <= took < 1.0


@needs_ipv6
def test_an_ipv6_that_refuses_is_passed_over_at_once(names: dict[str, list[str]]) -> None:
    with WebServer() as server, build_client() as client:
        server["/feed"] = Route(b"here")
        names["both.example"] = ["::1", "127.0.0.1"]
        began = time.monotonic()
        assert fetch_feed(client, f"http://both.example:{server.port}/feed").body == b"here"
        assert time.monotonic() - began < NEXT_AFTER


@needs_ipv6
def test_an_ipv6_that_answers_is_taken(names: dict[str, list[str]]) -> None:
    with WebServer("::1") as server, silent("127.0.0.1", server.port), build_client() as client:
        server["/feed"] = Route(b"here")
        names["both.example"] = ["::1", "127.0.0.1"]
        assert fetch_feed(client, f"http://both.example:{server.port}/feed").body == b"here"


@needs_ipv6
def test_ipv6_alone_and_with_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer("::1") as server, build_client() as client:
        server["/feed"] = Route(b"here")
        assert fetch_feed(client, server.url("/feed")).body == b"here"


def test_all_addresses_dead_are_given_up_in_time(names: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    with silent("127.0.0.1") as port, build_client() as client:
        client.timeout = httpx.Timeout(5.0, connect=0.4)
        names["dead.example"] = ["127.0.0.1", "127.0.0.1"]
        with pytest.raises(NetworkError, match="no connection came about"):
            fetch_feed(client, f"http://dead.example:{port}/feed")


def test_where_all_refuse_it_is_said(names: dict[str, list[str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    names["down.example"] = ["127.0.0.1", "127.0.0.2"]
    with build_client() as client, pytest.raises(NetworkError) as caught:
        fetch_feed(client, f"http://down.example:{port}/feed")
    assert caught.value.reason == "the connection was refused"


def test_an_address_that_this_machine_has_no_way_to_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        nowhere = found("255.255.255.255", port)
        with first_to_connect([nowhere, found("127.0.0.1", port)], 5.0, None) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)


def test_a_name_without_addresses_is_an_error() -> None:
    with pytest.raises(OSError, match="no address"):
        first_to_connect([], 1.0, None)


def test_families_take_turns() -> None:
    six, four = [found(f"::{each}", 80) for each in (1, 2, 3)], [found("10.0.0.1", 80)]
    assert taking_turns([*six, *four]) == [six[0], four[0], six[1], six[2]]
    assert taking_turns([*four, *six])[0] == four[0]
