"""Fetching pictures: by https where that works, small ones only, and nothing that is no picture.

Must not know what a picture is for, nor decode one.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import httpx

from player.core.addresses import default_scheme
from player.core.errors import HttpStatusError, NetworkError
from player.core.phrases import Phrase
from player.core.recognition import LOOK_AT, Kind, recognise
from player.net.fetch import Answer, fetch

MAX_IMAGE_BYTES = 5 * 1024 * 1024
MAX_IMAGE_SECONDS = 60.0

_ACCEPT = "image/webp, image/jpeg, image/png, image/gif;q=0.8, image/*;q=0.5"


def fetch_image(
    client: httpx.Client,
    url: str,
    etag: str | None = None,
    last_modified: str | None = None,
    *,
    max_bytes: int = MAX_IMAGE_BYTES,
) -> Answer:
    """Ask for a JPEG, PNG, GIF or WebP picture, or only for a newer one than that which came with the validators.

    An http address is tried as https first, and as it is only where that does not come about. What a server calls the
    answer does not count, only how its bytes begin. Raises NetworkError, also for what is no picture or is larger than
    `max_bytes`, and HttpStatusError.
    """
    answer = _fetch(client, url, etag, last_modified, max_bytes)
    if answer.body is not None:
        found = recognise(answer.body[:LOOK_AT])
        if found.kind is not Kind.PICTURE:
            raise NetworkError(
                url, Phrase("reasons", "its answer is no picture but {found}").filled(found=found.phrase)
            )
    return answer


def _fetch(client: httpx.Client, url: str, etag: str | None, last_modified: str | None, max_bytes: int) -> Answer:
    safer = _as_https(url)
    try:
        if safer is not None:
            try:
                return fetch(client, safer, _ACCEPT, etag, last_modified, max_bytes, MAX_IMAGE_SECONDS)
            except HttpStatusError:
                raise
            except NetworkError:
                pass
        return fetch(client, url, _ACCEPT, etag, last_modified, max_bytes, MAX_IMAGE_SECONDS)
    finally:
        # A server of pictures is not to know us again.
        client.cookies.clear()


def _as_https(url: str) -> str | None:
    """The https address of an http one; None where there can hardly be one: at other ports, or without a name."""
    try:
        parts = urlsplit(url)
        is_usual = parts.scheme == "http" and parts.port in (None, 80)
    except ValueError:
        return None
    if not is_usual or default_scheme(parts.netloc) != "https":
        return None
    return urlunsplit(("https", parts.netloc.removesuffix(":80"), parts.path, parts.query, ""))
