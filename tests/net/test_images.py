"""Pictures from the web: small ones only, and nothing that is none."""

from __future__ import annotations

import httpx
import pytest

from player.core.errors import HttpStatusError, NetworkError
from player.net.client import build_client
from player.net.images import fetch_image
from webserver import Route, WebServer

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 2000


def test_a_picture_comes_with_its_validators(client: httpx.Client, server: WebServer) -> None:
    server["/a.png"] = Route(PNG, "application/octet-stream", etag='"1"')
    answer = fetch_image(client, server.url("/a.png"))
    assert (answer.body, answer.etag) == (PNG, '"1"')
    assert "image/" in server.asked("/a.png")[0].headers["Accept"]
    assert fetch_image(client, server.url("/a.png"), '"1"').body is None


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route(b"<html><title>Log in</title>", "image/png"), "no picture but a web page"),
        (Route(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "no picture but an XML document"),
        (Route(b"", "image/png"), "no picture but an empty answer"),
        (Route(PNG, "image/png", cut_after=900), "broke off"),
    ],
)
def test_what_is_no_picture(client: httpx.Client, server: WebServer, route: Route, words: str) -> None:
    server["/a.png"] = route
    with pytest.raises(NetworkError, match=words):
        fetch_image(client, server.url("/a.png"))


def test_a_large_picture_is_not_read_to_its_end(client: httpx.Client, server: WebServer) -> None:
    server["/a.png"] = Route(PNG, "image/png")
    with pytest.raises(NetworkError, match="larger than"):
        fetch_image(client, server.url("/a.png"), max_bytes=1000)
    assert fetch_image(client, server.url("/a.png"), max_bytes=len(PNG)).body == PNG


class Web:
    """A network in which only some schemes answer; keeps what was asked."""

    def __init__(self, status: dict[str, int]) -> None:
        self.status = status
        self.asked: list[str] = []
        self.cookies: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        self.cookies.append(request.headers.get("Cookie"))
        if request.url.scheme not in self.status:
            raise httpx.ConnectError("refused")
        return httpx.Response(self.status[request.url.scheme], content=PNG, headers={"Set-Cookie": "who=you"})


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ({"https": 200, "http": 200}, ["https://x.org/a?b=1"]),
        ({"http": 200}, ["https://x.org/a?b=1", "http://x.org/a?b=1"]),
    ],
)
def test_https_is_preferred(status: dict[str, int], asked: list[str]) -> None:
    web = Web(status)
    with build_client(transport=httpx.MockTransport(web)) as client:
        assert fetch_image(client, "http://x.org/a?b=1").body == PNG
    assert web.asked == asked


def test_a_refusal_by_https_is_final() -> None:
    web = Web({"https": 404, "http": 200})
    with build_client(transport=httpx.MockTransport(web)) as client, pytest.raises(HttpStatusError):
        fetch_image(client, "http://x.org/a")
    assert web.asked == ["https://x.org/a"]


@pytest.mark.parametrize("url", ["http://x.org:8080/a", "http://127.0.0.1/a", "http://localhost/a", "https://x.org/a"])
def test_where_there_is_no_other_way(url: str) -> None:
    web = Web({"http": 200, "https": 200})
    with build_client(transport=httpx.MockTransport(web)) as client:
        fetch_image(client, url)
    assert web.asked == [url]


def test_no_cookie_is_kept() -> None:
    web = Web({"https": 200})
    with build_client(transport=httpx.MockTransport(web)) as client:
        fetch_image(client, "https://x.org/a")
        fetch_image(client, "https://x.org/a")
    assert web.cookies == [None, None]
