"""The pictures of chapters, decoded off the home thread, small enough to show.

Must not know where they are drawn. They come from the library, and from what was fetched from the web and may be shown;
nothing is fetched from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from player.app.compose import Services
from player.core.errors import DocumentError, NotFoundError
from player.core.events import ChaptersChanged, PictureAllowanceChanged, PicturesFetched
from player.core.model import Chapter, ChapterList, EpisodeId, Millis, PodcastId
from player.core.phrases import Phrase
from player.ui.listen import listen

_SIDE = 256
_MOST = 400
"""As many are kept; then all are forgotten."""


class ChapterPictures(QObject):
    """Gives pictures by reference. `arrived()` when one that was asked for before is there now."""

    arrived = Signal()

    def __init__(self, services: Services, side: int = _SIDE) -> None:
        """They are kept with this length of their longer side, in pixels."""
        super().__init__()
        self._services = services
        self._side = side
        self._known: dict[str, QImage | None] = {}
        self._from_web: frozenset[str] = frozenset()
        listen(self, services.bus, PicturesFetched, self._on_fetched)

    def show_those_of(self, podcast: PodcastId, chapters: Iterable[Chapter]) -> None:
        """From now on pictures of these chapters are asked for; those from the web only count where that is allowed."""
        self.show_references(podcast, [each.picture for each in chapters])

    def show_references(self, podcast: PodcastId, references: Iterable[str | None]) -> None:
        """Likewise for pictures that are no chapter's."""
        self._from_web = self._services.web_pictures.here(podcast, references)

    def is_here(self, reference: str | None) -> bool:
        """Whether a reference means a picture whose bytes are here."""
        return reference is not None and (reference.startswith("sha256:") or reference in self._from_web)

    def picture(self, reference: str | None) -> QImage | None:
        """The picture, or None while it is not there: only on the web, damaged, or still being decoded."""
        if reference is None or not self.is_here(reference):
            return None
        if reference not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[reference] = None
            self._decode(reference)
        return self._known[reference]

    def forget(self) -> None:
        """Keep none of them any longer."""
        self._known.clear()

    def at(self, chosen: ChapterList | None, chapter: Chapter | None, position: Millis) -> str | None:
        """The reference of the picture to show at `position`: of a hidden entry that lasts, else of the chapter."""
        for entry in reversed(chosen.hidden if chosen else ()):
            if entry.start <= position < entry.end and self.is_here(entry.picture):
                return entry.picture
        return chapter.picture if chapter is not None and self.is_here(chapter.picture) else None

    def _decode(self, reference: str) -> None:
        jobs = self._services.jobs
        if reference in self._from_web:
            future = jobs.submit(decoded_from, self._services.web_pictures.data, reference, self._side)
        else:
            data = self._services.chapters.picture(reference)
            if data is None:
                return
            future = jobs.submit(decoded, data, self._side)
        jobs.when_done(future, partial(self._on_decoded, reference), lambda _: None)

    def _on_decoded(self, reference: str, image: QImage) -> None:
        self._known[reference] = image
        self.arrived.emit()

    def _on_fetched(self, fact: PicturesFetched) -> None:
        for url in fact.urls:
            self._known.pop(url, None)


class EpisodePictures(ChapterPictures):
    """The pictures in the course of one episode. `arrived()` also when others are to be shown now."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._episode: EpisodeId | None = None
        self._chosen: ChapterList | None = None
        bus = services.bus
        listen(self, bus, ChaptersChanged, self._on_chapters_changed)
        listen(self, bus, PictureAllowanceChanged, lambda _: self._read_again())

    def show_episode(self, episode: EpisodeId | None) -> None:
        """From now on those of this episode are asked for."""
        self._episode = episode
        self._read()

    def now(self, chapter: Chapter | None, position: Millis) -> QImage | None:
        """The picture to show at `position`, which is in `chapter`."""
        return self.picture(self.at(self._chosen, chapter, position))

    def _read(self) -> None:
        self._chosen = None
        if self._episode is not None:
            try:
                podcast = self._services.library.episode(self._episode).podcast
                self._chosen = self._services.chapters.chosen(self._episode)
            except NotFoundError:
                return
            if self._chosen is not None:
                self.show_those_of(podcast, (*self._chosen.chapters, *self._chosen.hidden))

    def _read_again(self) -> None:
        self._read()
        self.arrived.emit()

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        if self._episode in fact.ids:
            self._read_again()

    def _on_fetched(self, fact: PicturesFetched) -> None:
        super()._on_fetched(fact)
        self._read_again()


def decoded(data: bytes, side: int = _SIDE) -> QImage:
    """Decode an image file, scaled down to a longer side of `side` pixels; on a worker's thread.

    Raises DocumentError.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise DocumentError(Phrase("reasons", "a picture"), reader.errorString())
    return image


def decoded_from(read: Callable[[str], bytes | None], reference: str, side: int = _SIDE) -> QImage:
    """Read an image file and decode it; on a worker's thread. Raises DocumentError."""
    data = read(reference)
    if data is None:
        raise DocumentError(Phrase("reasons", "a picture"), Phrase("reasons", "it is gone"))
    return decoded(data, side)
