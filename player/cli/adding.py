"""`earmark add`: subscribing on a terminal, and searching for what to subscribe to.

Must not know how a feed is found. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import Any

from player.app.adding import opml_path
from player.app.compose import read_catalogue, wall_clock
from player.app.control import added_facts
from player.app.directories import open_directories
from player.app.sentences import sentence
from player.app.settings import SettingsStore
from player.app.start import Profile, request
from player.cli.library import EXIT_KNOWN_ERROR, counted
from player.cli.runtime import MANY_FEEDS, profile_of, services_on
from player.core.addresses import means_address
from player.core.directory import DirectoryName, feed_key
from player.core.errors import NotFoundError, ProfileInUseError, SeveralFeedsError
from player.core.feed_links import FeedLink

Facts = dict[str, Any]


def add(options: Namespace) -> int:
    """Subscribe to what is meant; of several feeds, and of podcasts that words find, to the one that is picked."""
    what = " ".join(options.what)
    with profile_of(options) as profile:
        path = opml_path(what)
        if options.directory or (what.strip() and path is None and not means_address(what)):
            names = [DirectoryName(name) for name in options.directory or ("apple",)]
            choices = _search(profile, what, names)
            if options.pick is None:
                _list(choices, as_json=options.json)
                return 0 if choices else 1
            return _tell(_added(profile, _picked(choices, options.pick)["url"]), as_json=options.json)
        try:
            # A path is made whole, since the player may run in another folder.
            facts = _added(profile, str(path.absolute()) if path else what)
        except SeveralFeedsError as error:
            choices = [{"title": each.title, "url": each.url} for each in error.feeds]
            if options.pick is None:
                _list(choices, as_json=options.json)
                raise
            facts = _added(profile, _picked(choices, options.pick)["url"])
        return _tell(facts, as_json=options.json)


def _search(profile: Profile, words: str, names: Sequence[DirectoryName]) -> list[Facts]:
    """What directories find; why one of several found nothing is printed."""
    with open_directories(SettingsStore(profile.settings).value, wall_clock) as directories:
        result = directories.search(words, names)
    with read_catalogue(profile) as catalogue:
        subscribed = {feed_key(each.feed_url): each.feed_url for each in catalogue.podcasts()}
    for problem in result.problems:
        print(f"earmark: {sentence(problem)}", file=sys.stderr)
    if not result.found:
        print(f"Nothing found for “{words}”; try other words, or the address of the feed.", file=sys.stderr)
    return [
        {
            "title": each.title,
            "author": each.author,
            "url": subscribed.get(feed_key(each.url), each.url),
            "episodes": each.episode_count,
            "subscribed": feed_key(each.url) in subscribed,
        }
        for each in result.found
    ]


def _added(profile: Profile, what: str) -> Facts:
    """What was added, or, from a running player, an `error`. Raises KnownError."""
    try:
        with services_on(profile, processes=MANY_FEEDS if opml_path(what) else 0) as services:
            facts = added_facts(services.library, services.adding.add(what).result())
            services.outlines.finish()
            return facts
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
        print(
            json.dumps({"number": number, **choice}, ensure_ascii=False) if as_json else f"{number:>3}  {_line(choice)}"
        )


def _line(choice: Facts) -> str:
    episodes = choice.get("episodes")
    facts = (
        choice.get("author"),
        counted(episodes, "episode") if episodes is not None else "",
        "subscribed" if choice.get("subscribed") else "",
    )
    known = ", ".join(fact for fact in facts if fact)
    title = choice["title"] + (f"  ({known})" if known else "")
    return f"{title}  {choice['url']}".lstrip()


def _tell(facts: Facts, *, as_json: bool) -> int:
    problems = [facts["error"]] if "error" in facts else facts.get("problems", [])
    if as_json and "error" not in facts:
        print(json.dumps(facts, ensure_ascii=False))
    elif "title" in facts:
        print(f"{facts['title']}: {counted(facts['episodes'], 'episode')}")
    elif "added" in facts:
        print(f"{counted(facts['added'], 'podcast')} added, {facts['known']} known before")
    for problem in problems:
        print(f"earmark: {problem}", file=sys.stderr)
    return EXIT_KNOWN_ERROR if problems else 0
