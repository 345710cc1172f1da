"""Runs of candidates that could be one outline: of one form, near each other, not starting over.

Must not know whether a run is one: that is `core.outline_judge`'s work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from player.core.model import Millis
from player.core.outline_items import Candidate, Place, candidates, link_candidate
from player.core.outline_lines import Line, LineKind, fold
from player.core.outline_times import MOST_TIMES, find_times
from player.core.outline_usual import usual_candidate
from player.core.outline_words import AUDIO_HEADING, STRONG_HEADING, VIDEO_HEADING, WEAK_HEADING
from player.core.timecode import HOUR, MINUTE

_FAR_FIRST = 60
"""As many lines without a time may stand between two entries whose times are first: descriptions, links."""
_FAR_LAST = 3
_SOON: Millis = 15_000
"""A time that early is a beginning."""
_HEADING_LENGTH = 80


class Heading(IntEnum):
    """How far the words before a block speak for an outline."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(slots=True)
class Block:
    """Candidates of one place in the order of the text; `heading` and its words `about` come from the lines before."""

    place: Place
    items: list[Candidate] = field(default_factory=list)
    heading: Heading = Heading.NONE
    about: str = ""

    @property
    def is_for_video(self) -> bool:
        """Whether the heading says that the times are those of a video, not of the audio."""
        return VIDEO_HEADING.search(self.about) is not None and AUDIO_HEADING.search(self.about) is None

    @property
    def is_for_audio(self) -> bool:
        """Whether the heading names the audio."""
        return AUDIO_HEADING.search(self.about) is not None and VIDEO_HEADING.search(self.about) is None


def all_candidates(lines: Sequence[Line]) -> list[Candidate]:
    """The candidates of all lines in order, up to `MOST_TIMES`; times in the addresses of links where no others are."""
    found: list[Candidate] = []
    count = 0
    for index, line in enumerate(lines):
        if usual := usual_candidate(index, line):
            found.append(usual)
            count += 1
        elif times := find_times(folded := fold(line.text)):
            found.extend(candidates(index, line, folded, times))
            count += len(times)
        if count > MOST_TIMES:
            break
    if len(found) < 3:
        found.extend(item for index, line in enumerate(lines) if (item := link_candidate(index, line)))
    return found


def blocks(lines: Sequence[Line], found: Sequence[Candidate]) -> list[Block]:
    """The runs among the candidates `found`, each with its heading."""
    runs = []
    for place in Place:
        items = [item for item in found if item.place is place]
        if items:
            runs.extend(_runs(lines, place, items))
    for run in runs:
        _give_heading(lines, run)
    return runs


def _runs(lines: Sequence[Line], place: Place, items: list[Candidate]) -> list[Block]:
    runs = [Block(place, [items[0]])]
    for at, item in enumerate(items[1:], 1):
        run = runs[-1]
        if _starts_over(lines, run, items, at) or _is_far(lines, run.items[-1], item):
            runs.append(Block(place, [item]))
        else:
            run.items.append(item)
    return runs


def _starts_over(lines: Sequence[Line], run: Block, items: Sequence[Candidate], at: int) -> bool:
    """Whether a second list begins at that item: as early as the first of the run, or nearly, and it shows."""
    item = items[at]
    value, first, last = item.time.value, run.items[0].time.value, run.items[-1].time.value
    if value >= last or (value > first and not _begins_near(run, items, at)):
        return False
    if value < _SOON or len(run.items) == 1:
        return value < _SOON
    between = lines[run.items[-1].line + 1 : item.line]
    return any(line.kind in (LineKind.TEXT, LineKind.HEADING) for line in between)


def _begins_near(run: Block, items: Sequence[Candidate], at: int) -> bool:
    """Whether what comes after a fall to the first minute of the run stays below its end, as a transcript does.

    Times without hours may have lost one after the 59th minute; those of a transcript follow each other soon.
    """
    item, last = items[at], run.items[-1]
    if item.time.value > run.items[0].time.value + MINUTE or at + 1 == len(items):
        return False
    if len(item.time.parts) == 2 == len(last.time.parts) and last.time.value % HOUR >= 45 * MINUTE:
        return at + 3 < len(items) and items[at + 3].time.value < item.time.value + 3 * MINUTE
    return items[at + 1].time.value < last.time.value


def _is_far(lines: Sequence[Line], before: Candidate, item: Candidate) -> bool:
    apart = item.line - before.line - 1
    if before.place is not Place.LAST or item.kind is LineKind.HEADING:
        return apart > _FAR_FIRST
    if apart > 4 * _FAR_LAST:
        return True
    between = lines[before.line + 1 : item.line]
    others = sum(line.kind is not LineKind.ITEM or line.level <= item.level for line in between)
    return others > (_FAR_LAST if item.kind is LineKind.ITEM else 1)


def _give_heading(lines: Sequence[Line], run: Block) -> None:
    first = run.items[0]
    texts = [lines[first.line].text[max(0, first.start - _HEADING_LENGTH) : first.start].lower()]
    index = first.line - 1
    while index >= max(0, first.line - 6) and len(texts) < 4:
        line = lines[index]
        if line.kind is LineKind.HEADING or len(line.text.strip()) <= _HEADING_LENGTH:
            texts.append(line.text.lower())
        if line.kind is LineKind.HEADING or len(line.text) > 2 * _HEADING_LENGTH:
            break
        index -= 1
    for text in texts:
        if STRONG_HEADING.search(text):
            run.heading, run.about = Heading.STRONG, text
            return
    for text in texts:
        if WEAK_HEADING.search(text):
            run.heading, run.about = Heading.WEAK, text
            return
    run.about = texts[1] if len(texts) > 1 else ""
