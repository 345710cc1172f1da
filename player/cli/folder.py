"""`earmark downloads folder`: where downloads lie, and their move to another folder, with its progress on the terminal.

Must not know how they are moved. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from player.app.home import HeadlessLoop
from player.app.start import Profile, request
from player.cli.progress import ProgressLine
from player.cli.runtime import profile_of, services_on
from player.core.errors import KnownError, ProfileInUseError
from player.core.events import DownloadsMoved, DownloadsMoving, ProblemReported

EXIT_KNOWN_ERROR = 3
EXIT_INTERRUPTED = 130
OWN = "default"
_POLL_SECONDS = 0.2


def folder(options: Namespace) -> int:
    """Print the folder of downloads, after moving them where the command line says so."""
    with profile_of(options) as profile:
        # Relative to where the command was given, not to where a player was started.
        target = "" if options.folder in (None, OWN) else str(Path(options.folder).expanduser().absolute())
        try:
            return _here(profile, target, moves=options.folder is not None)
        except ProfileInUseError:
            return _there(profile, {"to": target} if options.folder is not None else {})


def _here(profile: Profile, target: str, *, moves: bool) -> int:
    loop = HeadlessLoop()
    line = ProgressLine("Moving downloads")
    problems: list[KnownError] = []
    with services_on(profile, loop.home) as services:
        moving = services.moving
        if moves:
            services.bus.subscribe(DownloadsMoving, lambda fact: line.show(fact.done, fact.total, 0.0, None))
            services.bus.subscribe(ProblemReported, lambda fact: problems.append(fact.error))
            services.bus.subscribe(DownloadsMoved, lambda _: loop.quit())
            moving.move_to(Path(target) if target else None)
            # Also what an earlier move has left.
            moving.go_on()
            was_interrupted = moving.progress is not None and loop.run()
            line.end()
            if was_interrupted:
                print("Stopped; the same command goes on with it, as the next start does.", file=sys.stderr)
                return EXIT_INTERRUPTED
            if problems:
                raise problems[0]
        print(services.download_folder.current)
    return 0


def _there(profile: Profile, changes: dict[str, Any]) -> int:
    """Have the running player move them, and watch."""
    line = ProgressLine("Moving downloads")
    answer = request(profile, "folder", **changes)
    while answer.get("ok") and answer["is_moving"] and changes:
        line.show(answer["done"], answer["total"], 0.0, None)
        time.sleep(_POLL_SECONDS)
        answer = request(profile, "folder")
    if not answer.get("ok"):
        print(f"earmark: {answer.get('error')}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    line.end()
    print(answer["folder"])
    return 0
