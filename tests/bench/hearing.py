"""Jumps as they are heard at the monitor of a sink. Must not know players, only where they were told to jump.

A jump counts from the command to the first right sound: one less than 0.4 s from the target. What is heard before that
(the sound of the old place, silence, a wrong place) is waiting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from loudspeaker import RATE, Recorder
from timecoded import Landing, find_landings, read_position

RIGHT = 0.4
_LOOK_EVERY = 0.05
_WINDOW = RATE // 10
_BEFORE = RATE // 10
_ENOUGH = 0.25
"""Seconds of a stretch that are heard before its edges are looked for."""

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    """A jump that was heard: the sample of the recording with its first right sound, and how far off that is."""

    at: int
    error: float


def first_right(sound: Sound, target: float) -> Landing | None:
    """The first stretch that begins near `target` seconds."""
    return next((each for each in find_landings(sound, RATE) if abs(each.position - target) < RIGHT), None)


def hear(recorder: Recorder, told: int, target: float, limit: float) -> Heard | None:
    """Listen until `target` is heard, for `limit` seconds from sample `told` on at most; None when it was not."""
    begin = max(0, told - _BEFORE)
    looked = begin
    while recorder.now() - told < limit * RATE:
        recorder.wait(_LOOK_EVERY)
        now = recorder.now()
        if _is_near(recorder.sound(looked), target):
            recorder.wait(_ENOUGH)
            landing = first_right(recorder.sound(begin), target)
            if landing is not None and landing.at > 0:
                return Heard(begin + round(landing.at * RATE), landing.position - target)
        looked = max(begin, now - 2 * _WINDOW)
    return None


def hear_anything(recorder: Recorder, limit: float) -> bool:
    """Listen until a place is heard at all."""
    began = recorder.now()
    while recorder.now() - began < limit * RATE:
        recorder.wait(2 * _LOOK_EVERY)
        if read_position(recorder.sound(recorder.now() - _WINDOW), RATE) is not None:
            return True
    return False


def _is_near(sound: Sound, target: float) -> bool:
    """Whether a place a little before or behind the target is heard somewhere in there."""
    for first in range(0, len(sound) - _WINDOW + 1, _WINDOW // 4):
        position = read_position(sound[first : first + _WINDOW], RATE)
        if position is not None and abs(position - target) < RIGHT + 4 * _LOOK_EVERY:
            return True
    return False
