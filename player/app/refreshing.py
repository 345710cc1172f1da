"""Refreshing: the feeds of podcasts are asked what is new, when the listener wants it and by themselves.

Must not know what is done with an answer (`app.intake`, `app.following`), nor when a feed is due (`core.refreshing`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from random import random
from sqlite3 import Connection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from player.app.bus import Bus
from player.app.following import Following
from player.app.home import Home
from player.app.intake import Intake
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.app.settings import Settings
from player.app.writer import Writer
from player.core.errors import FeedEndedError, HttpStatusError, KnownError, NotFoundError, UnexpectedError
from player.core.events import PodcastsChanged, ProblemReported, RefreshChanged
from player.core.model import EpochMillis, PodcastId, PodcastKind
from player.core.refreshing import Lanes, after_failure, is_due
from player.core.timecode import MINUTE
from player.storage import feed_asking, feeds

if TYPE_CHECKING:
    from player.net.client import Client

_GONE = 410


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How asking a feed ended: how many episodes were new, or why it failed.

    `podcast` is another one than was asked for where the feed moved to an address that was subscribed to, too.
    """

    podcast: PodcastId
    new: int = 0
    problem: KnownError | None = None


class Refreshing:
    """Asks feeds what is new, a few at a time. A failure is kept at the podcast, and loses nothing."""

    def __init__(
        self,
        client: Callable[[], Client],
        intake: Intake,
        following: Following,
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        settings: Callable[[], Settings],
        now: Callable[[], EpochMillis],
        chance: Callable[[], float] = random,
    ) -> None:
        """`chance` gives numbers from 0 to 1, so that feeds that failed together are not asked again together."""
        self._client = client
        self._intake = intake
        self._following = following
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._settings = settings
        self._now = now
        self._chance = chance
        self._lock = threading.Lock()
        self._lanes: Lanes[PodcastId] = Lanes()
        self._futures: dict[PodcastId, Future[Refreshed]] = {}
        self._is_dealing = self._is_closed = False
        self._stop_asking: Callable[[], None] | None = None

    def refresh(self, ids: Sequence[PodcastId]) -> list[Future[Refreshed]]:
        """Ask the feeds of these podcasts what is new, also those that are not due; what fails is reported, too."""
        futures = self._ask_all(ids)
        for future in futures:
            self._jobs.when_done(future, self._report, lambda error: self._bus.publish(ProblemReported(error)))
        return futures

    def refresh_due(self) -> None:
        """Ask those feeds that are due; what fails is kept at the podcast only."""
        every, now = self._settings().refresh_minutes * MINUTE, self._now()
        states = feed_asking.ask_states(self._reader)
        self._ask_all([podcast for podcast, state in states.items() if is_due(state, every, now)])

    def keep_asking(self, home: Home) -> None:
        """Ask what is due now, and from now on when it becomes due, until `close`."""
        self._stop_asking = home.every(MINUTE, self.refresh_due)
        self.refresh_due()

    @property
    def is_asking(self) -> bool:
        """Whether feeds are asked by themselves."""
        return self._settings().refresh_minutes > 0

    def call_off(self) -> None:
        """Ask no feed that was not begun with; those that are due come with the next minute."""
        with self._lock:
            dropped = [self._futures.pop(podcast) for podcast in self._lanes.drop_waiting()]
            running = len(self._lanes)
        for future in dropped:
            future.cancel()
            future.set_running_or_notify_cancel()
        self._bus.publish(RefreshChanged(running))

    def settle(self) -> None:
        """Wait until all feeds that were to be asked have been. Not from a worker."""
        with self._lock:
            futures = list(self._futures.values())
        wait(futures)

    def close(self) -> None:
        """Begin with no more feeds."""
        if self._stop_asking is not None:
            self._stop_asking()
        self._is_closed = True

    def _report(self, done: Refreshed) -> None:
        if done.problem is not None:
            self._bus.publish(ProblemReported(done.problem))

    def _ask_all(self, ids: Sequence[PodcastId]) -> list[Future[Refreshed]]:
        """Let podcasts wait for their turn; the futures are those of the podcasts, in their order."""
        hosts = {each: urlsplit(url).netloc for each, url in feed_asking.feed_addresses(self._reader).items()}
        with self._lock:
            futures = []
            for podcast in ids:
                if self._lanes.add(podcast, hosts.get(podcast, "")):
                    self._futures[podcast] = Future()
                futures.append(self._futures[podcast])
            running = len(self._lanes)
        if ids:
            self._bus.publish(RefreshChanged(running))
            self._deal()
        return futures

    def _deal(self) -> None:
        """Begin with those whose turn has come. One thread at a time does it, and looks again before it goes."""
        with self._lock:
            if self._is_dealing:
                return
            self._is_dealing = True
        while True:
            with self._lock:
                begun = [] if self._is_closed else self._lanes.begin()
                if not begun:
                    self._is_dealing = False
                    return
            for podcast in begun:
                asked = self._jobs.submit(self._refresh, podcast)
                asked.add_done_callback(lambda done, podcast=podcast: self._end(podcast, done))  # type: ignore[misc]

    def _end(self, podcast: PodcastId, done: Future[Refreshed]) -> None:
        with self._lock:
            self._lanes.end(podcast)
            future = self._futures.pop(podcast)
            running = len(self._lanes)
        self._bus.publish(RefreshChanged(running))
        if done.cancelled():
            future.cancel()
            return
        error = done.exception()
        if error is None:
            future.set_result(done.result())
        else:
            known = error if isinstance(error, KnownError) else UnexpectedError(type(error).__name__)
            future.set_result(Refreshed(podcast, problem=known))
        self._deal()

    # What follows runs on workers, and waits there

    def _refresh(self, podcast: PodcastId) -> Refreshed:
        try:
            return self._ask(podcast)
        except NotFoundError:
            return Refreshed(podcast)  # it was removed meanwhile
        except KnownError as error:
            return Refreshed(podcast, problem=self._keep_failure(podcast, error))

    def _ask(self, podcast: PodcastId) -> Refreshed:
        from player.net.fetch import fetch_feed

        found = self._writer.submit(lambda connection: feeds.podcast(connection, podcast)).result()
        if found.kind is not PodcastKind.FEED:
            return Refreshed(podcast)
        url = self._following.without_account(podcast, found.feed_url)
        memory = self._writer.submit(lambda connection: feeds.refresh_memory(connection, podcast)).result()
        try:
            answer = fetch_feed(self._client(), url, memory.etag, memory.last_modified)
        except HttpStatusError as error:
            if error.status == _GONE:
                raise FeedEndedError(url) from error
            raise
        taken = self._intake.store(url, answer, podcast, memory)
        moved = self._following.follow(url, answer, taken)
        self._following.read_pages(moved)
        return Refreshed(moved, taken.new)

    def _keep_failure(self, podcast: PodcastId, error: KnownError) -> KnownError:
        now, chance = self._now(), self._chance()

        def write(connection: Connection) -> None:
            state = after_failure(feed_asking.ask_state(connection, podcast), error, now, chance)
            feed_asking.record_failure(connection, podcast, sentence(error), state)

        self._writer.submit(write).result()
        self._bus.publish(PodcastsChanged((podcast,)))
        return error
