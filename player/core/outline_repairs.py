"""The times of a list settled together: minutes or hours, lost hours, video frames, and how far they rise.

Must not know titles or lines. Every repair is made only when the whole list proves it; no time is invented.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from player.core.model import Millis
from player.core.outline_times import Form, Time
from player.core.timecode import HOUR, MINUTE, SECOND

_LONGEST: Millis = 6 * HOUR
"""Longer than this is no episode whose duration is not known, when another reading is shorter."""


class Settled(NamedTuple):
    """The starts of a list in its order, and what was done to them ("" when they were taken as written)."""

    starts: list[Millis]
    repair: str


def settle(times: Sequence[Time], duration: Millis | None) -> Settled:
    """Read a list of times as one: as written, or repaired where only the repaired list makes sense."""
    starts = [time.value for time in times]
    if (frames := _without_frames(times, starts, duration)) is not None:
        return Settled(frames, "the last numbers are video frames")
    if (hours := _as_hours(times, starts, duration)) is not None:
        return Settled(hours, "the times are hours and minutes")
    if rising(starts) == len(starts):
        return Settled(starts, "")
    dotted = _with_colon_for_point(times, starts)
    if (wrapped := _with_lost_hours(times, dotted, duration)) is not None:
        return Settled(wrapped, "the hour is missing after 59 minutes")
    return Settled(dotted, "a point stands for a colon" if dotted != starts else "")


def _without_frames(times: Sequence[Time], starts: list[Millis], duration: Millis | None) -> list[Millis] | None:
    """`MM:SS:FF` instead of `H:MM:SS`, where hours would lead far beyond the end."""
    long = [len(time.parts) >= 3 and time.form <= Form.LOOSE for time in times]
    if len(times) < 2 or sum(
        len(time.parts) == 3 and is_long for time, is_long in zip(times, long, strict=True)
    ) < 0.8 * len(times):
        return None
    limit = duration * 3 // 2 if duration else _LONGEST
    read = [
        (time.parts[0] * 60 + time.parts[1]) * SECOND if is_long else start
        for time, start, is_long in zip(times, starts, long, strict=True)
    ]
    if max(starts) <= limit or max(read) > (duration + MINUTE if duration else _LONGEST):
        return None
    are_frames = all(time.parts[2] < 30 for time, is_long in zip(times, long, strict=True) if is_long)
    if not are_frames or (duration is None and len(times) < 4):
        return None
    return read if rising(read) >= rising(starts) else None


def _as_hours(times: Sequence[Time], starts: list[Millis], duration: Millis | None) -> list[Millis] | None:
    """`H:MM` instead of `M:SS`, where minutes would all stand in the first twentieth of a long episode."""
    if duration is None or duration < HOUR // 2 or len(times) < 3:
        return None
    if any(len(time.parts) != 2 for time in times) or max(starts) >= duration // 20:
        return None
    read = [start * 60 for start in starts]
    return read if duration // 4 < max(read) <= duration else None


def _with_colon_for_point(times: Sequence[Time], starts: list[Millis]) -> list[Millis]:
    """`1:19.30` is 1:19:30 where that rises from the time before it and 1:19 would not."""
    read = list(starts)
    for index in range(1, len(times)):
        time = times[index]
        tens = time.fraction // 10
        if (
            len(time.parts) == 2
            and time.fraction
            and time.fraction % 10 == 0
            and tens < 60
            and starts[index] < read[index - 1]
        ):
            value = time.parts[0] * HOUR + time.parts[1] * MINUTE + tens * SECOND
            if read[index - 1] < value < read[index - 1] + 2 * HOUR:
                read[index] = value
    return read


def _with_lost_hours(times: Sequence[Time], starts: list[Millis], duration: Millis | None) -> list[Millis] | None:
    """An hour more from where minutes fall from near 60 to near 0, where that makes the list rise."""
    added, read = 0, [starts[0]] if starts else []
    for before, time, start in zip(starts, times[1:], starts[1:], strict=False):
        if len(time.parts) == 2 and time.parts[0] < 60:
            if before % HOUR >= 45 * MINUTE and start < 15 * MINUTE and start + added < read[-1]:
                added += HOUR
            read.append(start + added)
        else:
            read.append(start)
    if not added or added > (duration or 4 * HOUR) or (duration is not None and max(read) > duration + MINUTE):
        return None
    return read if rising(read) > rising(starts) and rising(read) >= len(read) - len(read) // 8 else None


def rising(starts: Sequence[Millis]) -> int:
    """How many of the starts stand in one rising order: the length of the longest subsequence that never falls."""
    if all(before <= after for before, after in pairwise(starts)):
        return len(starts)
    tails: list[Millis] = []
    for start in starts:
        at = bisect_right(tails, start)
        tails[at : at + 1] = [start]
    return len(tails)


def out_of_order(starts: Sequence[Millis]) -> set[int]:
    """The indexes of the starts that stand outside the longest order that never falls."""
    if rising(starts) == len(starts):
        return set()
    tails: list[Millis] = []
    ends: list[int] = []
    before = [-1] * len(starts)
    for index, start in enumerate(starts):
        at = bisect_right(tails, start)
        tails[at : at + 1] = [start]
        ends[at : at + 1] = [index]
        before[index] = ends[at - 1] if at else -1
    kept = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return set(range(len(starts))) - kept
