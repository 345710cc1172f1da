"""`earmark chapters`: the chapters of show notes, an audio file or a chapter document, printed.

Must not know how any of them is read: `app.reading` does.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence

from player.app.reading import Reading, chapters_document, read_source
from player.app.sentences import sentence
from player.core.errors import KnownError, NoChaptersError
from player.core.model import Chapter
from player.core.timecode import format_timecode

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3


def chapters(options: Namespace) -> int:
    """Print what each source holds. 0 with chapters, 1 when there are none, 3 when a source cannot be read."""
    several = len(options.sources) > 1
    has_chapters = has_error = False
    for name in options.sources:
        try:
            readings = read_source(name, options.input, options.duration)
        except NoChaptersError as error:
            _complain(error)
            readings = [Reading(name, ())]
        except KnownError as error:
            _complain(error)
            has_error = True
            readings = [Reading(name, ())]
        has_chapters = has_chapters or any(reading.chapters for reading in readings)
        several = several or len(readings) > 1
        for reading in readings:
            _print(reading, options.format, several=several)
    if has_error:
        return EXIT_KNOWN_ERROR
    return 0 if has_chapters else EXIT_NONE


def table(chapters: Sequence[Chapter]) -> str:
    """Number, start, length and title of each chapter, in columns."""
    starts = [format_timecode(chapter.start) for chapter in chapters]
    lengths = [format_timecode(chapter.length) if chapter.length else "" for chapter in chapters]
    width = max(map(len, starts), default=0)
    length_width = max(map(len, lengths), default=0)
    return "\n".join(
        f"{number:>3}  {start:>{width}}  {length:>{length_width}}  {chapter.title}".rstrip()
        for number, (start, length, chapter) in enumerate(zip(starts, lengths, chapters, strict=True), start=1)
    )


def _text(chapters: Sequence[Chapter]) -> str:
    return "\n".join(f"{format_timecode(chapter.start)} {chapter.title}".rstrip() for chapter in chapters)


def _json(chapters: Sequence[Chapter]) -> str:
    return json.dumps(json.loads(chapters_document(chapters)), ensure_ascii=False)


_WRITERS: dict[str, Callable[[Sequence[Chapter]], str]] = {"table": table, "json": _json, "text": _text}


def _print(reading: Reading, form: str, *, several: bool) -> None:
    """Print one reading; of several, each gets a heading, or in JSON a line of its own even when it is empty."""
    if form == "json":
        if reading.chapters or several:
            print(_json(reading.chapters))
        return
    if reading.chapters:
        if several:
            print(f"# {reading.name}")
        print(_WRITERS[form](reading.chapters))


def _complain(error: KnownError) -> None:
    print(f"earmark: {sentence(error)}", file=sys.stderr)
