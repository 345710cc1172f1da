"""Where downloads lie: the folder that the listener chose, the profile's own, and those from which they still move.

Must not know how they are moved (`app.moving`).
"""

from __future__ import annotations

from pathlib import Path

from player.app.settings import SettingsStore
from player.core.errors import FileError
from player.core.phrases import Phrase


class DownloadFolder:
    """The folder of new downloads, and which files are downloads of ours."""

    def __init__(self, own: Path, settings: SettingsStore) -> None:
        """`own` is the folder in the profile, which is taken where none was chosen."""
        self.own = own
        self._settings = settings

    @property
    def current(self) -> Path:
        """Where new downloads go."""
        chosen = self._settings.value.downloads_folder
        return Path(chosen) if chosen else self.own

    @property
    def left(self) -> tuple[Path, ...]:
        """From where downloads are still to be moved into the current folder."""
        return tuple(Path(line) for line in self._settings.value.downloads_left.splitlines())

    def holds(self, path: Path) -> bool:
        """Whether a file is a download of ours, and not one that the listener keeps elsewhere."""
        return any(folder in path.parents for folder in (self.own, self.current, *self.left))

    def relative(self, path: Path) -> Path | None:
        """Where in the folder a download lies that is to be moved; None for one that need not be."""
        if self.current in path.parents:
            return None
        return next((path.relative_to(folder) for folder in self.left if folder in path.parents), None)

    def choose(self, folder: Path) -> None:
        """Put new downloads there; those in the folders until now are to be moved. Raises FileError."""
        left = dict.fromkeys(each for each in (*self.left, self.current) if each != folder)
        chosen = "" if folder == self.own else str(folder)
        self._settings.change(downloads_folder=chosen, downloads_left="\n".join(map(str, left)))

    def all_moved(self) -> None:
        """Nothing is left where downloads were before. Raises FileError."""
        self._settings.change(downloads_left="")

    def require(self) -> None:
        """Raise FileError where a chosen folder is not there: it would be made on another disk."""
        if not self.current.is_dir() and self.current != self.own:
            raise FileError(
                str(self.current), Phrase("reasons", "it is not there; connect its disk, or choose another folder")
            )
