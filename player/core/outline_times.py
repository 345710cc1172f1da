"""Times in a line of text: where they stand, how they are written, and what speaks against their being positions.

Must not know lists: whether `1:02` is a minute or an hour is settled for a whole outline in `core.outline_repairs`.
"""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

from player.core import outline_words as words
from player.core.model import Millis

MOST_TIMES = 4000
"""A text with more times than that is a transcript; the rest of it is not looked at."""

_CJK = r"\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_LETTER = rf"[^\W_{_CJK}]"
# Patterns begin with an ASCII digit, and look back from there: so the search skips to digits quickly.
_FREE = rf"[0-9](?<!{_LETTER}\d)(?<![:/+$€£¥=&?%]\d)(?<!\d[.,]\d)(?:(?<!\d-\d)|(?<=:\d\d-\d))"
_FREE_AFTER = rf"(?!:?\d|[.,]\d)(?:(?!{_LETTER})|(?=[A-ZÀ-ÖØ-ÞА-ЯЄІЇҐ][^\WA-Z\d_]))"
_CLOCK = re.compile(
    rf"{_FREE}\d{{0,2}}(?::\d{{1,2}}(?::\d\d){{0,2}}|(?P<loose>(?: : ?|: )\d\d(?:(?: : ?|: )\d\d)?))"
    rf"(?:[.,](?P<fraction>\d{{1,3}}))?{_FREE_AFTER}"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"()\[\]]+")
_HOURS = r"(?:h|hrs?|hours?|std|時間|小时|小時|시간)"
_MINUTES = r"(?:m|min|mins|minutes?|分|분)"
_SECONDS = r"(?:s|secs?|seconds?|秒|초)"
_OTHER = re.compile(
    rf"{_FREE}(?:"
    rf"(?P<hours>\d?)\s?{_HOURS}\.?\s?(?:(?P<minutes>\d{{1,2}})\s?(?:{_MINUTES}|')?\.?\s?(?:(?P<seconds>\d{{1,2}})\s?{_SECONDS})?)?"
    rf"|(?P<minutes2>\d{{0,2}})\s?{_MINUTES}\.?\s?(?P<seconds2>\d{{1,2}})\s?{_SECONDS}"
    r"|(?P<minutes3>\d{0,2})['’′]\s?(?P<seconds3>[0-5]\d)(?:[\"”″]|\'\'|’’|′′)?"
    r"|(?P<dotted>\d{0,2}\.[0-5]\d(?:\.[0-5]\d)?)(?![.,:]?\d|\s?[%€$])"
    r")(?!\w)",
    re.IGNORECASE,
)
_HINT = re.compile(r"[0-9]\s?(?:[hHmMsS時小시分분]|['’′]|\.[0-5]\d)")
_COLON = re.compile(r":\s?\d")
_UNITS = re.compile(rf"\d\s?(?:{_HOURS}|{_MINUTES})\.?\s?\d|\d['’′]\s?[0-5]\d", re.IGNORECASE)
_DOTTED = re.compile(r"\d\.[0-5]\d(?!\d)")
_ENTITY = re.compile(
    r"&(?:colon|#0{0,5}58|#x0{0,5}3a);|&(?:apos|#0{0,5}39|#x0{0,5}27|rsquo|#8217|prime|#8242);\s?\d\d", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"[?&#;](?:t|start)=[0-9]")
_COLONS = "：﹕∶︓꞉"


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
    `value` is the position when two numbers are minutes and seconds, three are hours, minutes and seconds. `doubt` is
    a clause that says why it may be no position in an episode, or empty.
    """

    start: int
    end: int
    parts: tuple[int, ...]
    fraction: Millis
    form: Form
    value: Millis
    doubt: str


def may_hold_times(text: str) -> bool:
    """Whether raw notes (of any markup) could hold an outline at all: a quick look, wrong on the side of yes only."""
    if _COLON.search(text) or _ENTITY.search(text):
        return True
    if not text.isascii() and (any(colon in text for colon in _COLONS) or _UNITS.search(text)):
        return True
    if "t=" in text and _IN_ADDRESS.search(text):
        return True
    if not _HINT.search(text):
        return False
    return _UNITS.search(text) is not None or sum(1 for _ in islice(_DOTTED.finditer(text), 3)) == 3


def find_times(folded: str) -> list[Time]:
    """The times of a line in order, up to `MOST_TIMES`; `folded` is the line through `outline_lines.fold`.

    Digits in the addresses of web pages are no times.
    """
    if ":" in folded and (found := _clocks(folded)):
        return found
    if _HINT.search(folded):
        return list(islice((time for match in _OTHER.finditer(folded) if (time := _other(match))), MOST_TIMES))
    return []


def _clocks(folded: str) -> list[Time]:
    found: list[Time] = []
    addresses = _ADDRESS.finditer(folded) if "://" in folded or "www." in folded else iter(())
    address = next(addresses, None)
    end = 0
    # A clock has its first colon three digits and a space from its beginning at most: what comes before is passed over.
    while (colon := folded.find(":", end)) >= 0 and (match := _CLOCK.search(folded, max(end, colon - 4))):
        start, end = match.span()
        while address and address.end() <= start:
            address = next(addresses, None)
        if address and address.start() <= start:
            continue
        is_loose, fraction = match.groups()
        numbers = folded[start : end - len(fraction) - 1 if fraction else end].split(":")
        parts = tuple(map(int, numbers))
        if parts[1] > 59 or (len(parts) > 2 and parts[2] > 59) or (len(parts) != 3 and len(numbers[1].strip()) < 2):
            continue
        form = Form.LOOSE if is_loose else Form.CLOCK
        millis = int(fraction.ljust(3, "0")) if fraction else 0
        found.append(Time(start, end, parts, millis, form, _value(parts) + millis, doubt(folded, start, end)))
        if len(found) == MOST_TIMES:
            break
    return found


def _value(parts: tuple[int, ...]) -> Millis:
    if len(parts) == 2:
        return (parts[0] * 60 + parts[1]) * 1000
    return (parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000


def _other(match: re.Match[str]) -> Time | None:
    first = match[0][0]
    if match["dotted"]:
        parts = tuple(map(int, (first + match["dotted"]).split(".")))
        form = Form.DOTTED
    else:
        hours, minutes, seconds = match.group("hours", "minutes", "seconds")
        if hours is None:
            minutes = first + (match["minutes2"] or match["minutes3"] or "")
            seconds = match["seconds2"] or match["seconds3"]
        else:
            hours = first + hours
        parts = (int(hours or 0), int(minutes or 0), int(seconds or 0))
        form = Form.UNITS
        if parts[2] > 59 or (parts[0] and parts[1] > 59):
            return None
    end = match.start() + len(match[0].rstrip())
    return Time(match.start(), end, parts, 0, form, _value(parts), "")


_WORD = re.compile(r"[^\W\d_]+")


_BULLETS = " \t-–—•*([{<@"
_CLOSERS = ("", ")", "]", "}", ">")
_DASHES = (" - ", " – ", " — ")


def doubt(folded: str, start: int, end: int) -> str:
    """Why a time may be none of this episode, from the words right beside it."""
    after = folded[end : end + 24]
    if after[:1] not in _CLOSERS and (after[:3] not in _DASHES or after[3:4].isdigit()):
        if words.AFTER_CLOCK.match(after):
            return "a time of day"
        if words.AFTER_VERSE.match(after):
            return "a verse"
        if words.AFTER_RATIO.match(after):
            return "a ratio"
    before = folded[max(0, start - 48) : start]
    if not before.strip(_BULLETS):
        return ""
    if words.NUMERIC_DATE.search(before):
        return "a time of day"
    near = _WORD.findall(before.lower())
    return _doubt_of_words(before, near) if near else ""


_PARTED = re.compile(r"[.!?(\[|@]|\s[-–—]\s")


def _doubt_of_words(before: str, near: list[str]) -> str:
    """What the words before a time say; `near` are the words of the text `before` in small letters."""
    if not words.DAY_WORDS.isdisjoint(near) and words.DATE.search(before):
        return "a time of day"
    last = near[-1]
    if last in words.BOOKS and before.rstrip().rstrip(".").lower().endswith(last):
        return "a verse"
    last_three = near[-3:]
    if not words.RATIO_WORDS.isdisjoint(last_three):
        return "a ratio"
    if not words.SCORE_WORDS.isdisjoint(near[-4:]) and not _PARTED.search(before, max(0, len(before) - 16)):
        return "a score"
    while len(last_three) > 1 and last_three[-1] in words.SMALL_WORDS:
        last_three.pop()
    return "a length" if last_three[-1] in words.LENGTH_WORDS else ""
