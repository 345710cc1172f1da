"""What speaks against a run of times being an outline: one check for each way of being something else.

Must not know what is done with the answer: `core.outline_judge` puts them together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from player.core.model import Millis
from player.core.outline_blocks import Block, Heading
from player.core.outline_items import Candidate, Place
from player.core.outline_lines import Line, LineKind
from player.core.outline_repairs import rising
from player.core.outline_times import Form
from player.core.outline_words import DAY_PARTS, DAY_PROGRAMME, SPEAKER
from player.core.timecode import HOUR, MINUTE, SECOND

SOON: Millis = 15 * SECOND
"""A list whose first time is not later begins where the episode does."""
_END_OF_DAY = (23 * HOUR // 60 + 59 * SECOND, 24 * HOUR // 60, 24 * HOUR - SECOND, 24 * HOUR)
"""23:59 and 24:00 as they are read from two numbers, minutes and seconds, and from three."""


@dataclass(frozen=True)
class Case:
    """What the checks look at: a run without its strangers, its settled starts, and the notes around it."""

    block: Block
    items: Sequence[Candidate]
    starts: Sequence[Millis]
    duration: Millis | None
    lines: Sequence[Line]

    @cached_property
    def rising(self) -> int:
        """How many of the starts stand in one order that never falls."""
        return rising(self.starts)

    @cached_property
    def titles(self) -> list[str]:
        """The words of each item in its own line, as they are written."""
        return [self.lines[item.line].text[item.title_start : item.title_end] for item in self.items]

    @property
    def is_early(self) -> bool:
        """Whether the list begins where the episode does."""
        return self.starts[0] <= SOON

    @property
    def is_announced(self) -> bool:
        """Whether a heading such as "Timestamps" stands above."""
        return self.block.heading is Heading.STRONG


def objection(case: Case) -> str:
    """The first clause that says why the run is no outline; empty when there is none."""
    return next((reason for check in _CHECKS if (reason := check(case))), "")


def _check_order(case: Case) -> str:
    count = len(case.starts)
    wrong = count - case.rising
    is_plain_list = (
        case.block.place is Place.FIRST and count >= 8 and case.is_early and min(case.starts) == case.starts[0]
    )
    if wrong > count * (0.35 if is_plain_list else 0.25) or len(set(case.starts)) < 2:
        return "its times do not rise"
    return ""


def _check_end(case: Case) -> str:
    if case.duration is None:
        return "its times are days apart" if case.starts[len(case.starts) // 2] > 30 * HOUR else ""
    beyond = sum(start > case.duration * 1.05 + MINUTE for start in case.starts)
    return "its times lie beyond the end of the episode" if beyond * 2 > len(case.starts) else ""


def _check_pace(case: Case) -> str:
    """A time every few seconds is a transcript, one a second apart the verses of a text."""
    count = len(case.starts)
    if count < 3:
        return "its two times are seconds apart" if abs(case.starts[-1] - case.starts[0]) < 10 * SECOND else ""
    steps = sorted(abs(after - before) for before, after in pairwise(case.starts))
    median, span = steps[len(steps) // 2], max(case.starts) - min(case.starts)
    if median <= 2 * SECOND and span < 2 * MINUTE:
        return "its times are a second or two apart, like verses"
    if (count >= 5 and median < 10 * SECOND) or (median < 7 * SECOND and span < MINUTE):
        return "its times follow each other every few seconds, like a transcript"
    if (count >= 10 and median < 12 * SECOND) or (count > 40 and (median < 20 * SECOND or span < count * 40 * SECOND)):
        return "its times follow each other every few seconds, like a transcript"
    return ""


_SPEECH = 6
_SPEECH_IN_SIGNS = 2.5
"""As many letters a second no titles have, but words that are spoken; the second in a script without spaces."""
_SPEECH_BETWEEN = 8
_SPEECH_BETWEEN_IN_SIGNS = 3.3
"""The same for lines below times that follow each other within `_TURN`: descriptions of short chapters have fewer."""
_TURN: Millis = 45 * SECOND
_NAME = 3
"""A speaker's name has fewer spaces."""


def _is_spoken(titles: Sequence[str], starts: Sequence[Millis]) -> bool:
    """Whether long titles fill the time between them as speech does: some 14 letters a second, or 4 Chinese signs."""
    text = " ".join(titles[:-1])
    are_signs = text.count(" ") * 20 < len(text)
    if len(text) <= (30 if are_signs else 60) * (len(titles) - 1):
        return False
    span = max(starts) - min(starts)
    return len(text) * SECOND > (_SPEECH_IN_SIGNS if are_signs else _SPEECH) * span


def _is_above_speech(case: Case) -> bool:
    """Whether times of speakers who take turns stand above what they say: as much of it as fits into the time."""
    count, lines = len(case.starts), case.lines
    if count < 4 or case.block.place is not Place.FIRST:
        return False
    steps = sorted(abs(after - before) for before, after in pairwise(case.starts))
    first, last = case.items[0].line, case.items[-1].line
    if steps[len(steps) // 2] > _TURN or last - first < 2 * count - 2:
        return False
    if sum(title.count(" ") < _NAME for title in case.titles) * 10 < count * 6:
        return False
    length = spaces = 0
    for line in lines[first:last]:
        length += len(line.text)
        spaces += line.text.count(" ")
    rate = _SPEECH_BETWEEN_IN_SIGNS if spaces * 20 < length else _SPEECH_BETWEEN
    return length * SECOND > rate * (max(case.starts) - min(case.starts))


def _check_speech(case: Case) -> str:
    titles = case.titles
    if _is_spoken(titles, case.starts):
        return "its lines are as long as speech in that time, like a transcript"
    if _is_above_speech(case):
        return "as many words follow its times as are spoken in that time, like a transcript"
    length = sum(map(len, titles))
    if len(titles) < 12 or length <= 80 * len(titles):
        return ""
    if length > 400 * len(titles):
        return "its lines are whole paragraphs, like a transcript"
    names = Counter(match[1] for title in titles if (match := SPEAKER.match(title)))
    spoken = sum(names.values())
    if len(names) > 1 and spoken * 10 >= len(titles) * 6 and len(names) * 4 <= spoken:
        return "its lines are what speakers say, like a transcript"
    return ""


def _check_clock(case: Case) -> str:
    """A programme of a day: whole and quarter hours between six and midnight, none at zero; or a day in parts."""
    if _is_timetable(case.items):
        return "its times are those of a day's programme"
    if case.is_announced:
        return ""
    if case.items[0].time.value == 0 and case.items[-1].until in _END_OF_DAY:
        return "its times are the parts of a day"
    parts = [item.time.parts for item in case.items]
    if all(each[1:] == (0,) for each in parts) and sum(map(bool, map(DAY_PARTS.search, case.titles))) > 1:
        return "its times are the parts of a day"
    if all(item.time.form is Form.UNITS and item.time.parts[2] == 0 for item in case.items):
        if parts[0][0] >= 6:
            return "its times are those of a day's programme"
        if not any(each[1] for each in parts):
            return "its times are whole hours"
    if any(item.time.form is not Form.CLOCK for item in case.items):
        return ""
    if len(parts) >= 6 and case.duration:
        return ""
    if not all(6 <= each[0] <= 23 and each[1] % 5 == 0 and not any(each[2:]) for each in parts):
        return ""
    are_quarters = all(each[1] % 15 == 0 for each in parts)
    if are_quarters or any(DAY_PROGRAMME.search(title) for title in case.titles):
        return "its times are those of a day's programme"
    return ""


def _is_timetable(items: Sequence[Candidate]) -> bool:
    """Whether round ranges follow each other and begin with the morning: those of an episode begin at zero."""
    if len(items) < 3 or not 6 <= items[0].time.parts[0] <= 23:
        return False
    are_round = all(
        len(item.time.parts) == 2 and item.time.parts[1] % 5 == 0 and (item.until or 0) % (5 * SECOND) == 0
        for item in items
    )
    return are_round and all(
        item.until is not None and item.until <= after.time.value for item, after in pairwise(items)
    )


_SUBTITLE: Millis = 8 * SECOND
"""As long is a subtitle shown, and no chapter goes on."""


def _check_slots(case: Case) -> str:
    """Ranges of one length without words are the free hours of a calendar, ranges of few seconds subtitles."""
    spans = sorted(item.until - item.time.value for item in case.items if item.until is not None)
    if len(spans) > 2 and len(spans) * 2 > len(case.items) and spans[len(spans) // 2] < _SUBTITLE:
        return "its times are ranges as short as those of subtitles"
    lengths = {item.until - item.time.value for item in case.items if item.until is not None and not item.has_title}
    if len(case.items) > 2 and len(lengths) == 1 and not any(item.has_title for item in case.items):
        return "its times are ranges of one length without words"
    return ""


def _check_repetitions(case: Case) -> str:
    """The same few words again and again are speakers, or the lines of a timetable; no words are no same words."""
    titles = [title for title in case.titles if title]
    count, different = len(titles), len(set(titles))
    if count < 4 or case.is_announced or different == 1 or different * (3 if case.is_early else 2) > count:
        return ""
    return "its words are the same again and again"


_VALUE = re.compile(r"[=≈~<>+−-]? ?(?:[$€£¥] ?[\d.,]+|\d[\d.,]* ?(?:[%‰$€£¥]|° ?[CF]\b))", re.ASCII)
"""A title that is but a number with a sign: what was measured at that time."""


def _check_values(case: Case) -> str:
    titles = case.titles
    if _VALUE.fullmatch(titles[-1]) and sum(map(bool, map(_VALUE.fullmatch, titles))) * 2 > len(titles):
        return "its times have values, not titles"
    return ""


def _check_links(case: Case) -> str:
    foreign = [item.foreign for item in case.items if item.foreign]
    if len(foreign) * 2 > len(case.items) and Counter(foreign).most_common(1)[0][1] * 2 < len(foreign):
        return "its times stand in links that lead to different places"
    return ""


def _check_form(case: Case) -> str:
    """Spaces and points inside times need a list that is regular otherwise."""
    forms = Counter([item.time.form for item in case.items])
    if len(forms) == 1 and Form.CLOCK in forms:
        return ""
    if forms[Form.DOTTED] * 2 > len(case.items):
        regular = len(case.items) >= 3 and case.rising == len(case.starts)
        if not regular or not (case.is_early or case.is_announced):
            return "its numbers with a point may be anything"
    if forms[Form.LOOSE] * 2 > len(case.items) and not (case.is_early or case.block.heading):
        return "its numbers with a space may be anything"
    return ""


def _check_first(case: Case) -> str:
    if case.block.place is not Place.FIRST or len(case.items) > 2:
        return ""
    if not all(item.has_title for item in case.items) and case.items[1].line - case.items[0].line != 2:
        return "two times without words are no list"
    is_near = case.items[1].line - case.items[0].line <= 6 and case.items[0].kind is case.items[1].kind
    if (case.is_early and is_near) or case.is_announced or (is_near and _are_hours_in(case)):
        return ""
    return "it has two times only, and none at the beginning"


def _are_hours_in(case: Case) -> bool:
    """Whether two times written with hours, minutes and seconds are far apart and rise: no time of day looks so."""
    first, second = case.items
    is_same = first.bracket == second.bracket and first.separator == second.separator
    are_whole = all(len(item.time.parts) == 3 and item.time.form is Form.CLOCK for item in case.items)
    return is_same and are_whole and case.starts[0] + 5 * MINUTE <= case.starts[1] < 6 * HOUR


_SENTENCES = 160
"""Longer than that, on average, are no titles before their times, but sentences with a time as their source."""


def _check_last(case: Case) -> str:
    """Times at the ends of lines are often lengths, scores or dates: they need more signs than order alone."""
    if case.block.place is not Place.LAST:
        return ""
    if not all(item.has_title for item in case.items):
        return "it has times without words"
    count = len(case.items)
    if sum(item.title_end - item.title_start for item in case.items) > _SENTENCES * count:
        return "its times stand at the ends of sentences"
    is_set_off = [
        bool(item.bracket or item.separator or item.foreign or _is_marked(item, case.lines)) for item in case.items
    ]
    signs = case.is_early + case.is_announced * 2 + (count >= 4) + (count >= 8)
    signs += sum(is_set_off) * 4 >= 3 * count
    signs += all(item.kind is LineKind.HEADING for item in case.items)
    signs += sum(len(item.time.parts) >= 3 for item in case.items) * 2 > count
    signs += 3 * all(item.until == next_.time.value for item, next_ in pairwise(case.items))
    signs += bool(case.duration and case.duration * 0.4 < max(case.starts) <= case.duration)
    signs -= len({item.foreign for item in case.items}) > 1
    signs -= case.rising < count
    signs -= (min(case.starts) * 2 > max(case.starts)) * 2
    return "" if signs >= (2 if count > 2 else 3) else "its times at the ends of lines have no sign of a list"


def _is_marked(item: Candidate, lines: Sequence[Line]) -> bool:
    return any(start <= item.time.start and item.time.end <= end for start, end in lines[item.line].marked)


def _check_flat(case: Case) -> str:
    if case.block.place is not Place.FLAT:
        return ""
    count = len(case.items)
    signs = ("prose",) if case.is_announced and case.is_early else ("prose", "small")
    if sum(item.separator in signs for item in case.items) * 4 > count:
        return "its times stand inside sentences"
    if any(item.separator == "last" for item in case.items) and not (case.is_early or case.is_announced):
        return "its times stand inside sentences"
    if case.rising * 10 < count * 9:
        return "its times in one line do not rise"
    is_bracketed = sum(bool(item.bracket) for item in case.items) * 2 > count
    is_early = case.is_early
    least = 3 if is_bracketed or is_early else 5
    if case.is_announced and (count > 2 or case.items[0].bracket == case.items[1].bracket):
        least = 2
    if count >= least or (count == 2 and is_bracketed and case.starts[0] == 0):
        return "" if sum(item.has_title for item in case.items) * 2 > count else "its times in one line have no words"
    return "it has too few times in one line"


def _check_link_only(case: Case) -> str:
    if case.block.place is not Place.LINK:
        return ""
    if len(case.items) < 3 or case.rising < len(case.starts):
        return "its links with times are no list"
    return ""


_Check = Callable[[Case], str]
_CHECKS: tuple[_Check, ...] = (
    _check_order, _check_end, _check_pace, _check_speech, _check_clock, _check_slots, _check_links, _check_form,
    _check_repetitions, _check_values, _check_first, _check_last, _check_flat, _check_link_only,
)  # fmt: skip
