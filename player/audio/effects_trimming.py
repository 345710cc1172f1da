"""Shortens the pauses between words, and tells which sample of the file is heard when.

Must not know what is done to samples afterwards.

Of a pause a rest stays: what follows the last word, in which it dies away, and what comes before the next one, in which
a breath or a soft consonant may hide. The two are blended where the rest in the middle is left out. What is not a pause
comes out bit by bit as it went in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from player.audio.effects_map import PositionMap
from player.audio.effects_voice import Manner, VoiceLevels, has_tones
from player.core.sound import Trimming

Samples = npt.NDArray[np.float32]


class _Strength(NamedTuple):
    """What stays of a pause after a word and before the next one, and the least that is worth a cut, in frames."""

    after: int
    before: int
    least: int
    manner: Manner


_STRENGTHS = {
    Trimming.GENTLE: _Strength(15, 20, 10, Manner(6, 26)),
    Trimming.MEDIUM: _Strength(9, 11, 6, Manner(7, 23)),
    Trimming.STRONG: _Strength(5, 7, 4, Manner(8, 20)),
}
_BLEND = 2
_MUSIC_FRAMES = 8
"""In how much of a pause music is looked for, and how often it is."""
_MUSIC_EVERY = 5
_SILENT = -66.0
"""Below this level in dB nobody hears whether it is music."""


class Trimmer:
    """Takes samples from a place of the file on, and gives them without most of the pauses.

    `map` leads from frames given since `restart` to samples of the file.
    """

    def __init__(self, rate: int, channels: int) -> None:
        """`rate` samples a second."""
        self._rate = rate
        self._channels = channels
        self._voice = VoiceLevels(rate)
        self._frame = self._voice.frame
        self._strength: _Strength | None = None
        self._wanted: _Strength | None = None
        self._starts: list[int] = []
        angle = np.linspace(0, np.pi / 2, _BLEND * self._frame, dtype=np.float32)[:, None]
        self._rise, self._fall = np.sin(angle), np.cos(angle)
        self.restart(0)

    def restart(self, sample: int) -> None:
        """Begin anew with what comes from `sample` of the file on."""
        self.map = PositionMap(0, sample, 1.0)
        self._given = 0
        self._held = self._nothing()
        self._first = self._judged = self._sent = sample
        self._stub: Samples | None = None
        self._quiet = 0
        self._before = np.zeros(_MUSIC_FRAMES * self._frame, np.float32)

    def set_strength(self, trimming: Trimming) -> None:
        """How much is left out of what comes from now on."""
        self._wanted = _STRENGTHS.get(trimming)

    def set_boundaries(self, starts: Sequence[int]) -> None:
        """Samples of the file across which nothing is left out."""
        self._starts = sorted(starts)

    def push(self, samples: Samples) -> Samples:
        """Take samples of shape (frames, channels); give what is ready, which may be nothing."""
        made: list[Samples] = []
        if self._wanted is not self._strength:
            self._end_pause(made)
            self._strength = self._wanted
        strength = self._strength
        if strength is None:
            return self._pass(made, samples)
        self._held = np.concatenate((self._held, samples))
        for is_quiet in self._judge(strength):
            if not is_quiet:
                self._close(made, strength)
            self._quiet = self._quiet + 1 if is_quiet else 0
            self._judged += self._frame
            if self._quiet <= strength.after:
                self._send(made, self._judged)
        self._drop(strength)
        return self._count(made)

    def flush(self) -> Samples:
        """What is still inside, at the end of the file."""
        made: list[Samples] = []
        self._end_pause(made)
        return self._pass(made, self._nothing())

    def _pass(self, made: list[Samples], samples: Samples) -> Samples:
        """What was made, what is held, then `samples`, untouched."""
        self._held = np.concatenate((self._held, samples)) if len(self._held) else samples
        self._judged = self._first + len(self._held)
        self._send(made, self._judged)
        self._held = self._nothing()
        self._first = self._judged
        return self._count(made)

    def _end_pause(self, made: list[Samples]) -> None:
        """Let the pause be over with what has been judged."""
        if self._strength is not None:
            self._close(made, self._strength)
            self._send(made, self._judged)
            self._quiet = 0

    def _judge(self, strength: _Strength) -> list[bool]:
        """Which of the whole frames that were not judged yet belong to a pause."""
        fresh = self._held[self._judged - self._first :]
        count = len(fresh) // self._frame
        if not count:
            return []
        mono = fresh[: count * self._frame].mean(1, dtype=np.float32)
        levels = self._voice.levels(mono)
        quiet: list[bool] = self._voice.are_quiet(levels, strength.manner).tolist()
        sound = np.concatenate((self._before, mono))
        self._before = sound[-len(self._before) :]
        run = self._quiet
        for number in range(count):
            start = self._judged + number * self._frame
            if quiet[number] and (
                self._is_boundary(start)
                or (
                    run >= strength.after
                    and (run - strength.after) % _MUSIC_EVERY == 0
                    and levels[number, 0] > _SILENT
                    and has_tones(sound[(number + 1) * self._frame :][: len(self._before)], self._rate)
                )
            ):
                quiet[number] = False
            run = run + 1 if quiet[number] else 0
        return quiet

    def _is_boundary(self, start: int) -> bool:
        """Whether a boundary is in the frame at `start`, or so near that a blend could touch it."""
        near = _BLEND * self._frame
        index = bisect_left(self._starts, start - near)
        return index < len(self._starts) and self._starts[index] < start + self._frame + near

    def _close(self, made: list[Samples], strength: _Strength) -> None:
        """A pause ends at the frame that is judged: leave out its middle, if that is worth it."""
        fresh = self._judged - strength.before * self._frame
        blend = len(self._rise)
        if fresh - self._sent >= strength.least * self._frame:
            stub = self._stub if self._stub is not None else self._held[self._sent - self._first :][:blend]
            begin = self._held[fresh - self._first :][:blend]
            made.append(stub * self._fall + begin * self._rise)
            at = self._given + sum(map(len, made)) - blend / 2
            self.map.add(at, fresh + blend / 2, 1.0)
            self._sent = fresh + blend
        self._stub = None

    def _send(self, made: list[Samples], until: int) -> None:
        """Give what is held, up to a sample of the file."""
        if until > self._sent:
            made.append(self._held[self._sent - self._first : until - self._first])
            self._sent = until

    def _drop(self, strength: _Strength) -> None:
        """Forget what was sent, and of a long pause all but its two ends."""
        blend = len(self._rise)
        kept = self._sent
        if self._quiet > strength.after:
            spare = self._judged - (strength.before + 1) * self._frame
            if spare - self._sent >= strength.least * self._frame + blend:
                if self._stub is None:
                    self._stub = self._held[self._sent - self._first :][:blend].copy()
                kept = spare
        self._held = self._held[kept - self._first :]
        self._first = kept

    def _count(self, made: list[Samples]) -> Samples:
        given = made[0] if len(made) == 1 else np.concatenate([self._nothing(), *made])
        self._given += len(given)
        return given

    def _nothing(self) -> Samples:
        return np.zeros((0, self._channels), np.float32)
