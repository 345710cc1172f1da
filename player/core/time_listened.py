"""Time listened and time saved: what a stretch of playing adds, by podcast and month, and the sums of that.

Must not know how sound is counted, what month it is, nor where anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from player.core.errors import NotFoundError
from player.core.model import Millis
from player.core.sound import Listened

_MONTHS = 12


class Month(NamedTuple):
    """A month of the listener's calendar; `month` counts from 1. As text: 2025-02."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    def plus(self, months: int) -> Month:
        """The month so many months later, or before if negative."""
        year, month = divmod(self.year * _MONTHS + self.month - 1 + months, _MONTHS)
        return Month(year, month + 1)

    def until(self, last: Month) -> tuple[Month, ...]:
        """All months from this one to `last`, with both; none when that is before."""
        count = (last.year - self.year) * _MONTHS + last.month - self.month + 1
        return tuple(self.plus(number) for number in range(count))


def month_meant(text: str) -> Month:
    """The month that 2025-02 says. Raises ValueError."""
    year, month = text[:4], text[5:]
    is_read = text == f"{year}-{month}" and len(text) == 7 and text.isascii() and (year + month).isdecimal()
    if not is_read or not 1 <= int(month) <= _MONTHS:
        raise ValueError(text)
    return Month(int(year), int(month))


@dataclass(frozen=True, slots=True)
class Sums:
    """What playing adds up to, in milliseconds, none of them negative.

    `heard` is how long there was sound. `by_speed`, `by_trimming` and `by_skips` is how much longer it would have been
    at the pace of the recording, with its pauses, and with the chapters that were skipped; `by_slowness` is how much
    shorter it would have been had nothing been played slowly.
    """

    heard: Millis = 0
    by_speed: Millis = 0
    by_slowness: Millis = 0
    by_trimming: Millis = 0
    by_skips: Millis = 0

    def __add__(self, more: Sums) -> Sums:
        return Sums(
            self.heard + more.heard,
            self.by_speed + more.by_speed,
            self.by_slowness + more.by_slowness,
            self.by_trimming + more.by_trimming,
            self.by_skips + more.by_skips,
        )

    @property
    def audio(self) -> Millis:
        """How much of the episodes was heard, in their own time."""
        return self.heard + self.by_speed - self.by_slowness + self.by_trimming

    @property
    def saved(self) -> Millis:
        """How much time speed, trimming and skips saved."""
        return self.by_speed + self.by_trimming + self.by_skips


def stretch(listened: Listened) -> Sums:
    """What one stretch of playing adds, of a few seconds at one speed.

    Nothing is added by what is no playing: a pause, a jump, a seek back. Engines count none of it (`Engine.listened`).
    """
    speed = round(listened.by_speed)
    return Sums(
        heard=max(0, round(listened.heard)),
        by_speed=max(0, speed),
        by_slowness=max(0, -speed),
        by_trimming=max(0, round(listened.by_trimming)),
        by_skips=max(0, round(listened.by_skips)),
    )


@dataclass(frozen=True, slots=True)
class MonthOfPodcast:
    """What was listened to of a podcast in a month. It outlives the podcast, which address and title name."""

    feed_url: str
    title: str
    month: Month
    sums: Sums


@dataclass(frozen=True, slots=True)
class PodcastSums:
    """A podcast in all its months: `months` has those of the overview, one after the other."""

    feed_url: str
    title: str
    sums: Sums
    months: tuple[Sums, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Sums over some `months` that follow one another: of all, of each month, of each podcast, the most heard first."""

    months: tuple[Month, ...]
    sums: Sums
    by_month: tuple[Sums, ...]
    podcasts: tuple[PodcastSums, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was listened to in these months."""
        return self.sums == Sums()


def overview(entries: Iterable[MonthOfPodcast], now: Month, most: int | None = None) -> Overview:
    """Sums over the months from the first one with anything up to `now`, of the last `most` months if given.

    A podcast has the title that it had last. What lies behind `now` (a clock that was wrong) is counted, too.
    """
    kept = sorted(entries, key=lambda each: each.month)
    titles = {each.feed_url: each.title for each in kept}
    last = max(now, kept[-1].month) if kept else now
    first = kept[0].month if kept else now
    months = first.until(last)
    months = months if most is None else months[-most:]
    place = {month: number for number, month in enumerate(months)}
    found: dict[str, list[Sums]] = {}
    nothing = Sums()
    for each in kept:
        if each.month in place:
            sums = found.setdefault(each.feed_url, [nothing] * len(months))
            number = place[each.month]
            sums[number] = each.sums if sums[number] is nothing else sums[number] + each.sums
    podcasts = [PodcastSums(url, titles[url], _total(sums), tuple(sums)) for url, sums in found.items()]
    podcasts.sort(key=lambda each: (-each.sums.heard, each.title.casefold(), each.feed_url))
    by_month = tuple(_total([each.months[number] for each in podcasts]) for number in range(len(months)))
    return Overview(months, _total(by_month), by_month, tuple(podcasts))


def of_podcast(entries: Sequence[MonthOfPodcast], words: str) -> tuple[MonthOfPodcast, ...]:
    """What `words` mean: the podcast of this address or title, else the one, or those, with the words in the title.

    Raises NotFoundError.
    """
    wanted = words.strip().casefold()
    exact = tuple(each for each in entries if wanted in (each.feed_url.casefold(), each.title.casefold()))
    part = tuple(each for each in entries if wanted and wanted in each.title.casefold())
    if not exact and not part:
        raise NotFoundError("podcast", words)
    return exact or part


def _total(sums: Sequence[Sums]) -> Sums:
    return Sums(
        sum(each.heard for each in sums),
        sum(each.by_speed for each in sums),
        sum(each.by_slowness for each in sums),
        sum(each.by_trimming for each in sums),
        sum(each.by_skips for each in sums),
    )
