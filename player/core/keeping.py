"""Which downloads of a podcast need not be kept any longer.

Must not know how they are removed, nor what is done to have them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.timecode import HOUR

MOST_KEPT = 999
"""The largest number of a rule."""
_DAY: Millis = 24 * HOUR


class KeepKind(StrEnum):
    """What decides how long a download stays."""

    ALL = "all"
    """It stays until the listener removes it."""
    NEWEST = "newest"
    """The newest `number` downloaded episodes stay."""
    PLAYED = "played"
    """It stays until `number` days after the episode was played."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long the downloads of a podcast stay."""

    kind: KeepKind = KeepKind.ALL
    number: int = 0


@dataclass(frozen=True, slots=True)
class KeptDownload:
    """A download that is complete, and what speaks for keeping it.

    `size` in bytes. `played_at` is when it was heard to its end or marked as played, None if it was not. `is_begun`:
    the listener is in the midst of it; `is_open`: it is what plays or would play; `is_wanted`: the listener said that
    it is to be kept; `is_own_file`: it was not downloaded by us.
    """

    episode: EpisodeId
    size: int = 0
    played_at: EpochMillis | None = None
    is_begun: bool = False
    is_queued: bool = False
    is_open: bool = False
    is_wanted: bool = False
    is_own_file: bool = False

    @property
    def is_safe(self) -> bool:
        """Whether no rule may remove it."""
        return self.is_begun or self.is_queued or self.is_open or self.is_wanted or self.is_own_file


def to_remove(keep: Keep, downloads: Sequence[KeptDownload], now: EpochMillis) -> tuple[KeptDownload, ...]:
    """Which downloads of a podcast need not stay. `downloads` are all of it, the newest episode first."""
    match keep.kind:
        case KeepKind.ALL:
            found: Sequence[KeptDownload] = ()
        case KeepKind.NEWEST:
            found = downloads[keep.number :]
        case KeepKind.PLAYED:
            until = now - keep.number * _DAY
            found = [each for each in downloads if each.played_at is not None and each.played_at <= until]
    return tuple(each for each in found if not each.is_safe)


def over_total(most: int, downloads: Sequence[KeptDownload]) -> tuple[KeptDownload, ...]:
    """Which of all downloads go so that those that stay are no more than `most` bytes; for 0, none.

    First what was played, the longest ago first; then what was asked for first: `downloads` come in that order. Where
    all that may go is gone, more stays. The listener's own files do not count.
    """
    size = sum(each.size for each in downloads if not each.is_own_file)
    played = sorted((each for each in downloads if each.played_at is not None), key=lambda each: each.played_at or 0)
    found: list[KeptDownload] = []
    for each in [*played, *(each for each in downloads if each.played_at is None)]:
        if not most or size <= most:
            break
        if not each.is_safe:
            found.append(each)
            size -= each.size
    return tuple(found)


def keep_words(keep: Keep) -> str:
    """The rule as the command line writes it: all, newest:3, played:7."""
    return keep.kind.value if keep.kind is KeepKind.ALL else f"{keep.kind.value}:{keep.number}"


def keep_meant(words: str) -> Keep:
    """The rule that `words` mean. Raises ValueError for what `keep_words` never says."""
    kind, _, number = words.partition(":")
    if words == KeepKind.ALL:
        return Keep()
    is_rule = kind in (KeepKind.NEWEST, KeepKind.PLAYED) and number.isascii() and number.isdecimal()
    if not is_rule or not (kind == KeepKind.NEWEST) <= int(number) <= MOST_KEPT:
        raise ValueError(words)
    return Keep(KeepKind(kind), int(number))
