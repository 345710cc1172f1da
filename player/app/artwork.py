"""Artwork of podcasts: fetched when a feed names it, if the listener wants it, and kept with the other pictures.

Must not know how a picture is fetched and kept (`app.web_pictures`), nor how it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.settings import Settings
from player.app.web_pictures import WebPictures, is_on_the_web
from player.core.events import PodcastsChanged, SettingsChanged
from player.core.model import PodcastId
from player.storage import feeds


class Artwork:
    """Sees to it that the artwork of all podcasts is here. `PicturesFetched` tells what came."""

    def __init__(self, pictures: WebPictures, reader: Connection, settings: Callable[[], Settings], bus: Bus) -> None:
        self._pictures = pictures
        self._reader = reader
        self._settings = settings
        self._is_running = False
        bus.subscribe(PodcastsChanged, self._on_podcasts_changed)
        bus.subscribe(SettingsChanged, lambda _: self._fetch())

    @property
    def is_wanted(self) -> bool:
        """Whether the listener wants to see artwork."""
        return self._settings().shows_artwork

    def start(self) -> None:
        """Fetch what is missing or old, now and whenever podcasts come."""
        self._is_running = True
        self._fetch()

    def url(self, podcast: PodcastId) -> str | None:
        """The address of a podcast's artwork; None where it has none, or none is wanted."""
        return feeds.artwork(self._reader, (podcast,)).get(podcast) if self.is_wanted else None

    def data(self, url: str) -> bytes | None:
        """Artwork that is here, as an image file; None where it is not. Reads the disk, so not on the home thread."""
        return self._pictures.data(url)

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        if fact.ids:
            self._fetch(fact.ids)

    def _fetch(self, podcasts: tuple[PodcastId, ...] | None = None) -> None:
        if self._is_running and self.is_wanted:
            urls = feeds.artwork(self._reader, podcasts).values()
            self._pictures.ask_for([url for url in dict.fromkeys(urls) if is_on_the_web(url)])
