"""`earmark ctl`: tells the running player what to do.

Must not know how the player does it.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from player.app.start import request
from player.cli.runtime import profile_of
from player.core.links import is_link
from player.core.sound import Trimming, speed_meant
from player.core.timecode import format_timecode

EXIT_WRONG_USE = 2
EXIT_KNOWN_ERROR = 3
_TAKES = {
    "goto": "a place",
    "open": "a file, an address or a link",
    "speed": "a number from 0.5 to 4",
    "trim": "off, gentle, medium or strong",
    "level": "on or off",
    "mono": "on or off",
    "sleep": "minutes, chapter, chapter:3, episode, more, off, or a chapter",
}
_SWITCH = {"on": True, "off": False}


def ctl(options: Namespace) -> int:
    """Send one action and print what comes back."""
    action, takes = options.action, _TAKES.get(options.action)
    if (takes is None) != (options.argument is None):
        wants = f"“{action}” wants {takes}" if takes else f"“{action}” takes nothing after it"
        return _wrong_use(f"{wants}; see “earmark ctl --help”")
    try:
        command, arguments = _request(action, options.argument)
    except (ValueError, KeyError):
        return _wrong_use(f"“{action}” wants {takes}, not “{options.argument}”")
    with profile_of(options) as profile:
        answer = request(profile, command, **arguments)
    if not answer.pop("ok", False):
        print(f"earmark: {answer.get('error')}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    if action == "sleep" and answer["ends_at"] is not None:
        at = datetime.fromtimestamp(answer["ends_at"] / 1000, UTC).astimezone()
        print(f"The sound ends in {format_timecode(answer['left'])}, at {at:%H:%M}.")
    if options.action == "status":
        print(json.dumps(answer, ensure_ascii=False) if options.json else _status(answer))
    return 0


def _wrong_use(words: str) -> int:
    print(f"earmark ctl: {words}.", file=sys.stderr)
    return EXIT_WRONG_USE


def _request(action: str, argument: str | None) -> tuple[str, dict[str, Any]]:
    """The command that is sent, and what goes with it. Raises ValueError or KeyError for a wrong argument."""
    match action, argument:
        case "goto", str():
            return action, {"place": argument}
        case "open", str() if is_link(argument):
            return "open-link", {"link": argument}
        case "open", str():
            # A file's path is made whole, since the player may run in another folder.
            is_file = Path(argument).exists() or not urlsplit(argument).scheme
            return action, {"what": str(Path(argument).resolve()) if is_file else argument}
        case "sleep", str():
            return action, {"words": argument}
        case "speed", str():
            return "sound", {"speed": speed_meant(argument)}
        case "trim", str():
            return "sound", {"trimming": Trimming(argument).value}
        case (("level" | "mono"), str()):
            return "sound", {"levelled" if action == "level" else "mono": _SWITCH[argument]}
    return action, {}


def _status(status: dict[str, Any]) -> str:
    if status["episode"] is None:
        return "Nothing is open."
    place = format_timecode(status["position"])
    length = f" of {format_timecode(status['duration'])}" if status["duration"] else ""
    chapter = f", {status['chapter_title']}" if status["chapter_title"] else ""
    return f"{status['state']}: {status['podcast']} · {status['title']}\n{place}{length}{chapter}, {status['speed']:g}×"
