"""Lands softly: where to begin so that a chapter's first words are whole, when its start is known to the second only.

Must not know chapters, nor how samples are decoded.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

LEAD_SECONDS = 0.4
"""How much earlier to begin at most."""

_HOP_SECONDS = 0.01
_PAUSE_HOPS = 3
"""A pause that is worth landing in has this many quiet hops: shorter are the closures of p, t and k."""
_BEFORE_SPEECH = 0.02
"""Seconds of the pause that are heard: the first consonant may rise out of it softly."""
_DEPTH = 10 ** (-15 / 20)
"""How much quieter than the talk around it a pause is: 15 dB."""
_LEAST_DEPTH = 10 ** (-8 / 20)
"""Also where the whole recording is noisy, a pause is so much quieter: 8 dB."""
_INAUDIBLE = 10 ** (-70 / 20)


def soft_start(samples: Samples, rate: int, target: int, quiet: float | None = None) -> int:
    """Where in `samples`, shape (frames, channels), to begin instead of at the frame `target`: there, or a bit before.

    It is the end of the last pause within `LEAD_SECONDS` before `target`, when the sound has set in again by then. In a
    pause, and where there is none, it is `target` itself. What a pause is goes by the level of all of `samples`, of
    which some tenths of a second should lie behind `target`, and by `quiet`, the level in dBFS below which the
    recording pauses, where that is known.
    """
    hop = max(1, round(_HOP_SECONDS * rate))
    first = max(0, target - round(LEAD_SECONDS * rate)) % hop
    count = (len(samples) - first) // hop
    if count < _PAUSE_HOPS:
        return target
    power = np.square(samples[first : first + count * hop], dtype=np.float32).mean(axis=1)
    levels = np.sqrt(power.reshape(count, hop).mean(axis=1))
    talk = float(np.quantile(levels, 0.75))
    pauses = 0.0 if quiet is None else min(10 ** (quiet / 20), talk * _LEAST_DEPTH)
    is_quiet = levels <= max(talk * _DEPTH, pauses, _INAUDIBLE)
    last = (target - first) // hop
    earliest = max(0, last - round(LEAD_SECONDS / _HOP_SECONDS))
    if last >= count or is_quiet[last]:
        return target
    for end in range(last, earliest, -1):
        if end - _PAUSE_HOPS >= 0 and is_quiet[end - _PAUSE_HOPS : end].all():
            return min(target, max(first + end * hop - round(_BEFORE_SPEECH * rate), 0))
    return target
