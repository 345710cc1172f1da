from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from player.audio.ogg_pages import page_before
from player.audio.source import Source

SERIAL = 77


def page(granule: int, size: int, serial: int = SERIAL, *, is_first: bool = False) -> bytes:
    """A page with a body of so many bytes, none of which looks like another page."""
    head = b"OggS" + struct.pack("<BBqI", 0, 2 * is_first, granule, serial) + bytes(8)
    return head + b"\1" + b"\xab" * size


class Made(NamedTuple):
    """A file. The offsets are of the pages of the stream of this number."""

    path: Path
    stream: int
    offsets: list[int]


@pytest.fixture(params=["constant", "varying", "two streams"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """A file of a quarter of an hour whose last stream has a page every second."""
    generator = np.random.default_rng(4)
    file = io.BytesIO()
    pages = []
    if request.param == "two streams":
        file.write(page(0, 30, serial=5, is_first=True))
    file.write(page(0, 30, is_first=True))
    for second in range(1, 900):
        rate = 8000 if request.param == "constant" else int(generator.choice([2000, 8000, 30_000]))
        if request.param == "two streams":
            file.write(page(second * 999, 500, serial=5))
        pages.append(file.tell())
        file.write(page(second * 48_000, rate))
    path = tmp_path / "a.ogg"
    path.write_bytes(file.getvalue())
    return Made(path, 1 if request.param == "two streams" else 0, pages)


def test_the_page_before_a_place_is_found(made: Made) -> None:
    reads = 0

    class Counting(Source):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal reads
            reads += 1
            return super().read(size)

    with Counting(made.path) as source:
        source.seek(123)
        for second in (1, 2, 40, 300, 500, 750, 898, 899):
            for granule in (second * 48_000, second * 48_000 + 40_000):
                offset = page_before(source, granule, 899 * 48_000, made.stream)
                assert offset == made.offsets[second - 1], second
        assert source.tell() == 123
    assert reads <= 16 * 5


def test_what_is_not_there_is_not_found(made: Made, tmp_path: Path) -> None:
    with Source(made.path) as source:
        assert page_before(source, -1, 899 * 48_000, made.stream) is None, "before the first page's end"
        assert page_before(source, 24_000_000, 899 * 48_000, made.stream + 1) is None, "of another stream"
    junk = tmp_path / "junk.ogg"
    junk.write_bytes(page(0, 30, is_first=True) + bytes(300_000))
    with Source(junk) as source:
        assert page_before(source, 10_000, 48_000, 0) is None
