"""`earmark refresh`: asking feeds what is new, on a terminal.

Must not know how feeds are asked. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from player.app.compose import read_catalogue
from player.app.control import refreshed_facts
from player.app.start import Profile, request
from player.cli.library import EXIT_KNOWN_ERROR, counted
from player.cli.runtime import profile_of, services_on
from player.core.errors import ProfileInUseError
from player.core.model import PodcastId, PodcastKind

_PATIENCE_MS = 3_600_000

Facts = dict[str, Any]


def refresh(options: Namespace) -> int:
    """Ask the feed of one podcast or of all. 3 when one of them failed, 1 when there is none."""
    with profile_of(options) as profile:
        with read_catalogue(profile) as catalogue:
            found = [catalogue.find_podcast(options.podcast)] if options.podcast else catalogue.podcasts()
        ids = [each.id for each in found if each.kind is PodcastKind.FEED]
        if not ids:
            print("No podcast yet; subscribe with “earmark add ADDRESS”.", file=sys.stderr)
            return 1
        return _tell(_refreshed(profile, ids), as_json=options.json)


def _refreshed(profile: Profile, ids: Sequence[PodcastId]) -> list[Facts]:
    try:
        with services_on(profile) as services:
            done = [future.result() for future in services.refreshing.refresh(ids)]
            return [refreshed_facts(services.library, each) for each in done]
    except ProfileInUseError:
        podcasts: list[Facts] = request(profile, "refresh", patience_ms=_PATIENCE_MS, podcasts=list(ids))["podcasts"]
        return podcasts


def _tell(podcasts: Sequence[Facts], *, as_json: bool) -> int:
    for each in podcasts:
        if as_json:
            print(json.dumps(each, ensure_ascii=False))
        elif each["new"]:
            print(f"{each['title']}: {counted(each['new'], 'new episode')}")
        if each["problem"] and not as_json:
            print(f"earmark: {each['title']}: {each['problem']}", file=sys.stderr)
    new = sum(each["new"] for each in podcasts)
    if not as_json and not new:
        print(f"Nothing new in {counted(len(podcasts), 'podcast')}")
    return EXIT_KNOWN_ERROR if any(each["problem"] for each in podcasts) else 0
