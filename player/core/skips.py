"""Chapters that the listener does not want to hear: marks name them, and spans of time say what playing leaves out.

Must not know where marks are kept, nor how playing leaves anything out. A mark names a chapter as an edit does
(`core.edits`): by what its source gives it, never by its number, so that it outlives that the list is read again,
edited, moved or exchanged for another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from player.core.edits import Entry
from player.core.model import Chapter, Millis

Span: TypeAlias = tuple[Millis, Millis]
"""From a place up to but not including another one."""

_SAME_START: Millis = 5000
"""So far apart two starts may be for chapters of one title to be the same chapter."""
_SAME_TITLE: Millis = 300_000
"""So far apart they may be where no other chapter has the title: advertisements may have been put in before it."""
_BLINK: Millis = 1000
"""What a source leaves between the end of a chapter and the next start, up to here, is no place of its own."""


@dataclass(frozen=True, slots=True)
class SkipMark:
    """A chapter that is to be skipped, or heard whatever a rule says. Title and start are those of `edits.Identity`.

    Other titles at the same place are other chapters: it is better to hear what was to be skipped than to miss what
    was not. So the mark of an introduction at 0:00 does not skip the first hour of another list.
    """

    title: str
    start: Millis
    is_heard: bool = False


# Which chapters


def skipped_chapters(
    marks: Iterable[SkipMark], entries: Sequence[Entry], ruled: Collection[int] = ()
) -> frozenset[int]:
    """The indices of the chapters that are skipped, by marks or by rules, and of what is nested in them.

    `entries` are the chapters as they are shown, `ruled` those of them that rules name (`core.skip_rules`). Of a
    chapter and those around it the innermost that is marked or named decides; on one chapter the mark wins. Rules that
    would leave nothing of the episode do not count.

    A mark means the chapters whose source gives them this title and start; else the nearest one of this title within
    five seconds; else the only one of this title within five minutes. One that means none waits for its chapter to
    come back.
    """
    return frozenset(_Named(entries, ruled).skipped(marks))


def marked(
    marks: Sequence[SkipMark],
    entries: Sequence[Entry],
    chosen: Iterable[int],
    *,
    is_skipped: bool,
    ruled: Collection[int] = (),
) -> tuple[SkipMark, ...]:
    """The marks with which the chosen chapters are skipped, or heard.

    One that is to be heard though a chapter around it is marked takes that mark away; what else is nested in that
    chapter stays skipped, by marks of its own.
    """
    named, changed = _Named(entries, ruled), tuple(marks)
    for index in chosen:
        changed = _left_out(named, changed, index) if is_skipped else _heard(named, changed, index)
    return changed


def nested_in(chapters: Sequence[Chapter], index: int) -> range:
    """A chapter and all that are nested in it, as indices."""
    level = chapters[index].level
    behind = (each for each in range(index + 1, len(chapters)) if chapters[each].level <= level)
    return range(index, next(behind, len(chapters)))


class _Named:
    """Chapters by what names them, how they are nested, and which rules name."""

    def __init__(self, entries: Sequence[Entry], ruled: Collection[int]) -> None:
        self._entries = entries
        self._chapters = [entry.chapter for entry in entries]
        self._exact: dict[tuple[str, Millis], list[int]] = defaultdict(list)
        self._titled: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(entries):
            self._exact[entry.identity.title, entry.identity.start].append(index)
            for title in {_plain(entry.identity.title), _plain(entry.chapter.title)}:
                self._titled[title].append(index)
        by_rules = dict.fromkeys(ruled, True)
        self._ruled = by_rules if len(self._decided(by_rules)) < len(entries) else {}

    def mark_of(self, index: int, *, is_heard: bool = False) -> SkipMark:
        """The mark that names a chapter."""
        identity = self._entries[index].identity
        return SkipMark(identity.title, identity.start, is_heard)

    def meant(self, mark: SkipMark) -> list[int]:
        """The chapters that a mark means."""
        if (mark.title, mark.start) in self._exact:
            return self._exact[mark.title, mark.start]
        title = _plain(mark.title)
        titled = [(self._distance(index, mark.start), index) for index in self._titled.get(title, ())]
        if not titled:
            return []
        distance, nearest = min(titled)
        is_near = distance <= _SAME_START or (bool(title) and len(titled) == 1 and distance <= _SAME_TITLE)
        return [nearest] if is_near else []

    def skipped(self, marks: Iterable[SkipMark]) -> set[int]:
        """All chapters that are skipped."""
        decisions = dict(self._ruled)
        # Of two marks that mean one chapter, the one by which it is heard counts.
        for mark in sorted(marks, key=lambda mark: mark.is_heard):
            decisions.update(dict.fromkeys(self.meant(mark), not mark.is_heard))
        return self._decided(decisions)

    def with_nested(self, index: int) -> range:
        """A chapter and all that are nested in it."""
        return nested_in(self._chapters, index)

    def path(self, index: int) -> list[int]:
        """A chapter and those that it is nested in, the outermost first."""
        path = [index]
        for each in reversed(range(index)):
            if self._level(each) < self._level(path[0]):
                path.insert(0, each)
        return path

    def _level(self, index: int) -> int:
        return self._chapters[index].level

    def _decided(self, decisions: Mapping[int, bool]) -> set[int]:
        """The chapters that are skipped where of each and those around it the innermost decides."""
        found: set[int] = set()
        around: list[tuple[int, bool]] = []
        for index, chapter in enumerate(self._chapters):
            while around and around[-1][0] >= chapter.level:
                around.pop()
            is_skipped = decisions.get(index, bool(around) and around[-1][1])
            around.append((chapter.level, is_skipped))
            if is_skipped:
                found.add(index)
        return found

    def _distance(self, index: int, start: Millis) -> Millis:
        """How far a chapter is from a start: that of its source or, as of another list, where it is heard."""
        entry = self._entries[index]
        return min(abs(entry.identity.start - start), abs(entry.chapter.start - start))


def _left_out(named: _Named, marks: tuple[SkipMark, ...], index: int) -> tuple[SkipMark, ...]:
    inside = set(named.with_nested(index))
    left = tuple(mark for mark in marks if not (mark.is_heard and inside.intersection(named.meant(mark))))
    return left if index in named.skipped(left) else (*left, named.mark_of(index))


def _heard(named: _Named, marks: tuple[SkipMark, ...], index: int) -> tuple[SkipMark, ...]:
    path = named.path(index)
    by_marks = [mark for mark in marks if not mark.is_heard]
    covering = [each for each in path if any(each in named.meant(mark) for mark in by_marks)]
    left = tuple(mark for mark in marks if mark.is_heard or not set(path).intersection(named.meant(mark)))
    if covering:
        skipped, around = named.skipped(left), path[:-1]
        inside = named.with_nested(covering[0])[1:]
        beside = [each for each in inside if each not in path and named.path(each)[-2] in around]
        left = (*left, *(named.mark_of(each) for each in beside if each not in skipped))
    return (*left, named.mark_of(index, is_heard=True)) if index in named.skipped(left) else left


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


# Which time


def skip_spans(chapters: Sequence[Chapter], skipped: Collection[int]) -> tuple[Span, ...]:
    """What is left out of an episode, in rising order: a span for each skipped chapter with all that are nested in it.

    Spans of neighbours touch and are not made one, so that one of them can be heard without the other.
    """
    spans: list[Span] = []
    index = 0
    while index < len(chapters):
        first = index
        index += 1
        if first not in skipped:
            continue
        while index < len(chapters) and index in skipped and chapters[index].level > chapters[first].level:
            index += 1
        start, end = chapters[first].start, chapters[index - 1].end
        if index < len(chapters) and chapters[index].start - end <= _BLINK:
            end = chapters[index].start
        if end > start:
            spans.append((start, end))
    return tuple(spans)


def past_skips(spans: Sequence[Span], place: Millis) -> Millis:
    """Where playing begins that comes to a place by itself: there, or behind the spans that it is in."""
    for start, end in spans:
        if start <= place < end:
            place = end
    return place


def resumed(spans: Sequence[Span], place: Millis) -> Millis:
    """Where playing goes on that was left at a place. Who was in the midst of a span goes on there."""
    return place if any(start < place < end for start, end in spans) else past_skips(spans, place)


def heard_between(spans: Sequence[Span], place: Millis, end: Millis) -> Millis:
    """How much is heard on the way from a place to an `end`. The span that the place is in is heard."""
    left_out = sum(min(until, end) - start for start, until in spans if place < start < end)
    return max(0, end - place) - left_out


def stepped(spans: Sequence[Span], place: Millis, by: Millis) -> Millis:
    """Where a step leads that counts only what is heard: never into a span, unless the place is in it."""
    others, left = [span for span in spans if not span[0] <= place < span[1]], abs(by)
    if by >= 0:
        for start, end in others:
            if place <= start and left >= start - place:
                left, place = left - (start - place), end
        return place + left
    for start, end in reversed(others):
        if end <= place and left > place - end:
            left, place = left - (place - end), start
    return past_skips(others, max(0, place - left))
