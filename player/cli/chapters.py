"""`earmark chapters`: the chapters of show notes, an audio file or a chapter document, printed.

Must not know how any of them is read: `app.reading` does.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace

from player.app.chapter_forms import write_form, youtube_objection
from player.app.chapter_words import source_words
from player.app.reading import Reading, read_source
from player.app.sentences import sentence
from player.core.errors import KnownError, NoChaptersError
from player.core.marks import marks_from_chapters
from player.core.model import ChapterSource

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3
_FOR_PEOPLE = ("table", "text", "youtube")
"""These are printed under headings where there are several."""
_NO_AUDIO = "audio.mp3"


def chapters(options: Namespace) -> int:
    """Print what each source holds. 0 with chapters, 1 when there are none, 3 when a source cannot be read."""
    several = len(options.sources) > 1
    has_chapters = has_error = False
    for name in options.sources:
        try:
            explain = _say if options.explain else None
            readings = read_source(name, options.input, options.duration, options.prefer, explain)
        except NoChaptersError as error:
            _complain(error)
            readings = [Reading(name, ())]
        except KnownError as error:
            _complain(error)
            has_error = True
            readings = [Reading(name, ())]
        for reading in readings if options.explain else ():
            if reading.reason:
                _say(f"{reading.name}: {reading.reason}")
        if options.all_sources:
            readings = [part for reading in readings for part in _all_lists(reading)]
        has_chapters = has_chapters or any(reading.chapters for reading in readings)
        several = several or len(readings) > 1
        for reading in readings:
            _print(reading, options.format, several=several)
    if has_error:
        return EXIT_KNOWN_ERROR
    return 0 if has_chapters else EXIT_NONE


def _all_lists(reading: Reading) -> list[Reading]:
    """A reading for each list that a source has, the one that counts first."""
    parts = [
        Reading(f"{reading.name} — {source_words(each.source)}", each.chapters, lists=(each,)) for each in reading.lists
    ]
    marks = [reading.marks, *(marks_from_chapters(each.chapters, each.hidden) for each in reading.lists[1:])]
    return [replace(part, marks=own) for part, own in zip(parts, marks, strict=True)] or [reading]


def _print(reading: Reading, form: str, *, several: bool) -> None:
    """Print one reading; of several, each gets a heading, or in JSON a line of its own even when it is empty."""
    if form == "json":
        if reading.chapters or several:
            print(write_form(form, reading.chapters, reading.marks, _NO_AUDIO))
        return
    if not reading.chapters:
        return
    if several and form in _FOR_PEOPLE:
        print(f"# {reading.name}")
    if form == "youtube" and (objection := youtube_objection(reading.marks)):
        print(f"earmark: {objection}.", file=sys.stderr)
    print(write_form(form, reading.chapters, reading.marks, _audio(reading)))


def _audio(reading: Reading) -> str:
    """The name of the audio, where the chapters came out of it."""
    own = [each.origin for each in reading.lists if each.source is ChapterSource.FILE]
    return own[0] if own and own[0] else _NO_AUDIO


def _say(line: str) -> None:
    """Explanations stand on standard error, so that a pipe gets chapters alone."""
    print(line, file=sys.stderr)


def _complain(error: KnownError) -> None:
    print(f"earmark: {sentence(error)}", file=sys.stderr)
