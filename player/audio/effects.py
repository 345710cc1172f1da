"""What is done to samples between decoder and output, as one chain; it knows which sample of the file is heard when.

Must not know where samples come from, nor the output's clock.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from player.audio.effects_levelling import Leveller
from player.audio.effects_map import Span, chained
from player.audio.effects_tempo import Tempo
from player.audio.effects_trimming import Trimmer
from player.core.sound import Listened, Sound

Samples = npt.NDArray[np.float32]

_FADE_SECONDS = 0.004
_MIX_SECONDS = 0.02


class Effects:
    """Trims, mixes to mono, levels, and changes the speed, in this order. Every change is without a seam.

    Frames put in are samples of the file, from that of `restart` on; frames given are counted from 0 on.
    """

    def __init__(self, rate: int, channels: int, sound: Sound) -> None:
        """`rate` samples a second, 1 or 2 `channels`."""
        self._rate = rate
        self._channels = channels
        self._trimmer = Trimmer(rate, channels)
        self._leveller = Leveller(rate, channels)
        self._mixed = 0.0
        self._fade = round(_FADE_SECONDS * rate)
        self.set_sound(sound)
        self.restart(0)

    def restart(self, sample: int) -> None:
        """Begin anew, softly, with what comes from `sample` of the file on."""
        self._tempo = Tempo(self._rate, self._channels, self._sound.speed)
        self._trimmer.restart(sample)
        self._leveller.restart()
        self._mixed = float(self._sound.is_mono)
        self._given = 0
        self._counted = (0.0, 0.0, float(sample))

    def set_sound(self, sound: Sound) -> None:
        """Change what is done to the samples that come from now on."""
        self._sound = sound
        self._trimmer.set_strength(sound.trimming)
        self._leveller.switch(is_on=sound.is_levelled)

    def set_boundaries(self, starts: Sequence[int]) -> None:
        """Samples of the file across which nothing is left out."""
        self._trimmer.set_boundaries(starts)

    def push(self, samples: Samples) -> Samples:
        """Take samples of shape (frames, channels); give what is ready, which may be nothing."""
        self._tempo.speed = self._sound.speed
        return self._give(self._tempo.push(self._leveller.push(self._mix(self._trimmer.push(samples)))))

    def flush(self) -> Samples:
        """What is still inside. Nothing can be pushed before the next `restart`."""
        rest = self._leveller.push(self._mix(self._trimmer.flush()))
        self._tempo.speed = self._sound.speed
        parts = [self._tempo.push(rest), self._tempo.push(self._leveller.flush()), self._tempo.flush()]
        return self._give(np.concatenate(parts))

    # What is heard

    def place(self, frame: float) -> float:
        """The sample of the file that is heard with a frame given."""
        return self._trimmer.map.place(self._tempo.map.place(frame))

    def spans(self, first: float, last: float) -> list[Span]:
        """How the samples of the file follow the frames given, from `first` to `last`."""
        return chained(self._tempo.map.between(first, last), self._trimmer.map, last)

    def listened(self, frame: float) -> Listened:
        """What was heard and saved since the last call, now that `frame` is heard; what lies behind is forgotten."""
        frame = max(frame, self._counted[0])
        trimmed = self._tempo.map.place(frame)
        sample = self._trimmer.map.place(trimmed)
        before, self._counted = self._counted, (frame, trimmed, sample)
        heard, after_trimming, audio = (
            (now - then) * 1000 / self._rate for now, then in zip(self._counted, before, strict=True)
        )
        self._tempo.map.forget(frame)
        self._trimmer.map.forget(trimmed)
        return Listened(heard, after_trimming - heard, audio - after_trimming)

    # Within

    def _mix(self, samples: Samples) -> Samples:
        """The samples of both sides brought together, as far as is wished for."""
        wanted = float(self._sound.is_mono)
        if self._channels == 1 or not len(samples) or (wanted == 0 and self._mixed == 0):
            return samples
        middle = samples.mean(1, keepdims=True)
        if self._mixed == wanted:
            return np.repeat(middle, self._channels, 1)
        step = (wanted - self._mixed) / (_MIX_SECONDS * self._rate)
        share = np.clip(self._mixed + step * np.arange(1, len(samples) + 1, dtype=np.float32), 0, 1)[:, None]
        self._mixed = float(share[-1, 0])
        return np.asarray(samples + share * (middle - samples), np.float32)

    def _give(self, samples: Samples) -> Samples:
        """The samples, with a soft beginning of a few milliseconds, so that a jump does not click."""
        if self._given < self._fade and len(samples):
            ramp = np.sin(np.linspace(0, np.pi / 2, self._fade, endpoint=False, dtype=np.float32)) ** 2
            part = ramp[self._given : self._given + len(samples)]
            samples = samples.copy()
            samples[: len(part)] *= part[:, None]
        self._given += len(samples)
        return samples
