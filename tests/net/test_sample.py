"""The built-in sample, served without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from player.core.errors import HttpStatusError
from player.net.client import build_client
from player.net.download import Transfer
from player.net.fetch import fetch_feed

BODY = b"ID3\x04" + bytes(range(256)) * 1000


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "feed.xml").write_bytes(b"<rss/>")
    (folder / "a b.mp3").write_bytes(BODY)
    (tmp_path / "secret.txt").write_text("secret")
    with build_client(sample=folder) as client:
        yield client


def test_the_feed_is_fetched_and_then_unchanged(client: httpx.Client) -> None:
    answer = fetch_feed(client, "sample://earmark/feed.xml")
    assert (answer.body, answer.content_type) == (b"<rss/>", "application/rss+xml")
    assert fetch_feed(client, "sample://earmark/feed.xml", answer.etag).body is None


def test_audio_is_downloaded(client: httpx.Client, tmp_path: Path) -> None:
    target = tmp_path / "a.mp3"
    done = Transfer(
        client, "sample://earmark/a%20b.mp3", target, on_progress=lambda _: None, is_cancelled=lambda: False
    ).run()
    assert done is not None
    assert (done.size, done.media_type) == (len(BODY), "audio/mpeg")
    assert target.read_bytes() == BODY


@pytest.mark.parametrize(
    ("asked", "status", "said", "body"),
    [
        ("bytes=10-19", 206, "bytes 10-19/256004", BODY[10:20]),
        ("bytes=256000-", 206, "bytes 256000-256003/256004", BODY[256000:]),
        ("bytes=256004-", 416, "bytes */256004", b""),
        ("bytes=oops", 200, None, BODY),
    ],
)
def test_ranges(client: httpx.Client, asked: str, status: int, said: str | None, body: bytes) -> None:
    response = client.get("sample://earmark/a%20b.mp3", headers={"Range": asked})
    assert (response.status_code, response.headers.get("Content-Range"), response.content) == (status, said, body)


def test_a_range_of_another_version_gives_all(client: httpx.Client) -> None:
    headers = {"Range": "bytes=10-19", "If-Range": '"other"'}
    assert client.get("sample://earmark/a%20b.mp3", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/nothing.mp3", "/../secret.txt", "/%2e%2e/secret.txt", "/", "//etc/passwd"])
def test_nothing_but_the_folder_is_served(client: httpx.Client, path: str) -> None:
    with pytest.raises(HttpStatusError) as caught:
        fetch_feed(client, f"sample://earmark{path}")
    assert caught.value.status == 404
