"""Servers that speak HTTP/2 and nothing else: feeds and transfers reach them, one connection for each request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from player.core.errors import DownloadError, NetworkError
from player.net.client import build_client
from player.net.download import Arrival, Transfer
from player.net.fetch import fetch_feed
from player.net.journal import Place
from webserver import CERTIFICATES, Route, WebServer
from webserver.newer import NewerServer
from webserver.routes import body_of

BODY = body_of(600_000)


@pytest.fixture
def newer_client(monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with build_client() as client:
        yield client


def fetch(client: httpx.Client, url: str, target: Path, on_progress: object = None) -> None:
    told = on_progress if callable(on_progress) else lambda _: None
    assert Transfer(client, url, target, on_progress=told, is_cancelled=lambda: False).run() is not None


@pytest.mark.parametrize("is_rude", [False, True])
def test_a_feed_comes_by_http_2_where_nothing_else_is_spoken(newer_client: httpx.Client, is_rude: bool) -> None:
    with NewerServer(is_rude=is_rude) as server:
        server["/feed"] = Route(b"<rss/>" * 1000, "application/rss+xml", etag='"1"')
        assert fetch_feed(newer_client, server.url("/feed")).body == b"<rss/>" * 1000
        assert fetch_feed(newer_client, server.url("/feed"), '"1"').body is None
        assert server.refused == 1, "what is known of a server is not asked for again"
        assert server.requests[0].headers["User-Agent"].startswith("Earmark/")
        assert newer_client.get(server.url("/feed")).http_version == "HTTP/2"


def test_a_transfer_comes_by_http_2_and_goes_on_where_it_broke_off(newer_client: httpx.Client, tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    with NewerServer() as server:
        server["/a.mp3"] = Route(BODY, etag='"1"', cut_after=200_000)
        with pytest.raises(DownloadError, match="broke off"):
            fetch(newer_client, server.url("/a.mp3"), target)
        there = Place(target).current().size
        server["/a.mp3"] = Route(BODY, etag='"1"')
        fetch(newer_client, server.url("/a.mp3"), target)
        asked = [each.headers.get("Range") for each in server.requests]
    assert target.read_bytes() == BODY
    assert 0 < there <= 200_000
    assert asked == [None, f"bytes={there}-"]


def test_a_jump_is_served_by_a_connection_of_its_own(newer_client: httpx.Client, tmp_path: Path) -> None:
    with NewerServer() as server:
        server["/a.mp3"] = Route(BODY, etag='"1"')
        target = tmp_path / "a.mp3"
        transfer = Transfer(
            newer_client,
            server.url("/a.mp3"),
            target,
            on_progress=lambda arrival: jump(arrival),
            is_cancelled=lambda: False,
        )

        def jump(arrival: Arrival) -> None:
            if arrival.there.total and not arrival.there.has(500_000, 500_100):
                transfer.want(500_000, 100)

        assert transfer.run() is not None
    assert target.read_bytes() == BODY


def test_a_transfer_that_is_cancelled_ends_at_once(newer_client: httpx.Client, tmp_path: Path) -> None:
    with NewerServer() as server:
        server["/a.mp3"] = Route(BODY, etag='"1"')
        came: list[int] = []
        transfer = Transfer(
            newer_client,
            server.url("/a.mp3"),
            tmp_path / "a.mp3",
            on_progress=lambda arrival: came.append(arrival.there.total),
            is_cancelled=lambda: bool(came and came[-1] > 100_000),
        )
        assert transfer.run() is None
    assert 100_000 < came[-1] < len(BODY)


def test_it_works_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with NewerServer() as server, WebServer() as proxy:
        server["/feed"] = Route(b"<rss/>", "application/rss+xml")
        url = httpx.URL(server.url("/feed"))
        proxy.tunnel = (url.host, url.port or 0)
        monkeypatch.setenv("https_proxy", proxy.url(""))
        with build_client() as client:
            assert fetch_feed(client, str(url)).body == b"<rss/>"
        assert [each.method for each in proxy.requests] == ["CONNECT", "CONNECT"]


def test_other_trouble_with_tls_is_no_reason_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with NewerServer() as server, WebServer(certificate="local") as older, build_client() as client:
        for url, words in ((older.url("/"), "its certificate"), (server.url("/"), "its certificate")):
            with pytest.raises(NetworkError) as caught:
                fetch_feed(client, url)
            assert words in caught.value.reason
        assert server.refused == 1
