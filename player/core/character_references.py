"""The characters that HTML's names and numbers stand for (`&amp;`, `&#8217;`), in text from anywhere.

Must not know tags. The one use of `html.unescape`: Python refuses to read numbers of more than 4300 digits, and a feed
may hold one.
"""

from __future__ import annotations

import html
import re

_LONG_NUMBER = re.compile(r"&#([0-9]{8,});?")
_MOST_DIGITS = 7
"""1114111 is the last character."""


def unescaped(text: str) -> str:
    """`text` with its character references read; a number that no character has becomes U+FFFD, as in HTML."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_NUMBER.sub(_shortened, text))


def _shortened(reference: re.Match[str]) -> str:
    digits = reference[1].lstrip("0")
    return f"&#{digits or '0'};" if len(digits) <= _MOST_DIGITS else "\N{REPLACEMENT CHARACTER}"
