"""Candidates for outline entries: which words of a line are the title of a time in it, judged by the line alone.

Must not know the other lines: which candidates make an outline is `core.outline_blocks`' work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from player.core.model import Millis
from player.core.outline_lines import CELL_BREAK, Line, LineKind
from player.core.outline_times import Form, Time
from player.core.outline_words import HEADING_ALONE, STRONG_HEADING

_TimeGroup: TypeAlias = tuple[Time, int, Millis | None, str]
"""A time, where it ends with its range and bracket, the end of the range, and the opening bracket."""


class Place(Enum):
    """Where in the line the time stands."""

    FIRST = "first"
    LAST = "last"
    FLAT = "one of several in its line"
    LINK = "in the link only"


class Candidate(NamedTuple):
    """What may be one entry of an outline.

    `line` is the index of its line, `start` and `end` the offsets of time and title together, `title_start` and
    `title_end` those of the title (equal when there is none). `until` is the end of a range, `bracket` the
    character before the time (or empty), `kind` the line's.
    """

    line: int
    place: Place
    time: Time
    until: Millis | None
    start: int
    end: int
    title_start: int
    title_end: int
    bracket: str
    separator: str
    kind: LineKind
    level: int
    foreign: str = ""
    """Where the link leads that the time is part of, without its time; empty when the time is in no link."""

    @property
    def has_title(self) -> bool:
        """Whether there are words."""
        return self.title_end > self.title_start


_PREFIX = re.compile(
    r"[\W_]*(?:(?:chapter|ch|part|pt|segment|section|topic|track|kapitel|teil|abschnitt|cap[íi]tulo|capitolo|parte|chapitre"
    r"|partie|глава|часть|第)?\s?#?\d{1,3}(?:[.)\]\-–—|:章回]|(?=\s))[\W_]*|(?:[ivx]{1,5}|[a-z])[.)]\s*)?(?:(?:min(?:ute[ns]?|uto|uut)?|timestamp|time|tc|мин(?:ута)?)\b[\s.:]*)?[\W_]*",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[\W_]*(?:(?:(?:start(?:s|ing)?|begin(?:s|ning)?)\s)?at|from|ab|à|dès|desde|da|vanaf|från|od|с|от|з|від)\s"
    r"(?:min(?:ute[ns]?|uto|uut)?\b\.?\s)?",
    re.IGNORECASE,
)
_PARTED = re.compile(r"(?<=[)\]])|\s*[-–—:|]")
_UNIT = re.compile(
    r"\s?(?:min(?:s|utes?|uten|utos?)?|мин(?:ут\w?)?)\b\.?(?=\s*[-–—:|]|\s?[)\]]\s*[^\s.,;])", re.IGNORECASE
)
_USUAL_PREFIX = " \t([{<@-*•"
_BULLET = re.compile(r"(?:[\s•*▪◦‣●○■□▶►✓✔☑·>|+~–—-]|#(?!\d))*(?:\d{1,3}[.)]\s+)?")
_RANGE = re.compile(
    r"\s*[)\]}>]?\s*(?:-{1,2}>|-|–|—|−|~|→|⇒|/|to\b|bis\b|until\b|till\b|à\b|al?\b|até\b|до\b|tot\b)\s*[(\[{<]?@?\s*"
)
_CLOSE = re.compile(r"[)\]}>]{1,2}|\s*[)\]}](?=\s|$|[-–—:])")
_SEPARATOR = re.compile(r"(?:(?:\.{2,}|…)(?=\s*\S))?[*_`]{0,3}(?:\s|[-–—―−:|•·●▪◦‣=»›~→⇒➜➡►▶]|\.{4,}|[.,;>/](?=\s))*")
_LEAD_IN = re.compile(
    r"\s*[(\[]\s?(?:(?:starts?|begins?)(?: at)?|at|from|(?:ab|desde)(?: min(?:ute|uto)?)?|min(?:ute|uto)?)\.?$",
    re.IGNORECASE,
)
_LEAD_IN_LENGTH = 16
_SEPARATORS_BEFORE_LAST = " \t-–—―−:|•·=»›~→([{<@*_,"
_AFTER_LAST = re.compile(r"[\s.,;)\]}>*_|]*$")
_DASHES_AT_END = "-–—|•·»/→"
_SEPARATORS_BEFORE_NEXT = " \t-–—|•·,;/→»*([{<@►▶"
_OPENERS = "([{<"
_PREFIX_LENGTH = 60
"""The longest run of bullets, numbers and signs before the time of a line."""
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,3})[.)][\s(\[]*\Z")
_NUMBER_AFTER = re.compile(r"\s*\d{1,3}[.)]$")
_SENTENCE_END = re.compile(r"[.!?]\s")
_LONGEST_BEFORE = 100
"""The longest title that may stand before its time among several in one line."""
_MANY = 12
"""As many cells of a row, and times in them, are looked at."""


def candidates(index: int, line: Line, folded: str, times: list[Time]) -> list[Candidate]:
    """What the line offers, given its `times`: one entry with its time first or last, or several with times within."""
    if line.kind is LineKind.ROW and (row := _row(index, line, folded, times)):
        return [row]
    found = []
    end, until, following = _group(folded, times, 0)
    before = folded[: times[0].start] if times[0].start <= _PREFIX_LENGTH else "a longer one"
    if _is_prefix(before, len(times) - following) or (_FROM.fullmatch(before) and _PARTED.match(folded, end)):
        found.append(_first(index, line, folded, times[0], end, until))
    elif following == len(times) and (_AFTER_LAST.match(folded, end) or _ends_emphasis(line, end)):
        found.append(_last(index, line, folded, times[0], end, until))
    if following < len(times):
        if not found and (last := _last_of_several(index, line, folded, times)):
            found.append(last)
        found.extend(_flat(index, line, folded, times))
    return found


def _is_prefix(before: str, more: int) -> bool:
    """Whether only bullets, numbers and signs stand before the time, or a heading such as "Chapters:"."""
    if not before or not before.strip(_USUAL_PREFIX) or _PREFIX.fullmatch(before):
        return True
    if more:
        return False
    before = before.lower()
    if before.rstrip(" ([{<*-")[-1:] == ":":
        return STRONG_HEADING.search(before) is not None
    return HEADING_ALONE.fullmatch(before) is not None


def _ends_emphasis(line: Line, end: int) -> bool:
    """Whether the line begins with emphasised words that end here: a title with its time, before a description."""
    return any(first <= 2 and end <= last <= end + 2 for first, last in line.marked)


def _group(folded: str, times: list[Time], number: int) -> tuple[int, Millis | None, int]:
    """The end of a time with its range and bracket, where the range ends, and the number of the next time."""
    time = times[number]
    end, until, following = time.end, None, number + 1
    gap = _RANGE.match(folded, end) if following < len(times) else None
    if gap and times[following].start == gap.end():
        second = times[following]
        closed = folded[second.end : second.end + 1] in tuple(")]}>") or _is_parted(folded, second.end)
        if second.value >= time.value or closed:
            end, following = second.end, following + 1
            until = second.value if second.value > time.value else None
    if unit := _UNIT.match(folded, end):
        end = unit.end()
    close = _CLOSE.match(folded, end)
    return (close.end() if close else end), until, following


def _is_parted(folded: str, end: int) -> bool:
    rest = folded[end : end + 3].lstrip()
    return not rest or rest[0] in "-–—:|"


def _bracket(folded: str, start: int) -> str:
    if not start:
        return ""
    before = folded[max(0, start - 4) : start].rstrip(" @")
    return before[-1] if before and before[-1] in _OPENERS else ""


def _first(index: int, line: Line, folded: str, time: Time, end: int, until: Millis | None) -> Candidate:
    bracket = _bracket(folded, time.start)
    match = _SEPARATOR.match(folded, end)
    title_start = match.end() if match else end
    title_end = _end(folded, title_start, len(folded))
    if bracket and end == time.end and folded[title_end - 1 : title_end] in tuple(")]}>"):
        title_end = _unclosed(folded, title_start, title_end)
    separator = folded[end:title_start].strip()[:1]
    bare = folded.lstrip()
    start = time.start - 1 if bare[0].isalpha() else len(folded) - len(bare)
    return _candidate(
        index, line, Place.FIRST, time, until, (start, title_end), (title_start, title_end), bracket, separator
    )


def _unclosed(folded: str, start: int, end: int) -> int:
    """Before a closing bracket whose opening one stands before the time, as in `[0:00 Intro]`."""
    title = folded[start:end]
    opening = {")": "(", "]": "[", "}": "{", ">": "<"}[title[-1]]
    return end - 1 if title.count(title[-1]) > title.count(opening) else end


def _last(index: int, line: Line, folded: str, time: Time, end: int, until: Millis | None) -> Candidate:
    bullet = _BULLET.match(folded)
    title_start = bullet.end() if bullet else 0
    title = folded[title_start : time.start].rstrip(_SEPARATORS_BEFORE_LAST)
    if match := _LEAD_IN.search(title, max(0, len(title) - _LEAD_IN_LENGTH)):
        title = title[: match.start()]
    if title.endswith(("....", ". . .", " ...", " …")):
        title = title.rstrip(" .…").rstrip(_SEPARATORS_BEFORE_LAST)
    title_end = title_start + len(title)
    separator = folded[title_end : time.start].strip(" ([{<")[:1]
    bracket = _bracket(folded, time.start)
    return _candidate(
        index, line, Place.LAST, time, until, (title_start, end), (title_start, title_end), bracket, separator
    )


def _last_of_several(index: int, line: Line, folded: str, times: list[Time]) -> Candidate | None:
    """The entry of a line whose title holds a time, too, and whose own time stands last."""
    for number in (len(times) - 2, len(times) - 1):
        end, until, following = _group(folded, times, number)
        if following == len(times) and _AFTER_LAST.match(folded, end):
            return _last(index, line, folded, times[number], end, until)
    return None


def _candidate(
    index: int, line: Line, place: Place, time: Time, until: Millis | None,
    span: tuple[int, int], title: tuple[int, int], bracket: str, separator: str,
) -> Candidate:  # fmt: skip
    start, end = title if title[1] > title[0] else (title[0], title[0])
    return Candidate(
        index, place, time, until, span[0], max(span[1], time.end), start, end, bracket, separator,
        line.kind, line.level, foreign(line, time) if line.links else "",
    )  # fmt: skip


def _end(text: str, start: int, stop: int) -> int:
    """Where a title ends that stops before `stop`, without the white space, dashes and colon there."""
    title = text[start:stop]
    while True:
        title = title.rstrip()
        bare = title.rstrip(_DASHES_AT_END)
        if bare != title and (not bare or bare[-1].isspace()):
            title = bare
        elif title.endswith("**") and title.count("**") % 2:
            title = title[:-2]
        elif title.endswith(":") or (title.endswith("*") and title.count("*") % 2):
            title = title[:-1]
        else:
            return start + len(title)


_TIME_IN_LINK = re.compile(
    r"[?&#;](?:t|ts|start|time|at|time_continue|starttime|position)=[^&#]*|#t?[\d:hms]+$|/\d+:[\d:]+$", re.IGNORECASE
)
_LINK_TIME = re.compile(
    r"[?&#;](?:t|ts|start|time|at|time_continue|starttime|position)=(?:(\d+):(\d\d)(?::(\d\d))?|(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.\d+)?s?)?)(?![\w:])",
    re.IGNORECASE,
)


def foreign(line: Line, time: Time) -> str:
    """The page that the link leads to that a time is part of, without its time; empty when it is in none."""
    for link in line.links:
        if link.start <= time.start and time.end <= link.end:
            return _TIME_IN_LINK.sub("", link.target).partition("#")[0]
    return ""


def _row(index: int, line: Line, folded: str, times: list[Time]) -> Candidate | None:
    """The entry of a table's row with a cell for the time: its title is the next cell with words, or the one before."""
    cells, offset, times = [], 0, times[:_MANY]
    for cell in folded.split(CELL_BREAK, _MANY)[:_MANY]:
        cells.append((offset, offset + len(cell)))
        offset += len(cell) + len(CELL_BREAK)
    at = next((n for n, (start, end) in enumerate(cells) if start <= times[0].start < end), 0)
    start, end = cells[at]
    group_end, until, following = _group(folded, times, 0)
    if not (re.fullmatch(r"[\W_]*", folded[start : times[0].start]) and re.fullmatch(r"[\W_]*", folded[group_end:end])):
        return None
    worded = [
        n
        for n, (a, b) in enumerate(cells)
        if n != at and re.search(r"[^\W\d]", folded[a:b]) and not _is_time(times, a, b)
    ]
    after = [n for n in worded if n > at]
    chosen = after[0] if after else worded[-1] if worded else None
    if until is None and following < len(times) and at + 1 < len(cells) and _is_time(times, *cells[at + 1]):
        until = times[following].value if times[following].value > times[0].value else None
    title = (end, end)
    if chosen is not None:
        a, b = cells[chosen]
        title = (a + len(folded[a:b]) - len(folded[a:b].lstrip()), _end(folded, a, b))
    return _candidate(index, line, Place.FIRST, times[0], until, (0, len(folded)), title, "|", "|")


def _is_time(times: list[Time], start: int, end: int) -> bool:
    return any(start <= time.start and time.end <= end and end - start - (time.end - time.start) < 6 for time in times)


def _flat(index: int, line: Line, folded: str, times: list[Time]) -> list[Candidate]:
    """The entries of a line that holds several: each title runs from its time to the next one."""
    groups: list[_TimeGroup] = []
    number = 0
    while number < len(times):
        end, until, following = _group(folded, times, number)
        bracket = _bracket(folded, times[number].start)
        groups.append((times[number], end, until, bracket))
        number = following
    bracketed = [group for group in groups if group[3]]
    if len(bracketed) >= max(2, 0.6 * len(groups)):
        groups = bracketed
    if len(groups) < 2 or any(group[0].form is Form.DOTTED for group in groups):
        return []
    found = []
    are_numbered = _are_numbered(folded, groups)
    for at, (time, end, until, bracket) in enumerate(groups):
        match = _SEPARATOR.match(folded, end)
        title_start = match.end() if match else end
        if at + 1 < len(groups):
            stop = groups[at + 1][0].start
            words = folded[title_start:stop].rstrip(_SEPARATORS_BEFORE_NEXT)
            if are_numbered:
                words = _NUMBER_AFTER.sub("", words).rstrip(_SEPARATORS_BEFORE_NEXT)
            title_end = title_start + len(words)
        else:
            title_end = _end(folded, title_start, len(folded))
        separator = folded[end:title_start].strip()[:1]
        separator = separator or _prose(folded, end, bracket)
        span = (time.start - 1 if bracket else time.start, title_end)
        title = (title_start, title_end)
        found.append(_candidate(index, line, Place.FLAT, time, until, span, title, bracket, separator))
    begin = _begin_of_titles(folded[: groups[0][0].start])
    is_led = begin > 0 and all(group[3] for group in groups)
    return _flat_last(folded, found, groups, begin) if is_led or not found[-1].has_title else found


def _are_numbered(folded: str, groups: Sequence[_TimeGroup]) -> bool:
    """Whether numbers stand before all of several entries in one line, as in `1. 0:00 A 2. 5:00 B`."""
    numbers = [_NUMBER_BEFORE.search(folded, max(0, time.start - 8), time.start) for time, *_ in groups]
    counted = [int(match[1]) for match in numbers if match]
    return len(counted) == len(groups) and all(after == before + 1 for before, after in pairwise(counted))


def _begin_of_titles(before: str) -> int:
    """Where, after a heading such as "Chapters:", words stand that can only be the title of the time after them."""
    colon = before.rfind(":")
    is_led = colon >= 0 and STRONG_HEADING.search(before[:colon].lower()) and re.search(r"\w", before[colon:])
    return colon + 1 if is_led else 0


def _flat_last(folded: str, found: list[Candidate], groups: list[_TimeGroup], begin: int) -> list[Candidate]:
    """The same entries, titled by the words before each time, where the line ends in a time and all are short."""
    moved = []
    for candidate, (time, end, _, _) in zip(found, groups, strict=True):
        words = folded[begin : time.start]
        start = begin + len(words) - len(words.lstrip(_SEPARATORS_BEFORE_NEXT))
        stop = begin + len(words.rstrip(_SEPARATORS_BEFORE_LAST))
        if stop <= start or stop - start > _LONGEST_BEFORE or _SENTENCE_END.search(folded, start, stop):
            return found
        moved.append(candidate._replace(start=start, end=end, title_start=start, title_end=stop, separator="last"))
        begin = end
    return moved


def _prose(folded: str, end: int, bracket: str) -> str:
    """Why what follows a time may be no title: `prose` that goes on as in `(8:52), from …`, or a `small` letter; or "".

    Small letters count after times without brackets.
    """
    rest = folded[end : end + 3]
    if rest[:1] in tuple(",.;!?") and rest:
        return "prose"
    letter = rest.strip()[:1]
    return "small" if not bracket and letter.islower() else ""


def link_time(target: str) -> tuple[Millis, str] | None:
    """The position that an address carries (`?t=1234`, `#t=1h2m3s`, `&start=12:34`), and the address without it."""
    match = _LINK_TIME.search(target)
    if not match or not any(match.groups()):
        return None
    one, two, three, *units = match.groups()
    if one is not None:
        numbers = [int(one), int(two), int(three)] if three else [0, int(one), int(two)]
    else:
        numbers = [int(unit or 0) for unit in units]
    return (numbers[0] * 3600 + numbers[1] * 60 + numbers[2]) * 1000, _TIME_IN_LINK.sub("", target)


def link_candidate(index: int, line: Line) -> Candidate | None:
    """An entry whose time is only in the address of a link that the line begins with."""
    if not line.links or line.links[0].start > 12 or re.search(r"\w", line.text[: line.links[0].start]):
        return None
    found = link_time(line.links[0].target)
    if found is None:
        return None
    link = line.links[0]
    seconds = found[0] // 1000
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    time = Time(link.start, link.start, parts, 0, Form.CLOCK, found[0], "")
    title_end = _end(line.text, link.start, len(line.text))
    span = (link.start, title_end)
    return _candidate(index, line, Place.LINK, time, None, span, span, "", "")._replace(foreign=found[1])
