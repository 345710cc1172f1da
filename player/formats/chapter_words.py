"""Titles and links of chapters, cleaned alike whatever format they come from; and a reader's way to give up.

Must not know any format.
"""

from __future__ import annotations

import re
from urllib.parse import unquote


class UnreadableError(Exception):
    """A reader gives up on a document; `reason` says why, about "it". Known only inside `formats`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_title(text: object) -> str:
    """A title in one line, without white space or NULs around it; anything but a text is empty."""
    return re.sub(r"[\0\r\n\t]+", " ", text).strip() if isinstance(text, str) else ""


def clean_link(text: object) -> str | None:
    """A web address as it is, or decoded where all of it is percent-encoded; None for anything else."""
    link = text.strip() if isinstance(text, str) else ""
    if re.match(r"https?%3a", link, re.IGNORECASE):
        link = unquote(link)
    return link if re.match(r"https?://\S+$", link, re.IGNORECASE) else None
