"""The last title of an outline in one line: where it ends, and other words begin.

Must not know times: it is given the words after the last one.
"""

from __future__ import annotations

import re

from player.core.outline_words import TAIL

_SENTENCE = re.compile(r"(?:[!?]|\w{4,}\.)[\"”’)]?(?=\s+[^\W\d_a-zа-я])")
_LONGEST_TAIL = 4000
"""As many characters are looked at for the end of the last title of a flattened outline."""


def cut_tail(title: str, others: list[str]) -> str:
    """The last title of a flattened outline, without the words that follow the outline in the same line.

    It ends where a sentence ends before a word such as "Subscribe", at an address or two spaces, or where it has more
    sentences than any of the `others`; and else, when it is much longer than these, at the end of a sentence or word.
    """
    longest = max((len(other) for other in others), default=60)
    title = title[:_LONGEST_TAIL]
    match = TAIL.search(title)
    if match and match.start():
        title = title[: match.start()]
    allowed = max((len(_SENTENCE.findall(other)) for other in others), default=0)
    ends = list(_SENTENCE.finditer(title))
    if len(ends) > allowed:
        title = title[: ends[allowed].end()]
    limit = max(60, longest * 3 // 2)
    if len(title) > limit:
        stop = re.search(r"[.!?。！？](?=\s|$)", title[: limit + 1])
        title = title[: stop.end()] if stop else title[:limit].rsplit(" ", 1)[0]
    return title.rstrip(" -–—|•·:")
