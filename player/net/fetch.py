"""Fetching feeds and the documents they lead to: from an address to a body.

Must not know what is in the body.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx

from player.core.errors import HttpStatusError, NetworkError
from player.core.phrases import Phrase
from player.net.client import MAX_REDIRECTS, check_status, network_errors

MAX_FEED_BYTES = 64 * 1024 * 1024
MAX_FEED_SECONDS = 180.0
MAX_DOCUMENT_BYTES = 2 * 1024 * 1024
MAX_DOCUMENT_SECONDS = 60.0

_PERMANENT = (301, 308)
_PACKED = ("", "identity", "gzip", "x-gzip", "deflate")

_ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_ACCEPT_DOCUMENT = "application/json+chapters, application/json;q=0.9, text/vtt;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `body` is None when all is what it was; `url` is where redirects led.

    `moved_to` is the address that permanent redirects (301, 308) named, up to the first that is none.
    """

    body: bytes | None
    url: str
    etag: str | None
    last_modified: str | None
    content_type: str | None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class _Limits:
    """How much may come, and until when; `max_seconds` is what is said of it."""

    max_bytes: int
    max_seconds: float
    deadline: float


def fetch_feed(
    client: httpx.Client,
    url: str,
    etag: str | None = None,
    last_modified: str | None = None,
    *,
    max_bytes: int = MAX_FEED_BYTES,
    max_seconds: float = MAX_FEED_SECONDS,
) -> Answer:
    """Ask for a feed, or only for a newer one than that which came with `etag` and `last_modified`.

    Raises NetworkError, also when the body is larger than `max_bytes` (unpacked) or takes longer than `max_seconds`
    to come, and HttpStatusError.
    """
    return fetch(client, url, _ACCEPT_FEED, etag, last_modified, max_bytes, max_seconds)


def fetch_document(
    client: httpx.Client,
    url: str,
    etag: str | None = None,
    last_modified: str | None = None,
    *,
    max_bytes: int = MAX_DOCUMENT_BYTES,
    max_seconds: float = MAX_DOCUMENT_SECONDS,
) -> Answer:
    """Ask for a chapter document or a transcript in the same way, but for a smaller one. Raises like `fetch_feed`."""
    return fetch(client, url, _ACCEPT_DOCUMENT, etag, last_modified, max_bytes, max_seconds)


def fetch(
    client: httpx.Client,
    url: str,
    accept: str,
    etag: str | None,
    last_modified: str | None,
    max_bytes: int,
    max_seconds: float,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Ask for anything of the kinds that `accept` names, in the same way; `headers` are sent, too.

    Raises like `fetch_feed`.
    """
    conditions = _conditions(accept, etag, last_modified)
    return _fetch(client, url, conditions | (headers or {}), max_bytes, max_seconds)


def _conditions(accept: str, etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"Accept": accept}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _fetch(client: httpx.Client, url: str, headers: dict[str, str], max_bytes: int, max_seconds: float) -> Answer:
    limits = _Limits(max_bytes, max_seconds, time.monotonic() + max_seconds)
    moved_to, is_moving = None, True
    with network_errors(url):
        request = client.build_request("GET", url, headers=headers)
        # Redirects are followed here: the client would read their bodies to the end, which may never come.
        for _ in range(MAX_REDIRECTS + 1):
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                following = response.next_request
                if following is None:
                    return _read(response, url, headers, moved_to, limits)
            finally:
                response.close()
            is_safer = following.url.scheme == request.url.scheme or following.url.scheme == "https"
            is_moving = is_moving and response.status_code in _PERMANENT and is_safer
            moved_to = str(following.url) if is_moving else moved_to
            request = following
    raise NetworkError(url, Phrase("reasons", "it sent us on more than {count} times").filled(count=MAX_REDIRECTS))


def _read(response: httpx.Response, url: str, headers: dict[str, str], moved_to: str | None, limits: _Limits) -> Answer:
    where = str(response.url)
    if response.status_code == httpx.codes.NOT_MODIFIED:
        if "If-None-Match" not in headers and "If-Modified-Since" not in headers:
            raise HttpStatusError(
                url, Phrase("reasons", "it says that nothing changed, but was not asked (HTTP 304)"), 304
            )
        return Answer(None, where, headers.get("If-None-Match"), headers.get("If-Modified-Since"), None, moved_to)
    check_status(response, url)
    given = response.headers
    # What is packed several times over may unpack to a thousand times a thousand times its size, in one go.
    if given.get("Content-Encoding", "").strip().lower() not in _PACKED:
        raise NetworkError(url, Phrase("reasons", "its answer is packed in a way that was not asked for"))
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limits.max_bytes:
            raise NetworkError(
                url,
                Phrase("reasons", "its answer is larger than {count} MB").filled(
                    count=limits.max_bytes // 1024 // 1024
                ),
            )
        if time.monotonic() > limits.deadline:
            raise NetworkError(
                url,
                Phrase("reasons", "its answer was not complete after {seconds} seconds").filled(
                    seconds=round(limits.max_seconds)
                ),
            )
    return Answer(
        bytes(body), where, given.get("ETag"), given.get("Last-Modified"), given.get("Content-Type"), moved_to
    )
