"""CUE sheets: the tracks of a disc, or of a long mix, as chapters.

Must not know the audio beside which a sheet lies.

The manual of CDRWIN, "Cue sheet commands": INDEX times are mm:ss:ff with 75 frames a second.
"""

from __future__ import annotations

import re
from pathlib import PurePath, PureWindowsPath

from player.core.model import Mark, Millis
from player.formats.chapter_words import clean_title
from player.formats.chapter_writing import ChapterDocument, one_line

FRAMES = 75
"""In a second."""
_INDEX = re.compile(r"0*1\s+(\d{1,5}):([0-5]?\d):([0-6]?\d|7[0-4])")
_TYPES = {".mp3": "MP3", ".aif": "AIFF", ".aiff": "AIFF"}


def read_cue(text: str, audio: str = "") -> list[Mark]:
    """The tracks of the FILE that is called like `audio`, else of the first one with tracks, in the sheet's order.

    A track starts at INDEX 01; its title is its TITLE, else its PERFORMER.
    """
    files: list[tuple[str, list[Mark]]] = [("", [])]
    title = performer = ""
    is_open = False
    for line in text.splitlines():
        command, _, value = line.strip().partition(" ")
        command, value = command.upper(), value.strip()
        if command == "FILE":
            files.append((_stem(_unquoted(value)), []))
        elif command == "TRACK":
            title, performer, is_open = "", "", True
        elif command == "TITLE":
            title = _unquoted(value)
        elif command == "PERFORMER":
            performer = _unquoted(value)
        elif command == "INDEX" and is_open and (match := _INDEX.fullmatch(value)):
            minutes, seconds, frames = map(int, match.groups())
            start = round(((minutes * 60 + seconds) * FRAMES + frames) * 1000 / FRAMES)
            files[-1][1].append(Mark(start, clean_title(title or performer)))
    filled = [(name, marks) for name, marks in files if marks]
    wanted = _stem(audio)
    return next((marks for name, marks in filled if wanted and name == wanted), filled[0][1] if filled else [])


def _unquoted(value: str) -> str:
    """What stands between the first and the last quotation mark; all of it where there are none."""
    return value[1:].rpartition('"')[0] if value.startswith('"') and value.count('"') > 1 else value.strip('"')


def _stem(name: str) -> str:
    """A file's name without folders of any system and without its ending."""
    return PurePath(PureWindowsPath(name).name).stem.casefold()


def write_cue(document: ChapterDocument) -> str:
    """A sheet for one file: starts and titles, to the 75th of a second; without ends, links and pictures.

    The format knows 99 tracks; further ones are written all the same, and read by most.
    """
    name = one_line(document.audio)
    lines = [f'FILE "{name}" {_TYPES.get(PurePath(name).suffix.lower(), "WAVE")}']
    for number, each in enumerate(document.entries(), start=1):
        lines += [f"  TRACK {number:02} AUDIO", f'    TITLE "{each.title}"', f"    INDEX 01 {_time(each.mark.start)}"]
    return "\n".join(lines)


def _time(millis: Millis) -> str:
    seconds, frames = divmod(round(millis * FRAMES / 1000), FRAMES)
    return f"{seconds // 60:02}:{seconds % 60:02}:{frames:02}"
