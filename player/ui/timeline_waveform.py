"""Keeps the waveform on the timeline that of what plays, while it is being measured, too.

Must not know how it is drawn.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from player.app.compose import Services
from player.core.events import PlaybackChanged, WaveformChanged
from player.ui.listen import listen
from player.ui.timeline import Timeline


class TimelineWaveform(QObject):
    """Shows the waveform of what plays on a timeline."""

    def __init__(self, services: Services, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._services = services
        self._timeline = timeline
        listen(self, services.bus, PlaybackChanged, lambda _: self._refresh())
        listen(self, services.bus, WaveformChanged, self._on_waveform_changed)
        self._refresh()

    def _on_waveform_changed(self, fact: WaveformChanged) -> None:
        if fact.id == self._services.playback.state.episode:
            self._refresh()

    def _refresh(self) -> None:
        episode = self._services.playback.state.episode
        self._timeline.show_waveform(None if episode is None else self._services.waveforms.waveform(episode))
