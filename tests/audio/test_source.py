"""A file that is still arriving, as a decoder reads it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.source import ArrivingSource, NotHere, Source
from player.core.errors import FileError
from player.core.ranges import Ranges

BODY = bytes(range(200))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("source") / "a.part"
    made.write_bytes(BODY)
    return made


@pytest.fixture
def source(path: Path) -> Iterator[ArrivingSource]:
    with ArrivingSource(path, 200, Ranges(((0, 50), (100, 150)))) as made:
        yield made


def missed(source: ArrivingSource) -> NotHere | None:
    return source.missing


def test_what_is_there_is_read(source: ArrivingSource) -> None:
    assert source.read(50) == BODY[:50]
    assert source.tell() == 50
    source.seek(120)
    assert source.read(30) == BODY[120:150]
    assert source.missing is None


def test_what_is_missing_is_said(source: ArrivingSource) -> None:
    source.seek(40)
    with pytest.raises(NotHere) as caught:
        source.read(20)
    assert (caught.value.offset, caught.value.stop) == (50, 60)
    assert missed(source) is caught.value
    assert source.tell() == 40
    source.expect()
    assert missed(source) is None
    source.arrived(Ranges(((0, 60),)))
    assert source.read(20) == BODY[40:60]


def test_the_end_is_where_it_will_be(source: ArrivingSource) -> None:
    assert source.seek(0, io.SEEK_END) == 200
    assert source.read(5) == b""
    source.seek(-10, io.SEEK_CUR)
    with pytest.raises(NotHere) as caught:
        source.read()
    assert (caught.value.offset, caught.value.stop) == (190, 200)
    source.arrived(Ranges(((0, 200),)))
    assert source.is_whole
    assert source.read() == BODY[190:]


def test_a_file_that_was_moved_when_it_was_whole_is_found(path: Path) -> None:
    with ArrivingSource(path.with_name("a.gone"), 200, Ranges(((0, 200),)), moved_to=path) as source:
        assert source.read() == BODY
        with source.again() as again:
            assert again.read(3) == BODY[:3]


def test_a_missing_file_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        Source(tmp_path / "missing")


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=5),
    st.integers(0, 220),
    st.integers(-1, 220),
)
def test_no_byte_is_made_up(path: Path, spans: list[tuple[int, int]], offset: int, size: int) -> None:
    there = Ranges.of(spans)
    with ArrivingSource(path, 200, there) as source:
        source.seek(offset)
        stop = 200 if size < 0 else min(200, offset + size)
        if there.has(offset, stop):
            assert source.read(size) == BODY[offset:stop]
            return
        with pytest.raises(NotHere) as caught:
            source.read(size)
        assert offset <= caught.value.offset < caught.value.stop == stop
        assert not there.has(caught.value.offset, caught.value.offset + 1)
        if there.has(offset, offset + 1):
            assert source.read_some(stop - offset) == BODY[offset : caught.value.offset]
