"""Matroska's elements, built here: editions, nesting, hidden chapters, and nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.model import Mark
from player.formats.chapter_matroska import read_matroska_chapters

EBML, SEGMENT, CLUSTER, CHAPTERS = "1A45DFA3", "18538067", "1F43B675", "1043A770"
EDITION, ATOM, START, END, DISPLAY, TITLE = "45B9", "B6", "91", "92", "80", "85"
EDITION_HIDDEN, EDITION_DEFAULT, HIDDEN, ENABLED = "45BD", "45DB", "98", "4598"
UNKNOWN = b"\x01" + b"\xff" * 7


def element(name: str, *contents: bytes, size: bytes = b"") -> bytes:
    """An element; its size is written in four bytes unless given."""
    body = b"".join(contents)
    return bytes.fromhex(name) + (size or (0x10000000 | len(body)).to_bytes(4, "big")) + body


def number(name: str, value: int) -> bytes:
    """An element that holds a number."""
    return element(name, value.to_bytes(8, "big"))


def atom(start: int, title: str, *more: bytes) -> bytes:
    """A chapter; its start in milliseconds."""
    return element(ATOM, number(START, start * 1_000_000), element(DISPLAY, element(TITLE, title.encode())), *more)


def written(path: Path, *segment: bytes, size: bytes = b"") -> Path:
    """A file with one segment."""
    path.write_bytes(element(EBML, element("4282", b"matroska")) + element(SEGMENT, *segment, size=size))
    return path


def starts(path: Path) -> list[tuple[int, str]]:
    """Starts and titles."""
    marks = read_matroska_chapters(path)
    assert marks is not None
    return [(mark.start, mark.title) for mark in marks]


def test_nested_chapters_in_one_list(tmp_path: Path) -> None:
    inner = atom(2_500, "Sub", number(END, 3_000_000_000))
    two_languages = element(DISPLAY, element(TITLE, b"Zweiter"))
    edition = element(EDITION, atom(5_005, "Two – 中 ", two_languages), atom(0, "One", inner))
    path = written(tmp_path / "a.mka", element(CLUSTER, bytes(5000)), element(CHAPTERS, edition), size=UNKNOWN)
    assert read_matroska_chapters(path) == (Mark(0, "One"), Mark(2_500, "Sub", 3_000, level=1), Mark(5_005, "Two – 中"))


def test_editions(tmp_path: Path) -> None:
    hidden = element(EDITION, number(EDITION_HIDDEN, 1), atom(0, "Hidden edition"))
    first = element(EDITION, atom(0, "First"))
    default = element(EDITION, number(EDITION_DEFAULT, 1), number(EDITION_HIDDEN, 0), atom(0, "Default"))
    path = tmp_path / "a.mka"
    assert starts(written(path, element(CHAPTERS, hidden, first, default))) == [(0, "Default")]
    assert starts(written(path, element(CHAPTERS, hidden, first))) == [(0, "First")]
    assert starts(written(path, element(CHAPTERS, hidden))) == []


def test_hidden_and_disabled_chapters_are_hidden_marks(tmp_path: Path) -> None:
    atoms = [
        atom(0, "Seen", number(HIDDEN, 0), number(ENABLED, 1)),
        atom(1, "Hidden", number(HIDDEN, 1), atom(2, "Within")),
        atom(3, "Disabled", number(ENABLED, 0)),
        element(ATOM, element(DISPLAY, element(TITLE, b"No start"))),
        element(ATOM, number(START, 4_000_000)),
    ]
    path = written(tmp_path / "a.mka", element(CHAPTERS, element(EDITION, *atoms)))
    assert read_matroska_chapters(path) == (
        Mark(0, "Seen"),
        Mark(1, "Hidden", is_hidden=True),
        Mark(2, "Within", is_hidden=True),
        Mark(3, "Disabled", is_hidden=True),
        Mark(4, ""),
    )


def test_without_a_list_there_is_none(tmp_path: Path) -> None:
    chapters = element(CHAPTERS, element(EDITION, atom(0, "One")))
    path = tmp_path / "a.mka"
    assert read_matroska_chapters(written(path, element(CLUSTER, bytes(10)))) is None
    assert read_matroska_chapters(written(path, element(CLUSTER, bytes(10), size=UNKNOWN), chapters)) is None
    for content in (b"", b"\x1aE\xdf\xa3", bytes(100), element(EBML), element(EBML) + chapters, b"\xff" * 50):
        path.write_bytes(content)
        assert read_matroska_chapters(path) is None


@pytest.mark.parametrize("depth", [10, 500])
def test_deep_nesting_ends(tmp_path: Path, depth: int) -> None:
    nested = b""
    for level in range(depth):
        nested = atom(depth - level, "Deep", nested)
    assert 10 <= len(starts(written(tmp_path / "a.mka", element(CHAPTERS, element(EDITION, nested))))) <= 16


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_mangled_elements_raise_nothing(tmp_path: Path, data: st.DataObject) -> None:
    edition = element(EDITION, number(EDITION_DEFAULT, 1), atom(0, "One", atom(5, "Sub")), atom(9, "Two"))
    path = written(tmp_path / "a.mka", element(CLUSTER, bytes(9)), element(CHAPTERS, edition))
    content = bytearray(path.read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, piece in data.draw(st.lists(st.tuples(places, st.binary(min_size=1, max_size=4)), max_size=8)):
        content[place : place + len(piece)] = piece
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    marks = read_matroska_chapters(path) or ()
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
