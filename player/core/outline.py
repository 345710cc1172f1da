"""The outline of an episode, found in the lines of its show notes as a sequence.

Must not know HTML, Markdown or files: `formats.notes` turns them into lines.

The grammar and the order of the steps follow what real notes look like: candidates by their place in the line
(`outline_items`), runs of one kind (`outline_blocks`), times settled for the whole run (`outline_repairs`), a
judgement on each run (`outline_judge`), and here the choice among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from player.core.model import Mark, Millis
from player.core.outline_blocks import all_candidates, blocks
from player.core.outline_items import Candidate, Place
from player.core.outline_judge import Confidence, Judged, judge
from player.core.outline_lines import Line, LineKind, Link, fold
from player.core.outline_tails import cut_tail
from player.core.outline_times import MOST_TIMES, Form, find_times, may_hold_times

__all__ = [
    "Confidence",
    "LeftOut",
    "Line",
    "LineKind",
    "Link",
    "Outline",
    "OutlineEntry",
    "TimeSpan",
    "find_outline",
    "linkable_times",
    "may_hold_times",
    "why_none",
]


class OutlineEntry(NamedTuple):
    """A chapter and the words that it was read from.

    `line` is the index of the line; `start` and `end` are the offsets of the whole entry in it, `time_start` and
    `time_end` those of the time as written, `title_line`, `title_start` and `title_end` those of the title (which may
    stand on the line after). `level` counts nesting from 0.
    """

    mark: Mark
    line: int
    start: int
    end: int
    time_start: int
    time_end: int
    title_line: int
    title_start: int
    title_end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A time that was left out of the outline, and in a clause why."""

    line: int
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of an episode. `entries` are in order of their starts, equal starts in the order of the text.

    `repair` says how the times were corrected, or is empty. `alternatives` are other outlines in the same notes (with
    and without adverts, video and audio).
    """

    entries: tuple[OutlineEntry, ...]
    confidence: Confidence
    repair: str = ""
    left_out: tuple[LeftOut, ...] = ()
    alternatives: tuple[Outline, ...] = field(default=(), repr=False)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The chapters."""
        return tuple(entry.mark for entry in self.entries)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time in a line that leads to a place in the episode."""

    line: int
    start: int
    end: int
    position: Millis


def find_outline(lines: Sequence[Line], duration: Millis | None = None) -> Outline | None:
    """The outline that these notes hold for an episode of this duration (None: not known), or None when there is none.

    Never raises; takes time linear in the length of the lines.
    """
    good = [judged for judged in _judged(lines, duration) if not judged.reason]
    if not good:
        return None
    best = _choose(good, duration)
    joined = _join(best, good)
    others = tuple(_outline(other, lines, ()) for other in good if not any(other is part for part in joined.parts))
    return _outline(joined.judged, lines, others)


def why_none(lines: Sequence[Line], duration: Millis | None = None) -> str:
    """One clause that says why these notes have no outline, about "it" (the text)."""
    judged = _judged(lines, duration)
    if judged:
        return max(judged, key=lambda each: (len(each.items), each.score)).reason
    for line in lines:
        if find_times(fold(line.text)):
            return "it has no line that begins or ends with a time"
    return "it has no times"


def linkable_times(
    lines: Sequence[Line], duration: Millis | None = None, outline: Outline | None = None
) -> list[TimeSpan]:
    """Every time in the notes that can be a position in the episode, in the order of the text.

    The entries of `outline` have their own starts; other times count unless they are times of day, verses, ratios or
    scores, or lie beyond the end.
    """
    spans = {}
    for entry in outline.entries if outline else ():
        if entry.time_end > entry.time_start:
            spans[entry.line, entry.time_start] = TimeSpan(
                entry.line, entry.time_start, entry.time_end, entry.mark.start
            )
    left = 0
    for index, line in enumerate(lines):
        if ":" not in line.text and line.text.isascii():
            continue
        for time in find_times(fold(line.text)):
            if (index, time.start) in spans or time.form is not Form.CLOCK or time.doubt or len(time.parts) > 3:
                continue
            if duration is None or time.value <= duration:
                spans[index, time.start] = TimeSpan(index, time.start, time.end, time.value)
                left += 1
        if left > MOST_TIMES:
            break
    return [spans[key] for key in sorted(spans)]


def _judged(lines: Sequence[Line], duration: Millis | None) -> list[Judged]:
    return [judge(block, lines, duration) for block in blocks(lines, all_candidates(lines))]


def _choose(good: list[Judged], duration: Millis | None) -> Judged:
    """The run with the best score; among lists of like size the one for the audio, or that ends nearest to the end."""
    best = max(good, key=lambda judged: judged.score)
    rivals = [judged for judged in good if judged.score >= 0.6 * best.score and len(judged.items) > 2]
    if len(rivals) < 2 or any(_overlaps(best, rival) for rival in rivals if rival is not best):
        return best
    audio = [rival for rival in rivals if rival.block.is_for_audio]
    if audio:
        return max(audio, key=lambda judged: judged.score)
    rivals = [rival for rival in rivals if not rival.block.is_for_video] or rivals
    if duration is not None:
        fitting = [rival for rival in rivals if max(rival.starts) <= duration]
        if fitting:
            return max(fitting, key=lambda judged: max(judged.starts))
    return max(rivals, key=lambda judged: judged.score)


def _overlaps(one: Judged, other: Judged) -> bool:
    """Whether two runs read the same lines in two ways."""
    return bool({item.line for item in one.items} & {item.line for item in other.items})


@dataclass(frozen=True, slots=True)
class _Joined:
    judged: Judged
    parts: tuple[Judged, ...]


def _join(best: Judged, good: list[Judged]) -> _Joined:
    """Add the runs that go on where the best one ends, further down and in the same form."""
    parts = [best]
    for other in sorted(good, key=lambda judged: judged.items[0].line):
        last = parts[-1]
        goes_on = other.block.place is best.block.place and other.items[0].line > last.items[-1].line
        if other is not best and goes_on and min(other.starts) >= max(last.starts) and not _overlaps(best, other):
            parts.append(other)
    if len(parts) == 1:
        return _Joined(best, (best,))
    items = tuple(item for part in parts for item in part.items)
    starts = tuple(start for part in parts for start in part.starts)
    left = tuple(each for part in parts for each in part.left)
    whole = Judged(best.block, items, starts, best.score, "", best.confidence, best.repair, left)
    return _Joined(whole, tuple(parts))


_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_CUT_OFF = ("...", "…", "[...]", "[…]")


def _outline(judged: Judged, lines: Sequence[Line], alternatives: tuple[Outline, ...]) -> Outline:
    titles = _titles(judged, lines)
    levels = _levels(judged.items)
    entries = []
    left = [LeftOut(item.line, item.time.start, item.time.end, reason) for item, reason in judged.left]
    for index, (item, start, level) in enumerate(zip(judged.items, judged.starts, levels, strict=True)):
        line, begin, end = titles[index]
        if index == len(judged.items) - 1 and item.place is Place.FLAT:
            others = [lines[at].text[a:b] for at, a, b in titles[:-1]]
            end = begin + len(cut_tail(lines[line].text[begin:end], others))
        title = _clean(lines[line].text[begin:end])
        if index == len(judged.items) - 1 and title in _CUT_OFF:
            left.append(LeftOut(item.line, item.time.start, item.time.end, "its title was cut off"))
            continue
        mark = Mark(start, title, item.until if not judged.repair else None, _link(lines[line], begin, end, item))
        whole = end if line == item.line and end > item.time.start else item.end
        entries.append(
            OutlineEntry(mark, item.line, item.start, whole, item.time.start, item.time.end, line, begin, end, level)
        )
    entries.sort(key=lambda entry: entry.mark.start)
    return Outline(tuple(entries), judged.confidence, judged.repair, tuple(left), alternatives)


def _titles(judged: Judged, lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """For each item the line and the offsets of its title: its own, or the next line where no item has one."""
    items = judged.items
    own = [(item.line, item.title_start, item.title_end) for item in items]
    if judged.block.place is not Place.FIRST or sum(item.has_title for item in items) * 5 > len(items):
        return own
    taken = {item.line for item in items}
    after = [item.line + 1 for item in items]
    before = [item.line - 1 for item in items]
    follows = [_may_be_title(lines, at, taken) for at in after]
    leads = [_may_be_title(lines, at, taken) for at in before]
    if sum(follows) * 5 >= len(items) * 4 and not (all(leads) and not follows[-1]):
        places = after
    elif sum(leads) * 5 >= len(items) * 4:
        places, follows = before, leads
    else:
        return own
    return [
        mine if items[index].has_title or not follows[index] else (at, 0, len(lines[at].text))
        for index, (mine, at) in enumerate(zip(own, places, strict=True))
    ]


def _may_be_title(lines: Sequence[Line], at: int, taken: set[int]) -> bool:
    """Whether a line of its own can be the title of the time beside it: no list item, and no essay."""
    if not 0 <= at < len(lines) or at in taken:
        return False
    line = lines[at]
    return line.kind is not LineKind.ITEM and len(line.text) <= 300 and re.search(r"\w", line.text) is not None


def _levels(items: Sequence[Candidate]) -> list[int]:
    """The depth of each item from 0: list items under headings, and lists in lists."""
    if len({(item.kind, item.level) for item in items}) == 1:
        return [0] * len(items)
    headings = sorted({item.level for item in items if item.kind is LineKind.HEADING})
    lists = sorted({item.level for item in items if item.kind is not LineKind.HEADING})
    return [
        headings.index(item.level) if item.kind is LineKind.HEADING else len(headings) + lists.index(item.level)
        for item in items
    ]


_SIGNS = ("*", "_", "`")


def _clean(text: str) -> str:
    """A title as it is shown: white space collapsed, nothing invisible, no emphasis signs or code quotes around it."""
    text = " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())
    if text[:1] not in _SIGNS:
        return text
    for sign in ("**", "__", "*", "_", "`"):
        inner = text[len(sign) : -len(sign)]
        if len(text) > 2 * len(sign) and text.startswith(sign) and text.endswith(sign) and sign not in inner:
            text = inner.strip()
    return text


def _link(line: Line, start: int, end: int, item: Candidate) -> str | None:
    """Where the first link in the title leads; the link that is the time's own does not count."""
    for link in line.links:
        if link.start < end and link.end > start and not link.start <= item.time.start < link.end:
            return link.target if link.target.startswith(("http://", "https://")) else None
    return None
