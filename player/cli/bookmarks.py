"""`earmark bookmarks`: the places that were marked, on a terminal.

Must not know how they are kept. Where a player has the profile open, it makes the changes.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from player.app.bookmarks import BookmarkReader
from player.app.compose import read_catalogue, reader_of
from player.app.exchange import write_document
from player.app.on_deck import resume_at
from player.app.start import Profile, request
from player.cli.library import EXIT_KNOWN_ERROR, counted
from player.cli.runtime import profile_of, services_on
from player.core.bookmarks import BookmarkId, ListedBookmark
from player.core.errors import NotFoundError, NotRunningError, ProfileInUseError
from player.core.model import EpisodeId, Millis
from player.core.timecode import format_timecode

EXIT_NONE = 1
_STANDARD = "-"
_FORMS = {".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".json": "json"}


def bookmarks(options: Namespace) -> int:
    """List those that have some words, the newest first. 1 when there are none."""
    words = " ".join(options.words)
    with profile_of(options) as profile, reader_of(profile) as reader:
        known = BookmarkReader(reader)
        if options.form in ("csv", "markdown"):
            body, count = known.document(options.form, words)
            sys.stdout.buffer.write(body if count else b"")
        else:
            found = known.listed(known.ids(words))
            count, width = len(found), max((len(str(each.bookmark.id)) for each in found), default=1)
            for each in found:
                facts = known.facts(each)
                print(json.dumps(facts, ensure_ascii=False) if options.form == "json" else _line(each, width))
    if not count:
        nothing = "There are no bookmarks; B in the window marks a place, or “earmark bookmarks add”."
        print(f"No bookmark has “{words}”." if words else nothing, file=sys.stderr)
        return EXIT_NONE
    return 0


def add(options: Namespace) -> int:
    """Mark a place, and say which number it has."""
    with profile_of(options) as profile:
        episode, start = _place(profile, options)
        try:
            with services_on(profile) as services:
                if episode is None:
                    raise NotRunningError
                number = int(
                    services.bookmarks.add(episode, start or 0, stop=options.until, text=options.text).result()
                )
        except ProfileInUseError:
            facts = {"episode": episode, "start": start, "stop": options.until, "text": options.text}
            answer = request(profile, "bookmark-add", **facts)
            if not answer.get("ok"):
                return _refused(answer)
            number = int(answer["number"])
        with reader_of(profile) as reader:
            for each in BookmarkReader(reader).listed([BookmarkId(number)]):
                print(_line(each, 1))
    return 0


def remove(options: Namespace) -> int:
    """Take bookmarks away by their numbers: all, or none where one is not there."""
    with profile_of(options) as profile:
        try:
            with services_on(profile) as services:
                for number in options.numbers:
                    services.bookmarks.bookmark(number)
                services.bookmarks.remove(options.numbers).result()
        except ProfileInUseError:
            answer = request(profile, "bookmark-remove", numbers=options.numbers)
            if not answer.get("ok"):
                return _refused(answer)
    return 0


def export(options: Namespace) -> int:
    """Write them into a file, of the kind that is asked for or that its name says."""
    form = options.form or _FORMS.get(Path(options.file).suffix.lower(), "markdown")
    with profile_of(options) as profile:
        with reader_of(profile) as reader:
            body, count = BookmarkReader(reader).document(form)
        if options.file == _STANDARD:
            sys.stdout.buffer.write(body)
            return 0
        write_document(Path(options.file), body)
        print(f"{counted(count, 'bookmark')} written to {options.file}", file=sys.stderr)
    return 0


def _place(profile: Profile, options: Namespace) -> tuple[EpisodeId | None, Millis | None]:
    """The episode and the place that are meant; None for what the running player knows. Raises NotFoundError."""
    if options.episode is None:
        return None, options.at
    with read_catalogue(profile) as catalogue:
        episode = catalogue.find_episode(options.episode)
    start = resume_at(episode) if options.at is None else options.at
    if episode.duration is not None and start > episode.duration:
        raise NotFoundError("place in it", format_timecode(start))
    return episode.id, start


def _refused(answer: dict[str, Any]) -> int:
    print(f"earmark: {answer.get('error')}", file=sys.stderr)
    return EXIT_KNOWN_ERROR


def _line(listed: ListedBookmark, width: int) -> str:
    found = listed.bookmark
    times = format_timecode(found.start)
    if found.stop is not None:
        times = f"{times}–{format_timecode(found.stop)}"
    chapter = found.chapter if found.text else ""
    facts = ", ".join(each for each in (listed.podcast_title, listed.episode_title, chapter) if each)
    return f"{found.id:>{width}}  {times:>8}  {found.title}  ({facts})".replace("    (", "  (")
