"""What all readers of transcripts share: who speaks by what stands before the words, and a reader's way to give up.

Must not know any format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from player.core.character_references import unescaped
from player.core.transcript import Segment

_NAMED = re.compile(
    r"\s*(?:>>\s*)?(?:\*\*|__)?(?P<name>[^\W\d_][\w.'’&-]{0,30}(?: [\w.'’&-]{1,30}){0,3})(?:\*\*|__)?\s?"
    r"(?:[(\[]\d{1,3}:\d\d(?::\d\d)?[)\]]\s?)?[:：](?:\*\*|__)?(?!//)\s+(?=\S)"
)
"""A name of at most four words before a colon; a time may stand between them."""
_TURN = re.compile(r"\s*(?:>>+|[-–—]) +(?=\S)")
"""What captions put before the words of another speaker without saying who that is."""
_MUST_REPEAT = 2


def plain_words(text: str) -> str:
    """Text with the characters for which HTML's names and numbers stand."""
    return unescaped(text)


def with_speakers(segments: Sequence[Segment]) -> list[Segment]:
    """Segments whose texts begin with “Name: ” as segments of a speaker.

    A name counts where it is in this place at least twice and begins with a capital: “Note: …” is said once.
    """
    matches = [_NAMED.match(each.text) if not each.speaker else None for each in segments]
    names = Counter(match["name"] for match in matches if match is not None)
    found = []
    for each, match in zip(segments, matches, strict=True):
        if match is not None and names[match["name"]] >= _MUST_REPEAT and not match["name"][:1].islower():
            found.append(replace(each, speaker=match["name"], text=each.text[match.end() :]))
        else:
            turn = _TURN.match(each.text)
            found.append(replace(each, text=each.text[turn.end() :]) if turn else each)
    return found
