"""The plot of time listened and saved: a bar for each month, and the legend that tells the values of one, or of all.

Must not know services: it shows sums that it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QBrush,
    QFocusEvent,
    QFont,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QLabel, QSizePolicy, QWidget

from player.core.model import Millis
from player.core.time_listened import Month, Sums
from player.core.timecode import MINUTE
from player.ui.mirroring import draw_text, mirror
from player.ui.statistics_texts import cell_text, join_words, month_label, month_words, scale_text
from player.ui.theme import Colours, colours, mixed
from player.ui.widgets import sized

LEAST_MONTHS = 6
"""So many have room at least: months before the first one stand empty."""
_MOST_LINES = 4
_MINUTES = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3000, 6000, 12_000)
"""What may lie between two lines of the scale."""
_LABEL_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_WIDEST = ("000 h 00 min", "00 h 00 min", "00 h 00 min", "00 h 00 min")
"""Values that the legend has room for in any case."""
_AIR = 1.7
"""The width of a swatch of the legend with the gap behind it, in swatches."""
_PICTURE = (0.3, 0.5, 0.4, 0.7, 0.55, 0.95)


def bar_parts(sums: Sums) -> tuple[Millis, Millis, Millis, Millis]:
    """What a bar is made of, from below: listened, saved by speed, by trimmed pauses, by skipped chapters."""
    return (sums.heard, sums.by_speed, sums.by_trimming, sums.by_skips)


def scale_step(peak: Millis) -> Millis:
    """What lies between two lines of a scale up to `peak`."""
    return next((each * MINUTE for each in _MINUTES if each * MINUTE * _MOST_LINES >= peak), ceil(peak / _MOST_LINES))


def _fills(shades: Colours) -> tuple[tuple[QBrush, ...], ...]:
    """How the parts of a bar are filled, one brush after the other; what is skipped is hatched, as on the timeline."""
    hatched = QBrush(mixed(shades.accent, shades.page, 0.35), Qt.BrushStyle.BDiagPattern)
    pale = [QBrush(mixed(shades.accent, shades.page, part)) for part in (0.45, 0.68, 0.86)]
    return ((QBrush(shades.accent),), (pale[0],), (pale[1],), (pale[2], hatched))


class StatisticsPlot(QAbstractSlider):
    """Bars of months; the slider's value is the number of the one that the keyboard is at.

    Signal: `looked_at(number or -1)` when the pointer or the keyboard goes to a month, or to none.
    """

    looked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[Month, ...] = ()
        self._bars: tuple[Sums, ...] = ()
        self._hover: int | None = None
        # Time goes from left to right everywhere.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setMouseTracking(True)
        self.setPageStep(12)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Months"))
        self.valueChanged.connect(self._on_value_changed)

    def sizeHint(self) -> QSize:
        """Room for some lines of the scale."""
        unit = self.fontMetrics().height()
        return QSize(unit * 30, unit * 12)

    def minimumSizeHint(self) -> QSize:
        """Low windows have one, too."""
        unit = self.fontMetrics().height()
        return QSize(unit * 12, unit * 7)

    def show_months(self, months: Sequence[Month], bars: Sequence[Sums]) -> None:
        """Show the sums of `months`, which follow one another."""
        missing = max(0, LEAST_MONTHS - len(months))
        is_other = self._months[missing:] != tuple(months)
        self._months = (*(months[0].plus(number - missing) for number in range(missing)), *months)
        self._bars = (*[Sums()] * missing, *bars)
        self.setRange(0, len(self._months) - 1)
        if is_other:
            self._hover = None
            self.setValue(self.maximum())
        self._describe()
        self.update()

    @property
    def month(self) -> int | None:
        """The number of the month that is looked at."""
        if self._hover is not None:
            return self._hover
        return self.value() if self.hasFocus() and self._months else None

    def at(self, number: int) -> tuple[Month, Sums]:
        """A month and its bar."""
        return self._months[number], self._bars[number]

    # --- gestures

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at the month under the pointer."""
        area, number = self._area(), -1
        if self._months and area.left() <= event.position().x() < area.right():
            number = int((event.position().x() - area.left()) / area.width() * len(self._months))
        self._look_at(number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The keyboard goes on from the month that was pressed."""
        if self._hover is not None and event.button() is Qt.MouseButton.LeftButton:
            self.setValue(self._hover)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is not for the plot."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._look_at(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Look at a month."""
        super().focusInEvent(event)
        self._on_looked()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Look at all again."""
        super().focusOutEvent(event)
        self._on_looked()

    def _look_at(self, number: int) -> None:
        hover = number if number >= 0 else None
        if hover != self._hover:
            self._hover = hover
            self._on_looked()

    def _on_value_changed(self) -> None:
        self._hover = None
        self._describe()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self.accessibleDescription()))
        self._on_looked()

    def _on_looked(self) -> None:
        month = self.month
        self.looked_at.emit(-1 if month is None else month)
        self.update()

    def _describe(self) -> None:
        if self.value() < len(self._months):
            self.setAccessibleDescription(month_words(*self.at(self.value())))

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the month that is looked at, the scale, the bars and their labels."""
        del event
        if not self._months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, area = colours(self.palette()), self._area()
        month = self.month
        if month is not None:
            self._paint_band(painter, shades, month)
        self._paint_scale(painter, shades, area)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, sums in enumerate(self._bars):
            self._paint_bar(painter, number, bar_parts(sums), _fills(shades))
        self._paint_labels(painter, shades, area)

    def _paint_band(self, painter: QPainter, shades: Colours, month: int) -> None:
        slot = self.slot(month)
        slot.setBottom(self.height() - 1)
        has_keys = self.hasFocus() and self._hover is None
        painter.setPen(QPen(shades.accent, 1.5) if has_keys else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(shades.accent_soft if has_keys else shades.hover)
        painter.drawRoundedRect(slot.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_scale(self, painter: QPainter, shades: Colours, area: QRectF) -> None:
        painter.setFont(self._small)
        step, room = scale_step(self._peak), self._small_height
        for line in range(ceil(self._peak / step) + 1):
            y = area.bottom() - area.height() * line * step / self._top
            painter.fillRect(QRectF(area.left(), round(y), area.width(), 1), shades.track if not line else shades.line)
            painter.setPen(shades.muted)
            rect = QRectF(0, y - room / 2, area.left() - room * 0.5, room)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, scale_text(line * step))

    def _paint_bar(
        self, painter: QPainter, number: int, parts: Sequence[Millis], fills: Sequence[Sequence[QBrush]]
    ) -> None:
        whole = sum(parts)
        if not whole:
            return
        area, slot = self._area(), self.slot(number)
        width = min(slot.width() * 0.66, self.fontMetrics().height() * 2.4)
        height = max(2.0, area.height() * whole / self._top)
        bar = QRectF(slot.center().x() - width / 2, area.bottom() - height, width, height)
        radius = min(4.0, width / 4, height)
        outline = QPainterPath()
        outline.addRoundedRect(bar.adjusted(0, 0, 0, radius), radius, radius)
        painter.save()
        painter.setClipPath(outline)
        bottom = bar.bottom()
        for part, brushes in zip(parts, fills, strict=True):
            top = bottom - height * part / whole
            # The first pixel of a part is left free, so that neighbours stand apart.
            gap = 1.0 if bottom < bar.bottom() and bottom - top > 2 else 0.0
            for brush in brushes:
                painter.fillRect(QRectF(bar.left(), top, width, bottom - top - gap), brush)
            bottom = top
        painter.restore()

    def _paint_labels(self, painter: QPainter, shades: Colours, area: QRectF) -> None:
        painter.setFont(self._small)
        widest = painter.fontMetrics().horizontalAdvance("2025 ")
        slot = area.width() / len(self._months)
        step = next((each for each in _LABEL_STEPS if slot * each >= widest), _LABEL_STEPS[-1])
        for number, month in enumerate(self._months):
            if (month.year * 12 + month.month - 1) % step:
                continue
            painter.setPen(shades.text if month.month == 1 or number == self.month else shades.muted)
            words = month_label(month)
            width = painter.fontMetrics().horizontalAdvance(words)
            left = min(self.slot(number).center().x() - width / 2, self.width() - width)
            rect = QRectF(left, area.bottom() + 2, width + 1, self.height() - area.bottom() - 2)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)

    # --- places

    @property
    def _small(self) -> QFont:
        return sized(self.font(), 0.85)

    @property
    def _small_height(self) -> float:
        return self.fontMetrics().height() * 0.9

    @property
    def _peak(self) -> Millis:
        """The highest bar."""
        return max(MINUTE, *(sum(bar_parts(each)) for each in self._bars))

    @property
    def _top(self) -> Millis:
        """Where the scale ends: at a line."""
        step = scale_step(self._peak)
        return ceil(self._peak / step) * step

    def _area(self) -> QRectF:
        """Where the bars stand."""
        unit = self.fontMetrics().height()
        left = unit * 3.2
        return QRectF(left, unit * 0.6, max(1.0, self.width() - left - 2), max(1.0, self.height() - unit * 2.2))

    def slot(self, number: int) -> QRectF:
        """The part of the width that a month has."""
        area = self._area()
        width = area.width() / len(self._months)
        return QRectF(area.left() + number * width, 0, width, area.bottom())


class Legend(QLabel):
    """What the parts of a bar mean; with the values of a month or of a podcast, while one is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._values = ("",) * len(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFont(sized(self.font(), 0.92))

    def show_sums(self, sums: Sums | None) -> None:
        """Show the values of some sums, or none."""
        self._values = ("",) * len(_WIDEST) if sums is None else tuple(map(cell_text, bar_parts(sums)))
        self.setAccessibleName(", ".join(join_words(value, name) for value, name in self.items()))
        self.updateGeometry()
        self.update()

    def items(self) -> list[tuple[str, str]]:
        """Values, and what they are."""
        return list(zip(self._values, self._names(), strict=True))

    def sizeHint(self) -> QSize:
        """As many lines as long values take at the present width, so that it stays as high as it is."""
        widest = list(zip(_WIDEST, self._names(), strict=True))
        return QSize(200, self._step * (1 + max(line for _, line in self._places(widest) + self._places(self.items()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The number of lines may be another one now."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a swatch, a value and its name for each part."""
        del event
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shades, metrics, items = colours(self.palette()), self.fontMetrics(), self.items()
        side = metrics.height() * 0.62
        for (left, line), (value, name), fills in zip(self._places(items), items, _fills(shades), strict=True):
            top = line * self._step
            for fill in fills:
                painter.setBrush(fill)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawRoundedRect(QRectF(left, top + (self._step - side) / 2, side, side), 2, 2)
            text = QRectF(left + side * _AIR, top, self.width(), self._step)
            painter.setPen(shades.text)
            draw_text(painter, text, value)
            text.translate(metrics.horizontalAdvance(f"{value} ") if value else 0, 0)
            painter.setPen(shades.muted)
            draw_text(painter, text, name)

    def _names(self) -> tuple[str, ...]:
        return (self.tr("listened"), self.tr("saved by speed"), self.tr("by pauses"), self.tr("by skips"))

    @property
    def _step(self) -> int:
        return round(self.fontMetrics().height() * 1.35)

    def _places(self, items: Sequence[tuple[str, str]]) -> list[tuple[float, int]]:
        """Where each part stands: from the left, and in which line."""
        metrics = self.fontMetrics()
        places: list[tuple[float, int]] = []
        left, line, swatch = 0.0, 0, metrics.height() * 0.62 * _AIR
        for value, name in items:
            wide = swatch + metrics.horizontalAdvance(join_words(value, name))
            if left and left + wide > self.width():
                left, line = 0.0, line + 1
            places.append((left, line))
            left += wide + metrics.height() * 1.2
        return places


class BarsPicture(QWidget):
    """Some pale bars, for a page that has no others yet."""

    def __init__(self) -> None:
        super().__init__()
        unit = self.fontMetrics().height()
        self.setFixedSize(unit * 7, unit * 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them, the last one in the accent's colour."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shades, slot = colours(self.palette()), self.width() / len(_PICTURE)
        for number, part in enumerate(_PICTURE):
            painter.setBrush(shades.accent if number == len(_PICTURE) - 1 else shades.track)
            height = self.height() * part
            painter.drawRoundedRect(QRectF(slot * number, self.height() - height, slot * 0.66, height), 4, 4)
