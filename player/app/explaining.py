"""Why each time in show notes was taken for a chapter or left, in words.

Must not know how notes are read from a file, nor where the words are printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from player.core.model import Millis
from player.core.outline import Line, Outline, find_outline, why_none
from player.core.outline_lines import fold
from player.core.outline_times import find_times
from player.core.timecode import format_timecode

_WORDS_AROUND = 30
_OUTSIDE = "it stands outside the outline"
Reasons = dict[tuple[int, int], str]
"""What became of the time that begins at an offset of a line."""


def explain_notes(lines: Sequence[Line], duration: Millis | None) -> list[str]:
    """A sentence on the whole, then one line for each time, in the order of the text; empty lines are not counted."""
    outline = find_outline(lines, duration)
    reasons = _reasons(outline) if outline else {}
    rest = _OUTSIDE if outline else why_none(lines, duration)
    said = [_summary(outline) if outline else f"No outline: {why_none(lines, duration)}."]
    for number, line in enumerate(lines):
        times = find_times(fold(line.text))
        for index, time in enumerate(times):
            end = times[index + 1].start if index + 1 < len(times) else len(line.text)
            known = next((reasons[number, at] for at in range(time.start, time.end) if (number, at) in reasons), "")
            verdict = known or f"left: {time.doubt or rest}"
            words = " ".join(line.text[time.end : end].split())[:_WORDS_AROUND]
            said.append(f"line {number + 1}: {line.text[time.start : time.end]} {words}".rstrip() + f" — {verdict}")
    return said


def _summary(outline: Outline) -> str:
    repair = f"; its times were corrected: {outline.repair}" if outline.repair else ""
    others = len(outline.alternatives)
    also = f"; {others} other outline{'s' if others > 1 else ''} in the same notes" if others else ""
    return (
        f"An outline of {len(outline.entries)} chapters ({outline.confidence.name.lower()} confidence){repair}{also}."
    )


def _reasons(outline: Outline) -> Reasons:
    found: Reasons = {}
    for other in outline.alternatives:
        for entry in other.entries:
            found[entry.line, entry.time_start] = "left: it belongs to another outline in the same notes"
    for each in outline.left_out:
        found[each.line, each.start] = f"left: {each.reason}"
    for entry in outline.entries:
        place = format_timecode(entry.mark.start)
        found[entry.line, entry.time_start] = f"taken: {place} “{entry.mark.title}”"
    return found
