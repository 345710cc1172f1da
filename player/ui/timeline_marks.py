"""The bookmarks of what plays, on the timeline: a small ribbon at each, a line along each span.

Must not know how the rest of the timeline is drawn. It lies over it, and takes the mouse only where a ribbon is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from player.app.compose import Services
from player.core.bookmarks import Bookmark
from player.core.events import BookmarksChanged, PlaybackChanged
from player.core.model import EpisodeId
from player.ui.bookmark_model import name_of, times_text
from player.ui.listen import listen
from player.ui.texts import join_facts
from player.ui.theme import colours
from player.ui.timeline import Timeline
from player.ui.timeline_tip import TimelineTip

_WIDTH, _HEIGHT = 0.42, 0.62
"""Of a ribbon, in heights of a line of text."""
_REACH = 0.36
"""So far from its middle a ribbon is taken by the mouse, likewise."""


class TimelineMarks(QWidget):
    """Lies over a timeline. Hovering over a ribbon tells its text, a click jumps to its place."""

    def __init__(self, services: Services, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._services = services
        self._timeline = timeline
        self._episode: EpisodeId | None = None
        self._bookmarks: tuple[Bookmark, ...] = ()
        self._hovered: Bookmark | None = None
        self._pressed: Bookmark | None = None
        self._tip: TimelineTip | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        timeline.installEventFilter(self)
        listen(self, services.bus, PlaybackChanged, lambda fact: self._show_episode(fact.state.episode))
        listen(self, services.bus, BookmarksChanged, self._on_bookmarks_changed)
        self._show_episode(services.playback.state.episode)
        self.setGeometry(timeline.rect())

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Those that are shown."""
        return self._bookmarks

    @property
    def tip(self) -> str:
        """What is told of the ribbon below the mouse; empty where there is none."""
        return self._tip.text() if self._tip is not None and self._tip.isVisible() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Over a ribbon the mouse is ours, but for a drag that began elsewhere."""
        match event.type():
            case QEvent.Type.Resize:
                self.setGeometry(self._timeline.rect())
            case QEvent.Type.Leave:
                self._point_at(None)
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent) and not event.buttons():
                found = self._ribbon_at(event.position())
                if found is not None and self._hovered is None:
                    # For the timeline the pointer has left: it tells nothing any more.
                    QCoreApplication.sendEvent(self._timeline, QEvent(QEvent.Type.Leave))
                self._point_at(found)
                return found is not None
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent):
                is_left = event.button() is Qt.MouseButton.LeftButton
                self._pressed = self._ribbon_at(event.position()) if is_left else None
                return self._pressed is not None
            case QEvent.Type.MouseButtonRelease if self._pressed is not None and isinstance(event, QMouseEvent):
                pressed, self._pressed = self._pressed, None
                if self._ribbon_at(event.position()) == pressed:
                    self._timeline.jump_requested.emit(pressed.start)
                return True
            case QEvent.Type.MouseMove if self._pressed is not None:
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw spans, then ribbons, the one below the mouse larger."""
        del event
        if not self._timeline.end:
            return
        shades, unit = colours(self.palette()), self.fontMetrics().height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in self._bookmarks:
            if each.stop is not None:
                left, right = self._timeline.x_of(each.start), self._timeline.x_of(each.stop)
                painter.fillRect(QRectF(left, 0, max(2.0, right - left), 2), shades.accent)
        for each in self._bookmarks:
            factor = 1.25 if each == self._hovered else 1.0
            width, height = unit * _WIDTH * factor, unit * _HEIGHT * factor
            left = self._timeline.x_of(each.start) - width / 2
            # A ribbon with a notch below, as in the program's own icon.
            corners = ((0, 0), (width, 0), (width, height), (width / 2, height * 0.68), (0, height))
            painter.setPen(QPen(shades.chrome, 1.2))
            painter.setBrush(shades.accent)
            painter.drawPolygon(QPolygonF([QPointF(left + x, y) for x, y in corners]))

    def _ribbon_at(self, point: QPointF) -> Bookmark | None:
        unit = self.fontMetrics().height()
        if not self._timeline.end or not 0 <= point.y() <= unit * (_HEIGHT + 0.15):
            return None
        near = [each for each in self._bookmarks if abs(self._timeline.x_of(each.start) - point.x()) <= unit * _REACH]
        return min(near, key=lambda each: abs(self._timeline.x_of(each.start) - point.x()), default=None)

    def _point_at(self, found: Bookmark | None) -> None:
        if found == self._hovered:
            return
        self._hovered = found
        self.update()
        if found is None:
            if self._tip is not None:
                self._tip.hide()
            return
        if self._tip is None:
            self._tip = TimelineTip(self.window())
        above = self.mapToGlobal(QPoint(round(self._timeline.x_of(found.start)), -2))
        self._tip.show_above(above, join_facts(name_of(found), times_text(found)))

    def _show_episode(self, episode: EpisodeId | None) -> None:
        if episode != self._episode:
            self._episode = episode
            self._read()
        # The timeline may have another length now.
        self.update()

    def _on_bookmarks_changed(self, fact: BookmarksChanged) -> None:
        if self._episode in fact.ids:
            self._read()

    def _read(self) -> None:
        self._bookmarks = () if self._episode is None else self._services.bookmarks.of_episode(self._episode)
        self._pressed = None
        self._point_at(None)
        self.update()
