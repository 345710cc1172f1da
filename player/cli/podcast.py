"""`earmark podcast`: what is set for a podcast, shown and changed on a terminal.

Must not know what any of it does. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.podcast_settings import change_settings, settings_facts
from player.app.start import request
from player.cli.library import counted
from player.cli.runtime import profile_of, services_on
from player.core.errors import ProfileInUseError
from player.core.model import ChapterSource

EXIT_KNOWN_ERROR = 3
_OPTIONS = {
    "folder": "folder",
    "intro": "intro",
    "outro": "outro",
    "speed": "speed",
    "trim": "trimming",
    "level": "levelled",
    "mono": "mono",
    "auto_download": "auto_download",
    "title_has": "title_has",
    "title_has_not": "title_has_not",
    "only_with_chapters": "only_with_chapters",
    "keep": "keep",
    "announce": "announce",
    "pictures": "pictures",
}
"""The options that change something, with what they change."""


def podcast(options: Namespace) -> int:
    """Change what the options name, and say what is set then."""
    changes = _changes(options)
    with profile_of(options) as profile:
        try:
            with services_on(profile) as services:
                found = services.library.find_podcast(options.podcast)
                for change in change_settings(services, found.id, changes):
                    change.result()
                facts = settings_facts(services, found.id)
        except ProfileInUseError:
            answer = request(profile, "podcast", name=options.podcast, changes=changes)
            if not answer.pop("ok", False):
                print(f"earmark: {answer.get('error')}", file=sys.stderr)
                return EXIT_KNOWN_ERROR
            facts = answer
    if options.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(facts["title"])
        for name, words in _lines(facts):
            print(f"  {name:<15}{words}")
    return 0


def _changes(options: Namespace) -> dict[str, Any]:
    changes = {key: value for name, key in _OPTIONS.items() if (value := getattr(options, name)) is not None}
    if options.like_others:
        changes["own_sound"] = False
    if options.chapters_from is not None:
        source = options.chapters_from
        changes["chapters_from"] = source.value if isinstance(source, ChapterSource) else None
    return changes


def _lines(facts: dict[str, Any]) -> list[tuple[str, str]]:
    download, removal = facts["auto_download"], facts["would_remove"]
    if facts["title_has"]:
        download += f", title has “{facts['title_has']}”"
    if facts["title_has_not"]:
        download += f", title has not “{facts['title_has_not']}”"
    if facts["only_with_chapters"]:
        download += ", only with chapters"
    would = f" (would remove {counted(removal['downloads'], 'download')} now, {removal['bytes'] / 1e6:.0f} MB)"
    return [
        ("folder", facts["folder"] or "none"),
        ("sound", _sound(facts)),
        ("intro", f"{facts['intro']:g} s"),
        ("outro", f"{facts['outro']:g} s"),
        ("auto-download", download),
        ("keep", facts["keep"] + (would if removal["downloads"] else "")),
        ("announce", _on(facts["announce"])),
        ("chapters from", (facts["chapters_from"] or "best").replace("_", "-")),
        ("pictures", _on(facts["pictures"])),
        *([("skips", ", ".join(facts["skips"]))] if facts["skips"] else []),
    ]


def _sound(facts: dict[str, Any]) -> str:
    words = f"speed {facts['speed']:g}, trim {facts['trimming']}"
    words += f", level {_on(facts['levelled'])}, mono {_on(facts['mono'])}"
    return words if facts["own_sound"] else f"as other podcasts ({words})"


def _on(is_on: bool) -> str:
    return "on" if is_on else "off"
