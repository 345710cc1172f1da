"""A chain of FFmpeg's filters that takes samples and gives samples.

Must not know what the filters are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph

Samples = npt.NDArray[np.float32]


class Filters:
    """An open filter graph. What goes in is of shape (frames, channels), 1 or 2 channels."""

    def __init__(self, rate: int, channels: int, filters: Mapping[str, str]) -> None:
        """`filters` are FFmpeg's names with their options, in the order in which sound passes them."""
        self._rate = rate
        self._channels = channels
        self._layout = "mono" if channels == 1 else "stereo"
        self._taken = 0
        self._graph = Graph()
        source = self._graph.add_abuffer(
            sample_rate=rate, format="flt", layout=self._layout, time_base=Fraction(1, rate)
        )
        chain = [source, *(self._graph.add(name, options) for name, options in filters.items())]
        # The filters may work in doubles; what comes out is what went in.
        chain += [self._graph.add("aformat", "sample_fmts=flt"), self._graph.add("abuffersink")]
        self._graph.link_nodes(*chain).configure()

    def push(self, samples: Samples) -> list[tuple[Samples, Mapping[str, str]]]:
        """Take samples; what is ready, each piece with what the filters say of it."""
        if not len(samples):
            return []
        packed = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, "flt", self._layout)
        frame.sample_rate = self._rate
        frame.time_base = Fraction(1, self._rate)
        frame.pts = self._taken
        self._taken += len(samples)
        self._graph.push(frame)
        return self._ready()

    def flush(self) -> list[tuple[Samples, Mapping[str, str]]]:
        """What is still inside. Nothing can be pushed afterwards."""
        if not self._taken:
            return []
        self._graph.push(None)
        return self._ready()

    def _ready(self) -> list[tuple[Samples, Mapping[str, str]]]:
        pieces: list[tuple[Samples, Mapping[str, str]]] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return pieces
            assert isinstance(frame, av.AudioFrame)
            made = np.asarray(frame.to_ndarray(), np.float32).reshape(-1, self._channels)
            pieces.append((made, frame.metadata))
