"""Finds a place in an Ogg file by the times of its pages (RFC 3533, 6), reading as few bytes as can be.

Must not know codecs. FFmpeg's way to seek halves the file again and again: over a slow line each half is a way there
and back. Here the first guess is where the place should be at a constant rate, and each page that is read corrects it.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import NamedTuple

from player.audio.source import Source

_CAPTURE = b"OggS"
_HEADER = 27
_FIELDS = struct.Struct("<BBqI")
_FIRST_OF_STREAM = 2
_LOOK = 1 << 16
"""Bytes that are read at a time: some seconds of speech."""
_OVERLAP = 1 << 13
"""So many bytes of what was read are read again, as a page may begin there."""
_MOST_GUESSES = 8


class _Page(NamedTuple):
    """A page's header. `granule` is negative where no packet ends in it."""

    offset: int
    granule: int
    serial: int
    is_first: bool


def page_before(source: Source, granule: int, last_granule: int, stream: int) -> int | None:
    """The offset of the last page of a stream that ends at a granule position or before; None when it is not found.

    `last_granule` is about that of the file's last page, `stream` counts the file's streams from 0. The source's place
    stays as it is. Raises NotHere (see `source`).
    """
    place = source.tell()
    try:
        serial = _serial(source, stream)
        return None if serial is None else _search(source, granule, last_granule, serial)
    finally:
        source.seek(place)


def _serial(source: Source, stream: int) -> int | None:
    """The number that a stream's pages bear: the streams' first pages come before all others (RFC 3533, 4)."""
    source.seek(0)
    serials = [page.serial for page in _pages(source.read(_LOOK), 0) if page.is_first]
    return serials[stream] if stream < len(serials) else None


def _search(source: Source, granule: int, last_granule: int, serial: int) -> int | None:
    size = source.seek(0, io.SEEK_END)
    rate = size / max(1, last_granule)
    guess = granule * rate - _LOOK / 2
    for _ in range(_MOST_GUESSES):
        at = round(min(max(guess, 0), max(0, size - _LOOK)))
        source.seek(at)
        found = _pages(source.read(min(_LOOK, size - at)), at)
        pages = [page for page in found if page.serial == serial and page.granule >= 0]
        if not pages:
            return None
        before = [page for page in pages if page.granule <= granule]
        if before and (len(before) < len(pages) or at + _LOOK >= size):
            return before[-1].offset
        # From the page that is nearest, at the mean rate: a little beyond it at least, so that it comes to an end.
        nearest = pages[-1] if before else pages[0]
        step = (granule - nearest.granule) * rate
        guess = nearest.offset + (max(step, 0) - _OVERLAP if before else min(step, 0) - _LOOK + _OVERLAP)
        if at == 0 and not before:
            return None
    return None


def _pages(block: bytes, offset: int) -> Iterator[_Page]:
    """Pages that begin in a block at an offset of the file."""
    at = block.find(_CAPTURE)
    while at >= 0 and at + _HEADER <= len(block):
        version, flags, granule, serial = _FIELDS.unpack_from(block, at + len(_CAPTURE))
        if version == 0:
            yield _Page(offset + at, granule, serial, bool(flags & _FIRST_OF_STREAM))
        at = block.find(_CAPTURE, at + len(_CAPTURE))
