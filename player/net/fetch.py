"""Fetching feeds and the documents they lead to: from what people paste to an address, from an address to a body.

Must not know what is in the body.
"""

from __future__ import annotations

import ipaddress
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import httpx

from player.core.errors import HttpStatusError, NetworkError
from player.net.client import check_status, network_errors

MAX_FEED_BYTES = 64 * 1024 * 1024
MAX_FEED_SECONDS = 180.0
MAX_DOCUMENT_BYTES = 2 * 1024 * 1024
MAX_DOCUMENT_SECONDS = 60.0

_ACCEPT_FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_ACCEPT_DOCUMENT = "application/json+chapters, application/json;q=0.9, text/vtt;q=0.9, */*;q=0.5"
_PREFIX = re.compile(r"(?:feed|podcasts?|itpc|pcast|rss):(?://)?", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_NOT_A_SCHEME = re.compile(r"[^/:]+:\d+(?:[/?#]|$)")
_BROKEN_SLASHES = re.compile(r"^(https?):/*(?=[^/])", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `body` is None when all is what it was; `url` is where redirects led."""

    body: bytes | None
    url: str
    etag: str | None
    last_modified: str | None
    content_type: str | None


def normalize_url(text: str) -> str:
    """The address that a listener means; `feed:`, `podcast:`, `itpc:` or `pcast:` before it only says what it is.

    Without a scheme it is https, but http for this computer and for bare IP addresses, which have no certificates.
    Scheme and host come out in lower case, a fragment is dropped. Raises NetworkError when there is no address in it.
    """
    address = "".join(text.strip().strip("<>\"'").split("\n")).strip()
    while match := _PREFIX.match(address):
        address = address[match.end() :]
    address = _BROKEN_SLASHES.sub(r"\1://", address)
    if not _SCHEME.match(address):
        if ":" in address.partition("/")[0] and not _NOT_A_SCHEME.match(address) and not address.startswith("["):
            raise NetworkError(text.strip(), "this is not the address of a feed")
        address = f"{default_scheme(address)}://{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NetworkError(text.strip(), "this is not a valid address") from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https", "sample") or not _is_host(host) or re.search(r"\s", address):
        raise NetworkError(text.strip(), "this is not a valid address")
    account, at, _ = parts.netloc.rpartition("@")
    name = f"[{host}]" if ":" in host else host
    standard = {"http": 80, "https": 443}.get(scheme)
    place = name if port in (None, standard) else f"{name}:{port}"
    return urlunsplit((scheme, f"{account}{at}{place}", parts.path or "/", parts.query, ""))


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
) -> Answer:
    """Ask for anything of the kinds that `accept` names, in the same way. Raises like `fetch_feed`."""
    return _fetch(client, url, _conditions(accept, etag, last_modified), max_bytes, max_seconds)


def _conditions(accept: str, etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"Accept": accept}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _fetch(client: httpx.Client, url: str, headers: dict[str, str], max_bytes: int, max_seconds: float) -> Answer:
    deadline = time.monotonic() + max_seconds
    with network_errors(url), client.stream("GET", url, headers=headers) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            if len(headers) == 1:
                raise HttpStatusError(url, "it says that nothing changed, but was not asked (HTTP 304)", 304)
            known = headers.get("If-None-Match"), headers.get("If-Modified-Since")
            return Answer(None, str(response.url), *known, None)
        check_status(response, url)
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > max_bytes:
                raise NetworkError(url, f"its answer is larger than {max_bytes // 1024 // 1024} MB")
            if time.monotonic() > deadline:
                raise NetworkError(url, f"its answer was not complete after {max_seconds:.0f} seconds")
        given = response.headers
        return Answer(
            bytes(body), str(response.url), given.get("ETag"), given.get("Last-Modified"), given.get("Content-Type")
        )


def default_scheme(address: str) -> str:
    """https; http for this computer and for bare IP addresses, which have no certificates."""
    try:
        host = urlsplit(f"//{address}").hostname or ""
        if host != "localhost" and not host.endswith(".localhost"):
            ipaddress.ip_address(host)
    except ValueError:
        return "https"
    return "http"


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None and len(host) < 254
    return True
