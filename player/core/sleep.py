"""The sleep timer: when playing ends by itself, and how much earlier it begins again after a pause.

Must not know a clock, an engine, or who plays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from player.core.chapters import chapter_at
from player.core.model import Chapter, Millis
from player.core.session import EPISODE_END, PlaybackState
from player.core.skips import heard_between
from player.core.timecode import HOUR, MINUTE, SECOND, parse_timecode

LONGEST_SLEEP: Millis = 24 * HOUR
PROLONGED_BY: Millis = 5 * MINUTE
_FADE: Millis = 10 * SECOND
_FADE_AT_END: Millis = 4 * SECOND
"""Less where something ends: its last words are to be understood."""
_BLINK: Millis = 1000
_REWINDS = ((24 * HOUR, 20 * SECOND), (HOUR, 10 * SECOND), (10 * MINUTE, 5 * SECOND), (MINUTE, 3 * SECOND))
"""After a pause of so long, playing begins so much earlier."""


class SleepKind(StrEnum):
    """What ends playing."""

    TIME = "time"
    """So much was heard."""
    CHAPTER = "chapter"
    """A chapter is over."""
    EPISODE = "episode"
    """The episode, or the part of it that plays, is over."""


@dataclass(frozen=True, slots=True)
class Sleep:
    """A timer that is set: after `left` of listening, or at a `place`; `title` is of the chapter that ends there."""

    kind: SleepKind
    left: Millis = 0
    place: Millis = EPISODE_END
    title: str = ""

    @property
    def fade(self) -> Millis:
        """How long the sound fades out before it ends."""
        return _FADE if self.kind is SleepKind.TIME else _FADE_AT_END

    def heard(self, time: Millis) -> Sleep:
        """The timer after so much more was listened to."""
        return replace(self, left=max(0, self.left - time)) if self.kind is SleepKind.TIME else self

    def left_at(self, state: PlaybackState, position: Millis) -> Millis | None:
        """How long it still takes at the speed of now, without what is skipped; None where nobody knows."""
        if self.kind is SleepKind.TIME:
            return self.left
        ends = [end for end in (self.place, state.part_stop, state.duration) if end is not None and end < EPISODE_END]
        return state.time_for(heard_between(state.skips, position, min(ends))) if ends else None


def after_chapters(
    chapters: Sequence[Chapter], skipped: Collection[int], position: Millis, count: int = 1
) -> Sleep | None:
    """Sleep at the end of the `count`-th chapter that is heard from a position on; the present one is the first.

    Where the source leaves a gap between two chapters and the position is in it, the present one is over: the next one
    is the first. Headings without any length do not count. Of fewer, at the end of the last one; None where none ends
    behind the position.
    """
    here = chapter_at(chapters, position)
    found, latest = None, position
    for index in range(here or 0, len(chapters)):
        sleep = after_chapter(chapters, index)
        if sleep.place > latest and (index == here or index not in skipped):
            found, latest, count = sleep, sleep.place, count - 1
            if not count:
                break
    return found


def after_chapter(chapters: Sequence[Chapter], index: int) -> Sleep:
    """Sleep at the end of a chapter."""
    chapter, is_last = chapters[index], index + 1 == len(chapters)
    end = EPISODE_END if is_last else chapter.end
    if not is_last and chapters[index + 1].start - end <= _BLINK:
        end = chapters[index + 1].start
    return Sleep(SleepKind.CHAPTER, place=end, title=chapter.title)


def minutes_meant(words: str) -> Millis | None:
    """How long `words` mean: 30 (minutes), 45m, 1h, 1:30:00; None for what is no time up to a day."""
    found = int(words) * MINUTE if words.isascii() and words.isdecimal() and len(words) < 6 else parse_timecode(words)
    return found if found is not None and 0 < found <= LONGEST_SLEEP else None


def rewind_after(pause: Millis) -> Millis:
    """How much earlier playing begins after a pause."""
    return next((rewind for least, rewind in _REWINDS if pause >= least), 0)


def rewound(state: PlaybackState, place: Millis, by: Millis) -> Millis:
    """The place from which to play on: earlier, but never before a chapter's start, what is skipped, or the part."""
    chapter = chapter_at(state.chapters, place)
    floors = [0 if chapter is None else state.chapters[chapter].start]
    # Who is in the midst of what is skipped hears it.
    floors += [start if place < end else end for start, end in state.skips if start <= place]
    floors += [state.part.start] if state.part is not None and state.part.start <= place else []
    return max(place - by, *floors) if by > 0 else place
