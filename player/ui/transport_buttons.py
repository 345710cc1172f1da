"""The buttons that play, seek and go from chapter to chapter, and those that make it louder or silent.

Must not know where they stand.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QSlider

from player.app.playback import Playback
from player.app.settings import Settings
from player.core.session import Phase, PlaybackState
from player.core.timecode import SECOND
from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look

_STEPS = 100
"""Of the volume."""


class TransportButtons(QObject):
    """Back and on by chapters and by seconds, and play or pause between them."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self.previous = FlatButton("", "previous", Look.QUIET)
        self.rewind = FlatButton("", "rewind", Look.QUIET)
        self.play = FlatButton("", "play", Look.ROUND)
        self.forward = FlatButton("", "forward", Look.QUIET)
        self.forward.put_icon_last()
        self.next = FlatButton("", "next", Look.QUIET)
        self.next.put_icon_last()
        self.row = (self.previous, self.rewind, self.play, self.forward, self.next)
        names = ("previous_chapter", "seek_back", "toggle", "seek_forward", "next_chapter")
        for button, action in zip(self.row, names, strict=True):
            button.clicked.connect(actions.trigger(action))
            button.set_name(actions.words(action))

    def show_state(self, state: PlaybackState, settings: Settings, *, has_episode: bool) -> None:
        """Offer what can be done now."""
        self.rewind.show_as(str(settings.back_ms // SECOND), "rewind")
        self.forward.show_as(str(settings.forward_ms // SECOND), "forward")
        for button in (self.rewind, self.forward):
            button.setEnabled(has_episode)
        for button in (self.previous, self.next):
            button.setEnabled(has_episode and bool(state.chapters))
        is_going = state.is_playing or state.phase in (Phase.WAITING, Phase.LOADING, Phase.BUFFERING)
        self.play.show_as("", "pause" if is_going else "play")
        self.play.set_name(self.tr("Pause") if is_going else self.tr("Play"))

    def show_words(self, *, is_shown: bool) -> None:
        """Say that previous and next are those of a chapter, or leave that to their icons."""
        for button in (self.previous, self.next):
            button.setText(self.tr("chapter") if is_shown else "")
            button.updateGeometry()

    def show_seeking(self, *, is_shown: bool, has_seconds: bool = True) -> None:
        """Have the buttons that go by seconds, and say on them how many these are, or leave that to the icons."""
        for button in (self.rewind, self.forward):
            button.setVisible(is_shown)
            button.fold(is_folded=not has_seconds)


class VolumeParts(QObject):
    """A button for silence and a slider."""

    def __init__(self, playback: Playback, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self.mute = FlatButton("", "volume", Look.QUIET)
        self.mute.clicked.connect(actions.trigger("mute"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setAccessibleName(self.tr("Volume"))
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setFixedWidth(self.mute.fontMetrics().height() * 5)
        self.slider.valueChanged.connect(lambda value: playback.set_volume(value / _STEPS))

    def show_state(self, state: PlaybackState) -> None:
        """Show how loud it is."""
        self.mute.show_as("", "muted" if state.is_muted else "volume")
        self.mute.set_name(self.tr("Sound on") if state.is_muted else self.tr("Mute"))
        with QSignalBlocker(self.slider):
            self.slider.setValue(0 if state.is_muted else round(state.volume * _STEPS))
