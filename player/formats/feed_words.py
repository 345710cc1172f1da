"""Addresses, titles and texts as feeds write them, cleaned alike by all who read feeds.

Must not know which element they come from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from player.core.character_references import unescaped

_SCHEMES = ("http", "https", "sample")
# An address of this form is absolute, and comes out of the long way as it went in.
_WORD = r"[\w!$%&'()*+,./:=@~-]"
_PLAIN = re.compile(rf"https?://[\w.-]+(?::\d+)?(?:/{_WORD}*)?(?:\?[?]?{_WORD}+)?(?:#{_WORD}+)?", re.ASCII)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|strong|span|font|br|small|sub|sup|code|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)


def clean_address(address: object, base: str) -> str | None:
    """The absolute form of an address that can be fetched or opened, or None."""
    text = clean_text(address)
    if not text or _PLAIN.fullmatch(text):
        return text or None
    return _absolute(text, base)


def clean_line(title: object) -> str:
    """A title in one line: entities that were escaped twice and tags for looks are undone."""
    return " ".join(_INLINE_TAG.sub("", unescaped(clean_text(title))).split())


def clean_text(value: object) -> str:
    """A text without white space around it; anything else is empty."""
    return value.strip() if isinstance(value, str) else ""


@lru_cache(16)
def _joinable(base: str) -> tuple[str, str]:
    """The scheme of a base, and the base under one that urljoin knows."""
    scheme, *parts = urlsplit(base)
    return scheme, urlunsplit(("https", *parts))


def _absolute(text: str, base: str) -> str | None:
    base_scheme, joinable = _joinable(base)
    try:
        joined = urlsplit(urljoin(joinable, text))
        scheme = base_scheme if base_scheme in _SCHEMES and not urlsplit(text).scheme else joined.scheme
        return urlunsplit((scheme, *joined[1:])) if scheme in _SCHEMES and joined.netloc else None
    except ValueError:
        return None
