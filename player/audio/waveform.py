"""Measures the waveform and the loudness of a recording while decoding it once.

Must not know where the result is kept.

Loudness by FFmpeg's `ebur128` (ITU-R BS.1770-4, EBU R 128), whose momentary values are the blocks that are gated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.filter import Graph

from player.audio.decoder import Decoder, open_audio
from player.audio.mp3_index import Mp3Index
from player.audio.source import Source
from player.core.waveform import BLOCK_KINDS, BLOCK_STEP, BLOCKS_FROM, LEVEL_DB, LEVEL_MS, LOUDEST, Waveform

Samples = npt.NDArray[np.float32]

_LEVELS_A_SECOND = 1000 // LEVEL_MS
_BLOCK_SECONDS = 2
_PRE_ROLL_LEVELS = 2
"""Half a second before where measuring goes on: a block lasts 400 ms, and the weighting filter settles in the rest."""
_FRAMES_A_LEVEL = Fraction(10, _LEVELS_A_SECOND)
"""`ebur128` gives a value each 100 ms, for the 400 ms before."""
_FRAMES_BEFORE_FULL = 3
_UNSURE_LEVELS = 4
"""So much is left out where the rest of a file is missing: what is decoded from its last bytes may be damaged."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A waveform that may not be complete yet, and the frame index that was used, where the audio is an MP3."""

    waveform: Waveform
    index: Mp3Index | None


def measure(
    source: Source,
    index: Mp3Index | None,
    before: Waveform,
    *,
    is_whole: bool,
    is_enough: Callable[[], bool] = lambda: False,
) -> Measured:
    """Go on measuring where `before` ends, until the end or until `is_enough`: asked after each two seconds of sound.

    `source` is closed then. With `is_whole` not set it is the beginning of a file, and what it ends with is left for
    the next time. Raises what `open_audio` raises.
    """
    decoder = open_audio(source, index)
    try:
        done = len(before.levels)
        first = max(0, done - _PRE_ROLL_LEVELS)
        meter = _Meter(decoder.rate, decoder.channels, first)
        decoder.seek(_sample(first, decoder.rate))
        is_ended = _feed(decoder, meter, is_enough)
        is_complete = is_ended and is_whole
        return Measured(_joined(before, meter, done - first, is_ended=is_ended, is_complete=is_complete), decoder.index)
    finally:
        decoder.close()


def _feed(decoder: Decoder, meter: _Meter, is_enough: Callable[[], bool]) -> bool:
    """Hand blocks of sound to the meter; whether all of the sound was."""
    block: list[Samples] = []
    length = 0
    while (samples := decoder.read()) is not None:
        block.append(samples)
        length += len(samples)
        if length >= _BLOCK_SECONDS * decoder.rate:
            meter.push(np.concatenate(block))
            block, length = [], 0
            if is_enough():
                return False
    if block:
        meter.push(np.concatenate(block))
    return True


def _joined(before: Waveform, meter: _Meter, known: int, *, is_ended: bool, is_complete: bool) -> Waveform:
    """What was measured before, and what the meter has behind its first `known` levels."""
    levels, frames = meter.levels(with_rest=is_complete), meter.blocks
    if not is_complete:
        # Whole seconds' halves, so that the next part's blocks lie on the same grid.
        end = max(known, len(levels) - (_UNSURE_LEVELS if is_ended else 0))
        levels = levels[: end - (end - known) % 2]
        frames = frames[: int(len(levels) * _FRAMES_A_LEVEL)]
    skipped = max(_FRAMES_BEFORE_FULL, int(known * _FRAMES_A_LEVEL))
    kinds = np.floor((np.array(frames[skipped:], np.float64) - BLOCKS_FROM) / BLOCK_STEP)
    counted = kinds[(kinds >= 0) & np.isfinite(kinds)].clip(max=BLOCK_KINDS - 1).astype(np.int64)
    blocks = np.array(before.blocks) + np.bincount(counted, minlength=BLOCK_KINDS)
    return Waveform(before.levels + levels[known:], tuple(blocks.tolist()), is_complete)


def _sample(level: int, rate: int) -> int:
    """The first sample of a level."""
    return level * rate // _LEVELS_A_SECOND


class _Meter:
    """Turns samples into levels, and the loudness of blocks in LUFS."""

    def __init__(self, rate: int, channels: int, first: int) -> None:
        """The first sample that is pushed is that of level number `first`."""
        self.blocks: list[float] = []
        self._rate = rate
        self._layout = "mono" if channels == 1 else "stereo"
        self._first = first
        self._powers: list[npt.NDArray[np.float64]] = []
        self._level = first
        self._rest: npt.NDArray[np.float32] = np.zeros(0, np.float32)
        self._taken = 0
        self._graph = self._build()

    def push(self, samples: Samples) -> None:
        """Take more samples, of shape (frames, channels)."""
        self._weigh(samples)
        squares = np.concatenate([self._rest, np.einsum("ij,ij->i", samples, samples) / samples.shape[1]])
        origin = _sample(self._level, self._rate)
        edges = [0]
        while (edge := _sample(self._level + len(edges), self._rate) - origin) <= len(squares):
            edges.append(edge)
        if len(edges) > 1:
            sums = np.add.reduceat(squares[: edges[-1]], edges[:-1], dtype=np.float64)
            self._powers.append(sums / np.diff(edges))
        self._level += len(edges) - 1
        self._rest = squares[edges[-1] :]

    def levels(self, *, with_rest: bool) -> bytes:
        """The levels so far; with the rest of a last one that is shorter."""
        powers = [*self._powers]
        if with_rest and len(self._rest):
            powers.append(np.array([self._rest.mean(dtype=np.float64)]))
        if not powers:
            return b""
        with np.errstate(divide="ignore"):
            decibels = 10 * np.log10(np.concatenate(powers))
        return np.rint(decibels / LEVEL_DB + LOUDEST).clip(0, LOUDEST).astype(np.uint8).tobytes()

    def _build(self) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=self._rate, format="flt", layout=self._layout, time_base=Fraction(1, self._rate)
        )
        meter = graph.add("ebur128", "metadata=1:dualmono=1:framelog=quiet")
        graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
        return graph

    def _weigh(self, samples: Samples) -> None:
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), "flt", self._layout)
        frame.sample_rate = self._rate
        frame.time_base = Fraction(1, self._rate)
        frame.pts = self._taken
        self._taken += len(samples)
        self._graph.push(frame)
        while True:
            try:
                weighed = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            self.blocks.append(float(weighed.metadata["lavfi.r128.M"]))
