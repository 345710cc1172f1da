"""FFmpeg's text of metadata, with which chapters go into most containers.

Must not know any container.

FFmpeg, "ffmpeg-formats", section "Metadata muxer": sections `[CHAPTER]`; a backslash takes the special meaning from
`= ; # \\` and the end of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.core.model import Mark
from player.formats.chapter_words import clean_title
from player.formats.chapter_writing import ChapterDocument

_LINE = re.compile(r"((?:[^\\\n]|\\.)*)(?:\n|\\?\Z)", re.DOTALL)


def read_ffmetadata(text: str) -> Iterator[Mark]:
    """The sections `[CHAPTER]`, in the order of the text; those without a usable start are left out."""
    section: dict[str, str] | None = None
    for match in _LINE.finditer(text.replace("\r\n", "\n")):
        line = match[1]
        if re.fullmatch(r"\[\w+\]\s*", line):
            yield from _mark(section)
            section = {} if line.strip() == "[CHAPTER]" else None
        elif section is not None and not line.startswith((";", "#")):
            key, _, value = line.partition("=")
            section[key.strip().lower()] = re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
    yield from _mark(section)


def _mark(section: dict[str, str] | None) -> Iterator[Mark]:
    if section is None:
        return
    base = re.fullmatch(r"\s*(\d{1,18})\s*/\s*(\d{1,18})\s*", section.get("timebase", "1/1000000000"))
    start = re.fullmatch(r"\s*(\d{1,18})\s*", section.get("start", ""))
    end = re.fullmatch(r"\s*(\d{1,18})\s*", section.get("end", ""))
    if base and start and int(base.group(2)):
        number, parts = int(base.group(1)), int(base.group(2))
        first = round(int(start.group(1)) * number * 1000 / parts)
        last = round(int(end.group(1)) * number * 1000 / parts) if end else first
        yield Mark(first, clean_title(section.get("title")), last if last > first else None)


def write_ffmetadata(document: ChapterDocument) -> str:
    """Starts, ends and titles, to the millisecond. FFmpeg cuts lines behind 255 bytes; we do not."""
    lines = [";FFMETADATA1"]
    for each in document.entries():
        start = each.mark.start
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={start if each.end is None else each.end}"]
        lines.append("title=" + re.sub(r"([=;#\\])", r"\\\1", each.title))
    return "\n".join(lines)
