"""Feeds and documents that are fetched."""

from __future__ import annotations

import gzip

import httpx
import pytest

from player.core.accounts import Account, origin
from player.core.errors import HttpStatusError, NetworkError
from player.net.client import build_client
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


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), 1), ((308, 301), 2), ((302,), 0), ((307, 301), 0), ((301, 302), 1), ((301, 303, 301), 1)],
)
def test_only_permanent_redirects_move_a_feed(
    client: httpx.Client, server: WebServer, statuses: tuple[int, ...], moved: int
) -> None:
    for number, status in enumerate(statuses):
        server[f"/{number}"] = Route(redirect=f"/{number + 1}", status=status)
    server[f"/{len(statuses)}"] = Route(FEED)
    answer = fetch_feed(client, server.url("/0"))
    assert answer.url == server.url(f"/{len(statuses)}")
    assert answer.moved_to == (server.url(f"/{moved}") if moved else None)


def test_a_feed_does_not_move_to_where_all_can_read_along() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.scheme == "https":
            return httpx.Response(301, headers={"Location": "http://x.org/feed"})
        return httpx.Response(200, content=FEED)

    with build_client(transport=httpx.MockTransport(answer)) as client:
        found = fetch_feed(client, "https://x.org/feed")
    assert (found.url, found.moved_to) == ("http://x.org/feed", None)


def test_redirects_in_a_circle_end(client: httpx.Client, server: WebServer) -> None:
    server["/a"] = Route(redirect="/b", status=301)
    server["/b"] = Route(redirect="/a", status=301)
    with pytest.raises(NetworkError) as caught:
        fetch_feed(client, server.url("/a"))
    assert "more than 10 times" in caught.value.reason
    assert len(server.requests) == 11


def test_the_body_of_a_redirect_is_not_read(client: httpx.Client, server: WebServer) -> None:
    server["/old"] = Route(b"x" * 1_000_000, redirect="/feed", stall_after=10)
    server["/feed"] = Route(FEED)
    assert fetch_feed(client, server.url("/old")).body == FEED


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "compress"])
def test_what_is_packed_in_other_ways_is_refused(client: httpx.Client, server: WebServer, coding: str) -> None:
    server["/feed"] = Route(gzip.compress(gzip.compress(FEED)), headers={"Content-Encoding": coding})
    with pytest.raises(NetworkError) as caught:
        fetch_feed(client, server.url("/feed"))
    assert "not asked for" in caught.value.reason
    assert server.requests[-1].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "90"}, 90),
        ({"Retry-After": "Fri, 01 Jan 2100 00:10:00 GMT", "Date": "Fri, 01 Jan 2100 00:00:00 GMT"}, 600),
        ({"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT", "Date": "yesterday"}, 7 * 86_400),
        ({"Retry-After": "later"}, None),
        ({}, None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(headers: dict[str, str], seconds: int | None) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(503, headers=headers))
    with build_client(transport=transport) as client, pytest.raises(HttpStatusError) as caught:
        fetch_feed(client, "https://x.org/feed")
    assert caught.value.retry_after == (None if seconds is None else seconds * 1000)


def test_a_password_is_told_to_whom_it_belongs() -> None:
    told: list[tuple[str, str | None]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        told.append((str(request.url), request.headers.get("Authorization")))
        moved = {"https://x.org/feed": "https://x.org/new", "https://x.org/new": "https://y.org/feed"}
        target = moved.get(str(request.url))
        return httpx.Response(302, headers={"Location": target}) if target else httpx.Response(200, content=FEED)

    def account(url: str) -> Account | None:
        return Account("ann", "böse") if origin(url) == origin("https://x.org") else None

    with build_client(transport=httpx.MockTransport(answer), account=account) as client:
        fetch_feed(client, "https://x.org/feed")
        fetch_feed(client, "https://bob:geheim@z.org/feed")
    words = "Basic YW5uOmLDtnNl"
    assert told[:3] == [("https://x.org/feed", words), ("https://x.org/new", words), ("https://y.org/feed", None)]
    assert told[3][1] == "Basic Ym9iOmdlaGVpbQ=="


def test_a_packed_feed_is_unpacked(client: httpx.Client, server: WebServer) -> None:
    server["/feed"] = Route(gzip.compress(FEED), headers={"Content-Encoding": "gzip"})
    assert fetch_feed(client, server.url("/feed")).body == FEED


def test_a_body_that_is_too_large_is_cut_off(client: httpx.Client, server: WebServer) -> None:
    bomb = gzip.compress(b" " * 100_000_000)
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
