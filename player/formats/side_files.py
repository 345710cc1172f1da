"""Chapters in a file of their own that lies beside an audio file: `name.cue`, `name.mp3.cue`, or `name.chapters.txt`.

Must not know whose audio it is. Rippers and radio recorders write such sheets next to one long file, mp4chaps texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from player.core.errors import FileError
from player.core.model import Mark
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.formats.chapter_documents import read_document

_LARGEST = 2 * 1024 * 1024
_ENDINGS = (".cue", ".CUE", ".chapters.txt")


@dataclass(frozen=True, slots=True)
class SideFile:
    """A file beside the audio, and the marks that it holds for it."""

    path: Path
    marks: tuple[Mark, ...]


def read_side_file(audio: Path) -> SideFile | None:
    """Read the sheet or text that lies beside an audio file; None when there is none.

    Raises FileError and, for one that is neither, DocumentError.
    """
    names = [f"{stem}{ending}" for ending in _ENDINGS for stem in (audio.stem, audio.name)]
    path = next((path for name in names if (path := audio.with_name(name)) != audio and path.is_file()), None)
    if path is None:
        return None
    try:
        if path.stat().st_size > _LARGEST:
            raise FileError(str(path), Phrase("reasons", "it is too large for a list of chapters"))
        content = path.read_bytes()
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error
    return SideFile(path, read_document(content, path.name, audio=audio.name))
