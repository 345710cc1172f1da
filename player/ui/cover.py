"""The picture at the left end of the player bar: of the chapter, or the podcast's tile.

Must not know which one it should be.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.ui.chapter_pictures import paint_picture
from player.ui.tiles import paint_tile


class Cover(QWidget):
    """The chapter's picture, or the podcast's tile; a click opens the episode's page."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._picture: QImage | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_title(self, title: str) -> None:
        """Show the tile of the podcast `title`; nothing for an empty one."""
        self._title = title
        self.update()

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture instead of the tile; None for the tile again."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    @property
    def picture(self) -> QImage | None:
        """The picture that is shown instead of the tile."""
        return self._picture

    def sizeHint(self) -> QSize:
        """A square of about four lines."""
        side = round(self.fontMetrics().height() * 3.6)
        return QSize(side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        del event
        if self._title and self._picture is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_picture(painter, QRectF(self.rect()), self._picture)
        elif self._title:
            paint_tile(QPainter(self), QRectF(self.rect()), self._title, self.font())
