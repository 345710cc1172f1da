"""The slow line, measured with a client."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.slow_line import BYTES_PER_SECOND, DELAY_SECONDS, SlowLine
from webserver import body_of

BODY = body_of(1_000_000)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slow") / "body.mp3"
    path.write_bytes(BODY)
    return path


@pytest.fixture(scope="module")
def line(path: Path) -> Iterator[SlowLine]:
    with SlowLine([path]) as line:
        yield line


@pytest.fixture
def client(line: SlowLine, path: Path) -> Iterator[http.client.HTTPConnection]:
    address = urlsplit(line.url(path))
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)) as client:
        yield client


def test_the_rate_and_the_delay_are_kept(client: http.client.HTTPConnection, line: SlowLine) -> None:
    before, began = line.counts(), time.monotonic()
    client.request("GET", "/body.mp3", headers={"Range": "bytes=200000-799999"})
    answer = client.getresponse()
    assert time.monotonic() - began >= 2 * DELAY_SECONDS, "of connecting and of asking"
    assert (answer.status, answer.getheader("Content-Range")) == (206, "bytes 200000-799999/1000000")
    assert answer.read() == BODY[200_000:800_000]
    assert time.monotonic() - began >= 2 * DELAY_SECONDS + 0.9 * 600_000 / BYTES_PER_SECOND
    again = time.monotonic()
    client.request("HEAD", "/body.mp3")
    answer = client.getresponse()
    assert time.monotonic() - again >= DELAY_SECONDS
    assert (answer.status, answer.read(), answer.getheader("Content-Length")) == (200, b"", "1000000")
    sent = {name: count - before[name] for name, count in line.counts().items()}
    assert sent == {"bytes": 600_000, "requests": 2, "connections": 1}


def test_a_changed_file_and_one_that_is_not_there(client: http.client.HTTPConnection) -> None:
    client.request("HEAD", "/body.mp3")
    answer = client.getresponse()
    answer.read()
    known = answer.getheader("ETag")
    assert known
    for words, status in ((known, 206), ('"other"', 200)):
        client.request("GET", "/body.mp3", headers={"Range": "bytes=999990-", "If-Range": words})
        answer = client.getresponse()
        assert answer.status == status
        assert answer.read()[-10:] == BODY[-10:]
    client.request("GET", "/none.mp3")
    answer = client.getresponse()
    assert (answer.status, answer.read()) == (404, b"")
