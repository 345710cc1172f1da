"""Finds the sound of one recording in another by how loud each quarter of a second is.

Must not know what the answer is for. Both may be encoded differently, and differ in loudness: what is compared is the
course of the levels. A stretch counts only where windows of forty seconds, one after the other, agree well on one
shift, and on no other nearly as well; the ends of a stretch are then followed level by level, to about eight seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from player.core.retiming import Retiming, Stretch
from player.core.waveform import LEVEL_DB, LEVEL_MS, LOUDEST

_WINDOW = 160
_HOP = 40
_AGREES = 0.8
"""The least correlation of the levels of a window, of -1 to 1."""
_BETTER = 0.1
_LEAST_SPREAD = 1.5
"""Decibels: a window whose levels vary less tells nothing."""
_FEWEST = 2
_FLOOR = LOUDEST - round(70 / LEVEL_DB)
"""Silence is silence, however deep."""
_EDGE = 32
_EDGE_AGREES = 0.6

Levels = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A window of the old recording at level `at`, found `shift` half levels later."""

    at: int
    shift: int


def match(old: bytes, new: bytes) -> Retiming | None:
    """What of a recording is in another, by the levels of both (`core.waveform.Waveform.levels`); None when nothing is.

    Exact to an eighth of a second.
    """
    was, now = _decibels(old), _decibels(new)
    hits = _hits(was, _Course(now), _Course(_halves(now)))
    stretches = _risen(_grouped(hits))
    if not stretches:
        return None
    return Retiming(tuple(_followed(stretches, was, now)))


def _decibels(levels: bytes) -> Levels:
    return np.maximum(np.frombuffer(levels, np.uint8), _FLOOR).astype(np.float64) * LEVEL_DB


def _halves(levels: Levels) -> Levels:
    """What levels are half a level later, about."""
    return np.asarray((levels[1:] + levels[:-1]) / 2)


class _Course:
    """Levels in which windows are looked for."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        sums = np.concatenate([[0.0], np.cumsum(levels)])
        squares = np.concatenate([[0.0], np.cumsum(levels**2)])
        count = max(0, len(levels) - _WINDOW + 1)
        mean = (sums[_WINDOW:] - sums[:-_WINDOW]) / _WINDOW if count else np.zeros(0)
        power = (squares[_WINDOW:] - squares[:-_WINDOW]) / _WINDOW if count else np.zeros(0)
        self._spread = np.sqrt(np.maximum(power - mean**2, 1e-9))
        self.count = count

    def correlation(self, window: Levels) -> Levels:
        """How well a window, of mean 0 and spread 1, agrees with each place."""
        products = np.convolve(self._levels, window[::-1], "valid")
        return np.asarray(products / (_WINDOW * self._spread))

    def at(self, window: Levels, place: int) -> float:
        """The same at one place; 0 outside."""
        if not 0 <= place < self.count:
            return 0.0
        return float(self._levels[place : place + _WINDOW] @ window / (_WINDOW * self._spread[place]))


def _hits(was: Levels, whole: _Course, half: _Course) -> list[_Hit]:
    """Where windows are found; where the last one was, first."""
    found: list[_Hit] = []
    if not half.count:
        return found
    for at in range(0, len(was) - _WINDOW + 1, _HOP):
        window = was[at : at + _WINDOW]
        spread = window.std()
        if spread < _LEAST_SPREAD:
            continue
        window = (window - window.mean()) / spread
        if found:
            shift = found[-1].shift
            course, place = (half, at + (shift - 1) // 2) if shift % 2 else (whole, at + shift // 2)
            if course.at(window, place) >= _AGREES:
                found.append(_Hit(at, shift))
                continue
        both: Levels = np.zeros(whole.count + half.count)
        both[0::2], both[1::2] = whole.correlation(window), half.correlation(window)
        best = int(np.argmax(both))
        rest = both.copy()
        rest[max(0, best - 8) : best + 9] = -1.0
        if both[best] >= _AGREES and both[best] - float(np.max(rest)) >= _BETTER:
            found.append(_Hit(at, best - 2 * at))
    return found


def _grouped(hits: list[_Hit]) -> list[list[_Hit]]:
    """Windows that follow each other with one shift, to half a level; lone ones count for nothing."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        if groups and abs(groups[-1][-1].shift - hit.shift) <= 1:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return [group for group in groups if len(group) >= _FEWEST]


def _risen(groups: list[list[_Hit]]) -> list[tuple[int, int, int]]:
    """Of the groups those that rise in both recordings and have the most windows: first level, end, half levels."""
    spans = [
        (group[0].at, group[-1].at + _WINDOW, sorted(hit.shift for hit in group)[len(group) // 2]) for group in groups
    ]
    best: list[tuple[int, list[int]]] = []
    for index, (start, _, shift) in enumerate(spans):
        before = [
            best[each]
            for each in range(index)
            if spans[each][1] <= start + _WINDOW and 2 * spans[each][1] + spans[each][2] <= 2 * start + shift + _WINDOW
        ]
        count, chain = max(before, key=lambda each: each[0], default=(0, []))
        best.append((count + len(groups[index]), [*chain, index]))
    return [spans[index] for index in max(best, key=lambda each: each[0], default=(0, []))[1]]


def _followed(spans: list[tuple[int, int, int]], was: Levels, now: Levels) -> list[Stretch]:
    """The spans as far as levels agree at both ends, and no further than their neighbours."""
    found: list[Stretch] = []
    halves = _halves(now)
    for index, (first, last, shift) in enumerate(spans):
        whole, course = shift // 2, halves if shift % 2 else now
        limits = found[-1].end // LEVEL_MS if found else 0, spans[index + 1][1] if index + 1 < len(spans) else len(was)
        end = _edge(was, course, last - _WINDOW // 4, whole, limits[1], 1) * LEVEL_MS
        start = _edge(was, course, first + _WINDOW // 4, whole, limits[0], -1) * LEVEL_MS
        moved = shift * LEVEL_MS // 2
        if found:
            start = max(start, found[-1].end, found[-1].end + found[-1].shift - moved)
        if start < end:
            found.append(Stretch(start, end, moved))
    return found


def _edge(was: Levels, now: Levels, at: int, shift: int, limit: int, step: int) -> int:
    """From a level that agrees, the last one up to `limit` that has `_EDGE` levels around it that agree."""
    while at != limit:
        first = at if step > 0 else at - _EDGE
        one, other = was[max(0, first) : first + _EDGE], now[max(0, first + shift) : first + shift + _EDGE]
        if min(first, first + shift) < 0 or len(one) != len(other) or len(one) < _EDGE or not _agree(one, other):
            break
        at += step
    return at


def _agree(one: Levels, other: Levels) -> bool:
    one, other = one - one.mean(), other - other.mean()
    strength = np.sqrt((one @ one) * (other @ other))
    return bool(strength < 1e-6 or one @ other >= _EDGE_AGREES * strength)
