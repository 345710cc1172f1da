"""What a listener hears after doing something, taken from the recording of the sink.

Must not know how it came about.
"""

from __future__ import annotations

from dataclasses import dataclass

from loudspeaker import RATE, Recorder
from timecoded import find_landings, read_position

_BEFORE = RATE // 4


@dataclass(frozen=True)
class Jump:
    """One jump as heard, in seconds: the wait from the click to the first right sound, and how far off that was."""

    target: float
    wait: float
    error: float


def place_heard(recorder: Recorder) -> float | None:
    """The place in the audio that is being heard now, in seconds, or None for silence or noise."""
    start = recorder.now()
    recorder.wait(0.15)
    return read_position(recorder.sound(start), RATE)


def hear_jump(recorder: Recorder, clicked_at: int, target: float, patience: float = 4.0) -> Jump:
    """Listen until the place `target` is heard, after a click at sample `clicked_at` of the recording.

    The wait is a little too long rather than too short: the recording runs some milliseconds behind the sink.
    """
    begin = max(0, clicked_at - _BEFORE)
    heard: list[float] = []
    while recorder.now() - clicked_at < patience * RATE:
        recorder.wait(0.2)
        for landing in find_landings(recorder.sound(begin), RATE):
            at = begin + round(landing.at * RATE)
            if at > clicked_at and abs(landing.position - target) < 1.0:
                return Jump(target, (at - clicked_at) / RATE, landing.position - target)
            heard.append(landing.position)
    raise AssertionError(f"{target:.1f} s was not heard within {patience} s; heard {heard[-3:]}")
