"""What the answers of a server to requests for a file, or for ranges of one, are good for.

Must not know where bytes are written. Ranges are those of RFC 9110, 14.
"""

from __future__ import annotations

import re
from enum import Enum, auto

import httpx

from player.core.errors import DownloadError
from player.net.client import check_status
from player.net.journal import Version

_CONTENT_RANGE = re.compile(r"bytes\s+(?:(\d+)-(\d+)|\*)/(\d+|\*)")


class Use(Enum):
    """What an answer is good for."""

    CONTINUE = auto()
    BEGIN = auto()
    COMPLETE = auto()
    ASK_FOR_ALL = auto()


def use_of(response: httpx.Response, start: int | None, version: Version | None, url: str) -> Use:
    """What to do with an answer to a request for the bytes from `start` on (None: for all). Raises HttpStatusError."""
    status = response.status_code
    if status == httpx.codes.PARTIAL_CONTENT:
        if start is None:
            raise DownloadError(url, "the server sent a piece of the file in place of all of it")
        return Use.CONTINUE if continues(response, start, version) else Use.ASK_FOR_ALL
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and start is not None:
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        is_whole = found is not None and found[3] == str(start) and version is not None and version.total is None
        return Use.COMPLETE if is_whole else Use.ASK_FOR_ALL
    check_status(response, url)
    return Use.BEGIN


def continues(response: httpx.Response, start: int, version: Version | None) -> bool:
    """Whether a 206 is what was asked for: the bytes from `start` on, of the same version."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or found[1] is None or version is None or int(found[1]) != start or is_encoded(response):
        return False
    total = None if found[3] == "*" else int(found[3])
    if total is not None and version.total is not None and total != version.total:
        return False
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) != int(found[2]) - start + 1:
        return False
    etag = response.headers.get("ETag")
    return etag is None or version.etag is None or etag == version.etag


def whole_size(response: httpx.Response) -> int | None:
    """What a 206 says of the size of the whole file, or None."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return int(found[3]) if found is not None and found[3] != "*" else None


def is_encoded(response: httpx.Response) -> bool:
    """Whether the body is packed: its ranges are ranges of nothing that could be kept."""
    return response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity")
