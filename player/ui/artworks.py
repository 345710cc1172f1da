"""The artwork of podcasts, decoded off the home thread, in the sizes in which it is drawn.

Must not know where it is drawn, nor how it is fetched.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from player.app.compose import Services
from player.core.events import PicturesFetched, PodcastsChanged, SettingsChanged
from player.core.model import PodcastId
from player.ui.chapter_pictures import decoded_from
from player.ui.listen import listen

_SMALL, _LARGE = 96, 384
"""In pixels: rows of lists, at up to three times the usual scale; and the page of a podcast."""
_MOST = {_SMALL: 600, _LARGE: 12}
"""As many are kept of each size, some 20 MB in all; then all of that size are forgotten."""


class Artworks(QObject):
    """Gives artwork by podcast. `arrived()` when some may look otherwise now."""

    arrived = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._urls: dict[PodcastId, str | None] = {}
        self._known: dict[int, dict[str, QImage | None]] = {_SMALL: {}, _LARGE: {}}
        bus = services.bus
        listen(self, bus, PicturesFetched, self._on_fetched)
        listen(self, bus, PodcastsChanged, lambda fact: self._forget(fact.ids))
        listen(self, bus, SettingsChanged, lambda _: self._forget(tuple(self._urls)))

    def image(self, podcast: PodcastId, painter: QPainter, rect: QRectF) -> QImage | None:
        """The artwork of a podcast, large enough to be drawn into `rect`; None while it is not there."""
        device = painter.device()
        return self.of_side(podcast, rect.width() * device.devicePixelRatio())

    def of_side(self, podcast: PodcastId, side: float) -> QImage | None:
        """The same for a square of `side` pixels of the screen."""
        if podcast not in self._urls:
            self._urls[podcast] = self._services.artwork.url(podcast)
        url = self._urls[podcast]
        if url is None:
            return None
        size = _SMALL if side <= _SMALL else _LARGE
        known = self._known[size]
        if url not in known:
            if len(known) >= _MOST[size]:
                known.clear()
            known[url] = None
            future = self._services.jobs.submit(decoded_from, self._services.artwork.data, url, size)
            self._services.jobs.when_done(future, partial(self._on_decoded, url, size), lambda _: None)
        return known[url]

    def _on_decoded(self, url: str, size: int, image: QImage) -> None:
        self._known[size][url] = image
        self.arrived.emit()

    def _on_fetched(self, fact: PicturesFetched) -> None:
        shown = [url for url in fact.urls if any(url in known for known in self._known.values())]
        for url in shown:
            for known in self._known.values():
                known.pop(url, None)
        if shown:
            self.arrived.emit()

    def _forget(self, podcasts: tuple[PodcastId, ...]) -> None:
        """Look up again where the artwork of these is, when it is drawn the next time."""
        before = {each: self._urls.pop(each) for each in podcasts if each in self._urls}
        if any(self._services.artwork.url(each) != url for each, url in before.items()):
            self.arrived.emit()
