"""Whether an audio file can be what its feed describes, by the length of both.

Must not know where lengths come from, nor how the answer is worded.
"""

from __future__ import annotations

from player.core.model import Millis
from player.core.timecode import MINUTE

_SHORTER: Millis = MINUTE
_SHORTER_PART = 0.1
_LONGER: Millis = 10 * MINUTE
_LONGER_PART = 0.5
_NONSENSE = 20
"""Where lengths differ by this factor the feed's is no length at all: minutes written as seconds, or a placeholder."""


def implausible_by(published: Millis | None, actual: Millis | None) -> Millis | None:
    """How much longer (or shorter, when negative) audio is than its feed says, where more than advertisements differ.

    What is put in makes audio longer, often by minutes, so that less is allowed below than above: a minute or a tenth
    of the published length, and ten minutes or half of it. None where it is plausible, or cannot be told.
    """
    if not published or not actual or not 1 / _NONSENSE < actual / published < _NONSENSE:
        return None
    longer = actual - published
    is_short = -longer > max(_SHORTER, _SHORTER_PART * published)
    is_long = longer > max(_LONGER, _LONGER_PART * published)
    return longer if is_short or is_long else None
