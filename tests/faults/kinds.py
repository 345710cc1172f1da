"""The kinds of trouble, by name: how the server's address misbehaves in one run."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate

from webserver import Route, body_of

_FIRST_DATE = 1_738_553_844


@dataclass(frozen=True)
class Version:
    """One version of the file on the server."""

    number: int
    body: bytes

    @property
    def etag(self) -> str:
        """A strong ETag."""
        return f'"{self.number}"'

    @property
    def date(self) -> str:
        """When it was changed."""
        return formatdate(_FIRST_DATE + self.number, usegmt=True)

    def route(self, **trouble: object) -> Route:
        """Where it lies, with some trouble."""
        whole: dict[str, object] = {"body": self.body, "etag": self.etag, "last_modified": self.date}
        return Route(**(whole | trouble))  # type: ignore[arg-type]


def version(number: int, size: int) -> Version:
    """A version that differs from each other one in nearly every byte."""
    return Version(number, body_of(size, number))


Make = Callable[[Version, int], Route]
PAGE = b"<!DOCTYPE html><html><head><title>Log in to the network</title></head><body>Hello.</body></html>"


def _packed(coding: str, length: str, *, is_cut: bool) -> Make:
    def make(now: Version, at: int) -> Route:
        packed = gzip.compress(now.body, 1)
        cut = min(at, len(packed) - 1) if is_cut else None
        headers = {"Content-Encoding": coding}
        return now.route(body=packed if coding == "gzip" else now.body, headers=headers, length=length, cut_after=cut)

    return make


def _ranges(name: str) -> Make:
    # What is cut off is what makes the next run ask for a range.
    return lambda now, at: now.route(ranges=name, cut_after=max(1, at))


def _always(**trouble: object) -> Make:
    return lambda now, at: now.route(**trouble)


KINDS: dict[str, Make] = {
    "all is well": _always(),
    "cut in the head": lambda now, at: now.route(cut_in_head=at % 200),
    "reset in the head": lambda now, at: now.route(cut_in_head=at % 200, is_reset=True),
    "cut in the body": lambda now, at: now.route(cut_after=at),
    "reset in the body": lambda now, at: now.route(cut_after=at, is_reset=True),
    "cut before the last byte": lambda now, at: now.route(cut_after=len(now.body) - 1),
    "silent in the head": lambda now, at: now.route(stall_in_head=at % 200),
    "silent in the body": lambda now, at: now.route(stall_after=at),
    "slow": lambda now, at: now.route(rate=2_000_000),
    "no length": _always(length="missing"),
    "no length, cut": lambda now, at: now.route(length="missing", cut_after=max(1, at)),
    "chunked": _always(length="chunked"),
    "chunked, cut": lambda now, at: now.route(length="chunked", cut_after=at),
    "length too large": lambda now, at: now.route(length=len(now.body) + 1 + at),
    "gzip": _packed("gzip", "right", is_cut=False),
    "gzip, cut": _packed("gzip", "right", is_cut=True),
    "gzip without a length, cut": _packed("gzip", "missing", is_cut=True),
    "packed in an unknown way": _packed("br", "right", is_cut=False),
    "ranges: ignored": _ranges("ignored"),
    "ranges: begin elsewhere": _ranges("shifted"),
    "ranges: of another total": _ranges("other total"),
    "ranges: without Content-Range": _ranges("no header"),
    "ranges: multipart": _ranges("multipart"),
    "ranges: multipart with Content-Range": _ranges("wrapped"),
    "ranges: refused (416)": _ranges("refused"),
    "ranges: end before their start": _ranges("backwards"),
    "ranges: end behind the file": _ranges("beyond"),
    "ranges: more than they say": _ranges("too long"),
    "ranges: small pieces": lambda now, at: now.route(ranges="one at a time", piece=30_000, cut_after=max(1, at)),
    "If-Range ignored": _ranges("stubborn"),
    "If-Range ignored, pieces unsigned": _ranges("unsigned"),
    "weak ETag": lambda now, at: now.route(etag=f"W/{now.etag}", cut_after=max(1, at)),
    "date only": lambda now, at: now.route(etag=None, cut_after=max(1, at)),
    "date only, of this second": lambda now, at: now.route(
        etag=None, last_modified=formatdate(usegmt=True), cut_after=max(1, at)
    ),
    "neither ETag nor date": lambda now, at: now.route(etag=None, last_modified=None, cut_after=max(1, at)),
    "redirect": lambda now, at: Route(redirect="/there.mp3"),
    "redirect to another host": lambda now, at: Route(redirect="//localhost:{port}/there.mp3"),
    "redirects in a circle": lambda now, at: Route(redirect="/a.mp3"),
    "redirect with an endless body": lambda now, at: Route(now.body, redirect="/there.mp3", stall_after=1),
    "signed addresses": _always(is_signed=True),
    "503 with Retry-After": lambda now, at: Route(PAGE, "text/html", status=503, headers={"Retry-After": "120"}),
    "429": lambda now, at: Route(status=429),
    "404": lambda now, at: Route(PAGE, "text/html", status=404),
    "403 to this agent": _always(agents="^Mozilla"),
    "a page in its place": lambda now, at: Route(PAGE, "text/html"),
    "an empty file in its place": lambda now, at: Route(b""),
    "not HTTP": lambda now, at: Route(raw=b"220 mail.example.org ESMTP\r\n\r\n"),
    "closed without a word": lambda now, at: Route(raw=b""),
    "one connection at a time": lambda now, at: now.route(
        at_once=1, rate=20_000_000, headers={"Accept-Ranges": "bytes"}
    ),
    "one at a time, no ranges": _always(
        at_once=1, rate=20_000_000, headers={"Accept-Ranges": "none"}, ranges="ignored"
    ),
    "a new version": _always(),
    "a new version, cut": lambda now, at: now.route(cut_after=max(1, at)),
    "a new version, If-Range ignored": _ranges("stubborn"),
    "a new version, pieces unsigned": _ranges("unsigned"),
    "the old version again": _always(),
}
