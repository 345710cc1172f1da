"""The items of a feed as spans of its bytes, each with a digest, so that those that were read before are left out.

Must not know what an item means: `formats.rss` reads it. Where a document is such that an item could mean something
else without the others, there are no spans, and all of it is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from xml.parsers import expat

from player import __version__

READER = 1
"""Who changes what `formats.rss` gives for an item counts it up: then every item is read once more."""

_DIGEST_BYTES = 12
_ITEMS = ("item", "entry")
_PARENTS = ("channel", "feed", "rdf")
_START_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_PLAIN_ENCODINGS = (None, "utf-8", "utf8", "us-ascii", "ascii")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Of several encodings that may be meant, feedparser takes the first one that fits. It should be the same one with and
# without the items that are left out.
_NO_ASCII = "<!--é-->".encode()


@dataclass(frozen=True, slots=True)
class Item:
    """An item: from where to where it goes in the document, in bytes, and what it is known by."""

    start: int
    end: int
    digest: bytes


def find_items(body: bytes, url: str, content_type: str | None = None) -> tuple[Item, ...] | None:
    """The items of a feed that was fetched from `url`, in their order; None where the document is not a plain one.

    Plain is XML that is well-formed, in UTF-8, and declares no entities. Equal digests mean that `formats.rss` gives
    the same: they are of the bytes of the item, of the tags around it, and of the address that relative ones belong to.
    """
    charset = _CHARSET.search(content_type or "")
    if (charset and charset[1].lower() not in _PLAIN_ENCODINGS) or b"\0" in body[:256]:
        return None
    return _Finder(body).find(url)


def without(body: bytes, left_out: Sequence[Item]) -> bytes:
    """The document without these items, which are in their order."""
    if not left_out:
        return body
    pieces = [body[: left_out[0].start], b"" if body.isascii() else _NO_ASCII]
    starts = [*(each.start for each in left_out[1:]), len(body)]
    pieces += [body[each.end : start] for each, start in zip(left_out, starts, strict=True)]
    return b"".join(pieces)


def read_before(items: Sequence[Item], known: Collection[bytes]) -> list[Item]:
    """Those of the items whose digests are `known`; none where one of these stands there twice, as something else."""
    found = [each for each in items if each.digest in known]
    return found if len({each.digest for each in found}) == len(found) else []


class _NotPlainError(Exception):
    """The document is such that its items cannot be told apart safely."""


class _Finder:
    """Notes where items begin and end while expat walks through the document."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._on_declaration
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._depth = 0
        self._path: list[str] = []
        self._tags: list[bytes] = []
        self._item_depth = 0
        self._start = 0
        self._spans: list[tuple[int, int]] = []

    def find(self, url: str) -> tuple[Item, ...] | None:
        try:
            self._parser.Parse(self._body, True)
        except (expat.ExpatError, _NotPlainError, ValueError, LookupError):
            return None
        said = (__version__, str(READER), url)
        around = b"\n".join([*(each.encode("utf-8", "surrogatepass") for each in said), *self._tags])
        key = blake2b(around).digest()
        return tuple(
            Item(start, end, blake2b(self._body[start:end], digest_size=_DIGEST_BYTES, key=key).digest())
            for start, end in self._spans
        )

    def _on_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _PLAIN_ENCODINGS:
            raise _NotPlainError

    def _on_start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._item_depth or self._depth > len(_PARENTS):
            return
        local = name.rpartition(":")[2].lower()
        del self._path[self._depth - 1 :]
        self._path.append(local)
        if local in _PARENTS or self._depth == 1:
            self._tags.append(self._tag_here())
        elif local in _ITEMS and self._path[-2] in _PARENTS:
            self._item_depth = self._depth
            self._start = self._parser.CurrentByteIndex
            self._tag_here()

    def _on_end(self, name: str) -> None:
        if self._depth == self._item_depth:
            self._item_depth = 0
            end = self._parser.CurrentByteIndex
            # An item without an end tag of its own is nothing to keep in mind.
            if not self._body.startswith(b"</" + name.encode(), end):
                raise _NotPlainError
            self._spans.append((self._start, self._body.index(b">", end) + 1))
        self._depth -= 1

    def _tag_here(self) -> bytes:
        tag = _START_TAG.match(self._body, self._parser.CurrentByteIndex)
        if tag is None:
            raise _NotPlainError
        return tag[0]


def _refuse(*_: object) -> None:
    raise _NotPlainError
