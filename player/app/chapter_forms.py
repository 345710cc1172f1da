"""The forms that chapters can be written in as a text: their names, what people call them, and which ending they get.

Must not know where chapters come from, nor where a text goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from player.core.model import Chapter, Mark
from player.core.phrases import Phrase
from player.core.timecode import format_timecode


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name on the command line, its words in a dialog, and the ending of its files."""

    name: str
    words: str
    ending: str


FORMS = (
    Form("json", Phrase("chapter forms", "Podcasting 2.0 chapters"), ".json"),
    Form("psc", "Podlove Simple Chapters", ".psc"),
    Form("podlove-json", Phrase("chapter forms", "Podlove player"), ".json"),
    Form("matroska", Phrase("chapter forms", "Matroska chapters"), ".xml"),
    Form("ffmetadata", Phrase("chapter forms", "FFmpeg metadata"), ".ffmetadata"),
    Form("cue", Phrase("chapter forms", "CUE sheet"), ".cue"),
    Form("vtt", "WebVTT", ".vtt"),
    Form("audiobookshelf", "Audiobookshelf", ".json"),
    Form("audible", "Audible", ".json"),
    Form("text", Phrase("chapter forms", "Outline"), ".txt"),
    Form("youtube", Phrase("chapter forms", "Outline for YouTube"), ".txt"),
    Form("labels", Phrase("chapter forms", "Audacity labels"), ".txt"),
    Form("mp4chaps", "mp4chaps", ".txt"),
    Form("table", Phrase("chapter forms", "Table"), ".txt"),
)
"""The first form with an ending is the one that a file of that ending gets."""


def form_meant(path: Path, chosen: Form) -> tuple[Path, Form]:
    """The file to write and its form: `chosen` where the name has its ending, else the ending decides.

    A name without an ending that means a form gets that of the chosen one.
    """
    ending = path.suffix.lower()
    if ending == chosen.ending:
        return path, chosen
    by_ending = next((form for form in FORMS if form.ending == ending), None)
    return (path, by_ending) if by_ending else (path.with_name(path.name + chosen.ending), chosen)


def write_form(form: str, chapters: Sequence[Chapter], marks: Sequence[Mark], audio: str) -> str:
    """Chapters as a text of the form with this name, without a last line feed of its own.

    `marks` are the same chapters with pictures and hidden entries; `audio` is the name of the file that they belong to.
    """
    if form == "table":
        return table(chapters)
    if form == "text":
        return "\n".join(f"{format_timecode(each.start)} {each.title}".rstrip() for each in chapters)
    from player.formats.chapter_documents import WRITERS
    from player.formats.chapter_writing import ChapterDocument

    return WRITERS[form](ChapterDocument(marks, audio))


def table(chapters: Sequence[Chapter]) -> str:
    """Number, start, length and title of each chapter, in columns; nested ones further right."""
    starts = [format_timecode(chapter.start) for chapter in chapters]
    lengths = [format_timecode(chapter.length) if chapter.length else "" for chapter in chapters]
    width = max(map(len, starts), default=0)
    length_width = max(map(len, lengths), default=0)
    return "\n".join(
        f"{number:>3}  {start:>{width}}  {length:>{length_width}}  {'  ' * chapter.level}{chapter.title}".rstrip()
        for number, (start, length, chapter) in enumerate(zip(starts, lengths, chapters, strict=True), start=1)
    )


def youtube_objection(marks: Sequence[Mark]) -> str:
    """One clause that says why YouTube will not show these chapters, or empty."""
    from player.formats.chapter_lines import youtube_objection as objection
    from player.formats.chapter_writing import ChapterDocument

    return objection(ChapterDocument(marks))
