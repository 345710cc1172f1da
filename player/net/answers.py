"""What the answers of a server to requests for a file, or for ranges of one, are good for.

Must not know where bytes are written. Ranges are those of RFC 9110, 14.
"""

from __future__ import annotations

import re
from enum import Enum, auto

import httpx

from player.core.errors import DownloadError
from player.core.phrases import Phrase
from player.net.client import check_status, clock_of, time_of
from player.net.journal import Version

_CONTENT_RANGE = re.compile(r"bytes\s+(?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)", re.IGNORECASE)
_STRONG_AFTER = 1000
"""So many milliseconds must lie between a change and the answer for the date to tell this version from the next one."""


class Use(Enum):
    """What an answer is good for."""

    CONTINUE = auto()
    BEGIN = auto()
    COMPLETE = auto()
    ASK_FOR_ALL = auto()


def use_of(response: httpx.Response, start: int | None, version: Version | None, url: str, *, is_ended: bool) -> Use:
    """What to do with an answer to a request for the bytes from `start` on (None: for all).

    `is_ended`: an answer without a length ended just before `start`, and the question is whether more follows. Raises
    HttpStatusError, DownloadError.
    """
    status = response.status_code
    if status == httpx.codes.PARTIAL_CONTENT:
        if start is None:
            raise DownloadError(url, Phrase("reasons", "the server sent a piece of the file in place of all of it"))
        return Use.CONTINUE if continues(response, start, version) else Use.ASK_FOR_ALL
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and start is not None:
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        is_whole = found[3] == str(start) if found is not None else is_ended
        is_open = version is not None and version.total is None
        return Use.COMPLETE if is_whole and is_open else Use.ASK_FOR_ALL
    check_status(response, url)
    if is_ended and _is_same(response, version) and _length(response) in (None, start):
        return Use.COMPLETE
    return Use.BEGIN


def continues(response: httpx.Response, start: int, version: Version | None) -> bool:
    """Whether a 206 is what was asked for: the bytes from `start` on, of the same version."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or found[1] is None or version is None or is_encoded(response):
        return False
    # The parts of a multipart answer are wrapped in text of their own.
    if response.headers.get("Content-Type", "").lower().startswith("multipart/"):
        return False
    first, last = int(found[1]), int(found[2])
    total = None if found[3] == "*" else int(found[3])
    if first != start or last < first or (total is not None and last >= total):
        return False
    if version.total is not None and (last >= version.total or total not in (None, version.total)):
        return False
    return _length(response) in (None, last - first + 1) and _is_same(response, version)


def version_of(response: httpx.Response, url: str) -> Version:
    """Of which version of the file at `url` an answer with all of it is."""
    given = response.headers
    if is_encoded(response):
        return Version(url, media_type=given.get("Content-Type"))
    date = given.get("Last-Modified")
    changed = time_of(date or "")
    return Version(
        url,
        given.get("ETag"),
        date,
        _length(response),
        given.get("Content-Type"),
        changed is not None and clock_of(response) - changed >= _STRONG_AFTER,
    )


def whole_size(response: httpx.Response) -> int | None:
    """What a 206 says of the size of the whole file, or None."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return int(found[3]) if found is not None and found[3] != "*" else None


def body_size(response: httpx.Response) -> int | None:
    """How many bytes of the file an answer brings, as far as it says so; None for a packed one."""
    if is_encoded(response):
        return None
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if response.status_code == httpx.codes.PARTIAL_CONTENT and found is not None and found[1] is not None:
        return int(found[2]) - int(found[1]) + 1
    return _length(response)


def has_end(response: httpx.Response) -> bool:
    """Whether an answer that was broken off can be told from one that is over."""
    given = response.headers
    return "Content-Length" in given or "chunked" in given.get("Transfer-Encoding", "").lower()


def gives_ranges(response: httpx.Response) -> bool | None:
    """Whether the server says that it gives ranges of the file (Accept-Ranges); None where it says nothing."""
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        return True
    return {"bytes": True, "none": False}.get(response.headers.get("Accept-Ranges", "").strip().lower())


def is_encoded(response: httpx.Response) -> bool:
    """Whether the body is packed: its ranges are ranges of nothing that could be kept."""
    return response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")


def _length(response: httpx.Response) -> int | None:
    """What Content-Length says; None where it cannot be believed."""
    length = response.headers.get("Content-Length", "")
    is_chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
    return (
        int(length) if length.isascii() and length.isdecimal() and not is_chunked and not is_encoded(response) else None
    )


def _is_same(response: httpx.Response, version: Version | None) -> bool:
    """Whether what an answer says of its version is what is known of it.

    What came with all of the file comes with each piece of it, the ETag (RFC 9110, 15.3.7) or at least the date: a
    server that sends neither may not have looked at If-Range either.
    """
    if version is None:
        return False
    etag, date = response.headers.get("ETag"), response.headers.get("Last-Modified")
    if etag is not None and version.etag is not None:
        return bool(etag == version.etag)
    return bool(date == version.last_modified) and (date is not None or version.etag is None)
