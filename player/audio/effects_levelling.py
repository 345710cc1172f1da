"""Raises quiet voices and holds loud ones, so that all are about as loud.

Must not know what a voice says, nor where samples come from.

Loudness is measured by EBU R128 (FFmpeg's `ebur128`: K-weighted, over 400 ms) some tenths of a second ahead. The gain
moves while a voice is heard and rests in pauses, so that noise between the words is not pumped up, nor raised above a
bound; what would still be too loud is held by a limiter (`alimiter`). FFmpeg's own levellers were tried on two voices
of -14 and -35 LUFS in short turns: `speechnorm` left them 18 to 21 LU apart, `dynaudnorm` 4 at best, with peaks above
-1 dB; this leaves 2.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from player.audio.effects_filters import Filters
from player.audio.effects_voice import Manner, VoiceLevels

Samples = npt.NDArray[np.float32]

TARGET = -16.0
"""LUFS: what podcast directories recommend for speech in stereo."""
MOST_RAISED, MOST_LOWERED = 20.0, -12.0
LOUDEST_NOISE = -42.0
"""Noise between words is not raised above this level in dB of full scale, but for `_ALWAYS` dB."""
_ALWAYS = 6.0
RISE_A_SECOND, FALL_A_SECOND = 6.0, 40.0
"""How many dB the gain moves in a second at most."""
QUICK_RISE_A_SECOND = 30.0
"""The same on the way to another voice."""
_BLOCKS_A_SECOND = 10
_WINDOW = 4
"""Blocks over which loudness is measured."""
_AHEAD = 4
"""Blocks for which loudness is known before the gain is decided that a block begins with."""
_LEAST_VOICE = -45.0
"""LUFS: what is quieter is no voice, whatever it is."""
_VOICED = 0.6
"""How much of a window must be voice for its loudness to count."""
_FOLLOW = 0.04
"""What part of a new measurement the estimate takes over: a time constant of 2.5 s of voice."""
_OTHER = 7.0
"""So many dB apart is another voice: when it is louder, when it begins after a pause, or when it stays for long."""
_OTHER_LOUDER, _OTHER_AFTER_PAUSE, _OTHER_AT_LAST = 3, 4, 12
"""For so many blocks."""
_MANNER = Manner(8.0, -120.0)
_LIMITER = {"alimiter": "limit=0.79:attack=5:release=80:level=0:latency=1"}
"""2 dB below full scale, so that what a converter makes between two samples stays below 1 dB."""


class Leveller:
    """Takes samples, and gives as many, later. Switched off, they pass untouched."""

    def __init__(self, rate: int, channels: int) -> None:
        """`rate` samples a second."""
        self._rate = rate
        self._channels = channels
        self._voice = VoiceLevels(rate)
        self._rider = GainRider()
        self._is_on = self._is_wanted = False
        self.restart()

    def switch(self, *, is_on: bool) -> None:
        """Begin or end levelling with what comes from now on."""
        self._is_wanted = is_on

    def restart(self) -> None:
        """Begin anew with samples from elsewhere; the voices are the same."""
        self._held = np.zeros((0, self._channels), np.float32)
        self._lengths: deque[int] = deque()
        self._voiced: deque[float] = deque(maxlen=_WINDOW + _AHEAD)
        self._filters: tuple[Filters, Filters] | None = None
        self._applied: float | None = self._rider.gain if self._is_on else None
        """The gain in dB of the last sample given; None before the first one, when nobody hears it leap."""

    def push(self, samples: Samples) -> Samples:
        """Take samples of shape (frames, channels); give what is ready."""
        if not self._is_wanted:
            given = np.concatenate((self._end(0.0), samples)) if self._is_on else samples
            self._is_on = False
            self._applied = 0.0 if len(given) else self._applied
            return given
        if not self._is_on or self._filters is None:
            self._begin()
        assert self._filters is not None
        meter, limiter = self._filters
        self._held = np.concatenate((self._held, samples))
        raised: list[Samples] = []
        for piece, words in meter.push(samples):
            self._listen(piece)
            loudness = float(words["lavfi.r128.M"])
            if len(self._voiced) >= _WINDOW:
                is_voice = loudness > _LEAST_VOICE and sum(list(self._voiced)[-_WINDOW:]) >= _VOICED * _WINDOW
                self._rider.take(loudness if is_voice else None)
            if len(self._voiced) == _WINDOW + _AHEAD:
                raised.append(self._next_block())
        if not raised:
            return self._held[:0]
        return _joined(limiter.push(np.concatenate(raised)), self._channels)

    def flush(self) -> Samples:
        """What is still inside. Nothing can be pushed before the next `restart`."""
        return self._end(self._rider.gain) if self._is_on else self._held[:0]

    def _begin(self) -> None:
        self._is_on = True
        meter = Filters(self._rate, self._channels, {"ebur128": "metadata=1:framelog=quiet"})
        self._filters = meter, Filters(self._rate, self._channels, _LIMITER)
        if self._applied is not None:
            self._rider.begin(self._applied)

    def _end(self, gain: float) -> Samples:
        """All that is held, on the way to another gain, and no filter any more."""
        if self._filters is None:
            return self._held[:0]
        limiter = self._filters[1]
        pieces = limiter.push(self._raised(len(self._held), gain))
        rest = _joined([*pieces, *limiter.flush()], self._channels)
        self.restart()
        return rest

    def _listen(self, piece: Samples) -> None:
        """Judge how much of a block is voice."""
        frame = self._voice.frame
        mono = piece[: len(piece) // frame * frame].mean(1, dtype=np.float32)
        quiet = self._voice.are_quiet(self._voice.levels(mono), _MANNER)
        self._voiced.append(1 - float(quiet.mean()))
        self._lengths.append(len(piece))

    def _next_block(self) -> Samples:
        """The oldest block, at its gain."""
        most = min(MOST_RAISED, max(_ALWAYS, LOUDEST_NOISE - self._voice.floor))
        gain = self._rider.move(most, may_rise=self._voiced[0] > 0, leaps=self._applied is None)
        return self._raised(self._lengths.popleft(), gain)

    def _raised(self, count: int, gain: float) -> Samples:
        """The next `count` samples, their gain moving to `gain`."""
        first = gain if self._applied is None else self._applied
        samples, self._held = self._held[:count], self._held[count:]
        self._applied = gain
        if first == gain == 0.0:
            return samples
        curve = 10 ** (np.linspace(first, gain, count, dtype=np.float32) / 20)
        return np.asarray(samples * curve[:, None], np.float32)


class GainRider:
    """Decides the gain from block to block."""

    def __init__(self) -> None:
        self.gain = 0.0
        """The gain in dB at the end of the last block."""
        self._voice: float | None = None
        self._others: list[float] = []
        self._since_pause = 0
        self._has_arrived = False

    def begin(self, gain: float) -> None:
        """Go on from another gain, and reach the right one quickly."""
        self.gain = gain
        self._has_arrived = False

    def take(self, loudness: float | None) -> None:
        """Take note of the loudness in LUFS of what comes soon; None when it is no voice."""
        if loudness is None:
            self._others.clear()
            self._since_pause = 0
            return
        self._since_pause += 1
        power = 10 ** (loudness / 10)
        if self._voice is None:
            self._voice = power
        apart = loudness - _decibels(self._voice)
        if abs(apart) < _OTHER:
            self._others.clear()
            self._voice += _FOLLOW * (power - self._voice)
            return
        if self._others and (self._others[-1] > 0) != (apart > 0):
            self._others.clear()
        self._others.append(apart)
        is_after_pause = self._since_pause <= 2 * _OTHER_AFTER_PAUSE
        enough = _OTHER_LOUDER if apart > 0 else _OTHER_AFTER_PAUSE if is_after_pause else _OTHER_AT_LAST
        if len(self._others) >= enough:
            self._voice *= 10 ** (sum(self._others) / len(self._others) / 10)
            self._others.clear()
            self._has_arrived = False

    def move(self, most: float, *, may_rise: bool, leaps: bool) -> float:
        """The gain at the end of the next block.

        `most` is the highest gain allowed. It rises only if `may_rise`, or on the way to another voice; when nothing
        was heard yet (`leaps`), it is right at once.
        """
        if self._voice is None:
            return self.gain
        wanted = min(most, max(MOST_LOWERED, TARGET - _decibels(self._voice)))
        rise = (RISE_A_SECOND if self._has_arrived else QUICK_RISE_A_SECOND) / _BLOCKS_A_SECOND
        if leaps:
            self.gain = wanted
        elif wanted < self.gain or may_rise or not self._has_arrived:
            self.gain += min(rise, max(-FALL_A_SECOND / _BLOCKS_A_SECOND, wanted - self.gain))
        self._has_arrived = self._has_arrived or abs(wanted - self.gain) < rise
        return self.gain


def _decibels(power: float) -> float:
    return 10 * math.log10(power)


def _joined(pieces: list[tuple[Samples, Mapping[str, str]]], channels: int) -> Samples:
    return np.concatenate([np.zeros((0, channels), np.float32), *(piece for piece, _ in pieces)])
