"""Show notes as lines: what a reader of HTML, Markdown or plain text hands to the search for an outline.

Must not know which format a line came from.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class LineKind(StrEnum):
    """What a line is in the structure of the notes."""

    TEXT = "text"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"
    """A row of a table; its cells are parted by `CELL_BREAK`."""


CELL_BREAK = " | "


class Link(NamedTuple):
    """A link inside a line: where its words stand (offsets in the text) and where it leads."""

    start: int
    end: int
    target: str


class Line(NamedTuple):
    """One line as a reader sees it, white space not collapsed.

    `level` is the depth of a list item (from 1) or the rank of a heading (1 to 6). `marked` are the offsets of
    emphasised words. `after_gap` says that an empty line or the border of a paragraph stands before it.
    """

    text: str
    kind: LineKind = LineKind.TEXT
    level: int = 0
    links: tuple[Link, ...] = ()
    marked: tuple[tuple[int, int], ...] = ()
    after_gap: bool = False


_ZEROS = (
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0,
    0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10,
)  # fmt: skip
_FOLDED: dict[int, str] = {
    **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
    **dict.fromkeys(map(ord, "：﹕∶︓꞉"), ":"),
    **dict.fromkeys(map(ord, "．"), "."),
    **dict.fromkeys(map(ord, "，、"), ","),
    **dict.fromkeys(map(ord, "（﹙❨"), "("),
    **dict.fromkeys(map(ord, "）﹚❩"), ")"),
    **dict.fromkeys(map(ord, "［【「〔〈《『｢"), "["),
    **dict.fromkeys(map(ord, "］】」〕〉》』｣"), "]"),
    **dict.fromkeys(map(ord, "＠"), "@"),
    **dict.fromkeys(map(ord, "｜"), "|"),
    **dict.fromkeys(map(ord, "－‐‑"), "-"),
    **dict.fromkeys(map(ord, "～〜"), "~"),
    **dict.fromkeys((0xA0, 0x202F, 0x3000, *range(0x2000, 0x200B)), " "),
    # Invisible: width, joiners, direction, variation, the keycap ring of emoji digits.
    **dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)), " "),
    **dict.fromkeys((0xFEFF, 0xFE0F, 0x20E3), " "),
}


_FOLDABLE = re.compile("[" + "".join(map(chr, _FOLDED)) + "]")


def fold(text: str) -> str:
    """The same text, character for character, with digits, colons, brackets and spaces of all scripts in ASCII."""
    return text if text.isascii() or not _FOLDABLE.search(text) else text.translate(_FOLDED)
