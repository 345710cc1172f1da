"""Lists of chapters: how marks become chapters, and which chapter a position is in.

Must not know how marks are read from any source, nor which source's list is taken (`core.choice`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from player.core.model import Chapter, ChapterList, ChapterSource, Mark, Millis
from player.core.skips import past_skips, skip_spans

_SECOND: Millis = 1000
RESTART_AFTER: Millis = 4000
"""How far into a chapter "previous" returns to that chapter's own start instead of going to the one before."""


def chapters_from_marks(marks: Iterable[Mark], duration: Millis | None) -> tuple[Chapter, ...]:
    """Order marks by start and give each an end.

    A mark's own end counts where it lies after the start and not after the next start; else the chapter ends where
    the next one starts, and the last one where the episode ends. With no duration known, the last chapter ends at
    its own end, or is empty. Marks with a negative start are dropped; the order of equal starts is kept. Hidden marks
    are left out: see `hidden_from_marks`.
    """
    return _spans([mark for mark in marks if not mark.is_hidden], duration)


def hidden_from_marks(marks: Iterable[Mark], duration: Millis | None) -> tuple[Chapter, ...]:
    """The hidden marks alone, ordered and with ends in the same way."""
    return _spans([mark for mark in marks if mark.is_hidden], duration)


def _spans(marks: Sequence[Mark], duration: Millis | None) -> tuple[Chapter, ...]:
    ordered = sorted((mark for mark in marks if mark.start >= 0), key=lambda mark: mark.start)
    chapters = []
    for index, mark in enumerate(ordered):
        following = ordered[index + 1].start if index + 1 < len(ordered) else duration
        end = mark.end
        if end is None or end <= mark.start or (following is not None and end > following):
            end = following
        if end is None or end < mark.start:
            end = mark.start
        picture = mark.picture.reference if mark.picture else None
        chapters.append(Chapter(mark.start, end, mark.title, mark.link, picture, mark.level))
    return tuple(chapters)


def with_duration(chapters: Sequence[Chapter], duration: Millis) -> tuple[Chapter, ...]:
    """The same chapters, the last one ending at `duration`: the decoder knows the length better than the feed."""
    if not chapters or duration <= chapters[-1].start:
        return tuple(chapters)
    return (*chapters[:-1], replace(chapters[-1], end=duration))


def rough_starts(found: ChapterList) -> frozenset[Millis]:
    """The starts that are known to the second only, as in an outline: what is heard there may have begun before."""
    is_outline = found.source in (ChapterSource.OUTLINE, ChapterSource.LISTENER)
    return frozenset(each.start for each in found.chapters if is_outline and each.start and each.start % _SECOND == 0)


def chapter_at(chapters: Sequence[Chapter], position: Millis) -> int | None:
    """The index of the chapter that `position` is in: the last one that has started. None before the first."""
    index = bisect_right(chapters, position, key=lambda chapter: chapter.start) - 1
    return index if index >= 0 else None


def next_start(chapters: Sequence[Chapter], position: Millis, skipped: Collection[int] = frozenset()) -> Millis | None:
    """Where the next chapter begins that is not skipped, or None in the last one; see `_heard_starts`."""
    starts = _heard_starts(chapters, position, skipped)
    first = bisect_right(starts, position)
    return starts[first] if first < len(starts) else None


def previous_start(chapters: Sequence[Chapter], position: Millis, skipped: Collection[int] = frozenset()) -> Millis:
    """Where "previous chapter" goes: the current chapter's start when more than `RESTART_AFTER` into it, else one back.

    Before the second chapter that is the first start, before the first one, and where there are no chapters, zero, or
    what follows when that is skipped. Chapters that are skipped do not count, but for the one that is heard all the
    same; see `_heard_starts`.
    """
    starts = _heard_starts(chapters, position, skipped)
    current = bisect_right(starts, position) - 1
    if current < 0:
        return past_skips(skip_spans(chapters, skipped), 0)
    return starts[current if position - starts[current] > RESTART_AFTER else max(0, current - 1)]


def _heard_starts(chapters: Sequence[Chapter], position: Millis, skipped: Collection[int]) -> list[Millis]:
    """Where chapters begin to be heard, each place once: those that are not skipped, and the one heard all the same.

    One that begins with a skipped chapter nested in it begins behind that; if nothing is left of it up to the end of
    the last chapter, it begins nowhere.
    """
    if not skipped:
        return list(dict.fromkeys(chapter.start for chapter in chapters))
    spans = skip_spans(chapters, skipped)
    # No span goes past the next start, so a start is in none but those that begin there.
    behind = {start: end for start, end in spans if not start <= position < end}
    heard = chapter_at(chapters, position) if len(behind) < len(spans) else None
    starts: dict[Millis, None] = {}
    for index, chapter in enumerate(chapters):
        start = chapter.start
        while start in behind:
            start = behind[start]
        is_left = start == chapter.start or start < chapters[-1].end
        if is_left and (index not in skipped or index == heard):
            starts[start] = None
    return list(starts)


def find_chapter(chapters: Sequence[Chapter], words: str) -> int | None:
    """The chapter that `words` mean: the same title, else one that begins with them, else one that contains them."""
    wanted = words.casefold().strip()
    if not wanted:
        return None
    titles = [chapter.title.casefold() for chapter in chapters]
    for test in (str.__eq__, str.startswith, str.__contains__):
        for index, title in enumerate(titles):
            if test(title, wanted):
                return index
    return None
