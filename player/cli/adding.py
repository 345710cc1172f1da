"""`earmark add`: subscribing on a terminal.

Must not know how a feed is found. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from player.app.adding import opml_path
from player.app.control import added_facts
from player.app.start import Profile, request
from player.cli.library import EXIT_KNOWN_ERROR
from player.cli.runtime import profile_of, services_on
from player.core.errors import NotFoundError, ProfileInUseError, SeveralFeedsError
from player.core.feed_links import FeedLink

Facts = dict[str, Any]


def add(options: Namespace) -> int:
    """Subscribe to what is meant; of several feeds, to the one that is picked."""
    path = opml_path(options.what)
    # A path is made whole, since the player may run in another folder.
    what = str(path.absolute()) if path else options.what
    with profile_of(options) as profile:
        try:
            facts = _added(profile, what)
        except SeveralFeedsError as error:
            choices = [{"title": each.title, "url": each.url} for each in error.feeds]
            if options.pick is None:
                _list(choices, as_json=options.json)
                raise
            facts = _added(profile, _picked(choices, options.pick)["url"])
        return _tell(facts, as_json=options.json)


def _added(profile: Profile, what: str) -> Facts:
    """What was added, or, from a running player, an `error`. Raises KnownError."""
    try:
        with services_on(profile) as services:
            return added_facts(services.library, services.adding.add(what).result())
    except ProfileInUseError:
        answer = request(profile, "add", what=what)
    if "feeds" in answer:
        raise SeveralFeedsError(what, tuple(FeedLink(each["title"], each["url"]) for each in answer["feeds"]))
    return {name: value for name, value in answer.items() if name != "ok"}


def _picked(choices: list[Facts], number: int) -> Facts:
    if not 0 < number <= len(choices):
        raise NotFoundError("choice", str(number))
    return choices[number - 1]


def _list(choices: Iterable[Facts], *, as_json: bool) -> None:
    for number, choice in enumerate(choices, 1):
        if as_json:
            print(json.dumps({"number": number, **choice}, ensure_ascii=False))
        else:
            print(
                f"{number:>3}  {choice['title'] or choice['url']}  {choice['url'] if choice['title'] else ''}".rstrip()
            )


def _tell(facts: Facts, *, as_json: bool) -> int:
    problems = [facts["error"]] if "error" in facts else facts.get("problems", [])
    if as_json and "error" not in facts:
        print(json.dumps(facts, ensure_ascii=False))
    elif "title" in facts:
        print(f"{facts['title']}: {_count(facts['episodes'], 'episode')}")
    elif "added" in facts:
        print(f"{_count(facts['added'], 'podcast')} added, {facts['known']} known before")
    for problem in problems:
        print(f"earmark: {problem}", file=sys.stderr)
    return EXIT_KNOWN_ERROR if problems else 0


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
