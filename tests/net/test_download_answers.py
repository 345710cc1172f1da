"""One transfer, and what servers answer: ranges, lengths, packings and breaks that are not as one would hope."""

from __future__ import annotations

import gzip
import threading
import zlib
from email.utils import formatdate
from pathlib import Path

import httpx
import pytest

from player.core.accounts import Account, origin
from player.core.errors import DownloadError, HttpStatusError, KnownError, NetworkError
from player.net import requests
from player.net.client import build_client
from player.net.download import Transfer
from player.net.journal import Place, Version
from webserver import CERTIFICATES, Route, WebServer, body_of

BODY = body_of(300_000)
OTHER = body_of(300_000, seed=1)
PATH = "/a.mp3"
DATE = "Mon, 03 Feb 2025 03:37:24 GMT"
LATER = "Mon, 03 Feb 2025 03:37:25 GMT"


def fetch(client: httpx.Client, url: str, target: Path) -> None:
    Transfer(client, url, target, on_progress=lambda _: None, is_cancelled=lambda: False).run()


def failure(client: httpx.Client, url: str, target: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        fetch(client, url, target)
    assert not target.exists()
    return caught.value


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "a.mp3"


def broken_off(client: httpx.Client, server: WebServer, target: Path, route: Route, at: int = 100_000) -> None:
    """Fetch `at` bytes of a route; afterwards it breaks nothing off any more."""
    route.cut_after = at
    server[PATH] = route
    failure(client, server.url(PATH), target)
    route.cut_after = None
    server.requests.clear()


def ranges_asked(server: WebServer) -> list[str | None]:
    return [each.headers.get("Range") for each in server.requests]


@pytest.mark.parametrize("ranges", ["backwards", "beyond", "wrapped", "refused", "unsigned"])
def test_a_piece_that_is_not_surely_the_rest_is_not_taken(
    client: httpx.Client, server: WebServer, target: Path, ranges: str
) -> None:
    broken_off(client, server, target, Route(BODY, etag='"1"', ranges=ranges))
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server) == ["bytes=100000-", None]


def test_of_a_piece_only_so_much_is_taken_as_it_says_that_it_is(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    broken_off(client, server, target, Route(BODY, etag='"1"', ranges="too long"))
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server)[:2] == ["bytes=100000-", "bytes=200000-"]


@pytest.mark.parametrize("ranges", ["right", "stubborn", "unsigned"])
def test_by_its_date_a_changed_file_is_told_from_the_old_one(
    client: httpx.Client, server: WebServer, target: Path, ranges: str
) -> None:
    broken_off(client, server, target, Route(BODY, last_modified=DATE))
    server[PATH] = Route(OTHER, last_modified=LATER, etag='"2"', ranges=ranges)
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == OTHER


def test_a_date_of_this_very_second_tells_no_version(client: httpx.Client, server: WebServer, target: Path) -> None:
    broken_off(client, server, target, Route(BODY, last_modified=formatdate(usegmt=True)))
    fetch(client, server.url(PATH), target)
    assert ranges_asked(server) == [None]


def test_when_the_server_is_back_at_the_old_version_its_part_is_gone_on_with(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    broken_off(client, server, target, Route(BODY, etag='"1"'))
    broken_off(client, server, target, Route(OTHER, etag='"2"'), 50_000)
    server[PATH] = Route(BODY, etag='"1"')
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server) == ["bytes=50000-", "bytes=100000-"]


@pytest.mark.parametrize("etag", ['"1"', None])
def test_an_end_that_may_be_a_break_is_asked_about(
    client: httpx.Client, server: WebServer, target: Path, etag: str | None
) -> None:
    """Without a length, only a server that gives ranges can say whether the end of an answer was that of the file."""
    server[PATH] = Route(BODY, etag=etag, length="missing")
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server) == ([None, "bytes=300000-"] if etag else [None])


def test_a_break_in_an_answer_without_a_length_is_gone_on_with(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    server[PATH] = Route(BODY, etag='"1"', length="missing", cut_after=200_000)
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server) == [None, "bytes=200000-"]


def test_whoever_gives_no_ranges_is_believed_that_the_end_is_the_end(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    server[PATH] = Route(BODY, etag='"1"', length="missing", ranges="ignored")
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server) == [None, "bytes=300000-"]


RAW = zlib.compressobj(wbits=-zlib.MAX_WBITS)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("X-GZIP", gzip.compress(BODY[:1000]) + gzip.compress(BODY[1000:])),
        ("deflate", zlib.compress(BODY)),
        ("deflate", RAW.compress(BODY) + RAW.flush()),
        ("gzip", gzip.compress(BODY[:10] + bytes(299_990))),
    ],
)
@pytest.mark.parametrize("length", ["right", "missing", "chunked"])
def test_what_comes_packed_is_unpacked(
    client: httpx.Client, server: WebServer, target: Path, coding: str, packed: bytes, length: str
) -> None:
    server[PATH] = Route(packed, etag='"1"', headers={"Content-Encoding": coding}, length=length)
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() in (BODY, BODY[:10] + bytes(299_990))
    server[PATH].cut_after = len(packed) - 5
    target.unlink()
    assert "broke off" in str(failure(client, server.url(PATH), target))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
def test_what_cannot_be_unpacked_is_no_file(client: httpx.Client, server: WebServer, target: Path, coding: str) -> None:
    server[PATH] = Route(BODY, headers={"Content-Encoding": coding})
    assert "damaged" in str(failure(client, server.url(PATH), target))


@pytest.mark.parametrize("at", [0, 1, 12, 40, 90])
@pytest.mark.parametrize("is_reset", [True, False])
def test_a_break_in_the_head_leaves_the_part(
    client: httpx.Client, server: WebServer, target: Path, at: int, is_reset: bool
) -> None:
    route = Route(BODY, etag='"1"')
    broken_off(client, server, target, route)
    route.cut_in_head, route.is_reset = at, is_reset
    assert "broke off" in str(failure(client, server.url(PATH), target))
    route.cut_in_head = None
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert ranges_asked(server)[-1] == "bytes=100000-"


def test_a_silence_in_the_head_does_not_hold_up_a_cancelled_transfer(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    server[PATH] = Route(BODY, stall_in_head=20)
    cancelled = threading.Event()
    transfer = Transfer(client, server.url(PATH), target, on_progress=lambda _: None, is_cancelled=cancelled.is_set)
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(transfer.run()))
    thread.start()
    assert server.reached.wait(10)
    cancelled.set()
    thread.join(5)
    assert results == [None]


def test_a_head_that_never_ends_is_given_up(
    client: httpx.Client, server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "HEAD_SECONDS", 0.1)
    server[PATH] = Route(BODY, stall_in_head=20)
    assert "did not begin" in str(failure(client, server.url(PATH), target))


def test_a_server_that_all_but_stops_is_given_up(
    client: httpx.Client, server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "SLOW_SECONDS", 0.1)
    monkeypatch.setattr(requests, "SLOW_BYTES", 150_000)
    server[PATH] = Route(BODY, rate=200_000)
    assert "it sent only" in str(failure(client, server.url(PATH), target))
    monkeypatch.setattr(requests, "SLOW_BYTES", 1000)
    fetch(client, server.url(PATH), target)


@pytest.mark.parametrize(
    "raw", [b"220 mail ready\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\n\0\0\0\4\0\0\0\0\0", b"\0" * 200_000]
)
def test_what_is_not_http_is_told_in_words(client: httpx.Client, server: WebServer, target: Path, raw: bytes) -> None:
    server[PATH] = Route(raw=raw)
    assert "not HTTP" in str(failure(client, server.url(PATH), target))


def test_the_body_of_a_redirect_is_not_read(client: httpx.Client, server: WebServer, target: Path) -> None:
    server[PATH] = Route(body_of(1_000_000), redirect="/b.mp3", stall_after=10)
    server["/b.mp3"] = Route(BODY)
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY


def test_redirects_in_a_circle_end(client: httpx.Client, server: WebServer, target: Path) -> None:
    server[PATH] = Route(redirect="/b.mp3")
    server["/b.mp3"] = Route(redirect=PATH)
    assert "more than 10 times" in str(failure(client, server.url(PATH), target))
    assert len(server.requests) == 11


def test_another_host_is_not_told_the_password(server: WebServer, target: Path) -> None:
    """Neither one that the library knows nor one in the address; but one that is known for that other host is."""
    secret = Account("ann", "secret")
    with WebServer("localhost") as other:
        server[PATH] = Route(redirect=other.url(PATH), authorization=secret.header)
        other[PATH] = Route(BODY)
        with build_client(account=lambda url: secret if origin(url) == origin(server.url("/")) else None) as client:
            fetch(client, server.url(PATH), target)
        with build_client() as client:
            fetch(client, server.url(PATH).replace("//", "//ann:secret@"), target)
        assert [each.headers.get("Authorization") for each in other.requests] == [None, None]
        other[PATH].authorization = secret.header
        with build_client(account=lambda _: secret) as client:
            fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY


def test_a_signed_address_is_asked_for_anew_each_time(client: httpx.Client, server: WebServer, target: Path) -> None:
    broken_off(client, server, target, Route(BODY, etag='"1"', is_signed=True))
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == BODY
    assert [each.path.partition("?")[0] for each in server.requests] == [PATH, PATH]
    assert ranges_asked(server) == ["bytes=100000-"] * 2


@pytest.mark.parametrize(("status", "said"), [(429, "120"), (503, "120")])
def test_how_long_to_wait_is_told_on(
    client: httpx.Client, server: WebServer, target: Path, status: int, said: str
) -> None:
    server[PATH] = Route(status=status, headers={"Retry-After": said})
    error = failure(client, server.url(PATH), target)
    assert isinstance(error, HttpStatusError)
    assert (error.status, error.retry_after) == (status, 120_000)


def test_a_server_that_wants_to_know_who_asks_is_told(client: httpx.Client, server: WebServer, target: Path) -> None:
    server[PATH] = Route(BODY, agents=r"^Earmark/[\d.]+ \(\+https://[^)]+\)$")
    fetch(client, server.url(PATH), target)
    server[PATH].agents = "^Mozilla"
    assert "does not let us in" in str(failure(client, server.url(PATH), target.with_name("b.mp3")))


def test_over_the_newer_internet_protocol(client: httpx.Client, target: Path) -> None:
    try:
        server = WebServer("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    with server:
        server[PATH] = Route(BODY)
        fetch(client, server.url(PATH), target)
        assert target.read_bytes() == BODY


def test_a_name_with_an_address_that_does_not_answer_is_tried_at_the_other(
    client: httpx.Client, server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address is of the newer protocol, and nobody is there."""
    import socket

    stream = (socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    found = [
        (socket.AF_INET6, *stream, ("::1", server.port, 0, 0)),
        (socket.AF_INET, *stream, ("127.0.0.1", server.port)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    server[PATH] = Route(BODY)
    fetch(client, f"http://both.invalid:{server.port}{PATH}", target)
    assert target.read_bytes() == BODY


def test_through_the_proxy_of_the_environment(server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url(""))
    url = "http://host.invalid/a.mp3"
    server[url] = Route(BODY, etag='"1"', cut_after=100_000)
    with build_client() as client:
        failure(client, url, target)
        server[url].cut_after = None
        fetch(client, url, target)
        assert target.read_bytes() == BODY
        assert ranges_asked(server) == [None, "bytes=100000-"]
        server.tunnel = None
        monkeypatch.setenv("no_proxy", "127.0.0.1")
    with build_client() as client:
        server[PATH] = Route(BODY)
        fetch(client, server.url(PATH), target)
        assert server.requests[-1].path == PATH


def test_through_a_proxy_with_tls(server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", server.url(""))
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with WebServer(certificate="local") as far:
        far[PATH] = Route(BODY)
        with build_client() as client:
            assert "proxy" in str(failure(client, far.url(PATH), target))
            server.tunnel = ("127.0.0.1", far.port)
            fetch(client, far.url(PATH), target)
    assert target.read_bytes() == BODY
    assert server.requests[-1].method == "CONNECT"


@pytest.mark.parametrize("certificate", ["expired", "elsewhere", "local"])
def test_a_certificate_that_is_not_right_is_told_in_words(
    target: Path, monkeypatch: pytest.MonkeyPatch, certificate: str
) -> None:
    """`local` is right, but for who does not know its authority."""
    words = {"expired": "certificate has expired", "elsewhere": "not valid for '127.0.0.1'", "local": "unable to get"}
    if certificate != "local":
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with WebServer(certificate=certificate) as server, build_client() as client:
        server[PATH] = Route(BODY)
        error = failure(client, server.url(PATH), target)
    assert isinstance(error, NetworkError)
    assert error.reason.startswith("its certificate cannot be trusted (")
    assert words[certificate] in error.reason


@pytest.mark.parametrize("alpn", [("h2", "http/1.1"), ("http/1.1",), ()])
def test_with_tls_it_comes_by_http_1(target: Path, monkeypatch: pytest.MonkeyPatch, alpn: tuple[str, ...]) -> None:
    """HTTP/2 is not offered: in one connection the jump would wait behind the filling, and could not be cut alone."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    with WebServer(certificate="local", alpn=alpn) as server, build_client() as client:
        server[PATH] = Route(BODY, etag='"1"', cut_after=100_000)
        assert isinstance(failure(client, server.url(PATH), target), DownloadError)
        server[PATH].cut_after = None
        fetch(client, server.url(PATH), target)
        assert target.read_bytes() == BODY
        assert ranges_asked(server) == [None, "bytes=100000-"]


def test_a_kill_after_the_rename_of_a_file_without_a_length_fetches_nothing(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    place = Place(target)
    place.part.begin(Version(server.url(PATH), '"1"'))
    place.part.path.replace(target)
    target.write_bytes(BODY)
    fetch(client, server.url(PATH), target)
    assert server.requests == []
    assert [each.name for each in target.parent.iterdir()] == ["a.mp3"]


def test_a_whole_newcomer_that_is_smaller_than_the_part_is_the_file(
    client: httpx.Client, server: WebServer, target: Path
) -> None:
    broken_off(client, server, target, Route(BODY, etag='"1"'))
    server[PATH] = Route(OTHER[:50_000], etag='"2"')
    fetch(client, server.url(PATH), target)
    assert target.read_bytes() == OTHER[:50_000]
    assert [each.name for each in target.parent.iterdir()] == ["a.mp3"]
