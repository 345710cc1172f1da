"""Failures in words, and what the client says of itself."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from player import __version__
from player.core.errors import HttpStatusError, NetworkError
from player.net.client import MAX_REDIRECTS, build_client, check_status, network_errors, reason_of
from webserver import Route, WebServer


def get(client: httpx.Client, url: str) -> httpx.Response:
    with network_errors(url):
        response = client.get(url)
    check_status(response, url)
    return response


def reason(client: httpx.Client, url: str) -> str:
    with pytest.raises(NetworkError) as caught:
        get(client, url)
    assert caught.value.url == url
    return caught.value.reason


@contextmanager
def listening(answer: bytes) -> Iterator[str]:
    """A server that answers one connection with bytes of any kind."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_the_client_names_itself_and_its_page(client: httpx.Client, server: WebServer) -> None:
    server["/"] = Route(b"hello")
    get(client, server.url("/"))
    assert server.requests[0].headers["User-Agent"].startswith(f"Earmark/{__version__} (+https://")


def test_a_refused_connection(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert reason(client, f"http://127.0.0.1:{port}/") == "the connection was refused"


def test_a_name_that_nobody_has(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert reason(client, "http://nobody.invalid/feed") == "the server cannot be found"


def test_a_server_that_does_not_answer_in_time(server: WebServer) -> None:
    server["/"] = Route(b"x" * 100, stall_after=10)
    with build_client() as client:
        client.timeout = httpx.Timeout(0.05)
        assert reason(client, server.url("/")) == "it did not answer in 30 seconds"


def test_a_server_that_breaks_off(client: httpx.Client, server: WebServer) -> None:
    server["/"] = Route(b"x" * 100, cut_after=10)
    assert reason(client, server.url("/")) == "the server broke off the connection"


def test_a_server_that_closes_without_a_word(client: httpx.Client) -> None:
    with listening(b"") as place:
        assert reason(client, f"http://{place}/") == "the server broke off the connection"


def test_a_server_that_speaks_something_else(client: httpx.Client) -> None:
    with listening(b"220 mail.example.org ESMTP\r\n\r\n") as place:
        assert reason(client, f"http://{place}/") == "its answer is not HTTP"


def test_a_server_without_tls(client: httpx.Client) -> None:
    with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as place:
        assert reason(client, f"https://{place}/") == "a secure connection could not be made"


def test_a_body_that_is_not_packed_as_it_says(client: httpx.Client, server: WebServer) -> None:
    server["/"] = Route(b"not gzip", headers={"Content-Encoding": "gzip"})
    assert reason(client, server.url("/")) == "its answer is damaged"


def test_redirects_are_followed_and_loops_are_cut(client: httpx.Client, server: WebServer) -> None:
    server["/old"] = Route(redirect="/new")
    server["/new"] = Route(b"here")
    assert get(client, server.url("/old")).content == b"here"
    server["/loop"] = Route(redirect="/loop")
    assert reason(client, server.url("/loop")) == "it sent us on more than 10 times"
    assert len(server.asked("/loop")) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("target", ["ftp://x.org/a", "file:///etc/passwd", "javascript:alert(1)", "http://"])
def test_redirects_to_what_is_no_web_address(client: httpx.Client, server: WebServer, target: str) -> None:
    server["/"] = Route(redirect=target)
    with pytest.raises(NetworkError):
        get(client, server.url("/"))


@pytest.mark.parametrize(
    "url", ["http://", "nothing", "http://[::1", "http://\x00/", "http://xn--\u0378.org/", "http://..../"]
)
def test_addresses_that_are_none(client: httpx.Client, url: str) -> None:
    with pytest.raises(NetworkError):
        get(client, url)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "nothing at this address"), (410, "gone"), (403, "let us in"), (503, "problem of its own")],
)
def test_statuses_in_words(client: httpx.Client, server: WebServer, status: int, words: str) -> None:
    server["/"] = Route(b"<html>Oh no</html>", "text/html", status=status)
    with pytest.raises(HttpStatusError) as caught:
        get(client, server.url("/"))
    assert caught.value.status == status
    assert words in caught.value.reason


def test_proxy_settings_that_cannot_be_used_stop_requests_not_the_program(
    monkeypatch: pytest.MonkeyPatch, server: WebServer
) -> None:
    server["/"] = Route(b"hello")
    for setting in ("socks9://127.0.0.1:1", "nonsense://x"):
        monkeypatch.setenv("http_proxy", setting)
        with build_client() as client:
            assert "proxy" in reason(client, server.url("/"))
    assert server.requests == []


def test_a_proxy_that_is_down(monkeypatch: pytest.MonkeyPatch, server: WebServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{port}")
    with build_client() as client:
        assert reason(client, server.url("/")) == "the connection was refused"


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(101, "Network is unreachable"), "offline"),
        (ConnectionResetError(), "broke off"),
        (ssl.SSLError("odd"), "secure"),
        (OSError(5, "odd"), "lost"),
    ],
)
def test_causes_below_httpx(cause: OSError, words: str) -> None:
    error = httpx.ConnectError("failed")
    error.__cause__ = cause
    assert words in reason_of(error)


def test_a_certificate_that_nobody_vouches_for() -> None:
    cause = ssl.SSLCertVerificationError()
    cause.verify_message = "self-signed certificate"
    error = httpx.ConnectError("failed")
    error.__cause__ = cause
    assert reason_of(error) == "its certificate cannot be trusted (self-signed certificate)"
