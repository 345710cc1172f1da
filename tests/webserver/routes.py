"""What the server gives at an address, and what goes wrong there: values only."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass
class Route:
    """One address. A test may change any field between requests.

    body: bytes, or a file that is sent from the disk.
    ranges: "right"; "ignored" (200 with all of it); "shifted" (says and sends a wrong beginning); "other total";
        "no header" (206 without Content-Range); "multipart"; "one at a time" (each answer has at most `piece` bytes);
        "stubborn" (ignores If-Range); "unsigned" (so does this, and its pieces have neither ETag nor date);
        "refused" (416 to each); "backwards" and "beyond" (a Content-Range that cannot be); "wrapped" (multipart, with a
        Content-Range all the same); "too long" (more bytes than Content-Range says, in chunks).
    cut_after: the connection breaks after that many bytes of a body. stall_after: it falls silent until `resume`.
    is_reset: it breaks so that what is under way is lost, too (RST). cut_in_head, stall_in_head: the same in the head.
    stall_at: so does every answer that comes to this byte of the body, or begins behind it.
    authorization: what the header of this name must say; else the answer is 401.
    raw: these bytes are sent in place of any answer. agents: what a User-Agent must look like; else the answer is 403.
    at_once: so many connections are answered at a time; any more get 503. is_signed: the address leads on to one that
    is good for one request.
    rate: bytes a second. length: "right", "missing" (the end of the connection is the end), "chunked", or a number.
    """

    body: bytes | Path = b""
    content_type: str = "audio/mpeg"
    etag: str | None = None
    last_modified: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    redirect: str | None = None
    authorization: str | None = None
    ranges: str = "right"
    piece: int = 1000
    raw: bytes | None = None
    agents: str = ""
    at_once: int | None = None
    is_signed: bool = False
    cut_after: int | None = None
    is_reset: bool = False
    cut_in_head: int | None = None
    stall_in_head: int | None = None
    stall_after: int | None = None
    stall_at: int | None = None
    rate: float | None = None
    length: str | int = "right"

    @property
    def size(self) -> int:
        """Bytes of the whole body."""
        return self.body.stat().st_size if isinstance(self.body, Path) else len(self.body)


@dataclass(frozen=True)
class Answer:
    """A status, headers, and which bytes of the route's body follow."""

    status: int
    headers: dict[str, str]
    first: int = 0
    end: int = 0
    length: str = "right"


def answer_to(route: Route, asked: Mapping[str, str]) -> Answer:
    """What `route` answers to a request with the headers `asked`."""
    headers = {"Content-Type": route.content_type, **route.headers}
    if route.etag:
        headers["ETag"] = route.etag
    if route.last_modified:
        headers["Last-Modified"] = route.last_modified
    if route.authorization not in (None, asked.get("Authorization")):
        return Answer(401, headers)
    if not re.search(route.agents, asked.get("User-Agent", "")):
        return Answer(403, headers)
    if route.redirect is not None:
        return Answer(route.status if route.status != 200 else 302, {**headers, "Location": route.redirect})
    if route.status != 200:
        return Answer(route.status, headers, 0, route.size)
    if _is_known(route, asked):
        return Answer(304, headers)
    wanted = _RANGE.fullmatch(asked.get("Range", ""))
    condition = asked.get("If-Range")
    is_same = condition in (None, route.etag, route.last_modified) or route.ranges in ("stubborn", "unsigned")
    if wanted is None or not is_same or route.ranges == "ignored":
        return Answer(200, headers, 0, route.size)
    first = int(wanted[1])
    last = min(int(wanted[2] or route.size), route.size - 1)
    if first > last or route.ranges == "refused":
        return Answer(416, {"Content-Range": f"bytes */{route.size}"})
    return _partial(route, headers, first, last)


def _is_known(route: Route, asked: Mapping[str, str]) -> bool:
    if "If-None-Match" in asked:
        return asked["If-None-Match"] == route.etag
    return route.last_modified is not None and asked.get("If-Modified-Since") == route.last_modified


def _partial(route: Route, headers: dict[str, str], first: int, last: int) -> Answer:
    total = route.size
    said = f"bytes {first}-{last}/{total}"
    match route.ranges:
        case "shifted":
            first = max(0, first - 10)
            said = f"bytes {first}-{last}/{total}"
        case "other total":
            said = f"bytes {first}-{last}/{total + 1}"
        case "backwards":
            said = f"bytes {first}-{first - 1}/{total}"
        case "beyond":
            said = f"bytes {first}-{total}/{total}"
        case "too long":
            said = f"bytes {first}-{(first + last) // 2}/{total}"
            return Answer(206, {**headers, "Content-Range": said}, first, last + 1, "chunked")
        case "unsigned":
            headers = {key: value for key, value in headers.items() if key not in ("ETag", "Last-Modified")}
        case "one at a time":
            last = min(last, first + route.piece - 1)
            said = f"bytes {first}-{last}/{total}"
        case "wrapped":
            headers = {**headers, "Content-Type": "multipart/byteranges; boundary=x"}
        case "multipart":
            return Answer(206, {**headers, "Content-Type": "multipart/byteranges; boundary=x"}, first, last + 1)
        case "no header":
            return Answer(206, headers, first, last + 1)
    return Answer(206, {**headers, "Content-Range": said}, first, last + 1)


def body_of(size: int, seed: int = 0) -> bytes:
    """Bytes that no place of which looks like another, beginning as an MP3 file does."""
    head = b"ID3\x04\x00\x00\x00\x00\x00\x00"
    return (head + random.Random(seed).randbytes(size))[:size]
