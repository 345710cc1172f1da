"""Bookmarks as documents for people and programs: Markdown, CSV (RFC 4180) and JSON.

Must not know where bookmarks come from. Each comes with a link that opens Earmark there. Times are in seconds, but for
Markdown, which has them as people write them; instants are ISO 8601 in UTC.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from player.core.bookmarks import ListedBookmark
from player.core.model import EpochMillis, Millis
from player.core.timecode import format_timecode

Linked = tuple[ListedBookmark, str]
"""A bookmark and the link to it."""

FORMAT = "earmark-bookmarks"
VERSION = 1

_COLUMNS = ("podcast", "episode", "chapter", "start", "end", "text", "made", "link", "feed", "guid")
# What CommonMark (2.4) gives a meaning within a line.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_FIRST_SIGNS = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def write_markdown(bookmarks: Sequence[Linked]) -> bytes:
    """A heading for each episode, in the order in which their newest bookmarks were made; a line for each bookmark."""
    by_episode: dict[tuple[str, str], list[Linked]] = {}
    for each in bookmarks:
        by_episode.setdefault((each[0].feed_url, each[0].guid), []).append(each)
    lines = ["# Bookmarks"]
    for (feed, _), found in by_episode.items():
        first = found[0][0]
        lines += [
            "",
            f"## {_plain(first.episode_title or first.guid)}",
            "",
            f"{_plain(first.podcast_title or feed)}",
            "",
        ]
        lines += [_line(each, link) for each, link in sorted(found, key=lambda one: one[0].bookmark.start)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def write_csv(bookmarks: Sequence[Linked]) -> bytes:
    """A row for each, below the names of the columns."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, _COLUMNS)
    table.writeheader()
    table.writerows(_facts(each, link) for each, link in bookmarks)
    return out.getvalue().encode("utf-8", "replace")


def write_json(bookmarks: Sequence[Linked]) -> bytes:
    """An object with `format`, `version` and the `bookmarks`, each an object with the names of the columns of CSV."""
    document = {"format": FORMAT, "version": VERSION, "bookmarks": [_facts(each, link) for each, link in bookmarks]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


WRITERS: dict[str, Callable[[Sequence[Linked]], bytes]] = {
    "markdown": write_markdown,
    "csv": write_csv,
    "json": write_json,
}
"""The writer of each kind of document."""


def bookmark_facts(listed: ListedBookmark, link: str) -> dict[str, Any]:
    """What programs are told of a bookmark."""
    return {"number": listed.bookmark.id, **_facts(listed, link)}


def _facts(listed: ListedBookmark, link: str) -> dict[str, Any]:
    found = listed.bookmark
    return {
        "podcast": listed.podcast_title,
        "episode": listed.episode_title,
        "chapter": found.chapter,
        "start": _seconds(found.start),
        "end": _seconds(found.stop),
        "text": found.text,
        "made": _instant(found.made_at),
        "link": link,
        "feed": listed.feed_url,
        "guid": listed.guid,
    }


def _line(listed: ListedBookmark, link: str) -> str:
    found = listed.bookmark
    times = format_timecode(found.start)
    if found.stop is not None:
        times = f"{times}–{format_timecode(found.stop)}"
    words = " — ".join(_plain(each) for each in (found.chapter, found.text) if each)
    return f"- [{times}]({link}) {words}".rstrip()


def _plain(text: str) -> str:
    """A text of which no sign means anything in Markdown, on one line."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _FIRST_SIGNS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _seconds(millis: Millis | None) -> float | None:
    return None if millis is None else millis / 1000


def _instant(at: EpochMillis) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
