"""The listener's preferences: one frozen value, kept in one JSON file that people can read.

Must not know who reads them.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from player.core.errors import FileError
from player.core.model import Millis

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """All preferences with their defaults. `theme` is "system", "light" or "dark".

    `land_softly`: a jump to a chapter that the notes name begins with the words that begin just before it. `rewinds`:
    after a pause playing begins a little earlier. `output_device` is the id of a sound device; empty for the system's
    default. `podcastindex_key` and its secret let that directory be searched; it gives them to whoever asks.
    `new_podcasts_download` is what is downloaded by itself of podcasts that are added: "never", "newest:3" or "all".
    `refresh_minutes`: how long after feeds were asked they are asked again by themselves; 0 for never.
    """

    theme: str = "system"
    back_ms: Millis = 15_000
    forward_ms: Millis = 30_000
    parallel_downloads: int = 3
    land_softly: bool = True
    rewinds: bool = True
    output_device: str = ""
    podcastindex_key: str = ""
    podcastindex_secret: str = ""
    new_podcasts_download: str = "never"
    refresh_minutes: int = 60


class SettingsStore:
    """Holds the settings of a profile and writes each change to its file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.value = _read(path)

    def change(self, **changes: Any) -> Settings:
        """Change some of the settings and write them. Raises FileError when the file cannot be written."""
        self.value = replace(self.value, **changes)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(asdict(self.value), indent=2) + "\n", encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            raise FileError(str(self._path), error.strerror or "it cannot be written") from error
        return self.value


def _read(path: Path) -> Settings:
    """The settings in `path`; what is missing, unknown or of the wrong type there falls back to the default."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _log.warning("the settings in %s cannot be read and start anew: %s", path, error)
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    defaults = Settings()
    known = {
        field.name: found[field.name]
        for field in fields(Settings)
        if type(found.get(field.name)) is type(getattr(defaults, field.name))
    }
    return replace(defaults, **known)
