"""Feeds into the library: from the answer of a server to podcasts, episodes and chapters.

Must not know how a feed is fetched (`net.fetch`) or written (`formats.rss`), nor who wants it. All of it runs on
workers, and waits there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import parse_feed
from player.app.course import Course
from player.app.outlines import Outlines
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.events import ChaptersChanged, EpisodesArrived, EpisodesChanged, PodcastsChanged
from player.core.model import ChapterSource, EpisodeId, EpochMillis, FetchedFeed, PodcastId
from player.storage import feeds
from player.storage.feed_asking import record_success

if TYPE_CHECKING:
    from player.net.fetch import Answer


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: into which podcast, how many episodes were new, and where the feed says that more is.

    `moved_to` as in FetchedFeed; `next_page`, too, but empty where there is none, and None where nothing changed.
    """

    podcast: PodcastId
    new: int = 0
    moved_to: str | None = None
    next_page: str | None = None


class Intake:
    """Takes what servers say of feeds into the library."""

    def __init__(
        self, writer: Writer, bus: Bus, processes: Processes, outlines: Outlines, now: Callable[[], EpochMillis]
    ) -> None:
        self._outlines = outlines
        self._writer = writer
        self._bus = bus
        self._processes = processes
        self._now = now

    def store(
        self,
        url: str,
        answer: Answer,
        podcast: PodcastId | None = None,
        memory: feeds.RefreshMemory | None = None,
        *,
        is_awaited: bool = False,
        course: Course | None = None,
    ) -> Taken:
        """Take what the server of the feed at `url` said: into `podcast`, or (None) into a new one.

        `memory` is what was sent along with the question. Its episodes are listed when this returns; their chapters are
        found soon after, or (`is_awaited`) before. Raises NotAFeedError, and CalledOff by a `course` cancelled by then.
        """
        now = self._now()
        body_hash = hashlib.sha256(answer.body).hexdigest() if answer.body is not None else None
        if podcast is not None and (answer.body is None or (memory and memory.body_hash == body_hash)):
            self._writer.submit(lambda connection: record_success(connection, podcast, now)).result()
            self._bus.publish(PodcastsChanged((podcast,)))
            return Taken(podcast)

        def write(connection: Connection) -> tuple[PodcastId, feeds.StoredFeed] | None:
            if course is not None:
                course.require_wanted()
            target = podcast or feeds.add_podcast(connection, url, feed.title, now)
            if not feeds.is_enough(connection, target, feed):
                return None
            stored = feeds.store_feed(
                connection, target, feed, now, etag=answer.etag, last_modified=answer.last_modified, body_hash=body_hash
            )
            _store_podlove(connection, stored, now)
            return target, stored

        feed = self._parsed(answer, podcast)
        written = self._writer.submit(write).result()
        if written is None:
            feed = self._parsed(answer)
            written = self._writer.submit(write).result()
        assert written is not None
        target, stored = written
        self.tell(target, (*stored.changed, *stored.removed))
        if is_awaited or podcast is not None:
            self._outlines.look_through(target)
        else:
            self._outlines.go_on()
        # The first time that a feed is read, all is new, and none of it has just come.
        if podcast is not None and memory is not None and memory.body_hash is not None and stored.new:
            self._bus.publish(EpisodesArrived(podcast, stored.new))
        return Taken(target, len(stored.new), feed.moved_to, feed.next_page or "")

    def store_page(self, answer: Answer, podcast: PodcastId, before: int) -> Taken:
        """Take in a page of a podcast's feed with older episodes, behind so many that are listed `before` it.

        Raises NotAFeedError.
        """
        # What has no date is older than all that is listed before it.
        now = self._now() - before
        feed = self._parsed(answer)

        def write(connection: Connection) -> feeds.StoredFeed:
            stored = feeds.store_feed(connection, podcast, feed, now, is_page=True)
            _store_podlove(connection, stored, now)
            return stored

        stored = self._writer.submit(write).result()
        self.tell(podcast, stored.changed)
        self._outlines.go_on()
        return Taken(podcast, len(stored.new), next_page=feed.next_page or "")

    def _parsed(self, answer: Answer, podcast: PodcastId | None = None) -> FetchedFeed:
        """What is in a feed, but for items that the episodes of a podcast were read from. Raises NotAFeedError."""
        known: frozenset[bytes] = frozenset()
        if podcast is not None:
            known = self._writer.submit(lambda connection: feeds.item_digests(connection, podcast)).result()
        body = answer.body or b""
        return self._processes.call(len(body), parse_feed, body, answer.url, answer.content_type, known)

    def tell(self, podcast: PodcastId, changed: Sequence[EpisodeId]) -> None:
        """Say that a podcast changed, and these episodes of it with their chapters."""
        self._bus.publish(PodcastsChanged((podcast,)))
        if changed:
            self._bus.publish(EpisodesChanged(tuple(changed)))
            self._bus.publish(ChaptersChanged(tuple(changed)))


def _store_podlove(connection: Connection, stored: feeds.StoredFeed, now: EpochMillis) -> None:
    """Keep the chapters that the feed itself has, and drop those that it has no longer."""
    new = frozenset(stored.new)
    for episode, fetched in stored.with_new_texts:
        if fetched.podlove or episode not in new:
            store_marks(connection, episode, ChapterSource.PODLOVE, fetched.podlove, now)
