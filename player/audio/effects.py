"""What is done to samples between decoder and output: speed with the pitch kept, soft edges.

Must not know where samples come from, nor the position that is heard.
"""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph

Samples = npt.NDArray[np.float32]

FADE_SECONDS = 0.004
_BLENDED = 2.0
"""Up to this factor one `atempo` blends fragments; beyond it leaves some out, so two share the work."""


class Tempo:
    """Plays samples `speed` times as fast, with FFmpeg's `atempo` (WSOLA). At 1.0 they pass untouched."""

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        """`rate` samples a second, 1 or 2 `channels`, `speed` from 0.5 to 4.0."""
        self.speed = speed
        self._rate = rate
        self._channels = channels
        self._layout = "mono" if channels == 1 else "stereo"
        self._taken = 0
        self._graph = self._build() if speed != 1.0 else None

    def push(self, samples: Samples) -> Samples:
        """Take samples of shape (frames, channels); give what is ready, which may be nothing."""
        if self._graph is None:
            return samples
        packed = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, "flt", self._layout)
        frame.sample_rate = self._rate
        frame.time_base = Fraction(1, self._rate)
        frame.pts = self._taken
        self._taken += len(samples)
        self._graph.push(frame)
        return self._ready()

    def flush(self) -> Samples:
        """What is still inside. Nothing can be pushed afterwards."""
        if self._graph is None or not self._taken:
            return np.zeros((0, self._channels), np.float32)
        self._graph.push(None)
        return self._ready()

    def _build(self) -> Graph:
        graph = Graph()
        steps = [self.speed] if self.speed <= _BLENDED else [self.speed**0.5] * 2
        source = graph.add_abuffer(
            sample_rate=self._rate, format="flt", layout=self._layout, time_base=Fraction(1, self._rate)
        )
        chain = [source, *(graph.add("atempo", f"{step:.6f}") for step in steps), graph.add("abuffersink")]
        graph.link_nodes(*chain).configure()
        return graph

    def _ready(self) -> Samples:
        parts: list[Samples] = []
        while self._graph is not None:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            parts.append(np.asarray(frame.to_ndarray(), np.float32).reshape(-1, self._channels))
        return np.concatenate(parts) if parts else np.zeros((0, self._channels), np.float32)


def fade_in(samples: Samples, rate: int) -> Samples:
    """The samples with a soft beginning of a few milliseconds, so that a jump does not click."""
    count = min(len(samples), round(FADE_SECONDS * rate))
    ramp = np.sin(np.linspace(0, np.pi / 2, count, endpoint=False, dtype=np.float32)) ** 2
    faded = samples.copy()
    faded[:count] *= ramp[:, None]
    return faded
