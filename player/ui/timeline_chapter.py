"""The chapter that plays as a slider of its own: a thin line below the timeline, on which a minute is wide.

Must not know services: all it shows is on the timeline, and it asks for jumps as if that did.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from player.core.model import Millis
from player.core.timecode import format_timecode
from player.ui.texts import about_text, join_facts
from player.ui.theme import colours
from player.ui.timeline import Timeline, segments
from player.ui.timeline_painting import fill
from player.ui.timeline_slider import MARGIN, TimelineSlider

_THICK, _THICKER, _KNOB = 0.16, 0.24, 0.3
"""The line, the line under the pointer, and the radius of its knob, in heights of a line of text."""


class ChapterLine(TimelineSlider):
    """Follows a timeline; folded away where there are no two chapters.

    While the timeline is dragged it shows the chapter under the pointer; while it is dragged itself it stays the same.
    """

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline.parentWidget())
        self._timeline = timeline
        self._has_room = True
        self.setAccessibleName(self.tr("Timeline of the chapter"))
        self.jump_requested.connect(timeline.jump_requested)
        self.scrub_requested.connect(timeline.scrub_requested)
        self.scrub_ended.connect(timeline.scrub_ended)
        self.nudge_requested.connect(timeline.nudge_requested)
        self.preview_changed.connect(lambda place: timeline.show_preview(None if place < 0 else place))
        timeline.episode_left.connect(self.drop_drag)
        timeline.place_shown.connect(self._follow)
        self._follow()

    def let_show(self, *, has_room: bool) -> None:
        """Whether there is room for it."""
        self._has_room = has_room
        self._follow()

    def sizeHint(self) -> QSize:
        """Room for the knob."""
        return QSize(300, round(self.fontMetrics().height() * 0.8))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows have one, too."""
        return QSize(80, self.sizeHint().height())

    def place_at(self, position: Millis) -> str:
        """What the label says of a position: "Stargate · 1:17 of 7:29 · 4:58:12"."""
        inside, whole = position - self._begin, self._end - self._begin
        part = self.tr("{time} of {whole}").format(time=format_timecode(inside), whole=format_timecode(whole))
        return join_facts(self._title(), part, format_timecode(position))

    def words_of(self, position: Millis) -> str:
        """A position as a screen reader says it: "Stargate, 1 min of 7 min"."""
        inside, whole = about_text(position - self._begin), about_text(self._end - self._begin)
        part = self.tr("{time} of {whole}").format(time=inside, whole=whole)
        return f"{self._title()}, {part}" if self._title() else part

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, played up to the place, and the knob."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shades, unit = colours(self.palette()), self.fontMetrics().height()
        is_touched = self._hover is not None or self._preview is not None or self.hasFocus()
        thick = unit * (_THICKER if is_touched else _THICK)
        top = (self.height() - thick) / 2
        shown = self._position if self._preview is None else self._preview
        x = self.x_of(shown)
        fill(painter, QRectF(MARGIN, top, self.width() - 2 * MARGIN, thick), shades.segment)
        fill(painter, QRectF(MARGIN, top, x - MARGIN, thick), shades.accent)
        if is_touched:
            painter.setBrush(shades.text)
            painter.drawEllipse(QPointF(x, self.height() / 2), unit * _KNOB, unit * _KNOB)
        self._paint_focus(painter, shades)

    def _tip_base(self) -> QPoint:
        """The label stands above the timeline, so that both stay in view."""
        return self._timeline.mapToGlobal(QPoint(0, 0))

    def _title(self) -> str:
        return self._chapters[self._current].title if self._current is not None else ""

    def _follow(self) -> None:
        """Take over what the timeline shows."""
        if self._preview is not None:
            return
        timeline = self._timeline
        chapters, place = timeline.chapters, timeline.shown
        parts = segments(chapters, timeline.end)
        begin, end = next((part for part in reversed(parts) if part[0] <= place), parts[0])
        if (chapters, begin, end) != (self._chapters, self._begin, self._end):
            self._position = place
            self._set_stretch(chapters, begin, end)
        self._set_position(place)
        self.setVisible(self._has_room and len(chapters) > 1 and timeline.isEnabled())
