"""Ties a timeline to what plays: its waveform, what is missing of it, and the jumps that the listener asks for.

Must not know how it is drawn, nor what else stands beside it.
"""

from __future__ import annotations

from player.app.compose import Services
from player.ui.timeline import Timeline
from player.ui.timeline_missing import TimelineMissing
from player.ui.timeline_waveform import TimelineWaveform


def connect_timeline(services: Services, timeline: Timeline) -> None:
    """Let a timeline move what plays, and show its waveform and what has not come yet."""
    playback = services.playback
    timeline.jump_requested.connect(playback.jump)
    timeline.scrub_requested.connect(playback.scrub)
    timeline.scrub_ended.connect(lambda place: playback.end_scrub(place if place >= 0 else None))
    timeline.nudge_requested.connect(playback.seek_by)
    TimelineWaveform(services, timeline)
    TimelineMissing(services, timeline)
