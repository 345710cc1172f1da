"""What is in the library: reads for views, and the commands that mark episodes.

Must not know feeds, downloads or playing. Reads are synchronous and quick, on the home thread's read-only connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_view import read_shown, read_skips
from player.app.writer import Writer
from player.core.chapters import find_chapter
from player.core.errors import NotFoundError
from player.core.events import EpisodesChanged, PodcastsChanged
from player.core.feed_facts import EpisodeFacts, PodcastFacts
from player.core.model import (
    Chapter,
    Download,
    Episode,
    EpisodeId,
    EpisodeQuery,
    EpochMillis,
    Found,
    FoundKind,
    LinkedDocument,
    Marked,
    Podcast,
    PodcastId,
    Soundbite,
    View,
)
from player.core.play_queue import QueueEntry
from player.core.search_query import read_query
from player.core.show_notes import ShowNotes
from player.core.skips import Span
from player.core.time_listened import MonthOfPodcast
from player.core.timecode import parse_timecode
from player.storage import episodes, feed_extras, feeds, listening, listing, play_queue, search, time_listened

TYPED_LIMITS = {
    FoundKind.PODCAST: 3,
    FoundKind.EPISODE: 5,
    FoundKind.BOOKMARK: 4,
    FoundKind.CHAPTER: 24,
    FoundKind.NOTES: 8,
}
"""How many hits of each kind are shown while one types, in the order in which the kinds are."""


class Catalogue:
    """Podcasts and episodes as they are stored; needs no more than a connection that reads."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader

    def podcasts(self) -> list[Podcast]:
        """All subscriptions and the shelf of files, by title."""
        return feeds.list_podcasts(self._reader)

    def has_podcasts(self) -> bool:
        """Whether there is any, or the shelf of files."""
        return feeds.has_podcasts(self._reader)

    def podcast(self, podcast: PodcastId) -> Podcast:
        """One podcast; raises NotFoundError."""
        return feeds.podcast(self._reader, podcast)

    def find_podcast(self, words: str) -> Podcast:
        """The podcast that `words` mean: its number, address, title or a part of the title; raises NotFoundError."""
        wanted = words.strip().casefold()
        podcasts = self.podcasts()
        by_number = [each for each in podcasts if str(each.id) == wanted]
        exact = [each for each in podcasts if wanted in (each.feed_url.casefold(), each.title.casefold())]
        part = [each for each in podcasts if wanted and wanted in each.title.casefold()]
        for found in (by_number, exact, part):
            if found:
                return found[0]
        raise NotFoundError("podcast", words)

    def episode_ids(self, query: EpisodeQuery) -> list[EpisodeId]:
        """The ids that a list shows, in its order."""
        return listing.episode_ids(self._reader, query)

    def older_ids(self, query: EpisodeQuery, than: EpisodeId) -> list[EpisodeId]:
        """The ids of those episodes of a list that are older than one of them."""
        return listing.older_ids(self._reader, query, than)

    def counts(self) -> dict[View, int]:
        """How many episodes each view over all podcasts shows."""
        return listing.counts(self._reader)

    def episodes(self, ids: Sequence[EpisodeId]) -> list[Episode]:
        """The episodes of a page of ids, in the order of the ids; what is gone is left out."""
        return episodes.episodes(self._reader, ids)

    def episode(self, episode: EpisodeId) -> Episode:
        """One episode; raises NotFoundError."""
        return episodes.episode(self._reader, episode)

    def find_episode(self, words: str) -> Episode:
        """The episode that `words` mean: its number, guid, title or a part of it; raises NotFoundError."""
        return episodes.find_episode(self._reader, words)

    def queue(self) -> tuple[QueueEntry, ...]:
        """What is queued, as it was kept last; the running player's own is `app.play_queue`."""
        return play_queue.entries(self._reader)

    def skips(self, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Span, ...]]:
        """The spans that playing leaves out of those episodes of which it leaves out any."""
        return read_skips(self._reader, episodes)

    def chapters(self, episode: EpisodeId) -> tuple[Chapter, ...]:
        """The shown chapters; none where there are none. Raises NotFoundError."""
        chosen = read_shown(self._reader, episode).view.chosen
        return chosen.chapters if chosen else ()

    def notes(self, episode: EpisodeId) -> ShowNotes:
        """The show notes, cleaned, with every time in them a link `earmark:seek?ms=…`; the outline in a part apart."""
        from player.formats.notes import read_notes

        text, duration = episodes.notes(self._reader, episode), self.episode(episode).duration
        return read_notes(text, duration=duration, with_pictures=True)

    def soundbites(self, episode: EpisodeId) -> tuple[Soundbite, ...]:
        """The passages that the publisher recommends; times as published."""
        return feed_extras.soundbites(self._reader, episode)

    def transcripts(self, episode: EpisodeId) -> tuple[LinkedDocument, ...]:
        """Where the feed says that transcripts of the episode lie."""
        return feed_extras.transcripts(self._reader, episode)

    def episode_facts(self, episode: EpisodeId) -> EpisodeFacts:
        """What the feed says of an episode's season, number, kind and persons."""
        return feed_extras.episode_facts(self._reader, episode)

    def podcast_facts(self, podcast: PodcastId) -> PodcastFacts:
        """What the feed says of the podcast as a whole."""
        return feed_extras.podcast_facts(self._reader, podcast)

    def download(self, episode: EpisodeId) -> Download:
        """How far the episode's audio is on its way to the disk."""
        return self.episode(episode).download

    def time_listened(self) -> tuple[MonthOfPodcast, ...]:
        """What was listened to, by podcast and month, also of podcasts that are gone."""
        return time_listened.all_rows(self._reader)

    def search(self, words: str, now: EpochMillis, limits: Mapping[FoundKind, int]) -> list[Found]:
        """All kinds of things that have `words`, each kind up to its limit, the best of it first."""
        groups = search.search(self._reader, read_query(words), now, limits)
        return [hit for _, found in groups for hit in found]


class Library(Catalogue):
    """The catalogue, and the commands that change what lists show."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus) -> None:
        super().__init__(reader)
        self._writer = writer
        self._bus = bus

    def mark_played(self, ids: Sequence[EpisodeId], *, played: bool, now: EpochMillis) -> Future[Marked]:
        """Mark episodes as played, or as not played: one change, however many they are, which `unmark` takes back."""
        asked = tuple(ids)
        changed: list[EpisodeId] = []

        def write(connection: Connection) -> Marked:
            marked = listening.set_played(connection, asked, played, now)
            changed.extend(marked.ids)
            return marked

        return self._writer.submit(write, lambda: self._tell(tuple(changed)))

    def unmark(self, marked: Marked) -> Future[None]:
        """Take a marking back; places and dates are as before, but for what was heard since then."""
        return self._writer.submit(
            lambda connection: listening.unmark(connection, marked), lambda: self._tell(marked.ids)
        )

    def _tell(self, ids: tuple[EpisodeId, ...]) -> None:
        if ids:
            self._bus.publish(EpisodesChanged(ids))
            self._bus.publish(PodcastsChanged(()))


def place_meant(words: str, chapters: Sequence[Chapter]) -> int | None:
    """The position in milliseconds that `words` mean: a time such as `1:08:52`, else a chapter's title; else None."""
    millis = parse_timecode(words)
    if millis is not None:
        return millis
    index = find_chapter(chapters, words)
    return None if index is None else chapters[index].start
