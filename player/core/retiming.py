"""Where a place of one version of an episode is in another, when an advertisement was put in, taken out or exchanged.

Must not know how the same sound is found in both (`audio.matching`), nor whose places these are.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass

from player.core.errors import BugError
from player.core.model import Millis


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound that is in both: from `start` up to `end` of the old version, `shift` later in the new one."""

    start: Millis
    end: Millis
    shift: Millis


@dataclass(frozen=True, slots=True)
class Retiming:
    """The stretches that are in both versions; they rise in both, and none overlaps another."""

    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        for one, two in itertools.pairwise(self.stretches):
            if one.end > two.start or one.end + one.shift > two.start + two.shift:
                raise BugError("stretches must rise")

    @property
    def changes_nothing(self) -> bool:
        """Whether every place is where it was."""
        return all(each.shift == 0 for each in self.stretches)

    def found(self, old: Millis) -> Millis | None:
        """Where a place of the old version is in the new one; None where that sound is not in it."""
        index = bisect_right(self.stretches, old, key=lambda each: each.start) - 1
        if index < 0 or old > self.stretches[index].end:
            return None
        return old + self.stretches[index].shift

    def to_new(self, old: Millis) -> Millis:
        """The same; what is gone leads to where what follows it begins. Never falls as `old` rises."""
        place = self.found(old)
        if place is not None or not self.stretches:
            return old if place is None else place
        index = bisect_right(self.stretches, old, key=lambda each: each.start)
        before, following = self.stretches[index - 1 : index], self.stretches[index : index + 1]
        least = before[0].end + before[0].shift if before else 0
        return max(least, old + (following or before)[0].shift)
