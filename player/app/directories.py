"""The podcast directories that can be asked, each behind `core.directory.Directory`, and asking several at once.

Must not know who asks. All of this runs on workers and blocks there. What is slow to import comes when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.app.settings import Settings
from player.core.directory import Directory, DirectoryName, FoundPodcast, SearchResult, merged
from player.core.errors import DirectoryKeyError, KnownError
from player.core.model import EpochMillis

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.directories import Bases, Key

Ask = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class AskedDirectory:
    """A directory by the two functions that ask it."""

    name: DirectoryName
    ask_search: Ask
    ask_lookup: Ask

    def search(self, words: str) -> Sequence[FoundPodcast]:
        """The podcasts that words find. Raises NetworkError or DocumentError."""
        return self._read(self.ask_search(words))

    def feed_of(self, number: str) -> str | None:
        """The address of the feed of one podcast. Raises NetworkError or DocumentError."""
        found = self._read(self.ask_lookup(number))
        return found[0].url if found else None

    def _read(self, body: bytes) -> Sequence[FoundPodcast]:
        from player.formats.directory_answers import read_found

        return read_found(self.name, body)


class Directories:
    """All directories, on one client."""

    def __init__(
        self,
        client: Callable[[], Client],
        settings: Callable[[], Settings],
        now: Callable[[], EpochMillis],
        bases: Bases | None = None,
    ) -> None:
        """`bases`: where they are, if elsewhere than usual."""
        self._client = client
        self._settings = settings
        self._now = now
        self._bases = bases

    def search(self, words: str, names: Sequence[DirectoryName]) -> SearchResult:
        """Ask some directories, one after another. Raises the first one's KnownError if none answers."""
        answers: list[Sequence[FoundPodcast]] = []
        problems: list[KnownError] = []
        for name in dict.fromkeys(names):
            try:
                answers.append(self.directory(name).search(words))
            except KnownError as error:
                problems.append(error)
        if problems and not answers:
            raise problems[0]
        return SearchResult(merged(answers), tuple(problems))

    def directory(self, name: DirectoryName) -> Directory:
        """One directory. Raises DirectoryKeyError where it wants a key and the settings have none."""
        from player.net import directories as net

        bases, client = self._bases or net.Bases(), self._client()
        match name:
            case DirectoryName.APPLE:
                return AskedDirectory(
                    name,
                    lambda words: net.search_apple(client, bases.apple, words),
                    lambda number: net.look_up_apple(client, bases.apple, number),
                )
            case DirectoryName.FYYD:
                return AskedDirectory(
                    name,
                    lambda words: net.search_fyyd(client, bases.fyyd, words),
                    lambda number: net.look_up_fyyd(client, bases.fyyd, number),
                )
        key = self._key(name)
        base = bases.podcast_index
        return AskedDirectory(
            name,
            lambda words: net.search_podcast_index(client, base, words, key, self._seconds()),
            lambda number: net.look_up_podcast_index(client, base, number, key, self._seconds()),
        )

    def _key(self, name: DirectoryName) -> Key:
        from player.net.directories import Key

        settings = self._settings()
        if not settings.podcastindex_key or not settings.podcastindex_secret:
            raise DirectoryKeyError(name.label)
        return Key(settings.podcastindex_key, settings.podcastindex_secret)

    def _seconds(self) -> int:
        return self._now() // 1000


@contextmanager
def open_directories(settings: Settings, now: Callable[[], EpochMillis]) -> Iterator[Directories]:
    """The directories without any services, also beside a running player."""
    from player.net.client import build_client

    with closing(build_client()) as client:
        yield Directories(lambda: client, lambda: settings, now)
