"""Whether a run of candidates is an outline, how sure that is, and in a clause why not.

Must not know how runs are found, nor which of several outlines is the one of the episode.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from player.core.model import Millis
from player.core.outline_blocks import Block
from player.core.outline_checks import Case, objection
from player.core.outline_items import Candidate, Place
from player.core.outline_lines import Line
from player.core.outline_repairs import out_of_order, settle
from player.core.outline_times import Form


class Confidence(IntEnum):
    """How sure it is that a list of times is the outline of the episode."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A run with its times settled.

    `reason` says why it is no outline, or is empty; `left` is what was left out of it, and why.
    """

    block: Block
    items: tuple[Candidate, ...]
    starts: tuple[Millis, ...]
    score: float
    reason: str
    confidence: Confidence = Confidence.LOW
    repair: str = ""
    left: tuple[tuple[Candidate, str], ...] = ()


def judge(block: Block, lines: Sequence[Line], duration: Millis | None) -> Judged:
    """Settle the times of a run, leave out what does not belong to it, and decide."""
    items, left = _without_doubtful(block)
    items, strangers = _without_strangers(items)
    left += strangers
    if len(items) < 2:
        return Judged(
            block, tuple(items), tuple(item.time.value for item in items), 0.0, _why_few(items, left), left=tuple(left)
        )
    starts, repair = settle([item.time for item in items], duration)
    items, starts, repeated = _without_repetitions(items, starts)
    left += repeated
    case = Case(block, items, starts, duration, lines)
    reason = objection(case)
    weight = {Place.FIRST: 1.0, Place.FLAT: 0.95, Place.LAST: 0.85, Place.LINK: 0.5}[block.place]
    score = case.rising * weight * (1.2 if block.heading else 1.0)
    confidence = _confidence(case) if not reason else Confidence.LOW
    return Judged(block, tuple(items), tuple(starts), score, reason, confidence, repair, tuple(left))


def _without_doubtful(block: Block) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Leave out clock times, verses, ratios; a few in good order are chapters with such a word in the title."""
    items = block.items
    doubtful = [item for item in items if item.time.doubt]
    if not doubtful:
        return list(items), []
    off: set[int] = set()
    if len(doubtful) * 4 <= len(items):
        off = out_of_order([item.time.value for item in items])
        doubtful = [item for index, item in enumerate(items) if item.time.doubt and index in off]
    dropped = {id(item) for item in doubtful}
    return [item for item in items if id(item) not in dropped], [
        (item, f"it is {item.time.doubt}") for item in doubtful
    ]


def _without_strangers(items: list[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Leave out the few that are written in another way than the rest."""
    forms = Counter([item.time.form for item in items])
    clock = forms[Form.CLOCK]
    off = out_of_order([item.time.value for item in items])
    if clock == len(items) and not off:
        return items, []
    bracket = Counter(item.bracket for item in items).most_common(1)[0][0] if items else ""
    kept, left = [], []
    for index, item in enumerate(items):
        form = item.time.form
        if form is Form.DOTTED and clock and (not item.bracket or item.bracket != bracket or forms[form] * 4 > clock):
            left.append((item, "a number with a point among times with colons"))
        elif form is not Form.CLOCK and clock and index in off:
            left.append((item, "it is written in another way than the rest and out of order"))
        elif index in off and item.bracket != bracket and len(off) * 4 < len(items):
            left.append((item, "it is out of order and its brackets differ from the rest"))
        else:
            kept.append(item)
    return kept, left


def _without_repetitions(
    items: list[Candidate], starts: list[Millis]
) -> tuple[list[Candidate], list[Millis], list[tuple[Candidate, str]]]:
    """Leave out times without words where the same time has words elsewhere."""
    if all(item.has_title for item in items):
        return items, starts, []
    titled = {start for item, start in zip(items, starts, strict=True) if item.has_title}
    kept = [(item, start) for item, start in zip(items, starts, strict=True) if item.has_title or start not in titled]
    left = [
        (item, "its time has a title elsewhere")
        for item, start in zip(items, starts, strict=True)
        if not item.has_title and start in titled
    ]
    return [item for item, _ in kept], [start for _, start in kept], left


def _why_few(items: list[Candidate], left: list[tuple[Candidate, str]]) -> str:
    if left:
        kind = Counter(reason.removeprefix("it is ") for _, reason in left).most_common(1)[0][0]
        return f"what looks like a list of times is none: {kind}" if len(left) > 1 else f"its only time is none: {kind}"
    return "it has a single time only" if items else "it has no times"


def _confidence(case: Case) -> Confidence:
    count, place = len(case.starts), case.block.place
    if case.duration is not None and max(case.starts) > case.duration:
        return Confidence.LOW
    if count < 3 or case.rising < count or place in (Place.LINK, Place.LAST):
        return Confidence.MEDIUM
    return Confidence.CERTAIN if case.is_announced or case.is_early else Confidence.HIGH
