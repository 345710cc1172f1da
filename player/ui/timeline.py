"""The whole episode as a slider with one segment for each chapter.

Must not know services: it asks for jumps by signals and is told the position.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from player.core.chapters import chapter_at
from player.core.model import Chapter, EpisodeId, Millis
from player.core.session import Loop
from player.core.skips import Span
from player.core.timecode import format_timecode
from player.core.waveform import Waveform
from player.ui.texts import join_facts, place_text
from player.ui.theme import colours
from player.ui.timeline_loop import paint_loop
from player.ui.timeline_painting import fill, paint_playhead, paint_segment, paint_skipped, veil
from player.ui.timeline_slider import MARGIN, TimelineSlider
from player.ui.waveform_picture import WaveformPicture


class Timeline(TimelineSlider):
    """The slider of the episode.

    `place_shown()` after every change of what is shown, but not of how it looks; `episode_left()` when it is another's.
    """

    place_shown = Signal()
    episode_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._episode: EpisodeId | None = None
        self._skipped: frozenset[int] = frozenset()
        self._edges: tuple[Span, ...] = ()
        self._missing: tuple[tuple[float, float], ...] = ()
        self._loop: Loop | None = None
        self._waveform: Waveform | None = None
        self._picture = WaveformPicture()
        super().__init__(parent)
        self.setAccessibleName(self.tr("Timeline"))
        self.preview_changed.connect(lambda _: self.place_shown.emit())

    def sizeHint(self) -> QSize:
        """Room for the playhead."""
        return QSize(300, round(self.fontMetrics().height() * 2))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows have one, too."""
        return QSize(80, self.sizeHint().height())

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Those of the episode."""
        return self._chapters

    @property
    def shown(self) -> Millis:
        """Where the playhead stands: at what plays, or under the pointer that drags it."""
        return self._position if self._preview is None else self._preview

    def show_episode(
        self,
        chapters: Sequence[Chapter],
        duration: Millis | None,
        skipped: Collection[int] = frozenset(),
        edges: Sequence[Span] = (),
        *,
        of: EpisodeId | None = None,
    ) -> None:
        """Show another episode: `skipped` are the indices of the chapters, `edges` the spans that are left out.

        A press or a drag does not go on from one episode (`of`) to the next.
        """
        self._skipped, self._edges = frozenset(skipped), tuple(edges)
        self._set_stretch(chapters, 0, duration or 0)
        self.setEnabled(bool(duration))
        self._picture.show(self._waveform, self._end)
        if of != self._episode:
            self._episode = of
            self.drop_drag()
            self.episode_left.emit()
        self.place_shown.emit()

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
        self._picture.show(waveform, self._end)
        self.update()

    def show_position(self, position: Millis) -> None:
        """Show how far it has been played; repaints only when that shows."""
        self._set_position(position)
        self.place_shown.emit()

    def show_preview(self, place: Millis | None) -> None:
        """Show where a drag elsewhere would go to, or that there is none."""
        self._preview = place
        self.preview_changed.emit(-1 if place is None else place)
        self.update()

    def words_of(self, position: Millis) -> str:
        """A position as a screen reader says it: "Stargate, 4 h 57 min"."""
        index = chapter_at(self._chapters, position)
        return place_text(self._chapters[index].title if index is not None else "", position)

    def place_at(self, position: Millis) -> str:
        """What the label says of a position: "Stargate · 4:56:55"."""
        index = chapter_at(self._chapters, position)
        title = self._chapters[index].title if index is not None else ""
        is_skipped = index in self._skipped or any(start <= position < end for start, end in self._edges)
        skipped = self.tr("skipped") if is_skipped else ""
        return join_facts(title, skipped, format_timecode(position))

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the waveform, the segments, then the playhead."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shades = colours(self.palette())
        if not self._end:
            height = self.fontMetrics().height() * 0.4
            rect = QRectF(MARGIN, (self.height() - height) / 2, self.width() - 2 * MARGIN, height)
            fill(painter, rect, shades.line)
            return
        if not self._picture.is_empty:
            unit = self.fontMetrics().height()
            top, bottom = round(unit * 0.1), round(self._axis() - unit * 0.36)
            rect = QRectF(MARGIN, top, self.width() - 2 * MARGIN, bottom - top)
            self._picture.paint(painter, rect, self.x_of(self._position), (shades.accent, shades.track))
        hovered = chapter_at(self._chapters, self._hover) if self._hover is not None else None
        for index, (start, end) in enumerate(segments(self._chapters, self._end)):
            if index in self._skipped and index != self._current:
                area = self._segment_area((start, end), 0.4)
                paint_skipped(painter, shades, area, self._picture.is_empty, is_hovered=index == hovered)
            else:
                is_current, heard = index == self._current, self.x_of(self._position)
                area = self._segment_area((start, end), 0.62 if is_current else 0.4)
                paint_segment(painter, shades, area, heard, is_current=is_current, is_hovered=index == hovered)
        for edge in self._edges:
            if not edge[0] <= self._position < edge[1]:
                ends = (chapter_at(self._chapters, edge[0]), chapter_at(self._chapters, edge[1] - 1))
                area = self._segment_area(edge, 0.62 if self._current in ends else 0.4)
                paint_skipped(painter, shades, area, self._picture.is_empty)
        for first, last in self._missing:
            left, right = (self.x_of(round(part * self._end)) for part in (first, last))
            veil(painter, QRectF(left, self._axis() - self.height(), right - left, 2 * self.height()), shades)
        if self._loop is not None:
            stop = None if self._loop.stop is None else self.x_of(self._loop.stop)
            paint_loop(painter, shades, QRectF(self.rect()), self.x_of(self._loop.start), stop)
        if self.isEnabled():
            paint_playhead(painter, self.x_of(self.shown), self.height(), shades)
        self._paint_focus(painter, shades)

    def _segment_area(self, span: tuple[Millis, Millis], height: float) -> QRectF:
        """Where a segment is drawn, `height` times a line of text high."""
        left, right = self.x_of(span[0]), self.x_of(span[1])
        is_crowded = (self.width() - 2 * MARGIN) / max(1, len(self._chapters)) < 6
        right -= 0.5 if is_crowded else 2.0
        height *= self.fontMetrics().height()
        return QRectF(left, self._axis() - height / 2, max(0.5, right - left), height)

    def _axis(self) -> float:
        """The height of the middle of the segments: lower where a waveform stands above them."""
        return self.height() / 2 if self._picture.is_empty else self.height() - self.fontMetrics().height() * 0.42


def segments(chapters: Sequence[Chapter], end: Millis) -> list[tuple[Millis, Millis]]:
    """From where to where each chapter is drawn: until the next begins, the first from the start on."""
    return list(pairwise([0, *(chapter.start for chapter in chapters[1:]), end]))
