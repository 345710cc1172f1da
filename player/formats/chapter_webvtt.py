"""WebVTT files whose cues are chapters (`kind="chapters"` in HTML).

Must not know transcripts, which are WebVTT, too.

W3C, "WebVTT: The Web Video Text Tracks Format", 4.1 and "chapter title text".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from player.core.character_references import unescaped
from player.core.model import Mark, Millis
from player.core.timecode import parse_timecode
from player.formats.chapter_words import clean_title
from player.formats.chapter_writing import ChapterDocument, clock

_SHORTEST: Millis = 1
"""A cue must end after its start; one as short as this only says where a chapter starts."""


def read_webvtt(text: str) -> Iterator[Mark]:
    """The cues, in the order of the file: the text of one is a title, its tags dropped and entities read."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((index for index, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None:
            continue
        start, _, rest = lines[at].partition("-->")
        first, last = parse_timecode(start), parse_timecode(rest.split()[0]) if rest.split() else None
        if first is not None:
            title = unescaped(re.sub(r"<[^>]*>", "", " ".join(lines[at + 1 :])))
            yield Mark(first, clean_title(title), last if last and last > first + _SHORTEST else None)


def write_webvtt(document: ChapterDocument) -> str:
    """Starts, ends and titles, to the millisecond; an end that is not known is a cue of one millisecond."""
    blocks = ["WEBVTT"]
    for each in document.entries():
        start = each.mark.start
        end = max(start if each.end is None else each.end, start + _SHORTEST)
        title = html.escape(each.title, quote=False)
        blocks.append(f"{clock(start)} --> {clock(end)}\n{title}".rstrip())
    return "\n\n".join(blocks)
