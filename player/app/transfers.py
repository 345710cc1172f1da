"""One download while it runs: its progress, who listens to it meanwhile, and why it was stopped.

Must not know which one runs next, nor what is done with a file that is whole.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.bandwidth import Bandwidth
from player.app.finishing import Examination
from player.core.errors import BugError
from player.core.events import DownloadProgressed
from player.core.model import Download, DownloadState, Episode, EpisodeId, EpochMillis, Millis
from player.core.rates import Meter
from player.core.transfers import host_of

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.download import Arrival, Transfer

PROGRESS_EVERY: Millis = 100
ARRIVAL_EVERY: Millis = 20
_AHEAD = 4 << 20
"""Bytes behind the place that a listener waits for which are free of the limit: some minutes of sound."""


class Follower:
    """Somebody who listens to an episode while it arrives. Told on the transfer's threads."""

    def __init__(self, episode: EpisodeId, on_arrival: Callable[[Arrival], None], enough: int) -> None:
        self.episode = episode
        self.wanted: tuple[int, int] | None = (0, enough)
        self._at = 0
        self._on_arrival = on_arrival
        self._told: EpochMillis = 0

    def want(self, offset: int, length: int) -> None:
        """These bytes are waited for."""
        self.wanted = (offset, offset + length)
        self._at = offset

    def needs(self, offset: int) -> bool:
        """Whether what comes just before this byte is, or soon will be, listened to."""
        return self._at < offset <= self._at + _AHEAD

    def take(self, arrival: Arrival, now: EpochMillis) -> None:
        """Tell what is there: often, and at once when what was waited for has come, or all of it."""
        wanted = self.wanted
        is_whole = arrival.total is not None and arrival.there.has(0, arrival.total)
        has_come = wanted is not None and arrival.there.has(*wanted)
        if has_come or is_whole or now - self._told >= ARRIVAL_EVERY:
            self.wanted = None if has_come else wanted
            self._told = now
            self._on_arrival(arrival)


class Run:
    """A download that runs. `fetch` does the work on a worker; the rest is for the home thread."""

    def __init__(
        self,
        episode: Episode,
        download: Download,
        follower: Callable[[], Follower | None],
        on_progress: Callable[[DownloadProgressed], None],
        bandwidth: Bandwidth,
        now: Callable[[], EpochMillis],
    ) -> None:
        """`follower` tells who listens to this episode now; `on_progress` is told ten times in a second at most."""
        if episode.enclosure is None or download.path is None:
            raise BugError("a transfer needs an address and a path")
        self.episode = episode
        self.download = download
        self.host = host_of(episode.enclosure.url)
        self.arrival: Arrival | None = None
        self.progress: DownloadProgressed | None = None
        self.stopped_as: DownloadState | None = None
        """What the download is to be once it has ended, where it was stopped."""
        self._url = episode.enclosure.url
        self._follower = follower
        self._on_progress = on_progress
        self._bandwidth = bandwidth
        self._now = now
        self._meter = Meter()
        self._told: EpochMillis = 0
        self._cancel = threading.Event()
        self._transfer: Transfer | None = None
        self._problem: str | None = None

    def stop(self, state: DownloadState, problem: str | None = None) -> None:
        """End it soon; what has come is kept. `state` is what it is then, `problem` why."""
        self.stopped_as, self._problem = state, problem
        self._cancel.set()

    def want(self, offset: int, length: int) -> None:
        """Fetch these bytes before all others."""
        if self._transfer is not None:
            self._transfer.want(offset, length)

    def left_as(self, state: DownloadState, problem: str | None = None) -> Download:
        """The download as it is now, in a state."""
        last = self.progress
        received = last.received if last else self.download.received
        total = last.total if last else self.download.total
        return replace(self.download, state=state, received=received, total=total, problem=problem or self._problem)

    # On workers

    def fetch(self, client: Client, examination: Examination) -> bool:
        """Fetch it and have it examined; whether it was not stopped. Raises as `net.download.Transfer`."""
        from player.net.download import Transfer

        path = Path(self.download.path or "")
        self._transfer = Transfer(
            client,
            self._url,
            path,
            on_progress=self._take,
            is_cancelled=self._cancel.is_set,
            pace=self._pace,
            examine=examination.examine,
            note=examination.note,
        )
        return self._transfer.run() is not None

    def _take(self, arrival: Arrival) -> None:
        now, received, total = self._now(), arrival.there.total, arrival.total
        self.arrival = arrival
        follower = self._follower()
        if follower is not None:
            follower.take(arrival, now)
        self._meter.add(received, now)
        self.progress = DownloadProgressed(
            self.episode.id, received, total, self._meter.rate(), self._meter.left(total)
        )
        if now - self._told >= PROGRESS_EVERY or received == total:
            self._told = now
            self._on_progress(self.progress)

    def _pace(self, offset: int, count: int) -> None:
        """Keep the limit, but not for what is listened to."""

        def is_free() -> bool:
            follower = self._follower()
            return self._cancel.is_set() or (follower is not None and follower.needs(offset))

        self._bandwidth.spend(count, is_free)
