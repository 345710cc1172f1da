"""The bytes of an audio file, as decoders read them.

Must not know what the bytes mean.
"""

from __future__ import annotations

import io
from pathlib import Path

from player.core.errors import FileError


class Source(io.BufferedReader):
    """A file on the disk, open for reading; it stays readable when its name is gone."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises FileError."""
        try:
            super().__init__(io.FileIO(path))
        except OSError as error:
            raise FileError(str(path), error.strerror or str(error)) from error
        self.path = path
