"""Whether a run of candidates is an outline, how sure that is, and in a clause why not.

Must not know how runs are found, nor which of several outlines is the one of the episode.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from player.core.model import Millis
from player.core.outline_blocks import Block, Heading
from player.core.outline_items import Candidate, Place
from player.core.outline_lines import Line
from player.core.outline_repairs import out_of_order, rising, settle
from player.core.outline_times import Form
from player.core.outline_words import SPEAKER
from player.core.timecode import HOUR, MINUTE, SECOND

_SOON: Millis = 15 * SECOND


class Confidence(IntEnum):
    """How sure it is that a list of times is the outline of the episode."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A run with its times settled. `reason` says why it is no outline, or is empty; `left` is what was left out, and why."""

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
    items, starts, late = _inside(items, starts, duration)
    left += late
    reason = next((reason for check in _CHECKS if (reason := check(block, items, starts, duration, lines))), "")
    weight = {Place.FIRST: 1.0, Place.FLAT: 0.95, Place.LAST: 0.85, Place.LINK: 0.5}[block.place]
    score = rising(starts) * weight * (1.2 if block.heading else 1.0)
    confidence = _confidence(block, starts, duration) if not reason else Confidence.LOW
    return Judged(block, tuple(items), tuple(starts), score, reason, confidence, repair, tuple(left))


def _without_doubtful(block: Block) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Leave out clock times, verses, ratios; with the time first only where they are many or stand out of order."""
    items = block.items
    doubtful = [item for item in items if item.time.doubt]
    if not doubtful:
        return list(items), []
    off: set[int] = set()
    if block.place in (Place.FIRST, Place.FLAT) and len(doubtful) * 4 <= len(items):
        off = out_of_order([item.time.value for item in items])
        doubtful = [item for index, item in enumerate(items) if item.time.doubt and index in off]
    dropped = {id(item) for item in doubtful}
    return [item for item in items if id(item) not in dropped], [
        (item, f"it is {item.time.doubt}") for item in doubtful
    ]


def _without_strangers(items: list[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Leave out the few that are written in another way than the rest."""
    forms = Counter(item.time.form for item in items)
    clock = forms[Form.CLOCK]
    off = out_of_order([item.time.value for item in items])
    bracket = Counter(item.bracket for item in items).most_common(1)[0][0] if items else ""
    kept, left = [], []
    for index, item in enumerate(items):
        form = item.time.form
        is_rare = form is not Form.CLOCK and clock and forms[form] * 2 > clock
        if form is Form.DOTTED and clock and (not item.bracket or item.bracket != bracket or forms[form] * 4 > clock):
            left.append((item, "a number with a point among times with colons"))
        elif form is not Form.CLOCK and clock and index in off or is_rare and form is Form.DOTTED:
            left.append((item, "it is written in another way than the rest and out of order"))
        elif index in off and item.bracket != bracket and len(off) * 4 < len(items):
            left.append((item, "it is out of order and its brackets differ from the rest"))
        else:
            kept.append(item)
    return kept, left


def _inside(
    items: list[Candidate], starts: list[Millis], duration: Millis | None
) -> tuple[list[Candidate], list[Millis], list[tuple[Candidate, str]]]:
    """Leave out the cut-off end of a text, and untitled repetitions of a start that has a title elsewhere."""
    left: list[tuple[Candidate, str]] = []
    titled = {start for item, start in zip(items, starts, strict=True) if item.has_title}
    if titled:
        for index in range(len(items) - 1, -1, -1):
            if not items[index].has_title and starts[index] in titled:
                left.append((items[index], "its time has a title elsewhere"))
                items, starts = items[:index] + items[index + 1 :], starts[:index] + starts[index + 1 :]
    return items, starts, left


def _why_few(items: list[Candidate], left: list[tuple[Candidate, str]]) -> str:
    if left:
        kind = Counter(reason.removeprefix("it is ") for _, reason in left).most_common(1)[0][0]
        return f"what looks like a list of times is none: {kind}" if len(left) > 1 else f"its only time is none: {kind}"
    return "it has a single time only" if items else "it has no times"


def _check_order(block: Block, items: list[Candidate], starts: list[Millis], *_: object) -> str:
    wrong = len(starts) - rising(starts)
    is_plain_list = block.place is Place.FIRST and len(starts) >= 8 and min(starts) == starts[0] <= _SOON
    if wrong > len(starts) * (0.35 if is_plain_list else 0.25) or len(set(starts)) < 2:
        return "its times do not rise"
    return ""


def _check_end(block: Block, items: list[Candidate], starts: list[Millis], duration: Millis | None, *_: object) -> str:
    if duration is None:
        return "its times are days apart" if starts[len(starts) // 2] > 30 * HOUR else ""
    beyond = sum(start > duration * 1.05 + MINUTE for start in starts)
    return "its times lie beyond the end of the episode" if beyond * 2 > len(starts) else ""


def _check_pace(block: Block, items: list[Candidate], starts: list[Millis], *_: object) -> str:
    """A time every few seconds is a transcript, one a second apart the verses of a text."""
    count = len(starts)
    if count < 3:
        return "its two times are seconds apart" if abs(starts[-1] - starts[0]) < 5 * SECOND else ""
    steps = sorted(abs(after - before) for before, after in zip(starts, starts[1:], strict=False))
    median, span = steps[len(steps) // 2], max(starts) - min(starts)
    if median <= 2 * SECOND and span < 2 * MINUTE:
        return "its times are a second or two apart, like verses"
    if (count >= 10 and median < 12 * SECOND) or (count > 40 and (median < 20 * SECOND or span < count * 40 * SECOND)):
        return "its times follow each other every few seconds, like a transcript"
    return ""


def _check_speech(
    block: Block, items: list[Candidate], starts: list[Millis], duration: Millis | None, lines: Sequence[Line]
) -> str:
    if len(items) < 12:
        return ""
    titles = [lines[item.line].text[item.title_start : item.title_end] for item in items]
    names = Counter(match[1] for title in titles if (match := SPEAKER.match(title)))
    spoken = sum(names.values())
    if (
        len(names) > 1
        and spoken * 10 >= len(items) * 6
        and len(names) * 4 <= spoken
        and sum(map(len, titles)) > 80 * len(titles)
    ):
        return "its lines are what speakers say, like a transcript"
    if sum(map(len, titles)) > 400 * len(titles):
        return "its lines are whole paragraphs, like a transcript"
    return ""


def _check_clock(
    block: Block, items: list[Candidate], starts: list[Millis], duration: Millis | None, *_: object
) -> str:
    """A programme of a day: whole and quarter hours between six and midnight, none at zero."""
    if block.heading is Heading.STRONG or len(items) < 2 or any(item.time.form is not Form.CLOCK for item in items):
        return ""
    parts = [item.time.parts for item in items]
    if all(len(each) == 2 and 6 <= each[0] <= 23 and each[1] % 15 == 0 for each in parts) and (
        len(parts) < 6 or not duration
    ):
        return "its times are those of a day's programme"
    return ""


def _check_links(block: Block, items: list[Candidate], *_: object) -> str:
    foreign = [item.foreign for item in items if item.foreign]
    if len(foreign) * 2 > len(items) and Counter(foreign).most_common(1)[0][1] * 2 < len(foreign):
        return "its times stand in links that lead to different places"
    return ""


def _check_form(block: Block, items: list[Candidate], starts: list[Millis], *_: object) -> str:
    """Spaces and points inside times need a list that is regular otherwise."""
    forms = Counter(item.time.form for item in items)
    if forms[Form.DOTTED] * 2 > len(items):
        regular = len(items) >= 3 and rising(starts) == len(starts)
        if not regular or not (starts[0] <= _SOON or block.heading is Heading.STRONG):
            return "its numbers with a point may be anything"
    if forms[Form.LOOSE] * 2 > len(items) and not (starts[0] <= _SOON or block.heading):
        return "its numbers with a space may be anything"
    return ""


def _check_first(block: Block, items: list[Candidate], starts: list[Millis], *_: object) -> str:
    if block.place is not Place.FIRST or len(items) > 2:
        return ""
    if not all(item.has_title for item in items) and items[1].line - items[0].line != 2:
        return "two times without words are no list"
    is_near = items[1].line - items[0].line <= 6
    if (starts[0] <= _SOON and is_near) or block.heading is Heading.STRONG:
        return ""
    return "it has two times only, and none at the beginning"


def _check_last(
    block: Block, items: list[Candidate], starts: list[Millis], duration: Millis | None, lines: Sequence[Line]
) -> str:
    """Times at the ends of lines are often lengths, scores or dates: they need more signs than order alone."""
    if block.place is not Place.LAST:
        return ""
    if not all(item.has_title for item in items):
        return "it has times without words"
    count = len(items)
    is_set_off = [bool(item.bracket or item.separator or _is_marked(item, lines)) for item in items]
    signs = (starts[0] <= _SOON) + (block.heading is Heading.STRONG) * 2 + (count >= 4) + (count >= 8)
    signs += sum(is_set_off) * 4 >= 3 * count
    signs += sum(len(item.time.parts) >= 3 for item in items) * 2 > count
    signs += bool(duration and duration * 0.4 < max(starts) <= duration)
    signs -= sum(bool(item.foreign) for item in items) * 2 > count
    signs -= rising(starts) < count
    return "" if signs >= (2 if count > 2 else 3) else "its times at the ends of lines have no sign of a list"


def _is_marked(item: Candidate, lines: Sequence[Line]) -> bool:
    return any(start <= item.time.start and item.time.end <= end for start, end in lines[item.line].marked)


_LATIN = re.compile(r"[a-z]")


def _check_flat(
    block: Block, items: list[Candidate], starts: list[Millis], duration: Millis | None, lines: Sequence[Line]
) -> str:
    if block.place is not Place.FLAT:
        return ""
    count = len(items)
    if sum(item.separator == "prose" for item in items) * 4 > count:
        return "its times stand inside sentences"
    if rising(starts) * 10 < count * 9:
        return "its times in one line do not rise"
    is_bracketed = sum(bool(item.bracket) for item in items) * 2 > count
    is_early = starts[0] <= _SOON
    least = 3 if is_bracketed or is_early else 5
    if block.heading is Heading.STRONG:
        least = 2
    if count >= least or (count == 2 and is_bracketed and starts[0] == 0):
        return "" if sum(item.has_title for item in items) * 2 > count else "its times in one line have no words"
    return "it has too few times in one line"


def _check_link_only(block: Block, items: list[Candidate], starts: list[Millis], *_: object) -> str:
    if block.place is not Place.LINK:
        return ""
    if len(items) < 3 or rising(starts) < len(starts):
        return "its links with times are no list"
    return ""


_Check = Callable[[Block, list[Candidate], list[Millis], Millis | None, Sequence[Line]], str]
_CHECKS: tuple[_Check, ...] = (
    _check_order, _check_end, _check_pace, _check_speech, _check_clock, _check_links, _check_form,
    _check_first, _check_last, _check_flat, _check_link_only,
)  # fmt: skip


def _confidence(block: Block, starts: Sequence[Millis], duration: Millis | None) -> Confidence:
    count = len(starts)
    if duration is not None and max(starts) > duration:
        return Confidence.LOW
    if count < 3 or block.place is Place.LINK:
        return Confidence.MEDIUM
    if rising(starts) < count or block.place is Place.LAST:
        return Confidence.MEDIUM
    return Confidence.CERTAIN if block.heading is Heading.STRONG or starts[0] <= _SOON else Confidence.HIGH
