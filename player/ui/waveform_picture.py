"""A waveform as a picture, drawn once for each size and colour.

Must not know whose it is, nor where it is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from player.core.model import Millis
from player.core.waveform import Waveform, columns

_BAR = 2
_PITCH = 3
"""Bars of two pixels with one between them."""


class WaveformPicture:
    """Bars from a base line upwards: those of what was heard in one colour, the rest in another."""

    def __init__(self) -> None:
        self._waveform: Waveform | None = None
        self._duration: Millis = 0
        self._bars: list[float] = []
        self._made: tuple[object, ...] = ()
        self._pictures: list[QPixmap] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return self._waveform is None or not self._waveform.levels or not self._duration

    def show(self, waveform: Waveform | None, duration: Millis) -> None:
        """Draw another waveform from now on, of a recording of that length."""
        if waveform is not self._waveform or duration != self._duration:
            self._waveform, self._duration = waveform, duration
            self._bars, self._made = [], ()

    def paint(self, painter: QPainter, rect: QRectF, heard: float, colours: tuple[QColor, QColor]) -> None:
        """Draw into `rect`, in the first of the `colours` up to the place `heard`, in the second from there on."""
        ratio = painter.device().devicePixelRatioF()
        wanted = (rect.size(), ratio, *(colour.rgba() for colour in colours))
        if wanted != self._made:
            self._pictures = [self._picture(rect, ratio, colour) for colour in colours]
            self._made = wanted
        part = QRectF(0, 0, round(max(0.0, min(rect.width(), heard - rect.left())) * ratio), rect.height() * ratio)
        other = QRectF(part.right(), 0, rect.width() * ratio - part.right(), part.height())
        for picture, source in zip(self._pictures, (part, other), strict=True):
            target = QRectF(rect.left() + source.left() / ratio, rect.top(), source.width() / ratio, rect.height())
            painter.drawPixmap(target, picture, source)

    def _picture(self, rect: QRectF, ratio: float, colour: QColor) -> QPixmap:
        assert self._waveform is not None
        count = max(1, int(rect.width() / _PITCH))
        if len(self._bars) != count:
            self._bars = columns(self._waveform, self._duration, count)
        measured = count * self._waveform.duration / self._duration
        picture = QPixmap(QSize(round(rect.width() * ratio), round(rect.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number, bar in enumerate(self._bars):
            if number < measured:
                height = max(1.0, bar * rect.height())
                painter.drawRect(QRectF(number * _PITCH, rect.height() - height, _BAR, height))
        painter.end()
        return picture
