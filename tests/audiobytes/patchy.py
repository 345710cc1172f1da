"""A file of which a part is not there yet."""

from __future__ import annotations

from pathlib import Path

from player.audio.source import ArrivingSource
from player.core.ranges import Ranges


class PatchySource(ArrivingSource):
    """A source of which all is there but a `hole`, which can be filled and made again."""

    def __init__(self, path: Path) -> None:
        self._size = path.stat().st_size
        super().__init__(path, self._size, Ranges(((0, self._size),)))
        self._hole = range(0)

    @property
    def hole(self) -> range:
        """The offsets that are missing."""
        return self._hole

    @hole.setter
    def hole(self, hole: range) -> None:
        self._hole = hole
        self.arrived(Ranges.of([(0, hole.start), (hole.stop, self._size)] if hole else [(0, self._size)]))
