"""Transcripts as cues: WebVTT and SubRip.

Must not know chapters, which may be WebVTT, too (`chapter_webvtt`).

W3C, "WebVTT: The Web Video Text Tracks Format", 4.1 and 6.4; SubRip has no standard. Both are read by one rule, for
many files are something between them: a line with an arrow begins a cue, and what comes before the next is its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from player.core.model import Millis
from player.core.timecode import parse_timecode
from player.core.transcript import Segment
from player.formats.transcript_words import plain_words, with_speakers

_ARROW = "-->"
_LONGEST_LINE = 20_000
_TAG = re.compile(r"<(/?)([a-zA-Z]{0,20})[^<>\s]{0,200}(?:[ \t]([^<>]{0,500}))?>|\{\\[^{}]{1,40}\}|<[\d:.]{1,20}>")
"""A tag of WebVTT or HTML with what is noted in it, a style of SubRip's cousins (`{\\an8}`), or a time of a word."""


def is_cues(text: str) -> bool:
    """Whether a text is WebVTT or SubRip."""
    head = text[:4000]
    return re.match(r"WEBVTT(?:\s|$)", head) is not None or any(_times(line) for line in head.split("\n")[:60])


def read_cues(text: str) -> list[Segment]:
    """The cues, each voice of one by itself, in the order of the file."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = lines[0].startswith("WEBVTT")
    found: list[Segment] = []
    times: tuple[Millis, Millis | None] | None = None
    said: list[str] = []
    for line in lines:
        following = _times(line) if _ARROW in line else None
        if following is None:
            said.append(line[:_LONGEST_LINE])
            continue
        if times is not None:
            found += _voices(*times, _words(_without_name(said), is_vtt=is_vtt))
        times, said = following, []
    if times is not None:
        found += _voices(*times, _words(said, is_vtt=is_vtt))
    return found if any(each.speaker for each in found) else with_speakers(found)


def _times(line: str) -> tuple[Millis, Millis | None] | None:
    """The start and the end in a line with an arrow; what stands behind them is about where a cue is shown."""
    if len(line) > _LONGEST_LINE:
        return None
    first, arrow, rest = line.partition(_ARROW)
    start = parse_timecode(first) if arrow else None
    if start is None:
        return None
    last = rest.split(maxsplit=1)
    return start, parse_timecode(last[0]) if last else None


def _without_name(lines: list[str]) -> list[str]:
    """Lines between two cues without the second one's number or name, which stands alone right before its times."""
    if lines and (lines[-1].strip().isdecimal() or (len(lines) > 1 and not lines[-2].strip())):
        return lines[:-1]
    return lines


def _words(lines: Sequence[str], *, is_vtt: bool) -> str:
    """The text of a cue. In WebVTT it ends at an empty line, behind which notes and styles stand."""
    if is_vtt:
        end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
        lines = lines[:end]
    return "\n".join(lines)


def _voices(start: Millis, end: Millis | None, text: str) -> Iterator[Segment]:
    """A cue as one segment for each `<v Name>` in it."""
    speaker, parts = "", list[str]()
    at = 0
    for tag in _TAG.finditer(text):
        parts.append(text[at : tag.start()])
        at = tag.end()
        if (tag[2] or "").lower() == "v":
            if "".join(parts).strip():
                yield Segment(start, plain_words("".join(parts)), speaker, end)
            parts = []
            speaker = "" if tag[1] else plain_words(tag[3] or "")
    parts.append(text[at:])
    yield Segment(start, plain_words("".join(parts)), speaker, end)
