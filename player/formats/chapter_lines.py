"""Lists with one chapter a line: Audacity's labels, the text of mp4chaps, and what YouTube takes from a description.

Must not know show notes: an outline in those is `core.outline`'s work, which reads YouTube's lists, too.

- Audacity manual, "Importing and exporting labels": start, end and label parted by tabs, in seconds.
- mp4v2, `mp4chaps`: `HH:MM:SS.mmm Title`, the form that many hosts of podcasts ask for.
- YouTube Help, "Video chapters": at least three, the first at 0:00, each ten seconds or longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from player.core.model import Mark, Millis
from player.core.phrases import Phrase
from player.core.timecode import SECOND, format_timecode, parse_timecode
from player.formats.chapter_words import clean_title
from player.formats.chapter_writing import ChapterDocument, Entry, clock

_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_LABEL = re.compile(rf"[ \t]*({_NUMBER})\t({_NUMBER})(?:\t(.*))?")
_TEXT = re.compile(r"(\d{1,3}:[0-5]\d:[0-5]\d\.\d{3})(?:[ \t]+(\S.*))?")
_FEWEST = 3
_SHORTEST: Millis = 10 * SECOND


def is_labels(text: str) -> bool:
    """Whether the first line is a label."""
    return _LABEL.fullmatch(text.partition("\n")[0].rstrip("\r")) is not None


def read_labels(text: str) -> Iterator[Mark]:
    """The labels; those of a point have no end. Lines of frequencies (`\\`) are passed over."""
    for line in text.split("\n"):
        if match := _LABEL.fullmatch(line.rstrip("\r")):
            start, end = (_millis(part) for part in match.group(1, 2))
            yield Mark(start, clean_title(match[3]), end if end > start else None)


def _millis(seconds: str) -> Millis:
    whole, _, fraction = seconds.replace(",", ".").partition(".")
    return int(whole) * SECOND + round(int(fraction.ljust(9, "0")) / 1_000_000)


def write_labels(document: ChapterDocument) -> str:
    """Starts, ends and titles, to the millisecond; a chapter whose end is not known is a label of a point."""
    rows = ((each.mark.start, each.mark.start if each.end is None else each.end, each) for each in document.entries())
    return "\n".join(f"{start / 1000:.6f}\t{end / 1000:.6f}\t{each.title}" for start, end, each in rows)


def is_text(text: str) -> bool:
    """Whether every line that is not empty is one of mp4chaps, with its fraction of three digits."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_TEXT.fullmatch(line) for line in lines)


def read_text(text: str) -> Iterator[Mark]:
    """The lines of mp4chaps."""
    for line in text.splitlines():
        if match := _TEXT.fullmatch(line.strip()):
            start = parse_timecode(match[1])
            if start is not None:
                yield Mark(start, clean_title(match[2]))


def write_text(document: ChapterDocument) -> str:
    """Starts and titles, to the millisecond."""
    return "\n".join(f"{clock(each.mark.start)} {each.title}".rstrip() for each in document.entries())


def write_youtube(document: ChapterDocument) -> str:
    """Starts and titles, cut to whole seconds; a chapter without a title gets its number. See `youtube_objection`."""
    return "\n".join(
        f"{format_timecode(each.mark.start)} {each.title or f'Chapter {number}'}"
        for number, each in enumerate(document.entries(), start=1)
    )


def youtube_objection(document: ChapterDocument) -> str:
    """One clause that says why YouTube will not show these chapters, or empty."""
    entries = document.entries()
    if len(entries) < _FEWEST:
        return Phrase("reasons", "YouTube wants {count} chapters or more").filled(count=_FEWEST)
    if entries[0].mark.start >= SECOND:
        words = Phrase("reasons", "YouTube wants the first chapter at 0:00, not at {time}")
        return words.filled(time=format_timecode(entries[0].mark.start))
    short = _too_short(entries)
    words = Phrase("reasons", "YouTube wants ten seconds or more for a chapter; “{title}” is shorter")
    return words.filled(title=short.title) if short else ""


def _too_short(entries: Sequence[Entry]) -> Entry | None:
    for one, other in pairwise(entries):
        if other.mark.start // SECOND * SECOND - one.mark.start // SECOND * SECOND < _SHORTEST:
            return one
    return None
