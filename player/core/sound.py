"""How an episode sounds: speed, silence trimming, voice levelling, mono; and what that means for time.

Must not know how sound is made, nor where choices are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from player.core.model import Millis

MIN_SPEED = 0.5
MAX_SPEED = 4.0
SPEED_STEP = 0.05
LARGE_SPEED_STEP = 0.25
_STEPS_PER_ONE = 20
_LEAST_LISTENED: Millis = 60_000


class Trimming(StrEnum):
    """How much of the pauses is left out."""

    OFF = "off"
    GENTLE = "gentle"
    MEDIUM = "medium"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Sound:
    """What is done to the sound of a podcast. `speed` keeps the pitch and is one of `clamp_speed`.

    `is_levelled` raises quiet voices and holds loud ones; `is_mono` gives both ears the same.
    """

    speed: float = 1.0
    trimming: Trimming = Trimming.OFF
    is_levelled: bool = False
    is_mono: bool = False

    def at_speed(self, speed: float) -> Sound:
        """The same at the allowed speed that is nearest to `speed`."""
        return replace(self, speed=clamp_speed(speed))


@dataclass(frozen=True, slots=True)
class Listened:
    """How long sound was heard, and how much longer it would have been without speed and trimming; milliseconds.

    `by_speed` is negative for what was played slowly. `by_skips` is what playing left out by itself on its way:
    chapters that the listener skips, not what was jumped over.
    """

    heard: float = 0.0
    by_speed: float = 0.0
    by_trimming: float = 0.0
    by_skips: float = 0.0

    def __add__(self, more: Listened) -> Listened:
        return Listened(
            self.heard + more.heard,
            self.by_speed + more.by_speed,
            self.by_trimming + more.by_trimming,
            self.by_skips + more.by_skips,
        )

    def __sub__(self, less: Listened) -> Listened:
        return self + Listened(-less.heard, -less.by_speed, -less.by_trimming, -less.by_skips)

    @property
    def audio(self) -> float:
        """How much of the episode was heard, in its own time."""
        return self.heard + self.by_speed + self.by_trimming


def clamp_speed(speed: float) -> float:
    """The nearest allowed speed: 0.5 to 4.0 in steps of 0.05."""
    return min(MAX_SPEED, max(MIN_SPEED, round(speed * _STEPS_PER_ONE) / _STEPS_PER_ONE))


def speed_meant(text: str) -> float:
    """The speed that `text` says: 1.5, 1.5x, 1,5. Raises ValueError for what is no speed from 0.5 to 4.0."""
    speed = float(text.strip().rstrip("x×").replace(",", "."))
    if not MIN_SPEED <= speed <= MAX_SPEED:
        raise ValueError(text)
    return clamp_speed(speed)


def trimmed_share(listened: Listened) -> float:
    """Which part of the audio trimming leaves out, as listening has shown; 0.0 before there is a minute of it."""
    return listened.by_trimming / listened.audio if listened.audio >= _LEAST_LISTENED else 0.0


def listening_time(audio: Millis, sound: Sound, trimmed: float) -> Millis:
    """How long it takes to hear `audio` milliseconds of an episode of which trimming leaves out the part `trimmed`."""
    share = 0.0 if sound.trimming is Trimming.OFF else trimmed
    return round(audio * (1 - share) / sound.speed)
