"""Which new episodes of a podcast are downloaded by themselves.

Must not know how they are downloaded, nor when a feed was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.timecode import HOUR

_BELATED: Millis = 24 * HOUR
"""So much older than the newest known episode one may be that is new: some appear out of their order."""
MOST_NEWEST = 999
"""So many of the newest ones a rule means at most, unless all."""
NEVER, ALL, NEWEST = "never", "all", "newest"


@dataclass(frozen=True, slots=True)
class AutoDownload:
    """What is downloaded of new episodes: the newest `most`, all (None) or none (0).

    Titles must hold all words of `contains` and none of `lacks`; case does not count. `only_with_chapters` leaves out
    episodes that have none before they are downloaded.
    """

    most: int | None = 0
    contains: str = ""
    lacks: str = ""
    only_with_chapters: bool = False

    def takes(self, episode: ListedEpisode) -> bool:
        """Whether an episode passes the filters."""
        title = episode.title.casefold()
        has_all = all(word in title for word in self.contains.casefold().split())
        has_any = any(word in title for word in self.lacks.casefold().split())
        return has_all and not has_any and (episode.has_chapters or not self.only_with_chapters)


@dataclass(frozen=True, slots=True)
class ListedEpisode:
    """What the rule looks at. `published` is when it was published, or first seen."""

    id: EpisodeId
    title: str
    published: EpochMillis
    has_chapters: bool
    is_new: bool


def really_new(listed: Sequence[ListedEpisode], now: EpochMillis) -> tuple[ListedEpisode, ...]:
    """The new ones of a podcast's episodes, without those that are old: a feed may show its archive one day.

    `listed` are all episodes of the podcast, newest first; so is what comes back. Known ones that are dated later than
    `now`, which is a mistake in some feeds, do not make the new ones old.
    """
    newest_known = max((each.published for each in listed if not each.is_new and each.published <= now), default=None)
    since = None if newest_known is None else newest_known - _BELATED
    return tuple(each for each in listed if each.is_new and (since is None or each.published > since))


def to_download(rule: AutoDownload, listed: Sequence[ListedEpisode], now: EpochMillis) -> tuple[EpisodeId, ...]:
    """Which new episodes are downloaded, newest first. `listed` and `now` as for `really_new`.

    Of those that pass the filters, a new one must be among the newest `most`: what is older than known ones stays.
    """
    if rule.most == 0:
        return ()
    wanted = [each for each in listed if rule.takes(each) and (each.is_new or each.published <= now)][: rule.most]
    new = {each.id for each in really_new(listed, now)}
    return tuple(each.id for each in wanted if each.id in new)


def newest_of(rule: AutoDownload, listed: Sequence[ListedEpisode]) -> tuple[EpisodeId, ...]:
    """The episodes, new or not, that a rule for the newest ones means, newest first; none for any other rule."""
    return tuple(each.id for each in listed if rule.takes(each))[: rule.most or 0]


def amount_words(most: int | None) -> str:
    """How many, as the settings and the command line write it: never, newest:3, all."""
    return ALL if most is None else f"{NEWEST}:{most}" if most else NEVER


def amount_meant(words: str) -> int | None:
    """How many `words` mean. Raises ValueError for what `amount_words` never says."""
    if words in (NEVER, ALL):
        return 0 if words == NEVER else None
    kind, _, number = words.partition(":")
    if kind != NEWEST or not number.isascii() or not number.isdecimal() or not 0 < int(number) <= MOST_NEWEST:
        raise ValueError(words)
    return int(number)
