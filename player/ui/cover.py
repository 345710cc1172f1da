"""A large picture: of the chapter at the left end of the player bar, of the podcast on its page, or the podcast's tile.

Must not know which chapter it should be.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.core.model import Episode, PodcastId
from player.ui.artworks import Artworks
from player.ui.tiles import paint_picture, paint_tile


class Cover(QWidget):
    """A picture that was given, else the podcast's artwork or tile. `clicked()`."""

    clicked = Signal()

    def __init__(self, artworks: Artworks, factor: float = 3.6) -> None:
        """A square of so many lines."""
        super().__init__()
        self._artworks = artworks
        self._factor = factor
        self._podcast: PodcastId | None = None
        self._title = ""
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        artworks.arrived.connect(self.update)

    def show_podcast(self, podcast: PodcastId | None, title: str = "") -> None:
        """Stand for a podcast; nothing without one."""
        self._podcast, self._title = podcast, title
        self.update()

    def show_podcast_of(self, episode: Episode | None) -> None:
        """Stand for the podcast of an episode."""
        self.show_podcast(episode.podcast if episode else None, episode.podcast_title if episode else "")

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture instead; None for the podcast again."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    @property
    def picture(self) -> QImage | None:
        """What is shown instead of the tile."""
        if self._picture is not None or self._podcast is None:
            return self._picture
        return self._artworks.of_side(self._podcast, self.sizeHint().width() * self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """See Qt."""
        side = round(self.fontMetrics().height() * self._factor)
        return QSize(side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        if self._podcast is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (picture := self.picture) is not None:
            paint_picture(painter, QRectF(self.rect()), picture)
        else:
            paint_tile(painter, QRectF(self.rect()), self._title, self.font())
