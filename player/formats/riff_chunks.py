"""The chunks of WAV and AIFF files: where each lies.

Must not know what is in a chunk.

Microsoft, "Multimedia Programming Interface and Data Specifications 1.0"; Apple, "Audio Interchange File Format".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal, NamedTuple

_MOST_CHUNKS = 10_000


class Chunk(NamedTuple):
    """A chunk: its name, the offset of its content, and the size of that as it says, which may be beyond the end."""

    name: bytes
    start: int
    size: int


def has_chunks(head: bytes) -> bool:
    """Whether a file that begins so is made of chunks."""
    return head[:4] in (b"RIFF", b"FORM")


def order_of(file: BinaryIO) -> Literal["little", "big"]:
    """In which order its numbers are written."""
    file.seek(0)
    return "little" if file.read(4) == b"RIFF" else "big"


def chunks(file: BinaryIO) -> Iterator[Chunk]:
    """The chunks of a file, in their order."""
    order = order_of(file)
    return walk(file, 12, file.seek(0, 2), order)


def walk(file: BinaryIO, position: int, end: int, order: Literal["little", "big"]) -> Iterator[Chunk]:
    """The chunks between two offsets; each begins at an even one."""
    for _ in range(_MOST_CHUNKS):
        if position + 8 > end:
            return
        file.seek(position)
        head = file.read(8)
        size = int.from_bytes(head[4:], order)
        yield Chunk(head[:4], position + 8, size)
        position += 8 + size + size % 2
