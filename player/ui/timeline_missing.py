"""Keeps on the timeline what has not come yet of what plays.

Must not know how it is drawn.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from player.app.compose import Services
from player.core.events import DownloadChanged, DownloadProgressed, PlaybackChanged
from player.core.model import EpisodeId
from player.ui.listen import listen
from player.ui.timeline import Timeline


class TimelineMissing(QObject):
    """Shows on a timeline which parts of the file that plays are still missing, by the bytes that are there."""

    def __init__(self, services: Services, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._services = services
        self._timeline = timeline
        listen(self, services.bus, PlaybackChanged, lambda fact: self._refresh(fact.state.episode))
        listen(self, services.bus, DownloadProgressed, lambda fact: self._refresh(fact.id))
        listen(self, services.bus, DownloadChanged, lambda fact: self._refresh(fact.id))

    def _refresh(self, episode: EpisodeId | None) -> None:
        if episode != self._services.playback.state.episode:
            return
        arrival = self._services.downloads.arrival(episode) if episode is not None else None
        total = arrival.total if arrival is not None else None
        self._timeline.show_missing(arrival.there.missing_parts(total) if arrival is not None and total else ())
