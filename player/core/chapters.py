"""Lists of chapters: how marks become chapters, and which chapter a position is in.

Must not know how marks are read from any source, nor which source's list is taken (`core.choice`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from player.core.model import Chapter, ChapterList, ChapterSource, Mark, Millis

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
    """Where the next chapter starts that is not skipped, or None in the last one."""
    first = bisect_right(chapters, position, key=lambda chapter: chapter.start)
    return next((chapters[index].start for index in range(first, len(chapters)) if index not in skipped), None)


def previous_start(chapters: Sequence[Chapter], position: Millis, skipped: Collection[int] = frozenset()) -> Millis:
    """Where "previous chapter" goes: the current chapter's start when more than `RESTART_AFTER` into it, else one back.

    Before the second chapter, and where there are no chapters, that is the first start or zero. Chapters that are
    skipped do not count, but for the one that is heard all the same.
    """
    heard = chapter_at(chapters, position)
    chapters = [each for index, each in enumerate(chapters) if index not in skipped or index == heard]
    current = chapter_at(chapters, position)
    if current is None:
        return 0
    if position - chapters[current].start > RESTART_AFTER:
        return chapters[current].start
    earlier = [chapter.start for chapter in chapters[:current] if chapter.start < chapters[current].start]
    if earlier:
        return earlier[-1]
    return chapters[current].start if current == 0 else 0


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
