"""`earmark ctl`: tells the running player what to do.

Must not know how the player does it.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from player.app.start import request
from player.cli.runtime import profile_of
from player.core.timecode import format_timecode

EXIT_WRONG_USE = 2
EXIT_KNOWN_ERROR = 3


def ctl(options: Namespace) -> int:
    """Send one action and print what comes back."""
    takes = {"goto": "place", "open": "what"}.get(options.action)
    if (takes is None) != (options.argument is None):
        wants = f"“{options.action}” wants a {takes}" if takes else f"“{options.action}” takes nothing after it"
        print(f"earmark ctl: {wants}; see “earmark ctl --help”.", file=sys.stderr)
        return EXIT_WRONG_USE
    arguments = {takes: _argument(options.action, options.argument)} if takes else {}
    with profile_of(options) as profile:
        answer = request(profile, options.action, **arguments)
    if not answer.pop("ok", False):
        print(f"earmark: {answer.get('error')}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    if options.action == "status":
        print(json.dumps(answer, ensure_ascii=False) if options.json else _status(answer))
    return 0


def _argument(action: str, text: str) -> str:
    """A file's path is made whole, since the player may run in another folder."""
    is_file = action == "open" and (Path(text).exists() or not urlsplit(text).scheme)
    return str(Path(text).resolve()) if is_file else text


def _status(status: dict[str, Any]) -> str:
    if status["episode"] is None:
        return "Nothing is open."
    place = format_timecode(status["position"])
    length = f" of {format_timecode(status['duration'])}" if status["duration"] else ""
    chapter = f", {status['chapter_title']}" if status["chapter_title"] else ""
    return f"{status['state']}: {status['podcast']} · {status['title']}\n{place}{length}{chapter}, {status['speed']:g}×"
