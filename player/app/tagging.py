"""Chapters into an audio file, from whatever `app.reading` reads.

Must not know how any container stores them (`formats.tag_writer`), nor how the result is worded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from player.app.reading import Reading, read_source
from player.core.errors import NoChaptersError, TagError
from player.core.model import ChapterSource
from player.core.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Tagged:
    """What was written: how many chapters into which file, and what that kind of file cannot keep of them."""

    path: Path
    count: int
    lost: tuple[str, ...]


def tag_audio(audio: Path, source: str, output: Path | None = None, prefer: ChapterSource | None = None) -> Tagged:
    """Write the chapters of `source` into `audio`, or into a copy of it, `output`.

    A feed with several episodes gives those of the one that is called like the audio. Raises NoChaptersError, TagError,
    and the errors of reading; after any of them the file is as it was.
    """
    from player.formats.media_file import read_media
    from player.formats.tag_writer import write_chapters

    # As `net.journal` names what is not whole yet.
    if audio.suffix in (".part", ".new") and audio.with_name(f"{audio.name}.json").is_file():
        raise TagError(str(audio), Phrase("reasons", "it is still being downloaded"))
    media = read_media(audio)
    reading = _only(read_source(source, None, media.duration, prefer), source, media.title or audio.stem)
    lost = write_chapters(audio, reading.marks, output)
    return Tagged(output or audio, len(reading.chapters), lost)


def _only(readings: list[Reading], source: str, title: str) -> Reading:
    named = [reading for reading in readings if reading.name.strip().casefold() == title.strip().casefold()]
    fitting = readings if len(readings) == 1 else named
    if len(fitting) != 1:
        words = Phrase("reasons", "it has %n episodes, and not one that is called “{title}”", None, len(readings))
        raise NoChaptersError(source, words.filled(title=title))
    return fitting[0]
