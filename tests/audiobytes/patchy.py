"""A file of which a part is not there yet."""

from __future__ import annotations

from pathlib import Path

from player.audio.source import Source


class NotThereError(Exception):
    """What a source raises that waits for bytes."""


class PatchySource(Source):
    """A source that raises NotThereError where a read touches what is `missing`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.missing = range(0)

    def read(self, size: int | None = -1, /) -> bytes:
        """As of any file, or NotThereError."""
        at = self.tell()
        end = at + size if size is not None and size >= 0 else 1 << 62
        if self.missing and at < self.missing.stop and end > self.missing.start:
            raise NotThereError
        return super().read(size)
