"""Where things lie on disk: the profile folder and what is in it.

Must not know what the files hold.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from player.core.errors import ProfileError
from player.core.phrases import Phrase
from player.core.reasons import system_reason


@dataclass(frozen=True, slots=True)
class Profile:
    """A folder that holds all that Earmark keeps for one listener, downloads included."""

    folder: Path

    @property
    def database(self) -> Path:
        """The library."""
        return self.folder / "library.sqlite3"

    @property
    def backup(self) -> Path:
        """The library as it was some days ago."""
        return self.folder / "library-backup.sqlite3"

    @property
    def open_marker(self) -> Path:
        """There while a program has the library open, and after one was killed."""
        return self.folder / "library.open"

    @property
    def settings(self) -> Path:
        """The listener's preferences, JSON."""
        return self.folder / "settings.json"

    @property
    def window_state(self) -> Path:
        """Size and place of the window."""
        return self.folder / "window.ini"

    @property
    def downloads(self) -> Path:
        """Finished and half-finished audio."""
        return self.folder / "downloads"

    @property
    def waveforms(self) -> Path:
        """The measured waveform of each file that is or was being downloaded, and of the listener's own."""
        return self.folder / "waveforms"

    @property
    def pictures(self) -> Path:
        """Pictures of chapters that were fetched from the web."""
        return self.folder / "pictures"

    @property
    def replaced(self) -> Path:
        """A folder with notes of files that were saved over, as long as they can be had back."""
        return self.folder / "replaced"

    @property
    def shown_picture(self) -> Path:
        """A folder with the picture of what plays, for the desktop."""
        return self.folder / "playing"

    @property
    def log(self) -> Path:
        """What went wrong, for reports."""
        return self.folder / "earmark.log"

    @property
    def lock(self) -> Path:
        """Held by the one program that has the profile open."""
        return self.folder / "lock"

    @property
    def socket_name(self) -> str:
        """The name of the local socket by which the running program is spoken to: short, and one for each folder."""
        digest = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:16]
        return f"earmark-{digest}"


def resources() -> Path:
    """The folder of icons and the built-in sample: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def default_folder() -> Path:
    """Where the profile lies when none is named: the system's place for a user's data."""
    # Imported here: only this function needs it, and starting with --profile does not.
    from platformdirs import user_data_path

    return user_data_path("earmark", appauthor=False)


def open_profile(folder: Path | None = None) -> Profile:
    """The profile in `folder` (or in the default place), made if it is not there yet.

    Raises ProfileError where the folder cannot be made or written.
    """
    place = (folder or default_folder()).expanduser()
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / "downloads").mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    except FileExistsError as error:
        raise ProfileError(str(place), Phrase("reasons", "there is a file of that name")) from error
    except NotADirectoryError as error:
        raise ProfileError(str(place), Phrase("reasons", "a part of that path is a file, not a folder")) from error
    except OSError as error:
        raise ProfileError(str(place), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
    return Profile(place)


def temporary_profile() -> Profile:
    """An empty profile in a new temporary folder, which the caller removes."""
    return open_profile(Path(tempfile.mkdtemp(prefix="earmark-")))
