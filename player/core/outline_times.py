"""Times in a line of text: where they stand, how they are written, and what speaks against their being positions.

Must not know lists: whether `1:02` is a minute or an hour is settled for a whole outline in `core.outline_repairs`.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from player.core import outline_words as words
from player.core.model import Millis

_CJK = r"\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_NO_LETTER_BEFORE = rf"(?<![^\W{_CJK}])"
_NO_LETTER_AFTER = rf"(?:(?![^\W{_CJK}])|(?=[A-Z][a-z]{{2}}))"
_CLOCK = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"()\[\]]+)"
    rf"|{_NO_LETTER_BEFORE}(?<![:/+$€£¥=&?%])(?<!\d[.,\-])"
    r"(?:(?P<strict>\d{1,3}:\d{1,2}(?::\d\d){0,2})|(?P<loose>\d{1,3}(?:: | :)\d\d(?:(?:: | :)\d\d)?))"
    rf"(?:[.,](?P<fraction>\d{{1,3}}))?(?!:?\d|[.,]\d){_NO_LETTER_AFTER}"
)
_OTHER = re.compile(
    rf"{_NO_LETTER_BEFORE}(?<![:/+$€£¥=&?%.,])(?:"
    r"(?P<hours>\d{1,2})\s?(?:h|hrs?|hours?|std|時間|小时|小時|시간)\.?\s?"
    r"(?:(?P<minutes>\d{1,2})\s?(?:m|min|mins|minutes?|分|분|')?\.?\s?(?:(?P<seconds>\d{1,2})\s?(?:s|secs?|seconds?|秒|초|\"))?)?"
    r"|(?P<minutes2>\d{1,3})\s?(?:m|min|mins|minutes?|分|분)\.?\s?(?P<seconds2>\d{1,2})\s?(?:s|secs?|seconds?|秒|초)"
    r"|(?P<minutes3>\d{1,3})['’′]\s?(?P<seconds3>[0-5]\d)(?:[\"”″]|''|’’|′′)?"
    r"|(?P<dotted>\d{1,3}\.[0-5]\d(?:\.[0-5]\d)?)(?![.,:]?\d|\s?[%€$])"
    r")(?!\w)",
    re.IGNORECASE,
)
_MAY_BE_TIME = re.compile(
    r":\s?\d\d|\s:\d\d|[：﹕∶︓꞉]|&(?:colon;|#58;|#x3a;)"
    r"|\d\s?(?:h|hrs?|hours?|m|min)\s?\d|\d[時小시分분]|\d['’′]\s?\d\d|\b\d{1,3}\.[0-5]\d\b",
    re.IGNORECASE,
)
_QUICK = tuple(
    re.compile(pattern)
    for pattern in (
        r":\s?\d\d?",
        r":<",
        r"h\s?\d",
        r"m(?:in)?\.?\s?\d",
        r"'\s?\d\d",
        r"\.[0-5]\d(?!\d)",
        r"[hH](?:</| |\.)",
    )
)


class Form(IntEnum):
    """How a time is written."""

    CLOCK = 0
    """`1:08:52`."""
    LOOSE = 1
    """`50: 32`, with a space in it."""
    UNITS = 2
    """`1h02m`, `0'30"`."""
    DOTTED = 3
    """`12.33`."""


class Time(NamedTuple):
    """A time in a line, at the offsets `start` to `end`.

    `parts` are its numbers as written, from left to right; `fraction` is what follows the seconds, in milliseconds.
    `doubt` is a clause that says why it may be no position in an episode, or empty.
    """

    start: int
    end: int
    parts: tuple[int, ...]
    fraction: Millis
    form: Form
    doubt: str

    @property
    def value(self) -> Millis:
        """The position when two numbers are minutes and seconds, three are hours, minutes and seconds."""
        parts = self.parts
        if len(parts) == 2:
            return (parts[0] * 60 + parts[1]) * 1000 + self.fraction
        return (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000 + self.fraction


def may_hold_times(text: str) -> bool:
    """Whether raw notes (of any markup) could hold a time at all: a quick look, wrong on the side of yes only."""
    if not text.isascii():
        return _MAY_BE_TIME.search(text) is not None
    return any(pattern.search(text) for pattern in _QUICK) or "&" in text and _MAY_BE_TIME.search(text) is not None


def find_times(folded: str) -> list[Time]:
    """All times of a line in order; `folded` is the line through `outline_lines.fold`. Times in addresses are none."""
    found = []
    if ":" in folded:
        for match in _CLOCK.finditer(folded):
            time = _clock(match, folded)
            if time is not None:
                found.append(time)
    if not found and _OTHER.search(folded):
        return [time for match in _OTHER.finditer(folded) if (time := _other(match))]
    return found


def _clock(match: re.Match[str], folded: str) -> Time | None:
    written = match["strict"] or match["loose"]
    if written is None:
        return None
    numbers = written.split(":")
    parts = tuple(map(int, numbers))
    if len(parts) == 2:
        if parts[1] > 59 or len(numbers[1].strip()) < 2:
            return None
    elif parts[1] > 59 or parts[2] > 59 or (len(parts) == 4 and len(numbers[1]) < 2):
        return None
    fraction = match["fraction"]
    start, end = match.span()
    form = Form.CLOCK if match["strict"] else Form.LOOSE
    return Time(start, end, parts, _millis(fraction) if fraction else 0, form, _doubt(folded, start, end))


def _other(match: re.Match[str]) -> Time | None:
    if match["dotted"]:
        parts = tuple(map(int, match["dotted"].split(".")))
        form = Form.DOTTED
    else:
        numbers = match.group("hours", "minutes", "seconds")
        if match["hours"] is None:
            numbers = (None, match["minutes2"] or match["minutes3"], match["seconds2"] or match["seconds3"])
        parts = tuple(int(number or 0) for number in numbers)
        form = Form.UNITS
        if parts[2] > 59 or (parts[0] and parts[1] > 59):
            return None
    end = match.start() + len(match[0].rstrip())
    return Time(match.start(), end, parts, 0, form, "")


def _millis(fraction: str) -> Millis:
    return int(fraction.ljust(3, "0"))


_AFTER = re.compile(r"\s*[^\W\d]|\s*[-–(]|[-–]\d")


def _doubt(folded: str, start: int, end: int) -> str:
    """Why a time may be none of this episode, from the words right beside it."""
    after, before = folded[end : end + 24], folded[max(0, start - 48) : start]
    if words.AFTER_CLOCK.match(after):
        return "a time of day"
    if words.AFTER_VERSE.match(after):
        return "a verse"
    if words.AFTER_RATIO.match(after):
        return "a ratio"
    if not before or before.isspace():
        return ""
    if words.DATE.search(before):
        return "a time of day"
    if words.BEFORE_VERSE.search(before):
        return "a verse"
    if words.BEFORE_RATIO.search(before):
        return "a ratio"
    if words.BEFORE_SCORE.search(before):
        return "a score"
    return "a length" if words.BEFORE_LENGTH.search(before) else ""
