"""Refreshing: the feeds of podcasts are asked what is new.

Must not know what is done with an answer (`app.intake`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.intake import Intake
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.errors import KnownError
from player.core.events import PodcastsChanged, ProblemReported, RefreshChanged
from player.core.model import EpochMillis, PodcastId, PodcastKind
from player.storage import feeds

if TYPE_CHECKING:
    from player.net.client import Client


class Refreshing:
    """Asks feeds what is new. A failure is kept at the podcast, and loses nothing."""

    def __init__(
        self,
        client: Callable[[], Client],
        intake: Intake,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._intake = intake
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._now = now
        self._refreshing: set[PodcastId] = set()

    def refresh(self, ids: Sequence[PodcastId]) -> None:
        """Ask the feeds of these podcasts what is new. A failure is kept at the podcast, and loses nothing."""
        fresh = [each for each in ids if each not in self._refreshing]
        self._refreshing.update(fresh)
        self._bus.publish(RefreshChanged(len(self._refreshing)))
        for podcast in fresh:
            future = self._jobs.submit(self._refresh, podcast)
            self._jobs.when_done(future, None, lambda error: self._bus.publish(ProblemReported(error)))

    def _refresh(self, podcast: PodcastId) -> None:
        try:
            found = self._writer.submit(lambda connection: feeds.podcast(connection, podcast)).result()
            if found.kind is PodcastKind.FEED:
                self._ask(found.feed_url, podcast)
        except KnownError as error:
            text, now = sentence(error), self._now()
            self._writer.submit(lambda connection: feeds.record_problem(connection, podcast, text, now)).result()
            self._bus.publish(PodcastsChanged((podcast,)))
            raise
        finally:
            self._refreshing.discard(podcast)
            self._bus.publish(RefreshChanged(len(self._refreshing)))

    def _ask(self, url: str, podcast: PodcastId) -> None:
        from player.net.fetch import fetch_feed

        memory = self._writer.submit(lambda connection: feeds.refresh_memory(connection, podcast)).result()
        answer = fetch_feed(self._client(), url, memory.etag, memory.last_modified)
        self._intake.store(url, answer, podcast, memory)
