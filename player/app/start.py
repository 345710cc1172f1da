"""What starting a program takes before there are services: the profile, the log, and the way to a running program.

Must not know what the program is for.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player.system.logs import log_to
from player.system.paths import Profile, default_folder, open_profile, temporary_profile
from player.system.single_instance import ControlServer, ask

__all__ = ["ControlServer", "Profile", "StartOptions", "default_folder", "has_display", "opened_profile", "request"]


@dataclass(frozen=True, slots=True)
class StartOptions:
    """What the command line says of the profile: its folder (None for the usual one), or that it is to be forgotten."""

    folder: Path | None = None
    is_temporary: bool = False
    is_verbose: bool = False
    is_debugged: bool = False


@contextmanager
def opened_profile(options: StartOptions) -> Iterator[Profile]:
    """The profile that the options mean, with its log; a temporary one is removed at the end. Raises ProfileError."""
    profile = temporary_profile() if options.is_temporary else open_profile(options.folder)
    stop_logging = log_to(profile.log, verbose=options.is_verbose, debug=options.is_debugged)
    try:
        yield profile
    finally:
        stop_logging()
        if options.is_temporary:
            shutil.rmtree(profile.folder, ignore_errors=True)


def has_display() -> bool:
    """Whether a window can be shown: elsewhere than on Windows and macOS that takes an X11 or Wayland display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def request(profile: Profile, command: str, *, patience_ms: int = 60_000, **arguments: Any) -> dict[str, Any]:
    """Ask the running program on `profile` for something and wait for the answer. Raises NotRunningError."""
    return ask(profile, {"command": command, **arguments}, timeout_ms=patience_ms)
