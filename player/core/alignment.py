"""Where published times are heard in the audio that is here: inserted advertisements move what comes after them.

Must not know where times come from (notes, documents, transcripts) nor where anchors are stored.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

from player.core.choice import is_made_up
from player.core.errors import BugError
from player.core.model import Chapter, ChapterList, ChapterSource, Millis

NOTABLE: Millis = 20_000
"""Feed and audio must differ by more than this in length before that means inserted or removed parts."""

_SHIFT_AT_LEAST: Millis = 3_000
_SPREAD: Millis = 2_000
_FEWEST_PAIRS = 3
_PAIRED = 0.5


class Timeline(StrEnum):
    """Whose clock a list of chapters goes by: anchors of one clock move all its lists."""

    PUBLISHED = "published"
    """The recording as it was published, before a server put advertisements in."""
    FILE = "file"
    """The audio file that is here, as its own chapters say. Chapters that are saved into it are right already."""
    BESIDE = "beside"
    """The audio file, as the sheet beside it says."""


def timeline_of(source: ChapterSource) -> Timeline:
    """Lists in or beside the audio file go by the file, each by itself; others by the recording as published."""
    own = {ChapterSource.FILE: Timeline.FILE, ChapterSource.SIDE_FILE: Timeline.BESIDE}
    return own.get(source, Timeline.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is published for `published` is heard at `actual`."""

    published: Millis
    actual: Millis

    @property
    def shift(self) -> Millis:
        """How much later it is heard."""
        return self.actual - self.published


@dataclass(frozen=True, slots=True)
class Alignment:
    """A map from published times to times in the file, and back, by anchors that rise in both.

    Before the first anchor nothing is moved; from the last one on all is moved as that one is; between two of them
    the times are interpolated. Both directions never fall. Where the map leaves out a part of the file (an inserted
    advertisement before the first anchor) that part leads back to the anchor.
    """

    anchors: tuple[Anchor, ...] = ()

    def __post_init__(self) -> None:
        for one, two in itertools.pairwise(self.anchors):
            if one.published >= two.published or one.actual >= two.actual:
                raise BugError("anchors must rise")

    def with_anchor(self, anchor: Anchor) -> Alignment:
        """The alignment with one anchor more; anchors that contradict it (at the same time, or crossing) are gone."""
        before = [each for each in self.anchors if each.published < anchor.published and each.actual < anchor.actual]
        after = [each for each in self.anchors if each.published > anchor.published and each.actual > anchor.actual]
        return Alignment((*before, anchor, *after))

    def to_file(self, published: Millis) -> Millis:
        """Where in the file a published time is heard, to the millisecond."""
        return _mapped(published, [(anchor.published, anchor.actual) for anchor in self.anchors])

    def to_published(self, actual: Millis) -> Millis:
        """Which published time is heard at a place of the file: `to_file` of it is that place, where there is one."""
        return _mapped(actual, [(anchor.actual, anchor.published) for anchor in self.anchors])

    def aligned(self, found: ChapterList) -> ChapterList:
        """A list of published times with the times of the file."""
        if not self.anchors:
            return found
        return replace(found, chapters=self._moved(found.chapters), hidden=self._moved(found.hidden))

    def _moved(self, chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
        return tuple(replace(each, start=self.to_file(each.start), end=self.to_file(each.end)) for each in chapters)


def _mapped(time: Millis, pairs: Sequence[tuple[Millis, Millis]]) -> Millis:
    if not pairs:
        return time
    if time < pairs[0][0]:
        return min(time, pairs[0][1])
    for (start, target), (end, target_end) in itertools.pairwise(pairs):
        if time < end:
            span = end - start
            return target + (2 * (time - start) * (target_end - target) + span) // (2 * span)
    return time + pairs[-1][1] - pairs[-1][0]


def moved_by(shift: Millis) -> Anchor:
    """The anchor that moves all times by `shift`, as by something that was put in, or cut away, at the very start."""
    return Anchor(max(0, -shift), max(0, shift))


def from_durations(published: Millis | None, actual: Millis | None) -> Millis | None:
    """How much longer the audio is than it was published, where that is notable; None where not, or not known.

    It tells that times may be off, not from where on: it is for a hint, and moves nothing.
    """
    if not published or not actual or abs(actual - published) <= NOTABLE:
        return None
    return actual - published


def from_lists(published: ChapterList, actual: ChapterList) -> Alignment | None:
    """How the chapters of `published` were moved in the file, by the file's own list; None when that cannot be told.

    Chapters are the same when they have the same title, once in each list, in the same order; where no titles meet,
    two lists of equal length that differ by one constant. Needed are three pairs, and half of the shorter list. Lists
    that agree everywhere give an alignment without anchors.
    """
    pairs = _by_title(published.chapters, actual.chapters) or _by_place(published.chapters, actual.chapters)
    if len(pairs) < max(_FEWEST_PAIRS, _PAIRED * min(len(published.chapters), len(actual.chapters))):
        return None
    if all(abs(pair.shift) <= _SHIFT_AT_LEAST for pair in pairs):
        return Alignment()
    middle = round(median(pair.shift for pair in pairs))
    if all(abs(pair.shift - middle) < _SPREAD for pair in pairs):
        return Alignment((Anchor(pairs[0].published, pairs[0].published + middle),))
    return Alignment(tuple(pairs))


def _by_title(published: Sequence[Chapter], actual: Sequence[Chapter]) -> list[Anchor]:
    ours, theirs = _titled(published), _titled(actual)
    pairs: list[Anchor] = []
    for title, start in ours.items():
        place = theirs.get(title)
        if place is not None and (not pairs or (place > pairs[-1].actual and start > pairs[-1].published)):
            pairs.append(Anchor(start, place))
    return pairs


def _titled(chapters: Sequence[Chapter]) -> dict[str, Millis]:
    """The starts of chapters by their titles, letters and digits alone; without those that share theirs."""
    named = [
        ("".join(letter for letter in each.title.casefold() if letter.isalnum()), each.start)
        for each in chapters
        if not is_made_up(each.title)
    ]
    counts = Counter(title for title, _ in named)
    return {title: start for title, start in named if title and counts[title] == 1}


def _by_place(published: Sequence[Chapter], actual: Sequence[Chapter]) -> list[Anchor]:
    if len(published) != len(actual) or not all(is_made_up(each.title) for each in actual):
        return []
    pairs = [Anchor(one.start, two.start) for one, two in zip(published, actual, strict=True)]
    is_rising = all(a.published < b.published and a.actual < b.actual for a, b in itertools.pairwise(pairs))
    shifts = [pair.shift for pair in pairs]
    return pairs if is_rising and shifts and max(shifts) - min(shifts) < _SPREAD else []
