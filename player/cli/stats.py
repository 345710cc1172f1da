"""`earmark stats`: how long was listened, and how much time was saved, on a terminal.

Must not know how it is counted. It reads the library beside a running player, too.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.compose import read_catalogue, wall_clock
from player.app.library import Catalogue
from player.app.time_listened import month_of
from player.cli.runtime import profile_of
from player.core.errors import NotFoundError
from player.core.model import Millis, PodcastId
from player.core.time_listened import MonthOfPodcast, Overview, Sums, of_podcast, overview
from player.core.timecode import format_timecode

EXIT_NONE = 1
_COLUMNS = "{:>11}{:>11}{:>11}{:>11}  {}"


def stats(options: Namespace) -> int:
    """Print the sums of each month and of each podcast, the most heard first. 1 when nothing was listened to."""
    with profile_of(options) as profile, read_catalogue(profile) as catalogue:
        entries = catalogue.time_listened()
        if options.podcast is not None:
            entries = of_podcast(entries, _address_or(catalogue, options.podcast))
    seen = overview(entries, month_of(wall_clock()), options.months)
    if options.json:
        for each in entries:
            if each.month in seen.months:
                print(json.dumps(_facts(each), ensure_ascii=False))
    elif not seen.is_empty:
        _print(seen)
    if seen.is_empty:
        print("Nothing was listened to in this time.", file=sys.stderr)
        return EXIT_NONE
    return 0


def _address_or(catalogue: Catalogue, words: str) -> str:
    """The address of the podcast with this number; else the words, which may mean one that was removed."""
    try:
        return catalogue.podcast(PodcastId(int(words))).feed_url
    except (ValueError, NotFoundError):
        return words


def _print(seen: Overview) -> None:
    print(_COLUMNS.format("listened", "by speed", "by pauses", "by skips", "").rstrip())
    for month, sums in zip(seen.months, seen.by_month, strict=True):
        print(_line(str(month), sums))
    print()
    for podcast in seen.podcasts:
        print(_line(podcast.title, podcast.sums))
    print()
    print(_line("in all", seen.sums))
    if seen.sums.by_slowness >= 1000:
        print(f"Slow playing took {format_timecode(seen.sums.by_slowness)} longer.")


def _line(name: str, sums: Sums) -> str:
    """How long it was listened to, what speed, trimmed pauses and skipped chapters saved, and whose sums these are."""
    times = (sums.heard, sums.by_speed, sums.by_trimming, sums.by_skips)
    return _COLUMNS.format(*(format_timecode(time) if time >= 1000 else "–" for time in times), name)


def _facts(entry: MonthOfPodcast) -> dict[str, Any]:
    """What programs are told of a podcast in a month; times in seconds, `audio` in the time of the recordings."""
    sums = entry.sums
    return {
        "podcast": entry.title,
        "feed": entry.feed_url,
        "month": str(entry.month),
        "listened": _seconds(sums.heard),
        "audio": _seconds(sums.audio),
        "savedBySpeed": _seconds(sums.by_speed),
        "savedByTrimming": _seconds(sums.by_trimming),
        "savedBySkips": _seconds(sums.by_skips),
        "lostBySlowness": _seconds(sums.by_slowness),
    }


def _seconds(millis: Millis) -> float:
    return millis / 1000
