"""What the player bar and the mini player are made of, and how it shows what plays.

Must not know where the parts stand.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from player.app.compose import Services
from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.cover import Cover
from player.ui.now_playing import NowPlaying
from player.ui.playing_timeline import connect_timeline
from player.ui.sleep_popup import SleepButton
from player.ui.sound_popup import SoundPopup
from player.ui.texts import speed_text
from player.ui.timeline import Timeline
from player.ui.transport_buttons import TransportButtons, VolumeParts
from player.ui.transport_row import TransportRow
from player.ui.way_back import WayBack
from player.ui.widgets import ElidedLabel, Panel, sized, tabular


class PlayingPanel(Panel):
    """A panel with these parts; who inherits makes them, gives them their places, and has them shown."""

    def __init__(self, services: Services, edge: Qt.Edge | None, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window, edge, parent)
        self._services = services

    def _make_parts(self, now: NowPlaying, actions: Actions, *, lines: int, spacing: float) -> None:
        """`lines` are those of the heading at most, `spacing` that of the buttons, in heights of a line."""
        self.now = now
        self.cover = Cover(now.artworks)
        self.heading = ElidedLabel(lines, weight=QFont.Weight.DemiBold)
        self.subheading = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.elapsed, self.remaining = QLabel(), QLabel()
        for label in (self.elapsed, self.remaining):
            label.setFont(tabular(sized(self.font(), 0.92)))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.timeline = Timeline()
        connect_timeline(self._services, self.timeline)
        self.buttons = TransportButtons(actions, self)
        self.transport = TransportRow(self.buttons.row, round(self.fontMetrics().height() * spacing))
        self.transport.back.clicked.connect(actions.trigger("undo_jump"))
        self.way_back = WayBack(self.transport)
        self.speed = FlatButton("", "", Look.PLAIN)
        self.speed.setToolTip(self.tr("Speed and sound"))
        self.speed.clicked.connect(self._on_speed_clicked)
        self.sleep = SleepButton(self._services)
        self._volume = VolumeParts(self._services.playback, actions, self)
        self.mute, self.volume = self._volume.mute, self._volume.slider

    def _show_parts(self) -> None:
        """Show the state in the parts, but for the place."""
        state, episode = self.now.state, self.now.episode
        self.cover.show_podcast_of(episode)
        self.buttons.show_state(state, self._services.settings.value, has_episode=episode is not None)
        speed = speed_text(state.sound.speed)
        self.speed.show_as(speed, "")
        self.speed.setAccessibleName(self.tr("Speed {speed}, more about sound").format(speed=speed))
        self._volume.show_state(state)
        self.timeline.show_episode(state.chapters, state.duration, state.skipped, state.edge_spans, of=state.episode)
        self.timeline.show_loop(state.loop)
        self.way_back.show_state(state)

    def _show_place(self) -> None:
        """Show where it plays, or where the timeline is being dragged to."""
        now, position = self.now, self.now.position
        shown = position if self.timeline.preview is None else self.timeline.preview
        self.timeline.show_position(position)
        for label, (text, tip) in ((self.elapsed, now.elapsed(shown)), (self.remaining, now.remaining(shown))):
            label.setText(text)
            label.setToolTip(tip)
        self.cover.show_picture(now.picture(shown))
        self.heading.set_text(now.heading(shown))
        self.transport.show_words(now.chapter_left(shown))

    def _on_speed_clicked(self) -> None:
        popup = SoundPopup(self._services, self)
        popup.show_above(self.speed, popup.speed)
