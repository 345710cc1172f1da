"""What a feed that was fetched again changes: which of its episodes are new, which are known, which of those differ.

Must not know where episodes are stored, how a feed is read, or what time it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from player.core.model import EpisodeId, EpochMillis, FetchedEpisode, Millis
from player.core.timecode import HOUR

_Episode = TypeVar("_Episode", "KnownEpisode", FetchedEpisode)
_Key: TypeAlias = "Callable[[KnownEpisode | FetchedEpisode], Hashable | None]"

_OLDER_ONES = 3
_TIME_ZONES: Millis = 14 * HOUR
_COUNTERS = re.compile(r"^.*/(?=(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/[^?])")
"""As in `dts.podtrac.com/redirect.mp3/x.org/1.mp3`: all before the last part that is the name of a host."""


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """What must be known of a stored episode to recognise it in a feed. The hashes are those of `describe`."""

    id: EpisodeId
    guid: str
    title: str
    published: EpochMillis | None
    enclosure_url: str | None
    hashes: EpisodeHashes
    item_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class EpisodeHashes:
    """Short hashes of an episode as its feed describes it: of all of it, and of what its chapters are read from."""

    all: bytes
    chapters: bytes


@dataclass(frozen=True, slots=True)
class EpisodeUpdate:
    """A known episode that its feed now describes otherwise.

    `affects_chapters`: texts, marks, length or the address of the chapter document changed.
    """

    id: EpisodeId
    fetched: FetchedEpisode
    affects_chapters: bool


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """What to store: episodes that are new, in the order of the feed, and known ones that changed.

    `listed` are all known ones that the feed still holds. `renewed` are those that it describes as before in an item
    that is written otherwise, with the digest of that.
    """

    new: tuple[FetchedEpisode, ...]
    changed: tuple[EpisodeUpdate, ...]
    listed: frozenset[EpisodeId] = frozenset()
    renewed: tuple[tuple[EpisodeId, bytes], ...] = ()


def describe(episode: FetchedEpisode) -> EpisodeHashes:
    """The hashes by which a change is seen without keeping or comparing the texts."""
    document = episode.chapter_document.url if episode.chapter_document else None
    read_from = (episode.texts, episode.podlove, episode.duration, document)
    chapters = _hash(repr(read_from).encode("utf-8", "surrogatepass"))
    facts: tuple[object, ...] = (
        episode.guid,
        episode.title,
        episode.link,
        episode.published,
        episode.enclosure,
        episode.image_url,
    )
    # Most episodes have none; their hash is what it was before there were any.
    extras = (episode.soundbites, episode.transcripts)
    facts = (*facts, *extras) if any(extras) else facts
    facts = (*facts, episode.facts) if episode.facts else facts
    return EpisodeHashes(_hash(repr(facts).encode("utf-8", "surrogatepass") + chapters), chapters)


def says_enough(known: Iterable[KnownEpisode], fetched: Sequence[FetchedEpisode], left_out: Collection[bytes]) -> bool:
    """Whether a feed that was read without the items that were `left_out` tells as much as it would with them.

    Not so when one of them is known no longer, or has the guid of one that is new: together they would have others.
    """
    guids = {each.item_digest: each.guid for each in known if each.item_digest in left_out}
    others = {each.guid for each in (*fetched, *_with_own_guids(fetched))}
    return len(guids) == len(left_out) and others.isdisjoint(guids.values())


def decide(
    known: Iterable[KnownEpisode], fetched: Sequence[FetchedEpisode], left_out: Collection[bytes] = ()
) -> FeedUpdate:
    """Tell new episodes from known ones by guid, else by the enclosure's address, else by title and date.

    All tests but the first find the episodes of a feed that changed all its guids, as when it moves to another host,
    and are tried only between episodes that have no partner yet. Known episodes that the feed no longer holds are left
    alone: of those, `withdrawn` tells. Those whose items were `left_out` are as they were.
    """
    known = list(known)
    same = {each.id for each in known if each.item_digest in left_out}
    episodes = _with_own_guids(fetched)
    partners = _partners((each for each in known if each.id not in same), episodes)
    changed, renewed = [], []
    for episode in episodes:
        partner = partners.get(episode.guid)
        if partner is None:
            continue
        hashes = describe(episode)
        if hashes.all != partner.hashes.all:
            changed.append(EpisodeUpdate(partner.id, episode, hashes.chapters != partner.hashes.chapters))
        elif episode.item_digest is not None and episode.item_digest != partner.item_digest:
            renewed.append((partner.id, episode.item_digest))
    new_ones = tuple(each for each in episodes if each.guid not in partners)
    listed = same.union(each.id for each in partners.values())
    return FeedUpdate(new_ones, tuple(changed), frozenset(listed), tuple(renewed))


def same_episodes(some: Iterable[KnownEpisode], others: Sequence[KnownEpisode]) -> dict[EpisodeId, EpisodeId]:
    """Which of `some` are which of the `others`, of another feed, by the same tests."""
    by_guid = {each.guid: each.id for each in others}
    return {known.id: by_guid[guid] for guid, known in _partners(some, others).items()}


def withdrawn(
    known: Iterable[KnownEpisode], listed: Collection[EpisodeId], dates: Iterable[EpochMillis | None]
) -> tuple[EpisodeId, ...]:
    """The known episodes that a feed took back: it holds them no longer, though it goes further back than they do.

    `listed` are those that it still holds, `dates` those of all that it holds. Many feeds list their newest episodes
    only; what falls off the end of such a list is not taken back, and the listener wants to keep it. So an episode
    counts only if at least three that are listed are older: one or two may be trailers that stay in the feed for ever.
    And when more than half of the episodes of that time are gone at once, it is taken for a mistake of the publisher's.
    """
    oldest = sorted(each for each in dates if each is not None)[:_OLDER_ONES]
    if len(oldest) < _OLDER_ONES:
        return ()
    within = [each for each in known if each.published is not None and each.published > oldest[-1]]
    gone = tuple(each.id for each in within if each.id not in listed)
    return gone if len(gone) <= max(1, len(within) // 2) else ()


def _partners(known: Iterable[KnownEpisode], episodes: Sequence[_Episode]) -> dict[str, KnownEpisode]:
    """By the guids of `episodes`, each once, the known one that it is."""
    by_guid = {each.guid: each for each in known}
    partners = {each.guid: by_guid[each.guid] for each in episodes if each.guid in by_guid}
    for key, is_same in _ROUNDS:
        taken = {each.id for each in partners.values()}
        old = _by_unique_key((each for each in by_guid.values() if each.id not in taken), key)
        new = _by_unique_key((each for each in episodes if each.guid not in partners), key)
        partners |= {new[each].guid: old[each] for each in new.keys() & old.keys() if is_same(old[each], new[each])}
    return partners


def _with_own_guids(fetched: Sequence[FetchedEpisode]) -> tuple[FetchedEpisode, ...]:
    """The episodes, each with a guid that no other has; real repetitions are dropped.

    Where several items share a guid, all of them are told apart by enclosure, else by title and date: to let the
    first one keep the guid would hand it, with the listener's place, to whatever item stands first next time.
    """
    counts = Counter(each.guid for each in fetched)
    own: dict[str, FetchedEpisode] = {}
    for each in fetched:
        if counts[each.guid] == 1:
            own.setdefault(each.guid, each)
            continue
        guid = each.enclosure.url if each.enclosure else f"{each.title}\n{each.published}"
        # What it is called depends on the others: it is read each time.
        own.setdefault(guid, replace(each, guid=guid, item_digest=None))
    return tuple(own.values())


def _enclosure_url(episode: KnownEpisode | FetchedEpisode) -> str | None:
    if isinstance(episode, KnownEpisode):
        return episode.enclosure_url
    return episode.enclosure.url if episode.enclosure else None


def _audio(episode: KnownEpisode | FetchedEpisode) -> str | None:
    """The address of the audio without the scheme, and without the services before it that count who asks."""
    url = _enclosure_url(episode)
    return None if url is None else _COUNTERS.sub("", url.partition("://")[2])


def _dated_title(episode: KnownEpisode | FetchedEpisode) -> str | None:
    return (episode.title or None) if episode.published is not None else None


def _is_same_day(known: KnownEpisode, fetched: KnownEpisode | FetchedEpisode) -> bool:
    """Whether no more than a mistaken time zone lies between the two: the news of the next day are others."""
    return abs((known.published or 0) - (fetched.published or 0)) <= _TIME_ZONES


def _title_and_date(episode: KnownEpisode | FetchedEpisode) -> tuple[str, EpochMillis] | None:
    return (episode.title, episode.published) if episode.title and episode.published is not None else None


def _by_unique_key(episodes: Iterable[_Episode], key: _Key) -> dict[Hashable, _Episode]:
    """The episodes by a key, without those that have none and those that share theirs."""
    listed = [(found, each) for each in episodes if (found := key(each)) is not None]
    counts = Counter(found for found, _ in listed)
    return {found: each for found, each in listed if counts[found] == 1}


_ROUNDS: tuple[tuple[_Key, Callable[[KnownEpisode, KnownEpisode | FetchedEpisode], bool]], ...] = (
    (_enclosure_url, lambda _, __: True),
    (_audio, lambda _, __: True),
    (_title_and_date, lambda _, __: True),
    (_dated_title, _is_same_day),
)
"""By what an episode is known again whose guid is another now, the surest first; and what must hold besides."""


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
