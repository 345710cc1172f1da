"""Directories of podcasts: what they find, what is asked of them, how answers of several go together.

Must not know how a directory is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from player.core.errors import KnownError


class DirectoryName(StrEnum):
    """The directories that can be asked, in the words of the command line."""

    APPLE = "apple"
    FYYD = "fyyd"
    PODCAST_INDEX = "podcastindex"

    @property
    def label(self) -> str:
        """Its name for people."""
        return {"apple": "Apple Podcasts", "fyyd": "fyyd", "podcastindex": "Podcast Index"}[self.value]


@dataclass(frozen=True, slots=True)
class FoundPodcast:
    """A podcast in a directory. Author may be empty; the number of episodes is None where the directory keeps it."""

    title: str
    author: str
    url: str
    episode_count: int | None = None


class Directory(Protocol):
    """A directory that can be asked. Both block, and raise a KnownError."""

    def search(self, words: str) -> Sequence[FoundPodcast]:
        """The podcasts that words find, the best first."""

    def feed_of(self, number: str) -> str | None:
        """The address of the feed of the podcast with a number in this directory, or None if it gives none."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What directories found together, and why some of them found nothing."""

    found: tuple[FoundPodcast, ...]
    problems: tuple[KnownError, ...] = ()


def merged(answers: Iterable[Sequence[FoundPodcast]]) -> tuple[FoundPodcast, ...]:
    """The answers of several directories as one list: the first of each, then the second of each, and so on.

    A feed stands there once, with what any of them knows of it.
    """
    found: dict[str, FoundPodcast] = {}
    lists = [list(answer) for answer in answers]
    for rank in range(max(map(len, lists), default=0)):
        for answer in lists:
            if rank >= len(answer):
                continue
            key = feed_key(answer[rank].url)
            before = found.get(key)
            found[key] = answer[rank] if before is None else _completed(before, answer[rank])
    return tuple(found.values())


def feed_key(url: str) -> str:
    """The same for addresses that differ only in http or https, in capitals of the host or in a slash at the end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold()}{parts.path.rstrip('/')}{query}"


def _completed(one: FoundPodcast, other: FoundPodcast) -> FoundPodcast:
    count = one.episode_count if one.episode_count is not None else other.episode_count
    return replace(one, author=one.author or other.author, episode_count=count)
