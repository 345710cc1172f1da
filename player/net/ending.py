"""The end of a transfer: what has come is examined, gets its name, and is noted.

Must not know how it came, nor what it is examined for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from player.core.errors import DamagedAudioError, NotAudioError
from player.net.journal import Part, Place, Version, disk_errors


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is whole. `size` in bytes; the rest is what the server said of it."""

    size: int
    etag: str | None
    last_modified: str | None
    media_type: str | None


class Ending:
    """Gives whole files their names.

    `examine` is called with what has come before it gets its name, and whether the server said that it is all. If it
    raises NotAudioError or DamagedAudioError nothing is kept; after another error the part stays. `note` is called when
    the file has its name: who is killed before it returns fetches nothing twice.
    """

    def __init__(self, place: Place, examine: Callable[[Path, bool], None], note: Callable[[Downloaded], None]) -> None:
        self._place = place
        self._examine = examine
        self._note = note

    def again(self) -> Downloaded | None:
        """Go on where a kill came between naming a file and noting it; None where there is none."""
        with disk_errors(self._place.target):
            version = self._place.finished()
        if version is None:
            return None
        self._examined(self._place.target, is_end_sure=True)
        return self._noted(version)

    def end(self, part: Part, version: Version, *, is_end_sure: bool) -> Downloaded:
        """Examine a part that is whole, name and note it. Raises FileError, and what `examine` and `note` raise."""
        self._examined(part.path, is_end_sure=is_end_sure)
        with disk_errors(self._place.target):
            self._place.finish(part)
        return self._noted(version)

    def _examined(self, path: Path, *, is_end_sure: bool) -> None:
        try:
            self._examine(path, is_end_sure)
        except (NotAudioError, DamagedAudioError):
            delete_download(self._place.target)
            raise

    def _noted(self, version: Version) -> Downloaded:
        with disk_errors(self._place.target):
            size = self._place.target.stat().st_size
        done = Downloaded(size, version.etag, version.last_modified, version.media_type)
        self._note(done)
        with disk_errors(self._place.target):
            self._place.clean()
        return done


def delete_download(target: Path) -> None:
    """Delete a downloaded file, or what has come of it. Raises FileError."""
    with disk_errors(target):
        target.unlink(missing_ok=True)
        Place(target).clean()
