"""What all writers of chapter documents begin with: the marks in order, their ends, and titles that fit into a line.

Must not know any format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from player.core.model import Mark, Millis

_BREAKING = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NO_TEXT = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark that is written: its title in one line, and its end, or None where only the episode's own would do."""

    mark: Mark
    title: str
    end: Millis | None


@dataclass(frozen=True, slots=True)
class ChapterDocument:
    """Marks that are to be written, and what the file is called that they belong to."""

    marks: Sequence[Mark]
    audio: str = "audio.mp3"

    def entries(self) -> list[Entry]:
        """The marks that are seen, in order of start."""
        return _entries([mark for mark in self.marks if not mark.is_hidden])

    def all_entries(self) -> list[Entry]:
        """The hidden marks among the others, all in order of start, but each row with ends of its own."""
        hidden = _entries([mark for mark in self.marks if mark.is_hidden])
        return sorted([*self.entries(), *hidden], key=lambda entry: entry.mark.start)


def _entries(marks: Sequence[Mark]) -> list[Entry]:
    ordered = sorted(marks, key=lambda mark: mark.start)
    entries = []
    for number, mark in enumerate(ordered, start=1):
        end = mark.end if mark.end is not None and mark.end > mark.start else None
        following = ordered[number].start if number < len(ordered) else None
        if following is not None and (end is None or end > following):
            end = following
        entries.append(Entry(mark, one_line(mark.title), end))
    return entries


def kept_marks(marks: Sequence[Mark]) -> list[Mark]:
    """The marks as a format with room for everything keeps them, in order of start.

    Titles are one line, an end lies after its start and not after the next one's, a level is at most one deeper than
    that before it, and a hidden mark has none.
    """
    kept, deepest = [], -1
    for each in ChapterDocument(marks).all_entries():
        level = 0 if each.mark.is_hidden else min(each.mark.level, deepest + 1)
        deepest = deepest if each.mark.is_hidden else level
        kept.append(replace(each.mark, title=each.title, end=each.end, level=level))
    return kept


def one_line(text: str) -> str:
    """A title in which nothing breaks a line, and no character that cannot be stored as UTF-8 or XML."""
    return _BREAKING.sub(" ", _NO_TEXT.sub("\ufffd", text)).strip()


def clock(millis: Millis, *, digits: int = 3) -> str:
    """A time as `HH:MM:SS.mmm`, with as many digits behind the point; Podlove's and WebVTT's way."""
    seconds, rest = divmod(millis, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}".ljust(9 + digits, "0")
