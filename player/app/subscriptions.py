"""Subscribing and refreshing: from an address, a file or an OPML document to podcasts and episodes in the library.

Must not know how a feed is written (`formats.rss`) or fetched (`net.fetch`).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import outlines_in, parse_feed
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.addresses import normalize_url
from player.core.errors import FileError, KnownError
from player.core.events import ChaptersChanged, EpisodesChanged, PodcastsChanged, ProblemReported, RefreshChanged
from player.core.model import ChapterSource, EpisodeId, EpochMillis, FetchedEpisode, PodcastId, PodcastKind
from player.storage import episodes, feeds

if TYPE_CHECKING:
    from player.formats.side_files import SideFile
    from player.net.client import Client
    from player.net.fetch import Answer

SAMPLE_URL = "sample://earmark/feed.xml"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpmlResult:
    """What an import of an OPML document did: podcasts that are new, that were there, and sentences about the rest."""

    added: tuple[PodcastId, ...]
    known: int
    problems: tuple[str, ...]


class Subscriptions:
    """Adds, refreshes and removes podcasts, and takes audio files onto the shelf."""

    def __init__(
        self,
        client: Callable[[], Client],
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        processes: Processes,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._now = now
        self._refreshing: set[PodcastId] = set()

    def add(self, url: str) -> Future[PodcastId]:
        """Subscribe to the feed at `url`; the future holds the podcast (also one that was there), or a KnownError.

        `app.adding` takes whatever else leads to a feed.
        """
        return self._jobs.submit(lambda: self.add_or_find(url)[0])

    def add_sample(self) -> Future[PodcastId]:
        """Subscribe to the built-in sample, which needs no network."""
        return self.add(SAMPLE_URL)

    def add_file(self, path: Path) -> Future[EpisodeId]:
        """Take an audio file of the listener's onto the shelf "Your files"; the file stays where it is."""
        return self._jobs.submit(self._add_file, path)

    def import_opml(self, path: Path) -> Future[OpmlResult]:
        """Subscribe to all feeds that an OPML document names; one that fails does not keep the others out."""
        return self._jobs.submit(self.import_file, path)

    def refresh(self, ids: Sequence[PodcastId]) -> None:
        """Ask the feeds of these podcasts what is new. A failure is kept at the podcast, and loses nothing."""
        fresh = [each for each in ids if each not in self._refreshing]
        self._refreshing.update(fresh)
        self._bus.publish(RefreshChanged(len(self._refreshing)))
        for podcast in fresh:
            future = self._jobs.submit(self._refresh, podcast)
            self._jobs.when_done(future, None, lambda error: self._bus.publish(ProblemReported(error)))

    def remove(self, podcast: PodcastId) -> Future[None]:
        """Unsubscribe, with all that was kept of the podcast but the downloaded files."""
        return self._writer.submit(
            lambda connection: feeds.remove_podcast(connection, podcast),
            lambda: self._bus.publish(PodcastsChanged((podcast,))),
        )

    # What follows runs on workers, and waits there

    def podcast_at(self, url: str) -> PodcastId | None:
        """The podcast whose feed is at `url`, or None."""
        return self._writer.submit(lambda connection: feeds.podcast_by_url(connection, url)).result()

    def add_fetched(self, url: str, answer: Answer) -> PodcastId:
        """Subscribe to the feed that was just fetched from `url`. Raises NotAFeedError."""
        return self._store(url, answer, None, None)

    def add_or_find(self, address: str) -> tuple[PodcastId, bool]:
        """The podcast whose feed is at an address, and whether it is new. Raises KnownError."""
        url = normalize_url(address)
        known = self.podcast_at(url)
        if known is not None:
            return known, False
        return self._fetch(url, None), True

    def import_document(self, body: bytes, name: str) -> OpmlResult:
        """Subscribe to all feeds of an OPML document called `name`. Raises DocumentError."""
        from player.formats.opml import read_opml

        added: list[PodcastId] = []
        problems: list[str] = []
        known = 0
        for feed in read_opml(body, name):
            try:
                podcast, is_new = self.add_or_find(feed.url)
            except KnownError as error:
                problems.append(sentence(error))
                continue
            if is_new:
                added.append(podcast)
            else:
                known += 1
        return OpmlResult(tuple(added), known, tuple(problems))

    def import_file(self, path: Path) -> OpmlResult:
        """Subscribe to all feeds of the OPML document at `path`. Raises FileError or DocumentError."""
        try:
            body = path.expanduser().read_bytes()
        except OSError as error:
            raise FileError(str(path), error.strerror or "it cannot be read") from error
        return self.import_document(body, path.name)

    def _refresh(self, podcast: PodcastId) -> None:
        try:
            found = self._writer.submit(lambda connection: feeds.podcast(connection, podcast)).result()
            if found.kind is PodcastKind.FEED:
                self._fetch(found.feed_url, podcast)
        except KnownError as error:
            text, now = sentence(error), self._now()
            self._writer.submit(lambda connection: feeds.record_problem(connection, podcast, text, now)).result()
            self._bus.publish(PodcastsChanged((podcast,)))
            raise
        finally:
            self._refreshing.discard(podcast)
            self._bus.publish(RefreshChanged(len(self._refreshing)))

    def _fetch(self, url: str, podcast: PodcastId | None) -> PodcastId:
        from player.net.fetch import fetch_feed

        memory = None
        if podcast is not None:
            known = podcast
            memory = self._writer.submit(lambda connection: feeds.refresh_memory(connection, known)).result()
        answer = fetch_feed(
            self._client(), url, memory.etag if memory else None, memory.last_modified if memory else None
        )
        return self._store(url, answer, podcast, memory)

    def _store(
        self, url: str, answer: Answer, podcast: PodcastId | None, memory: feeds.RefreshMemory | None
    ) -> PodcastId:
        now = self._now()
        body_hash = hashlib.sha256(answer.body).hexdigest() if answer.body is not None else None
        if podcast is not None and (answer.body is None or (memory and memory.body_hash == body_hash)):
            self._writer.submit(lambda connection: feeds.record_unchanged(connection, podcast, now)).result()
            self._bus.publish(PodcastsChanged((podcast,)))
            return podcast
        assert answer.body is not None
        feed = self._processes.call(len(answer.body), parse_feed, answer.body, answer.url, answer.content_type)

        def write(connection: Connection) -> tuple[PodcastId, feeds.StoredFeed]:
            target = podcast or feeds.add_podcast(connection, url, feed.title, now)
            return target, feeds.store_feed(
                connection, target, feed, now, etag=answer.etag, last_modified=answer.last_modified, body_hash=body_hash
            )

        target, stored = self._writer.submit(write).result()
        self._store_chapters(stored.with_new_texts, now)
        self._tell(target, stored.changed)
        return target

    def _store_chapters(self, episodes: Sequence[tuple[EpisodeId, FetchedEpisode]], now: EpochMillis) -> None:
        """Find the chapters of episodes that are new or described anew, and keep them."""
        texts = [(fetched.texts, fetched.duration) for _, fetched in episodes]
        size = sum(len(text) for each, _ in texts for text in each)
        outlines = self._processes.call(size, outlines_in, texts)

        def write(connection: Connection) -> None:
            for (episode, fetched), outline in zip(episodes, outlines, strict=True):
                store_marks(connection, episode, ChapterSource.OUTLINE, outline, now)
                store_marks(connection, episode, ChapterSource.PODLOVE, fetched.podlove, now)

        self._writer.submit(write).result()

    def _tell(self, podcast: PodcastId, changed: Sequence[EpisodeId]) -> None:
        self._bus.publish(PodcastsChanged((podcast,)))
        if changed:
            self._bus.publish(EpisodesChanged(tuple(changed)))
            self._bus.publish(ChaptersChanged(tuple(changed)))

    def _add_file(self, path: Path) -> EpisodeId:
        from player.formats.media_file import read_media

        try:
            place = path.expanduser().resolve(strict=True)
        except OSError as error:
            raise FileError(str(path), "there is no such file") from error
        media = read_media(place)
        beside = _beside(place)
        now = self._now()

        def write(connection: Connection) -> tuple[PodcastId, EpisodeId]:
            podcast, episode = episodes.add_file_episode(
                connection, place, title=media.title or place.stem, duration=media.duration, now=now
            )
            store_marks(connection, episode, ChapterSource.FILE, media.marks, now)
            marks, name = (beside.marks, beside.path.name) if beside else ((), "")
            store_marks(connection, episode, ChapterSource.SIDE_FILE, marks, now, origin=name)
            return podcast, episode

        podcast, episode = self._writer.submit(write).result()
        self._tell(podcast, [episode])
        return episode


def _beside(audio: Path) -> SideFile | None:
    """The sheet of chapters beside an audio file; one that cannot be read keeps no audio out."""
    from player.formats.side_files import read_side_file

    try:
        return read_side_file(audio)
    except KnownError as error:
        _log.info("%s", sentence(error))
        return None
