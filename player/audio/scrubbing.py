"""Scrubbing: moments of sound from wherever the listener's hand is.

Must not know where playing goes on afterwards.
"""

from __future__ import annotations

from contextlib import suppress

from player.audio.outputs import Output
from player.audio.source import NotHere
from player.audio.track import Track

_EVERY = 0.02
"""Seconds between two looks while there is something to be heard."""
_GAP_SECONDS = 0.03
"""When so little of a moment is left to be heard, the next one is written."""


class Scrubbing:
    """Writes a moment of a track for each place that is wished for, as fast as moments can be heard."""

    def __init__(self, track: Track, output: Output) -> None:
        """Raises SoundDeviceError."""
        self._track = track
        self._output = output
        self._wish: float | None = None
        self._written = 0
        output.start(track.rate, track.channels)

    def wish(self, sample: float) -> None:
        """Let a sample be heard next, in place of one that was not heard yet."""
        self._wish = sample

    def fill(self) -> float | None:
        """Write what is due. Seconds until this should be called again; None when nothing is. Raises KnownError."""
        self._output.free()
        left = self._written - self._output.heard()
        if self._wish is not None and left < _GAP_SECONDS * self._track.rate:
            # Where nothing has arrived, it is silent.
            with suppress(NotHere):
                self._written += self._output.write(self._track.grain(self._wish))
            self._wish = None
            left = self._written
        due = self._output.tend()
        return _EVERY if self._wish is not None or left > 0 else due
