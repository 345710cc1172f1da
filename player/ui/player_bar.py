"""The bar at the bottom: what is playing, the transport buttons, the timeline, speed and volume.

Must not know how playing works: it commands the playback service and shows its state.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.sound import Trimming
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.cover import Cover
from player.ui.now_playing import NowPlaying
from player.ui.playing_timeline import connect_timeline
from player.ui.sleep_popup import SleepButton
from player.ui.sound_popup import SoundPopup
from player.ui.texts import speed_text
from player.ui.timeline import Timeline
from player.ui.timeline_chapter import ChapterLine
from player.ui.transport_buttons import TransportButtons, VolumeParts
from player.ui.transport_row import TransportRow
from player.ui.way_back import WayBack
from player.ui.widgets import ElidedLabel, Panel, let_shrink, sized, tabular

WIDE_FROM = 90
"""From this width on, in heights of a line of text, what stands beside the middle of the window has more room."""
_TWO_ROWS_BELOW = 60


class PlayerBar(Panel):
    """Shows the playback state. `episode_asked(id)` when the listener wants to see the playing episode's page."""

    episode_asked = Signal(object)

    def __init__(self, services: Services, actions: Actions, artworks: Artworks) -> None:
        super().__init__(QPalette.ColorRole.Window, Qt.Edge.TopEdge)
        self._services = services
        self._playback = services.playback
        self.now = NowPlaying(services, artworks, self)
        self._build(actions)
        self._connect()
        self._show_state()

    # --- building

    def _build(self, actions: Actions) -> None:
        self.cover = Cover(self.now.artworks)
        self.cover.setCursor(Qt.CursorShape.PointingHandCursor)
        self.heading = ElidedLabel(lines=2, weight=QFont.Weight.DemiBold)
        self.subheading = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.buttons = TransportButtons(actions, self)
        self.previous, self.rewind, self.play, self.forward, self.next = self.buttons.row
        self._transport = TransportRow(self.buttons.row, round(self.fontMetrics().height() * 0.35))
        self.way_back = WayBack(self._transport)
        self.back_to, self.chapter_left = self._transport.back, self._transport.words
        self.back_to.clicked.connect(actions.trigger("undo_jump"))
        self.elapsed, self.remaining = QLabel(), QLabel()
        for label in (self.elapsed, self.remaining):
            label.setFont(tabular(sized(self.font(), 0.92)))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.remaining.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.timeline = Timeline()
        self.chapter_line = ChapterLine(self.timeline)
        self.speed = FlatButton("", "", Look.PLAIN)
        self.speed.setToolTip(self.tr("Speed and sound"))
        self.loop = FlatButton("", "loop", Look.CHOICE, self.tr("End the loop"))
        self.loop.setCheckable(True)
        self.loop.setChecked(True)
        self.loop.clicked.connect(self._playback.end_loop)
        self.trim = FlatButton("", "trim", Look.CHOICE, self.tr("Trim silence"))
        self.trim.setCheckable(True)
        self.sleep = SleepButton(self._services)
        self._volume = VolumeParts(self._playback, actions, self)
        self.mute, self.volume = self._volume.mute, self._volume.slider
        self.mini = FlatButton("", "mini", Look.QUIET, actions.words("mini_player"))
        self.mini.clicked.connect(actions.trigger("mini_player"))
        self._arrange()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.heading)
        words.addWidget(self.subheading)
        words.addStretch()
        self._left = QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(round(unit * 0.8))
        left.addWidget(self.cover)
        left.addLayout(words, 1)

        self._line = QWidget()
        # As the timeline in it: the place at its left, what is left at its right.
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line = QGridLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setVerticalSpacing(2)
        line.setHorizontalSpacing(unit // 2)
        line.addWidget(self.elapsed, 0, 0)
        line.addWidget(self.timeline, 0, 1)
        line.addWidget(self.remaining, 0, 2)
        line.addWidget(self.chapter_line, 1, 1)
        line.setColumnStretch(1, 1)
        widest = self.fontMetrics().horizontalAdvance("−0:00:00")
        self.elapsed.setMinimumWidth(widest)
        self.remaining.setMinimumWidth(widest)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(2)
        self._middle.addWidget(self._transport)
        self._middle.addWidget(self._line)

        right = QHBoxLayout()
        right.setSpacing(unit // 3)
        for widget in (self.loop, self.speed, self.trim, self.sleep, self.mute, self.volume, self.mini):
            right.addWidget(widget)

        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(unit, unit // 2 + 1, unit, unit // 2)
        self._rows.setSpacing(2)
        self._row = QHBoxLayout()
        self._row.setSpacing(round(unit * 1.4))
        self._row.addWidget(self._left)
        self._row.addLayout(self._middle, 1)
        self._row.addLayout(right)
        self._rows.addLayout(self._row)
        let_shrink(self)

    def _connect(self) -> None:
        self.cover.clicked.connect(self._on_cover_clicked)
        connect_timeline(self._services, self.timeline)
        self.timeline.preview_changed.connect(lambda _: self._show_position())
        self.speed.clicked.connect(self._on_speed_clicked)
        self.trim.clicked.connect(self._on_trim_clicked)
        self.now.changed.connect(self._show_state)
        self.now.moved.connect(self._show_position)

    # --- showing

    def _show_state(self) -> None:
        state, has_episode = self.now.state, self.now.episode is not None
        self.cover.show_podcast_of(self.now.episode)
        self._fold()
        self.buttons.show_state(state, self._services.settings.value, has_episode=has_episode)
        speed = speed_text(state.sound.speed)
        self.speed.show_as(speed, "")
        self.speed.setAccessibleName(self.tr("Speed {speed}, more about sound").format(speed=speed))
        self.trim.setChecked(state.sound.trimming is not Trimming.OFF)
        self._volume.show_state(state)
        self.timeline.show_episode(state.chapters, state.duration, state.skipped, state.edge_spans)
        self.timeline.show_loop(state.loop)
        self.loop.setVisible(state.loop is not None)
        self.loop.setChecked(True)
        self.way_back.show_state(state)
        self._show_position()

    def _show_position(self) -> None:
        now, position = self.now, self.now.position
        shown = position if self.timeline.preview is None else self.timeline.preview
        self.timeline.show_position(position)
        for label, (text, tip) in ((self.elapsed, now.elapsed(shown)), (self.remaining, now.remaining(shown))):
            label.setText(text)
            label.setToolTip(tip)
        self.cover.show_picture(now.picture(shown))
        self.heading.set_text(now.heading(shown))
        self.subheading.set_text(now.subheading())
        self._transport.show_words(now.chapter_left(shown))

    # --- gestures

    def _on_cover_clicked(self) -> None:
        if self.now.episode is not None:
            self.episode_asked.emit(self.now.episode.id)

    def _on_speed_clicked(self) -> None:
        popup = SoundPopup(self._services, self)
        popup.show_above(self.speed, popup.speed)

    def _on_trim_clicked(self, is_on: bool) -> None:
        sounds = self._services.sounds
        sounds.choose(replace(sounds.current, trimming=Trimming.MEDIUM if is_on else Trimming.OFF))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way where the window is narrow: first the volume, then words, then the cover."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        unit = self.fontMetrics().height()
        columns = self.width() / unit
        is_narrow = columns < _TWO_ROWS_BELOW
        if is_narrow != (self._rows.indexOf(self._line) >= 0):
            # A short timeline is of little use: in a narrow window it has a row of its own.
            (self._rows if is_narrow else self._middle).addWidget(self._line)
            self._row.setSpacing(round(unit * (0.7 if is_narrow else 1.4)))
            self.heading.set_lines(1 if is_narrow else 2)
        widest = 17.5 + min(16.5, max(0.0, columns - WIDE_FROM) * 0.2)
        self._left.setFixedWidth(round(unit * (widest if columns > 68 else 12 if columns > 52 else 8)))
        self.trim.setVisible(columns > 52)
        self.volume.setVisible(columns > 64)
        self.buttons.show_words(is_shown=columns > 56)
        self.cover.setVisible(not is_narrow and self.now.episode is not None)
