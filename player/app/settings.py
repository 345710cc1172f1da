"""The listener's preferences: one frozen value, kept in one JSON file that people can read.

Must not know who reads them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from player.core.bandwidth import RateLimit, minutes_meant
from player.core.errors import FileError
from player.core.model import EpochMillis, Millis
from player.core.phrases import Phrase
from player.core.reasons import system_reason

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """All preferences with their defaults. `theme` is "system", "light", "dark" or "contrast".

    `land_softly`: a jump to a chapter that the notes name begins with the words that begin just before it. `rewinds`:
    after a pause playing begins a little earlier. `output_device` is the id of a sound device; empty for the system's
    default. `media_keys_seek`: next and previous of a keyboard, of headphones or a panel go forward and back a
    little, instead of by chapter. `podcastindex_key` and its secret let that directory be searched; it gives them to
    whoever asks.
    `new_podcasts_download` is what is downloaded by itself of podcasts that are added: "never", "newest:3" or "all".
    `refresh_minutes`: how long after feeds were asked they are asked again by themselves; 0 for never.

    `download_kilobytes`: so many thousand bytes a second all downloads together may take, 0 for any number; between
    `limit_from` and `limit_to` only ("08:00", "18:00"), or all day where both are the same. `waits_on_metered`: none
    begins by itself on a network whose owner counts bytes. `downloads_most_gb`: so many gigabytes of downloads are kept
    of all podcasts together, 0 for any number. `shows_tray`: there is an icon in the tray, where the system has one.
    `shows_artwork`: the pictures of podcasts that feeds name are fetched and shown.
    `tags_downloads`: the shown chapters and a cover are written into files that have come.
    `downloads_folder` is where downloads go, empty for the profile's own folder; `downloads_left` the folders, one a
    line, from which they are still to be moved there.
    """

    theme: str = "system"
    back_ms: Millis = 15_000
    forward_ms: Millis = 30_000
    parallel_downloads: int = 3
    land_softly: bool = True
    rewinds: bool = True
    output_device: str = ""
    media_keys_seek: bool = False
    podcastindex_key: str = ""
    podcastindex_secret: str = ""
    new_podcasts_download: str = "never"
    refresh_minutes: int = 60
    download_kilobytes: int = 0
    limit_from: str = "00:00"
    limit_to: str = "00:00"
    waits_on_metered: bool = True
    shows_tray: bool = False
    shows_artwork: bool = True
    downloads_most_gb: float = 0.0
    tags_downloads: bool = False
    downloads_folder: str = ""
    downloads_left: str = ""


def rate_limit_now(settings: Settings, now: EpochMillis) -> int | None:
    """How many bytes a second downloads may take now, by the clock on the wall; None for any number.

    Times in the file that are none mean all day.
    """
    try:
        start, stop = minutes_meant(settings.limit_from), minutes_meant(settings.limit_to)
    except ValueError:
        start = stop = 0
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone()
    return RateLimit(settings.download_kilobytes * 1000, start, stop).at(local.hour * 60 + local.minute)


def most_bytes(settings: Settings) -> int:
    """How many bytes of downloads are kept; 0 for any number."""
    return max(0, round(settings.downloads_most_gb * 1e9))


class SettingsStore:
    """Holds the settings of a profile and writes each change to its file."""

    def __init__(self, path: Path, on_changed: Callable[[], None] = lambda: None) -> None:
        self._path = path
        self._on_changed = on_changed
        self.value = _read(path)

    def change(self, **changes: Any) -> Settings:
        """Change some of the settings and write them. Raises FileError when the file cannot be written."""
        self.value = replace(self.value, **changes)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(asdict(self.value), indent=2) + "\n", encoding="utf-8")
            fresh.replace(self._path)
        except OSError as error:
            raise FileError(str(self._path), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
        finally:
            self._on_changed()
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
