"""Times as people write them, to milliseconds and back.

Must not know what a time stands for: finding times in a text is `core.outline`'s work.
"""

from __future__ import annotations

import re

from player.core.model import Millis

SECOND: Millis = 1000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE

_LONGEST = 100 * HOUR
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,9}))?")
_SECONDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,9}))?")
_UNITS = re.compile(
    r"(?=\d)(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?\s*(?:(\d{1,6})(?:[.,](\d{1,9}))?\s*s)?", re.IGNORECASE
)
_ISO = re.compile(r"PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:[.,](\d{1,9}))?S)?", re.IGNORECASE)


def parse_timecode(text: str) -> Millis | None:
    """Read one time: `1:08:52`, `75:30`, `0:33.5`, `1h02m`, `90s`, `3805` (seconds) or `PT1H2M`; None when it is none.

    Where hours stand, minutes must be under 60; where minutes stand, seconds must be. Fractions are cut to
    milliseconds. The form is Podlove's and Podcasting 2.0's Normal Play Time (RFC 2326, 3.6), read leniently.
    """
    text = text.strip()
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds, fraction = match.groups()
        if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
            return None
    elif match := _SECONDS.fullmatch(text):
        hours, minutes = None, None
        seconds, fraction = match.groups()
    elif match := _UNITS.fullmatch(text) or _ISO.fullmatch(text):
        hours, minutes, seconds, fraction = match.groups()
    else:
        return None
    whole = int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    return whole + int((fraction or "0")[:3].ljust(3, "0"))


def parse_duration(text: str) -> Millis | None:
    """Read a duration as feeds give it (`itunes:duration`, ISO 8601); zero, nonsense and over 100 hours are None."""
    millis = parse_timecode(text)
    if millis is None or not 0 < millis <= _LONGEST:
        return None
    return millis


def format_timecode(millis: Millis, *, with_millis: bool = False) -> str:
    """Write a position as `m:ss` or `h:mm:ss`, cut to the second, or with `.mmm` behind it."""
    sign = "−" if millis < 0 else ""
    seconds, rest = divmod(abs(millis), SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{sign}{clock}.{rest:03}" if with_millis else f"{sign}{clock}"
