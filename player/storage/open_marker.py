"""A file beside the library that is there while a program has it open, and stays behind where one was killed.

Must not know what is made of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from player.core.errors import ProfileError
from player.core.phrases import Phrase
from player.core.reasons import system_reason


class OpenMarker:
    """The marker of one program, which holds the profile's lock. `is_suspect` keeps it there beyond a clean end."""

    def __init__(self, path: Path) -> None:
        """Set the marker; `is_suspect` tells whether one was left. Raises ProfileError where it cannot be written."""
        self._path = path
        self.is_suspect = path.exists()
        try:
            with path.open("wb") as file:
                # A power cut a moment later must find it.
                os.fsync(file.fileno())
        except OSError as error:
            raise ProfileError(
                str(path.parent), system_reason(error, Phrase("reasons", "it cannot be written"))
            ) from error

    def close(self) -> None:
        """The library was closed as it should be. Where it is suspect still, the next program is to look at it."""
        if not self.is_suspect:
            self._path.unlink(missing_ok=True)
