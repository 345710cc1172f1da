"""A stretch of an episode as a slider: what mouse, keys and screen reader do with it, wherever it is drawn.

Must not know what is drawn, nor services: it asks for jumps by signals and is told the position.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QApplication, QSizePolicy, QWidget

from player.core.chapters import chapter_at
from player.core.model import Chapter, Millis
from player.ui.theme import Colours
from player.ui.timeline_tip import TimelineTip

NUDGE: Millis = 5000
"""How far one notch of the wheel goes."""

MARGIN = 4
"""Pixels that stay free at both ends."""

_WHEEL_NOTCH = 120
_LEAP: Millis = 3000
"""Playing moves the place by less from one tick to the next: what is more is a jump, and told."""
_STEPS = 100


class TimelineSlider(QAbstractSlider):
    """Jumps on release of the button, shows the place meanwhile, and lets it be heard. All places are milliseconds.

    For a screen reader it is Qt's own slider, whose value is a percentage, and whose description the place in words:
    an accessible interface written in Python ends the program as soon as AT-SPI looks at it (PySide6 6.12), and Qt
    tells AT-SPI no value in words. Who asks gets the place of now; who is at the slider is told of jumps, not of ticks.

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
        self._begin, self._end, self._position = 0, 0, 0
        self._current: int | None = None
        self._hover: Millis | None = None
        self._preview: Millis | None = None
        self._pressed_at, self._is_scrubbing = 0.0, False
        self._overheard: QWidget | None = None
        self._tip: TimelineTip | None = None
        self._wheel = 0
        self._is_told = False
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, _STEPS)
        self.setSingleStep(1)
        self.valueChanged.connect(self._on_value_changed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # --- the stretch and the place

    @property
    def begin(self) -> Millis:
        """Where the stretch begins."""
        return self._begin

    @property
    def end(self) -> Millis:
        """Where the stretch ends; zero where there is none."""
        return self._end

    @property
    def position(self) -> Millis:
        """How far it has been played: inside the stretch."""
        return self._position

    @property
    def preview(self) -> Millis | None:
        """Where a drag would jump to if it ended now."""
        return self._preview

    def words_of(self, position: Millis) -> str:
        """A position in the words of a screen reader."""
        raise NotImplementedError

    def place_at(self, position: Millis) -> str:
        """What the label says of a position."""
        raise NotImplementedError

    def nearest_start(self, position: Millis) -> Millis:
        """The chapter start nearest to a position, or the position itself where there are no chapters."""
        starts = [chapter.start for chapter in self._chapters]
        return min(starts, key=lambda start: abs(start - position)) if starts else position

    def x_of(self, position: Millis) -> float:
        """Where a position is, from the left, in pixels."""
        span = max(1, self._end - self._begin)
        return MARGIN + (self.width() - 2 * MARGIN) * min(max(position - self._begin, 0), span) / span

    def _set_stretch(self, chapters: Sequence[Chapter], begin: Millis, end: Millis) -> None:
        self._chapters = tuple(chapters)
        self._begin, self._end = begin, max(begin, end)
        self._position = min(max(self._position, begin), self._end)
        self._current = chapter_at(self._chapters, self._position)
        self._describe(is_told=True)
        self.update()

    def _set_position(self, position: Millis) -> None:
        """Take a place over; repaint only when that shows, and say jumps aloud to who is at the slider."""
        before, self._position = self._position, min(max(position, self._begin), self._end)
        current = chapter_at(self._chapters, self._position)
        has_moved, self._current = current != self._current, current
        is_leap = not 0 <= self._position - before <= _LEAP
        self._describe(is_told=is_leap or not self.hasFocus())
        if is_leap and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.toolTip()))
        if has_moved or abs(self.x_of(self._position) - self.x_of(before)) >= 0.5:
            self.update()

    def _describe(self, *, is_told: bool) -> None:
        """Let a screen reader have the place: what is told is said at once by most, and breaks off what they say."""
        spoken = self.words_of(self._position)
        if spoken != self.toolTip():
            # Qt describes by the tool tip what has no description; that it changes, AT-SPI is not told.
            self.setToolTip(spoken)
        if is_told:
            self._is_told = True
            self.setValue(_STEPS * (self._position - self._begin) // max(1, self._end - self._begin))
            self._is_told = False

    def _on_value_changed(self, value: int) -> None:
        if not self._is_told:
            self.jump_requested.emit(self._begin + (self._end - self._begin) * value // _STEPS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes to the slider is told where it stands."""
        self._describe(is_told=True)
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        """The label under the pointer says more than the tool tip, which is for screen readers."""
        return event.type() is QEvent.Type.ToolTip or super().event(event)

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left begins a drag, right goes to the nearest chapter start."""
        place = self._position_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().x()
            self._show_preview(place, event)
            self._hear_keys(QApplication.focusWidget())
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
        """Home and End; all other keys are the window's."""
        if event.key() == Qt.Key.Key_Home:
            self.jump_requested.emit(self._begin)
        elif event.key() == Qt.Key.Key_End:
            self.jump_requested.emit(self._end)
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While something is dragged, Escape drops it, whatever has the focus."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if is_escape and event.type() is QEvent.Type.KeyPress:
            is_scrubbing = self._is_scrubbing
            self._end_drag()
            if is_scrubbing:
                self.scrub_ended.emit(-1)
            return True
        return super().eventFilter(watched, event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        del event
        self._hover = None
        self._hide_tip()
        self.update()

    def drop_drag(self) -> None:
        """Forget a press or a drag: what it was about is not shown any more."""
        if self._preview is not None:
            self._end_drag()

    # --- for those who draw

    def _paint_focus(self, painter: QPainter, shades: Colours) -> None:
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shades.accent, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _position_at(self, x: float) -> Millis:
        room = max(1, self.width() - 2 * MARGIN)
        return self._begin + round(min(1.0, max(0.0, (x - MARGIN) / room)) * (self._end - self._begin))

    def _wanted(self, place: Millis, event: QMouseEvent) -> Millis:
        is_snapping = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return self.nearest_start(place) if is_snapping else place

    def _show_preview(self, place: Millis, event: QMouseEvent) -> None:
        self._preview = self._wanted(place, event)
        self._hover = self._preview
        self._show_tip(self._preview)
        self.preview_changed.emit(self._preview)
        self.update()

    def _hear_keys(self, focus: QWidget | None) -> None:
        """Hear the keys of the widget with the focus too, or of none any more."""
        if self._overheard is not None:
            self._overheard.removeEventFilter(self)
        self._overheard = focus
        if focus is not None:
            focus.installEventFilter(self)

    def _end_drag(self) -> None:
        self._preview = None
        self._is_scrubbing = False
        self._hear_keys(None)
        self._hide_tip()
        self.preview_changed.emit(-1)
        self.update()

    def _show_tip(self, place: Millis) -> None:
        if self._tip is None:
            self._tip = TimelineTip(self.window())
        above = QPoint(self.mapToGlobal(QPoint(round(self.x_of(place)), 0)).x(), self._tip_base().y())
        self._tip.show_above(above, self.place_at(place))

    def _tip_base(self) -> QPoint:
        """Above which height the label stands, in global coordinates."""
        return self.mapToGlobal(QPoint(0, self.height() // 2 - round(self.fontMetrics().height() * 0.45)))

    def _hide_tip(self) -> None:
        if self._tip is not None:
            self._tip.hide()
