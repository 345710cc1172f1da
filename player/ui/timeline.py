"""The whole episode as a slider with one segment for each chapter.

Must not know services: it asks for jumps by signals and is told the position.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QApplication, QSizePolicy, QWidget

from player.core.chapters import chapter_at
from player.core.model import Chapter, Millis
from player.core.session import Loop
from player.core.skips import Span
from player.core.timecode import format_timecode
from player.core.waveform import Waveform
from player.ui.texts import join_facts, place_text
from player.ui.theme import Colours, colours, mixed
from player.ui.timeline_loop import paint_loop
from player.ui.timeline_tip import TimelineTip
from player.ui.waveform_picture import WaveformPicture

NUDGE: Millis = 5000
"""How far one notch of the wheel goes."""

_WHEEL_NOTCH = 120
_MARGIN = 4


class Timeline(QAbstractSlider):
    """A slider in milliseconds. Jumps on release of the button, shows the place meanwhile, and lets it be heard.

    Signals: `jump_requested(position)`, `nudge_requested(delta)`, `preview_changed(position or -1)`; while the pointer
    is dragged `scrub_requested(position)`, and at the end of that, instead of a jump, `scrub_ended(position or -1)`.
    """

    jump_requested = Signal(int)
    scrub_requested = Signal(int)
    scrub_ended = Signal(int)
    nudge_requested = Signal(int)
    preview_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters: tuple[Chapter, ...] = ()
        self._skipped: frozenset[int] = frozenset()
        self._edges: tuple[Span, ...] = ()
        self._missing: tuple[tuple[float, float], ...] = ()
        self._loop: Loop | None = None
        self._current: int | None = None
        self._hover: Millis | None = None
        self._preview: Millis | None = None
        self._pressed_at, self._is_scrubbing = 0.0, False
        self._tip: TimelineTip | None = None
        self._waveform: Waveform | None = None
        self._picture = WaveformPicture()
        self._wheel = 0
        self._is_told = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        self.setSingleStep(NUDGE)
        self.valueChanged.connect(self._on_value_changed)

    def sizeHint(self) -> QSize:
        """Room for the playhead."""
        return QSize(300, round(self.fontMetrics().height() * 2))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows have one, too."""
        return QSize(80, self.sizeHint().height())

    def show_episode(
        self,
        chapters: Sequence[Chapter],
        duration: Millis | None,
        skipped: Collection[int] = frozenset(),
        edges: Sequence[Span] = (),
    ) -> None:
        """Show another episode: `skipped` are the indices of the chapters, `edges` the spans that are left out."""
        self._chapters, self._skipped, self._edges = tuple(chapters), frozenset(skipped), tuple(edges)
        self._is_told = True
        self.setRange(0, max(duration or 0, 0))
        self._is_told = False
        self._current = chapter_at(self._chapters, self.value())
        self.setEnabled(bool(duration))
        self._picture.show(self._waveform, self.maximum())
        self._describe(has_moved=False)
        self.update()

    def show_loop(self, loop: Loop | None) -> None:
        """Show what is played again and again."""
        if loop != self._loop:
            self._loop = loop
            self.update()

    def show_missing(self, parts: tuple[tuple[float, float], ...]) -> None:
        """Show which parts of the episode, from 0.0 to 1.0, have not come yet: they are pale."""
        if parts != self._missing:
            self._missing = parts
            self.update()

    def show_waveform(self, waveform: Waveform | None) -> None:
        """Show, above the segments, what is known of the episode's waveform."""
        self._waveform = waveform
        self._picture.show(waveform, self.maximum())
        self.update()

    def show_position(self, position: Millis) -> None:
        """Show how far it has been played; repaints only when that shows."""
        before = self.x_of(self.value())
        self._is_told = True
        self.setValue(position)
        self._is_told = False
        current = chapter_at(self._chapters, self.value())
        has_moved = current != self._current
        self._current = current
        self._describe(has_moved=has_moved)
        if has_moved or abs(self.x_of(self.value()) - before) >= 0.5:
            self.update()

    @property
    def preview(self) -> Millis | None:
        """Where a drag would jump to if it ended now."""
        return self._preview

    def place_at(self, position: Millis) -> str:
        """What the label says of a position: "Stargate · 4:56:55"."""
        index = chapter_at(self._chapters, position)
        title = self._chapters[index].title if index is not None else ""
        is_skipped = index in self._skipped or any(start <= position < end for start, end in self._edges)
        skipped = self.tr("skipped") if is_skipped else ""
        return join_facts(title, skipped, format_timecode(position))

    def nearest_start(self, position: Millis) -> Millis:
        """The chapter start nearest to a position, or the position itself where there are no chapters."""
        starts = [chapter.start for chapter in self._chapters]
        return min(starts, key=lambda start: abs(start - position)) if starts else position

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left begins a drag, right goes to the nearest chapter start."""
        place = self._position_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().x()
            self._show_preview(place, event)
        elif event.button() is Qt.MouseButton.RightButton and self._preview is None:
            self.jump_requested.emit(self.nearest_start(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer, and where a drag would go."""
        place = self._position_at(event.position().x())
        if self._preview is not None:
            self._show_preview(place, event)
            is_drag = abs(event.position().x() - self._pressed_at) >= QApplication.startDragDistance() / 2
            self._is_scrubbing = self._is_scrubbing or is_drag
            if self._is_scrubbing:
                self.scrub_requested.emit(self._preview)
            return
        self._hover = place
        self._show_tip(self._wanted(place, event))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag or a click ends: jump."""
        if event.button() is not Qt.MouseButton.LeftButton or self._preview is None:
            return
        place = self._wanted(self._position_at(event.position().x()), event)
        is_scrubbing = self._is_scrubbing
        self._end_drag()
        (self.scrub_ended if is_scrubbing else self.jump_requested).emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nudge a little forward or back, a notch at a time."""
        delta = event.angleDelta()
        self._wheel += delta.y() or -delta.x()
        notches = int(self._wheel / _WHEEL_NOTCH)
        if notches:
            self._wheel -= notches * _WHEEL_NOTCH
            self.nudge_requested.emit(notches * NUDGE)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; Escape drops a drag. All other keys are the window's."""
        if event.key() == Qt.Key.Key_Escape and self._preview is not None:
            if self._is_scrubbing:
                self.scrub_ended.emit(-1)
            self._end_drag()
        elif event.key() == Qt.Key.Key_Home:
            self.jump_requested.emit(0)
        elif event.key() == Qt.Key.Key_End:
            self.jump_requested.emit(self.maximum())
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        del event
        self._hover = None
        self._hide_tip()
        self.update()

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the waveform, the segments, then the playhead."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shades = colours(self.palette())
        shown = self.value() if self._preview is None else self._preview
        if not self.maximum():
            height = self.fontMetrics().height() * 0.4
            rect = QRectF(_MARGIN, (self.height() - height) / 2, self.width() - 2 * _MARGIN, height)
            _fill(painter, rect, shades.line)
            return
        if not self._picture.is_empty:
            unit = self.fontMetrics().height()
            top, bottom = round(unit * 0.1), round(self._axis() - unit * 0.36)
            rect = QRectF(_MARGIN, top, self.width() - 2 * _MARGIN, bottom - top)
            self._picture.paint(painter, rect, self.x_of(self.value()), (shades.accent, shades.track))
        hovered = chapter_at(self._chapters, self._hover) if self._hover is not None else None
        for index, (start, end) in enumerate(_segments(self._chapters, self.maximum())):
            if index in self._skipped and index != self._current:
                area = self._segment_area((start, end), 0.4)
                _paint_skipped(painter, shades, area, self._picture.is_empty, is_hovered=index == hovered)
            else:
                is_current, heard = index == self._current, self.x_of(self.value())
                area = self._segment_area((start, end), 0.62 if is_current else 0.4)
                _paint_segment(painter, shades, area, heard, is_current=is_current, is_hovered=index == hovered)
        for edge in self._edges:
            if not edge[0] <= self.value() < edge[1]:
                ends = (chapter_at(self._chapters, edge[0]), chapter_at(self._chapters, edge[1] - 1))
                area = self._segment_area(edge, 0.62 if self._current in ends else 0.4)
                _paint_skipped(painter, shades, area, self._picture.is_empty)
        for first, last in self._missing:
            left, right = (self.x_of(round(part * self.maximum())) for part in (first, last))
            _veil(painter, QRectF(left, self._axis() - self.height(), right - left, 2 * self.height()), shades)
        if self._loop is not None:
            stop = None if self._loop.stop is None else self.x_of(self._loop.stop)
            paint_loop(painter, shades, QRectF(self.rect()), self.x_of(self._loop.start), stop)
        if self.isEnabled():
            _paint_playhead(painter, self.x_of(shown), self.height(), shades)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shades.accent, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _segment_area(self, span: tuple[Millis, Millis], height: float) -> QRectF:
        """Where a segment is drawn, `height` times a line of text high."""
        left, right = self.x_of(span[0]), self.x_of(span[1])
        is_crowded = (self.width() - 2 * _MARGIN) / max(1, len(self._chapters)) < 6
        right -= 0.5 if is_crowded else 2.0
        height *= self.fontMetrics().height()
        return QRectF(left, self._axis() - height / 2, max(0.5, right - left), height)

    # --- places

    def _axis(self) -> float:
        """The height of the middle of the segments: lower where a waveform stands above them."""
        return self.height() / 2 if self._picture.is_empty else self.height() - self.fontMetrics().height() * 0.42

    def x_of(self, position: Millis) -> float:
        """Where a position is, from the left, in pixels."""
        span = max(1, self.maximum())
        return _MARGIN + (self.width() - 2 * _MARGIN) * min(position, span) / span

    def _position_at(self, x: float) -> Millis:
        room = max(1, self.width() - 2 * _MARGIN)
        return round(min(1.0, max(0.0, (x - _MARGIN) / room)) * self.maximum())

    def _wanted(self, place: Millis, event: QMouseEvent) -> Millis:
        is_snapping = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self.nearest_start(place) if is_snapping else place

    def _show_preview(self, place: Millis, event: QMouseEvent) -> None:
        self._preview = self._wanted(place, event)
        self._hover = self._preview
        self._show_tip(self._preview)
        self.preview_changed.emit(self._preview)
        self.update()

    def _end_drag(self) -> None:
        self._preview = None
        self._is_scrubbing = False
        self._hide_tip()
        self.preview_changed.emit(-1)
        self.update()

    def _show_tip(self, place: Millis) -> None:
        if self._tip is None:
            self._tip = TimelineTip(self.window())
        reach = round(self.fontMetrics().height() * 0.45)
        above = self.mapToGlobal(QPoint(round(self.x_of(place)), self.height() // 2 - reach))
        self._tip.show_above(above, self.place_at(place))

    def _hide_tip(self) -> None:
        if self._tip is not None:
            self._tip.hide()

    def _on_value_changed(self, value: int) -> None:
        if not self._is_told:
            self.jump_requested.emit(value)

    def _describe(self, *, has_moved: bool) -> None:
        """Keep the spoken value; a screen reader is told when the chapter is another one."""
        index = self._current
        title = self._chapters[index].title if index is not None and index < len(self._chapters) else ""
        spoken = place_text(title, self.value())
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            if has_moved and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, spoken))


def _segments(chapters: Sequence[Chapter], end: Millis) -> list[tuple[Millis, Millis]]:
    return list(pairwise([0, *(chapter.start for chapter in chapters[1:]), end]))


def _paint_segment(
    painter: QPainter, shades: Colours, rect: QRectF, heard: float, *, is_current: bool, is_hovered: bool
) -> None:
    """Draw a segment, played up to `heard` across."""
    track = shades.track_strong if is_hovered else shades.track
    played = mixed(shades.accent, shades.text, 0.15) if is_hovered else shades.accent
    if heard >= rect.right():
        _fill(painter, rect, played)
        return
    _fill(painter, rect, mixed(track, shades.accent, 0.18) if is_current else track)
    if heard > rect.left():
        painter.save()
        painter.setClipRect(QRectF(rect.left(), 0, heard - rect.left(), rect.bottom() + 1))
        _fill(painter, rect, played)
        painter.restore()


def _paint_playhead(painter: QPainter, x: float, height: int, shades: Colours) -> None:
    painter.setBrush(shades.text)
    painter.drawRoundedRect(QRectF(x - 1, height * 0.05, 2, height * 0.9), 1, 1)


def _paint_skipped(
    painter: QPainter, shades: Colours, area: QRectF, is_alone: bool, *, is_hovered: bool = False
) -> None:
    """A hatched segment, and, unless it stands alone, the waveform above it pale: this is left out."""
    if not is_alone:
        _veil(painter, QRectF(area.left(), 0, area.width(), area.top()), shades)
    _fill(painter, area, mixed(shades.chrome, shades.track, 0.5))
    painter.setBrush(QBrush(shades.track_strong if is_hovered else shades.faint, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(area)


def _veil(painter: QPainter, rect: QRectF, shades: Colours) -> None:
    colour = QColor(shades.chrome)
    colour.setAlphaF(0.65)
    painter.fillRect(rect, colour)


def _fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    radius = min(3.0, rect.width() / 2)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)
