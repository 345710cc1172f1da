"""The pictures of chapters, read from the library and decoded off the home thread, small enough to show.

Must not know where they are drawn, and never loads anything from the web.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath

from player.app.compose import Services
from player.core.errors import DocumentError
from player.core.model import Chapter, Millis

_SIDE = 256
"""Pictures are kept with this length of their longer side, in pixels."""
_MOST = 400
"""As many are kept; then all are forgotten."""


class ChapterPictures(QObject):
    """Gives pictures by reference. `arrived()` when one that was asked for before is there now."""

    arrived = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._known: dict[str, QImage | None] = {}

    def picture(self, reference: str | None) -> QImage | None:
        """The picture, or None while it is not there: it is on the web, damaged, or still being decoded."""
        if not is_kept(reference) or reference is None:
            return None
        if reference not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[reference] = None
            data = self._services.chapters.picture(reference)
            if data is not None:
                jobs = self._services.jobs
                jobs.when_done(jobs.submit(_decoded, data), partial(self._on_decoded, reference), lambda _: None)
        return self._known[reference]

    def _on_decoded(self, reference: str, image: QImage) -> None:
        self._known[reference] = image
        self.arrived.emit()


def is_kept(reference: str | None) -> bool:
    """Whether a reference means a picture whose bytes are in the library."""
    return reference is not None and reference.startswith("sha256:")


def picture_at(hidden: tuple[Chapter, ...], chapter: Chapter | None, position: Millis) -> str | None:
    """The reference of the picture to show at `position`: of a hidden entry that lasts, else of the chapter."""
    for entry in reversed(hidden):
        if entry.start <= position < entry.end and is_kept(entry.picture):
            return entry.picture
    return chapter.picture if chapter is not None and is_kept(chapter.picture) else None


def paint_picture(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Fill the square `rect` with the middle of a picture, its corners rounded like a podcast's tile."""
    side = min(image.width(), image.height())
    middle = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
    shape = QPainterPath()
    shape.addRoundedRect(rect, rect.width() * 0.12, rect.width() * 0.12)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.drawImage(rect, image, middle)
    painter.restore()


def _decoded(data: bytes) -> QImage:
    """Decode an image file, scaled down; on a worker's thread. Raises DocumentError."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise DocumentError("the picture of a chapter", reader.errorString())
    return image
