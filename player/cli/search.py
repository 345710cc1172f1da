"""`earmark search`: podcasts, episodes, bookmarks, chapters and notes that have some words, on a terminal.

Must not know how they are found. It reads the library beside a running player, too.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.compose import read_catalogue, wall_clock
from player.cli.runtime import profile_of
from player.core.model import Found, FoundKind
from player.core.timecode import format_timecode

EXIT_NONE = 1
_LIMITS = {
    FoundKind.PODCAST: 20,
    FoundKind.EPISODE: 50,
    FoundKind.BOOKMARK: 50,
    FoundKind.CHAPTER: 100,
    FoundKind.NOTES: 50,
}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


def search(options: Namespace) -> int:
    """Print the hits, the best of each kind first. 1 when there are none."""
    words = " ".join(options.words)
    limits = {FoundKind.CHAPTER: _LIMITS[FoundKind.CHAPTER]} if options.chapters else _LIMITS
    with profile_of(options) as profile, read_catalogue(profile, is_searched=True) as catalogue:
        found = catalogue.search(words, wall_clock(), limits)
    for hit in found:
        print(json.dumps(_facts(hit), ensure_ascii=False) if options.json else _line(hit))
    if not found:
        print(f"Nothing has “{words}”.", file=sys.stderr)
        return EXIT_NONE
    return 0


def _line(hit: Found) -> str:
    """What it is, its number (of the episode, or of the podcast), a chapter's start, the title and where it belongs."""
    start = format_timecode(hit.start) if hit.start is not None else ""
    title = _in_bold(hit) if sys.stdout.isatty() else hit.title
    belongs = ", ".join(each for each in (hit.chapter, hit.detail) if each)
    detail = f"  ({belongs})" if belongs else ""
    return f"{hit.kind.value:<8} {hit.episode or hit.podcast:>5}  {start:>8}  {title}{detail}"


def _in_bold(hit: Found) -> str:
    parts: list[str] = []
    last = 0
    for start, stop in hit.spans:
        parts += [hit.title[last:start], _BOLD, hit.title[start:stop], _PLAIN]
        last = stop
    return "".join([*parts, hit.title[last:]])


def _facts(hit: Found) -> dict[str, Any]:
    """What programs are told of a hit; `startTime` in seconds, `matches` as places of characters in `title`."""
    return {
        "kind": hit.kind.value,
        "title": hit.title,
        "of": hit.detail,
        "podcast": hit.podcast,
        "episode": hit.episode,
        **({"chapter": hit.chapter} if hit.kind is FoundKind.BOOKMARK else {}),
        "startTime": hit.start / 1000 if hit.start is not None else None,
        "matches": hit.spans,
    }
