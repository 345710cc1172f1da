"""What a feed that was fetched again changes: which of its episodes are new, which are known, which of those differ.

Must not know where episodes are stored, how a feed is read, or what time it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from player.core.model import EpisodeId, EpochMillis, FetchedEpisode

_Episode = TypeVar("_Episode")
_Key: TypeAlias = Callable[[_Episode], Hashable | None]


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """What must be known of a stored episode to recognise it in a feed. The hashes are those of `describe`."""

    id: EpisodeId
    guid: str
    title: str
    published: EpochMillis | None
    enclosure_url: str | None
    hashes: EpisodeHashes


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
    """What to store: episodes that are new, in the order of the feed, and known ones that changed."""

    new: tuple[FetchedEpisode, ...]
    changed: tuple[EpisodeUpdate, ...]


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
    return EpisodeHashes(_hash(repr(facts).encode("utf-8", "surrogatepass") + chapters), chapters)


def decide(known: Iterable[KnownEpisode], fetched: Sequence[FetchedEpisode]) -> FeedUpdate:
    """Tell new episodes from known ones by guid, else by the enclosure's address, else by title and date.

    The second and third tests find the episodes of a feed that changed all its guids, and are tried only between
    episodes that have no partner yet. Known episodes that the feed no longer holds are left alone.
    """
    episodes = _with_own_guids(fetched)
    by_guid = {each.guid: each for each in known}
    partners = {each.guid: by_guid[each.guid] for each in episodes if each.guid in by_guid}
    rounds: tuple[tuple[_Key[KnownEpisode], _Key[FetchedEpisode]], ...] = (
        (lambda known: known.enclosure_url, lambda fetched: fetched.enclosure.url if fetched.enclosure else None),
        (_title_and_date, _title_and_date),
    )
    for known_key, fetched_key in rounds:
        taken = {each.id for each in partners.values()}
        old = _by_unique_key((each for each in by_guid.values() if each.id not in taken), known_key)
        new = _by_unique_key((each for each in episodes if each.guid not in partners), fetched_key)
        partners |= {new[key].guid: old[key] for key in new.keys() & old.keys()}
    changed = []
    for episode in episodes:
        partner = partners.get(episode.guid)
        if partner is None:
            continue
        hashes = describe(episode)
        if hashes.all != partner.hashes.all:
            changed.append(EpisodeUpdate(partner.id, episode, hashes.chapters != partner.hashes.chapters))
    return FeedUpdate(tuple(each for each in episodes if each.guid not in partners), tuple(changed))


def _with_own_guids(fetched: Sequence[FetchedEpisode]) -> tuple[FetchedEpisode, ...]:
    """The episodes, each with a guid that no other has; real repetitions are dropped.

    Where several items share a guid, all of them are told apart by enclosure, else by title and date: to let the
    first one keep the guid would hand it, with the listener's place, to whatever item stands first next time.
    """
    counts = Counter(each.guid for each in fetched)
    own: dict[str, FetchedEpisode] = {}
    for each in fetched:
        guid = each.guid
        if counts[guid] > 1:
            guid = each.enclosure.url if each.enclosure else f"{each.title}\n{each.published}"
        own.setdefault(guid, each if guid == each.guid else replace(each, guid=guid))
    return tuple(own.values())


def _title_and_date(episode: KnownEpisode | FetchedEpisode) -> tuple[str, EpochMillis] | None:
    return (episode.title, episode.published) if episode.title and episode.published is not None else None


def _by_unique_key(episodes: Iterable[_Episode], key: _Key[_Episode]) -> dict[Hashable, _Episode]:
    """The episodes by a key, without those that have none and those that share theirs."""
    listed = [(found, each) for each in episodes if (found := key(each)) is not None]
    counts = Counter(found for found, _ in listed)
    return {found: each for found, each in listed if counts[found] == 1}


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
