"""Feeds and documents that are fetched."""

from __future__ import annotations

import gzip

import httpx
import pytest

from player.core.errors import HttpStatusError, NetworkError
from player.net.fetch import fetch_document, fetch_feed
from webserver import Route, WebServer

FEED = b"<rss version='2.0'><channel><title>Show</title></channel></rss>"


def test_a_feed_is_fetched(client: httpx.Client, server: WebServer) -> None:
    server["/feed"] = Route(FEED, "application/rss+xml", etag='"1"', last_modified="Mon, 03 Feb 2025 03:37:24 GMT")
    answer = fetch_feed(client, server.url("/feed"))
    assert answer.body == FEED
    assert answer.url == server.url("/feed")
    assert (answer.etag, answer.last_modified) == ('"1"', "Mon, 03 Feb 2025 03:37:24 GMT")
    assert answer.content_type == "application/rss+xml"


def test_an_unchanged_feed_is_not_sent_again(client: httpx.Client, server: WebServer) -> None:
    server["/etag"] = Route(FEED, etag='W/"1"')
    answer = fetch_feed(client, server.url("/etag"), 'W/"1"')
    assert answer.body is None
    assert answer.etag == 'W/"1"'
    server["/date"] = Route(FEED, last_modified="Mon, 03 Feb 2025 03:37:24 GMT")
    assert fetch_feed(client, server.url("/date"), None, "Mon, 03 Feb 2025 03:37:24 GMT").body is None
    assert fetch_feed(client, server.url("/date"), None, "Tue, 04 Feb 2025 03:37:24 GMT").body == FEED


def test_a_304_that_nobody_asked_for_is_an_error(client: httpx.Client, server: WebServer) -> None:
    server["/feed"] = Route(b"", status=304)
    with pytest.raises(HttpStatusError):
        fetch_feed(client, server.url("/feed"))


def test_redirects_lead_to_the_final_address(client: httpx.Client, server: WebServer) -> None:
    server["/old"] = Route(redirect="/feed")
    server["/feed"] = Route(FEED)
    assert fetch_feed(client, server.url("/old")).url == server.url("/feed")


def test_a_packed_feed_is_unpacked(client: httpx.Client, server: WebServer) -> None:
    server["/feed"] = Route(gzip.compress(FEED), headers={"Content-Encoding": "gzip"})
    assert fetch_feed(client, server.url("/feed")).body == FEED


def test_a_body_that_is_too_large_is_cut_off(client: httpx.Client, server: WebServer) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    server["/feed"] = Route(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(NetworkError) as caught:
        fetch_feed(client, server.url("/feed"), max_bytes=1024 * 1024)
    assert "larger than 1 MB" in caught.value.reason


def test_a_body_that_never_ends_is_cut_off(client: httpx.Client, server: WebServer) -> None:
    server["/feed"] = Route(b" " * 1_000_000, rate=50_000)
    with pytest.raises(NetworkError) as caught:
        fetch_feed(client, server.url("/feed"), max_seconds=0.1)
    assert "not complete" in caught.value.reason


@pytest.mark.parametrize("status", [404, 500])
def test_an_error_of_the_server(client: httpx.Client, server: WebServer, status: int) -> None:
    server["/feed"] = Route(b"sorry", status=status)
    with pytest.raises(HttpStatusError) as caught:
        fetch_feed(client, server.url("/feed"))
    assert caught.value.status == status


def test_a_document_is_asked_for_with_what_is_known_of_it(client: httpx.Client, server: WebServer) -> None:
    server["/c.json"] = Route(b"{}", "application/json+chapters", etag='"1"')
    answer = fetch_document(client, server.url("/c.json"))
    assert (answer.body, answer.etag, answer.content_type) == (b"{}", '"1"', "application/json+chapters")
    again = fetch_document(client, server.url("/c.json"), answer.etag, answer.last_modified)
    assert (again.body, again.etag) == (None, '"1"')
    assert "json+chapters" in server.requests[0].headers["Accept"]


def test_a_document_may_not_be_huge_or_endless(client: httpx.Client, server: WebServer) -> None:
    server["/huge"] = Route(b" " * 2_200_000, length="chunked")
    with pytest.raises(NetworkError) as caught:
        fetch_document(client, server.url("/huge"))
    assert "larger than 2 MB" in caught.value.reason
    server["/slow"] = Route(b" " * 1_000_000, rate=50_000)
    with pytest.raises(NetworkError) as caught:
        fetch_document(client, server.url("/slow"), max_seconds=0.1)
    assert "not complete" in caught.value.reason
