"""The elements of EBML, of which Matroska and WebM are made: found, stepped through, and put together again.

Must not know what an element means. A walk never leaves the bytes it was given, whatever the sizes claim.

RFC 8794: 4 "Variable-Size Integer", 5 "Element ID", 6 "Element Data Size", 11.3.2 "Void Element".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

VOID = 0xEC
CRC_32 = 0xBF
_LONGEST_SIZE = 8
_MOST_ELEMENTS = 1_000_000


class Element(NamedTuple):
    """Where an element of a file lies: its id, its offset, the length of its header, and the size of its content.

    The size is None where it is not known (RFC 8794, 6.2): such an element ends where something else begins.
    """

    name: int
    start: int
    header: int
    size: int | None

    @property
    def content(self) -> int:
        """The offset of its content."""
        return self.start + self.header

    @property
    def end(self) -> int:
        """The offset behind it; of one whose size is not known, that of its content."""
        return self.content + (self.size or 0)


def read_element(file: BinaryIO) -> Element | None:
    """The element that begins where `file` stands, which then stands at its content; None for the end or nonsense."""
    start = file.tell()
    name, length = _number(file)
    if not 1 <= length <= 4:
        return None
    raw, size_length = _number(file)
    unknown = (1 << 7 * size_length) - 1
    size = raw & unknown
    return Element(name, start, length + size_length, None if size == unknown else size) if size_length else None


def elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """The elements between two offsets of a file. The walk ends at nonsense, and behind one of unknown size."""
    for _ in range(_MOST_ELEMENTS):
        if start >= end:
            return
        file.seek(start)
        found = read_element(file)
        if found is None:
            return
        yield found
        if found.size is None:
            return
        start = found.end


def element(name: int, *contents: bytes, length: int = 0) -> bytes:
    """An element with its header; its size is written in `length` bytes, or in as few as it needs."""
    body = b"".join(contents)
    length = length or size_length(len(body))
    size = (1 << 7 * length) | len(body)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size.to_bytes(length, "big") + body


def number_element(name: int, value: int) -> bytes:
    """An element that holds a number, in as few bytes as it needs."""
    return element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def size_length(size: int) -> int:
    """How many bytes a size needs at least; all bits set means that it is not known, and is no size."""
    return next(length for length in range(1, _LONGEST_SIZE + 1) if size < (1 << 7 * length) - 1)


def filled_to(name: int, content: bytes, whole: int) -> bytes:
    """An element that takes exactly `whole` bytes, with a Void behind it where it is shorter.

    A Void takes two bytes or more: where one byte is left, the size of the element is written in one byte more.
    """
    made = element(name, content)
    if len(made) + 1 == whole:
        made = element(name, content, length=size_length(len(content)) + 1)
    return made + void(whole - len(made))


def void(whole: int) -> bytes:
    """A Void of exactly so many bytes, no bytes for 0; one byte is too few for it."""
    if not whole:
        return b""
    length = 1 if whole - 2 < 127 else _LONGEST_SIZE
    return element(VOID, bytes(whole - 1 - length), length=length)


def _number(file: BinaryIO) -> tuple[int, int]:
    """A number of EBML, with the bit that marks its length, and that length: one to eight bytes, or 0 for nonsense."""
    first = file.read(1)
    if not first or not first[0]:
        return 0, 0
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    return (int.from_bytes(first + rest, "big"), length) if len(rest) == length - 1 else (0, 0)
