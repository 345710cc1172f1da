"""How long podcasts are listened to and what that saves: added up by month, told to views.

Must not know the engine, nor when it is asked: it is told what was listened to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.writer import Writer
from player.core.events import StatisticsChanged
from player.core.model import EpochMillis, PodcastId
from player.core.sound import Listened
from player.core.time_listened import Month, Overview, Sums, overview, stretch
from player.storage import time_listened


class Statistics:
    """Keeps what is listened to by podcast and month of the listener's calendar, also of podcasts that are gone."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus, now: Callable[[], EpochMillis]) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._now = now
        self._sums: dict[PodcastId, Sums] = {}

    def add(self, podcast: PodcastId, listened: Listened) -> None:
        """Keep what was listened to of a podcast just now."""
        more, month = stretch(listened), month_of(self._now())
        self._sums[podcast] = self.sums_of(podcast) + more
        self._writer.submit(
            lambda connection: time_listened.add(connection, podcast, month, more),
            lambda: self._bus.publish(StatisticsChanged()),
        )

    def sums_of(self, podcast: PodcastId) -> Sums:
        """What was listened to of a podcast in all."""
        if podcast not in self._sums:
            self._sums[podcast] = time_listened.sums_of(self._reader, podcast)
        return self._sums[podcast]

    def overview(self, months: int | None = None) -> Overview:
        """Sums of all months up to this one, or of the last `months`."""
        return overview(time_listened.all_rows(self._reader), month_of(self._now()), months)


def month_of(instant: EpochMillis) -> Month:
    """The month that it is for the listener."""
    day = datetime.fromtimestamp(instant / 1000, UTC).astimezone().date()
    return Month(day.year, day.month)
