"""Lines of the most usual shape, `(1:08:52) – Title`, read at a glance: half of the time that any other line takes.

Must not know other shapes. What is read is what `outline_times` and `outline_items` would read, which a test holds.
"""

from __future__ import annotations

import re

from player.core.outline_items import Candidate, Place, foreign
from player.core.outline_lines import Line, LineKind, fold
from player.core.outline_times import Form, Time, doubt

# Bullets, a time of minutes and hours at most, perhaps in brackets, perhaps a dash, and words without another colon
# that may be no unit.
_USUAL = re.compile(
    r"[ \t]{0,9}[-*]?[ ]?([(\[]?)([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?([)\]]?) ([-–—] )?"
    r"(?![mM][iI][nN]|[мМ][иИ][нН])[^\W\d_][^:]*$"
)
_FIRST, _SECOND, _THIRD = 2, 3, 4
_ENDS = frozenset(".!?")


def usual_candidate(index: int, line: Line) -> Candidate | None:
    """The one entry of a line that has this shape; None when it may have another, or none."""
    text = line.text
    match = _USUAL.match(text)
    if match is None or line.kind is LineKind.ROW or fold(text) is not text:
        return None
    length = len(text)
    if not (text[-1].isalnum() or text[-1] in _ENDS):
        return None
    bracket, first, second, third, closed, dash = match.groups()
    start = match.start(_FIRST)
    if third:
        parts: tuple[int, ...] = (int(first), int(second), int(third))
        end = match.end(_THIRD)
        value = (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000
    else:
        parts = (int(first), int(second))
        end = match.end(_SECOND)
        value = (parts[0] * 60 + parts[1]) * 1000
    why_not = "" if closed or dash else doubt(text, start, end)
    time = Time(start, end, parts, 0, Form.CLOCK, value, why_not)
    title = end + (2 if closed else 1) + (2 if dash else 0)
    begin = length - len(text.lstrip())
    away = foreign(line, time) if line.links else ""
    return Candidate(
        index, Place.FIRST, time, None, begin, length, title, length, bracket, dash[0] if dash else "", line.kind,
        line.level, away,
    )  # fmt: skip
