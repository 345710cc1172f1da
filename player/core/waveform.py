"""The waveform of an episode: how loud each quarter of a second of it is, and how loud the whole.

Must not know how it is measured, where it is kept, or how it is drawn.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from player.core.model import Millis

LEVEL_MS: Millis = 250
"""How long the sound is that a level stands for."""
LEVEL_DB = 0.5
"""What one step of a level stands for: level 255 is 0 dBFS, level 1 is -127 dBFS, level 0 all below (silence)."""
LOUDEST = 255

BLOCKS_FROM = -70.0
"""The absolute gate of ITU-R BS.1770-4: blocks that are not above it count for nothing."""
BLOCK_STEP = 0.1
BLOCK_KINDS = 800

_RELATIVE_GATE = 10.0
_FLOOR_PART = 0.05
_QUIET_PART = 0.25


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a recording is as a whole.

    `integrated_lufs` after EBU R 128, None where all of it is below -70 LUFS; mono counts as it is heard, from two
    loudspeakers. `speech_dbfs` is the mean power of what is not much quieter than the rest (the levels above their own
    mean less 10 dB), `floor_dbfs` the level that a twentieth of the recording stays below, digital silence apart: the
    pauses. A square wave of full scale has 0 dBFS.
    """

    integrated_lufs: float | None
    floor_dbfs: float
    speech_dbfs: float

    @property
    def quiet_dbfs(self) -> float:
        """Below this level the recording pauses: a quarter of the way from its pauses up to its speech."""
        return self.floor_dbfs + _QUIET_PART * (self.speech_dbfs - self.floor_dbfs)


@dataclass(frozen=True, slots=True)
class Waveform:
    """What has been measured of a recording, from its start on.

    `levels` holds a byte for each `LEVEL_MS`: the mean power of all channels in steps of `LEVEL_DB`. `blocks` counts
    the blocks of 400 ms, one each 100 ms, by their loudness: the first kind is from `BLOCKS_FROM` on, each `BLOCK_STEP`
    LU wide.
    """

    levels: bytes = b""
    blocks: tuple[int, ...] = (0,) * BLOCK_KINDS
    is_complete: bool = False

    @property
    def duration(self) -> Millis:
        """How much of the recording has been measured."""
        return len(self.levels) * LEVEL_MS

    @property
    def loudness(self) -> Loudness | None:
        """What the levels and blocks so far come to; None where there is nothing but digital silence."""
        # By how often each level occurs: there are few levels, and hours of them.
        counted = [(dbfs(level), count) for level, count in sorted(Counter(self.levels).items()) if level]
        if not counted:
            return None
        below = list(accumulate(count for _, count in counted))
        floor = counted[bisect_right(below, int(below[-1] * _FLOOR_PART))][0]
        mean = _mean_db(counted) or 0.0
        speech = _mean_db([(level, count) for level, count in counted if level >= mean - _RELATIVE_GATE])
        return Loudness(self._integrated(), floor, mean if speech is None else speech)

    def _integrated(self) -> float | None:
        """The integrated loudness by ITU-R BS.1770-4, with both gates."""
        counted = [(BLOCKS_FROM + BLOCK_STEP * (kind + 0.5), count) for kind, count in enumerate(self.blocks) if count]
        mean = _mean_db(counted)
        if mean is None:
            return None
        return _mean_db([each for each in counted if each[0] > mean - _RELATIVE_GATE])


def dbfs(level: int) -> float:
    """The power that a level stands for, in dBFS."""
    return (level - LOUDEST) * LEVEL_DB


def columns(waveform: Waveform, duration: Millis, count: int) -> list[float]:
    """The waveform of a recording of `duration` in `count` columns of equal width, from 0.0 (silent) to 1.0.

    A column stands as high as the mean of the amplitudes in it, compared with the loudest column; one that has not been
    measured is 0.0.
    """
    levels = waveform.levels
    edges = [min(len(levels), round(duration * edge / count / LEVEL_MS)) for edge in range(count + 1)]
    amplitudes = [10 ** (dbfs(level) / 20) if level else 0.0 for level in range(LOUDEST + 1)]
    found = [
        _mean([amplitudes[level] for level in levels[start : max(end, start + 1)]]) for start, end in pairwise(edges)
    ]
    loudest = max(found, default=0.0)
    return [each / loudest for each in found] if loudest else found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _mean_db(counted: Sequence[tuple[float, int]]) -> float | None:
    """The mean power of so many values each, all in decibels."""
    total = sum(count for _, count in counted)
    if not total:
        return None
    return 10 * math.log10(sum(count * 10 ** (value / 10) for value, count in counted) / total)
