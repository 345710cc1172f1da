"""An output without a sound device: for `--null-audio`, and for tests that decide themselves what time it is.

Must not know Qt.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from player.audio.engine import Clock

Samples = npt.NDArray[np.float32]
Heard = Callable[[Samples, int], None]
"""Gets samples of shape (frames, channels) in the order in which they are heard, and their rate."""

_DEPTH_SECONDS = 0.5


class NullOutput:
    """An output without a device: sound is heard as the clock goes on, by whoever wants to hear it.

    `hear` is called on the engine's thread whenever the engine looks at its output.
    """

    def __init__(self, *, clock: Clock = time.monotonic, hear: Heard | None = None) -> None:
        """`clock` gives the time in seconds that sound takes."""
        self._clock = clock
        self._hear = hear
        self._rate = 1
        self._gain = 1.0
        self._part, self._fade_step, self._fade_to = 1.0, 0.0, 1.0
        self._waiting: deque[Samples] = deque()
        self._held = 0
        self._passed = 0.0
        self._looked = 0.0

    def start(self, rate: int, channels: int) -> None:
        """Begin anew with `rate` frames a second."""
        assert channels in (1, 2)
        self._pass_time()
        self._rate = rate
        self.stop()

    def free(self) -> int:
        """Frames that fit in."""
        self._pass_time()
        return max(0, round(_DEPTH_SECONDS * self._rate) - self._held)

    def write(self, samples: Samples) -> int:
        """Take samples."""
        taken = min(len(samples), self.free())
        if taken:
            self._waiting.append(samples[:taken])
            self._held += taken
        return taken

    def heard(self) -> float:
        """Frames heard since `start`."""
        self._pass_time()
        return self._passed

    def stop(self) -> None:
        """Drop what waits."""
        self._waiting.clear()
        self._held = 0
        self._passed = 0.0
        self._looked = self._clock()

    def set_gain(self, gain: float) -> None:
        """The factor for all samples heard from now on."""
        self._pass_time()
        self._gain = gain

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness, with what is heard."""
        self._pass_time()
        self._fade_to = part
        self._fade_step = (part - self._part) / max(1.0, seconds * self._rate)

    def set_device(self, wanted: str | None) -> None:
        """There is none."""

    def is_elsewhere(self) -> bool:
        """It is always here."""
        return False

    def tend(self) -> float | None:
        """Nothing is ever due."""
        return None

    def close(self) -> None:
        """Drop what waits."""
        self.stop()

    def _pass_time(self) -> None:
        """Let be heard what the clock says. Time in which there is nothing to be heard is lost, as on a device."""
        now = self._clock()
        count = min(self._held, round((now - self._looked) * self._rate))
        # What is left of a frame is kept for the next time, so that the pace does not depend on how often one looks.
        self._looked = self._looked + count / self._rate if count < self._held else now
        self._passed += count
        self._held -= count
        while count:
            samples = self._waiting.popleft()
            if len(samples) > count:
                self._waiting.appendleft(samples[count:])
                samples = samples[:count]
            count -= len(samples)
            gains = self._gains(len(samples))
            if self._hear is not None:
                self._hear(samples * gains[:, None], self._rate)

    def _gains(self, count: int) -> npt.NDArray[np.float32]:
        """The gain of each of the next frames."""
        parts = self._part + self._fade_step * np.arange(1, count + 1)
        parts = np.minimum(parts, self._fade_to) if self._fade_step > 0 else np.maximum(parts, self._fade_to)
        self._part = float(parts[-1])
        return np.asarray(self._gain * parts**3, np.float32)
