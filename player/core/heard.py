"""What was heard of an episode, and what that says of its chapters: a mark for each, where to go on, which is next.

Must not know who listens, nor where it is kept. What was heard are ranges of milliseconds in the time of the file, so
chapters may be edited, moved or exchanged for others, and each is judged anew by what of its time was heard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from player.core.model import Chapter, Millis
from player.core.ranges import Ranges
from player.core.skips import Span

NOTHING = Ranges()
WHOLE = Ranges(((0, 1 << 53),))
"""All of an episode, however long it is."""

_BLINK: Millis = 2000
"""Up to here, what lies unheard between two stretches is a pause that was trimmed, or a seam."""
_GLANCE: Millis = 3000
"""Less than this of a chapter is only looking in, as when one goes through the chapters by key."""
_SLACK: Millis = 1000
_LONGEST_MISSED: Millis = 10_000
"""The longest piece in one that a chapter may lack and still be heard: who goes on at its last words has heard it."""
_MISSED_PART = 10
"""And no more than one part in so many may be missing."""


class Heard(StrEnum):
    """How much of a chapter was heard."""

    NOT = "not"
    PARTLY = "partly"
    ALL = "all"


def with_spans(heard: Ranges, spans: Iterable[Span]) -> Ranges:
    """What was heard and these spans, without gaps that are too short to matter."""
    joined: list[Span] = []
    for start, stop in Ranges.of((*heard.spans, *spans)).spans:
        if joined and start - joined[-1][1] <= _BLINK:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return Ranges(tuple(joined))


def marked(heard: Ranges, chapters: Iterable[Chapter], *, is_heard: bool) -> Ranges:
    """What was heard once the listener has said of these chapters that they were, or were not."""
    for chapter in chapters:
        start, stop = chapter.start, max(chapter.end, chapter.start + 1)
        heard = heard.with_span(start, stop) if is_heard else heard.without_span(start, stop)
    return heard


def heard_of(chapter: Chapter, heard: Ranges) -> Heard:
    """Whether a chapter was heard. One of no length was if its start was."""
    start, stop = chapter.start, max(chapter.end, chapter.start + 1)
    length = stop - start
    missing = [end - begin for begin, end in heard.gaps(start, stop)]
    lost, there = sum(missing), length - sum(missing)
    most = length // _MISSED_PART
    has_enough = lost <= max(_SLACK, most) and max(missing, default=0) <= max(_SLACK, min(_LONGEST_MISSED, most))
    if has_enough and 2 * there >= length:
        return Heard.ALL
    return Heard.PARTLY if 2 * there >= min(2 * _GLANCE, length) else Heard.NOT


def marks_of(chapters: Iterable[Chapter], heard: Ranges) -> tuple[Heard, ...]:
    """The mark of each chapter."""
    return tuple(heard_of(chapter, heard) for chapter in chapters)


def left_in(chapter: Chapter, heard: Ranges) -> Millis | None:
    """Where a chapter that was heard in part was left; None where that is as good as its start.

    That is behind the last that was heard of it; if that goes to its end, where the first begins that was not.
    """
    if heard_of(chapter, heard) is not Heard.PARTLY:
        return None
    gaps = list(heard.gaps(chapter.start, chapter.end))
    begin, end = gaps[-1]
    has_end = end < chapter.end or end - begin <= max(_SLACK, min(_LONGEST_MISSED, chapter.length // _MISSED_PART))
    place = gaps[0][0] if has_end else begin
    return place if place - chapter.start >= _GLANCE else None


def count_unheard(marks: Sequence[Heard], skipped: Collection[int] = frozenset()) -> int:
    """How many chapters are still to be heard, not even in part or only that; those that are skipped are not."""
    return sum(mark is not Heard.ALL and index not in skipped for index, mark in enumerate(marks))


def next_unheard(marks: Sequence[Heard], current: int | None, skipped: Collection[int] = frozenset()) -> int | None:
    """The next chapter behind the current one that is not all heard, or else the first one before it; None if none is.

    The current one never is: to go on in it needs no jump.
    """
    first = 0 if current is None else current + 1
    order = (*range(first, len(marks)), *range(min(first, len(marks))))
    wanted = (index for index in order if marks[index] is not Heard.ALL and index not in skipped and index != current)
    return next(wanted, None)
