"""`earmark downloads` and what it can do: list, pause, resume, move, remove, keep and clean, on a terminal.

Must not know how any of it is done. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from typing import Any

from player.app.compose import Services, read_catalogue
from player.app.download_requests import DownloadRequests
from player.app.home import HeadlessLoop
from player.app.start import Profile, request
from player.cli.library import counted
from player.cli.progress import ProgressLine, progress_text
from player.cli.runtime import profile_of, services_on
from player.core.errors import KnownError, ProfileInUseError
from player.core.events import DownloadChanged, DownloadProgressed
from player.core.model import DownloadState, EpisodeId
from player.core.timecode import SECOND, format_timecode

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3
EXIT_INTERRUPTED = 130
_LOOK_SECONDS = 0.1
_MOVING = (DownloadState.RUNNING.value, DownloadState.WAITING.value)


def downloads(options: Namespace) -> int:
    """List what is not finished, in its order; with --watch, until nothing moves any more. 1 when there is nothing."""
    with profile_of(options) as profile:
        answer = _asked(profile, "downloads")
        # Without a player nothing moves: what was on its way waits for the next one.
        if options.watch and not answer.get("is_alone"):
            answer = _watched(profile, answer)
    for each in answer.get("downloads", ()):
        print(json.dumps(_facts(each), ensure_ascii=False) if options.json else _line(each, is_held=answer["held"]))
    if not answer["ok"]:
        return _refused(answer)
    if not answer["downloads"]:
        print("Nothing is being downloaded; begin with “earmark get EPISODE”.", file=sys.stderr)
        return EXIT_NONE
    return 0


def pause(options: Namespace) -> int:
    """Pause one download, or all."""
    return _told(options, "downloads-pause")


def resume(options: Namespace) -> int:
    """Go on with one download, or with all that are paused; without a player it is done here."""
    with profile_of(options) as profile:
        episode = _episode(profile, options.episode)
        try:
            return _fetched_here(profile, episode)
        except ProfileInUseError:
            answer = request(profile, "downloads-resume", episode=episode)
            return 0 if answer["ok"] else _refused(answer)


def move(options: Namespace) -> int:
    """Put a download before others, or behind them."""
    return _told(options, "downloads-move", to=options.to)


def remove(options: Namespace) -> int:
    """Cancel a download, or remove what is downloaded."""
    return _told(options, "downloads-remove")


def keep(options: Namespace) -> int:
    """Keep a download whatever the rules say, or leave it to them again."""
    return _told(options, "downloads-keep", keep=not options.no)


def clean(options: Namespace) -> int:
    """Show what a clean-up would remove; with --yes remove it. 1 when there is nothing."""
    with profile_of(options) as profile:
        answer = _asked(profile, "downloads-clean", keep=options.keep, most_gb=options.most, remove=options.yes)
    if not answer["ok"]:
        return _refused(answer)
    for each in answer["downloads"]:
        words = f"{each['bytes'] / 1e6:8.1f} MB  {each['title']}  ({each['podcast']})"
        print(json.dumps(each, ensure_ascii=False) if options.json else words)
    amount = f"{counted(len(answer['downloads']), 'file')}, {answer['bytes'] / 1e9:.1f} GB"
    if not answer["downloads"]:
        print("There is nothing to remove.", file=sys.stderr)
        return EXIT_NONE
    if options.yes:
        print(f"Removed {amount}.", file=sys.stderr)
    else:
        print(f"Would remove {amount}; nothing was changed. Add --yes to remove them.", file=sys.stderr)
    return 0


def _told(options: Namespace, command: str, **arguments: Any) -> int:
    """Ask for something about one episode, or about all."""
    with profile_of(options) as profile:
        answer = _asked(profile, command, episode=_episode(profile, options.episode), **arguments)
    return 0 if answer["ok"] else _refused(answer)


def _episode(profile: Profile, words: str | None) -> EpisodeId | None:
    if words is None:
        return None
    with read_catalogue(profile) as catalogue:
        return catalogue.find_episode(words).id


def _asked(profile: Profile, command: str, **arguments: Any) -> dict[str, Any]:
    """The answer of the running player, or of services of our own. Raises KnownError."""
    loop = HeadlessLoop()
    try:
        with services_on(profile, loop.home) as services:
            return _answered(services, loop, command, arguments)
    except ProfileInUseError:
        return request(profile, command, **arguments)


def _answered(services: Services, loop: HeadlessLoop, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What services of our own answer, once all that it changed is written. Raises KnownError."""
    answer: dict[str, Any] = {}
    problems: list[KnownError] = []

    def work() -> None:
        # What was on its way when the program ended waits here, but goes nowhere.
        services.downloads.hold(is_held=True)
        services.downloads.go_on()
        try:
            answer.update(DownloadRequests(services).table[command](arguments))
        except KnownError as error:
            problems.append(error)
        if arguments.get("remove") or command == "downloads-remove":
            services.keeping.finish()
        # Behind all that is being written, and behind what is told of it.
        services.jobs.when_done(services.keeping.want((), is_wanted=True), lambda _: loop.home.post(loop.quit))

    loop.home.post(work)
    loop.run()
    for problem in problems:
        raise problem
    return {"ok": True, **answer, "held": False, "is_alone": True}


def _fetched_here(profile: Profile, episode: EpisodeId | None) -> int:
    """Download what is to go on until nothing is left to do, with a line for all of it. Raises ProfileInUseError."""
    loop = HeadlessLoop()
    line = ProgressLine("Downloads")
    with services_on(profile, loop.home) as services:

        def look() -> None:
            is_fetching = any(services.downloads.is_wanted(each) for each in services.downloads.order)
            if not is_fetching and not services.download_tagging.is_busy:
                # Behind all that is told at this moment.
                loop.home.post(loop.quit)

        def begin() -> None:
            DownloadRequests(services).table["downloads-resume"]({"episode": episode})
            services.downloads.go_on()
            services.download_tagging.go_on()
            look()

        services.bus.subscribe(DownloadChanged, lambda _: look())
        services.bus.subscribe(DownloadProgressed, lambda _: _show_all(services, line))
        loop.home.post(begin)
        was_interrupted = loop.run()
        line.end()
        failed = [each for each in services.library.episodes(services.downloads.order) if each.download.problem]
        for each in failed:
            print(f"earmark: {each.title}: {each.download.problem}", file=sys.stderr)
    if was_interrupted:
        print("Stopped; what has arrived is kept. The same command goes on with it.", file=sys.stderr)
        return EXIT_INTERRUPTED
    return EXIT_KNOWN_ERROR if failed else 0


def _show_all(services: Services, line: ProgressLine) -> None:
    running = services.downloads.all_progress()
    totals = [each.total for each in running]
    total = sum(each or 0 for each in totals) if all(totals) else None
    left = max((each.left or 0 for each in running), default=None)
    line.show(sum(each.received for each in running), total, sum(each.rate for each in running), left)


def _watched(profile: Profile, answer: dict[str, Any]) -> dict[str, Any]:
    """Show how the running player's downloads go on, until none moves; the last answer."""
    line = ProgressLine("Downloads")
    while any(each["state"] in _MOVING for each in answer.get("downloads", ())):
        running = [each for each in answer["downloads"] if each["state"] == DownloadState.RUNNING]
        totals = [each["total"] for each in running]
        total = sum(totals) if running and all(totals) else None
        left = max((each["left"] or 0 for each in running), default=None)
        line.show(sum(each["received"] for each in running), total, sum(each["rate"] for each in running), left)
        time.sleep(_LOOK_SECONDS)
        answer = request(profile, "downloads")
    line.end()
    return answer


def _refused(answer: dict[str, Any]) -> int:
    print(f"earmark: {answer.get('error')}", file=sys.stderr)
    return EXIT_KNOWN_ERROR


def _facts(each: dict[str, Any]) -> dict[str, Any]:
    """What programs are told: times in seconds, as elsewhere."""
    return {**each, "left": _seconds(each["left"]), "again_in": _seconds(each["again_in"])}


def _seconds(millis: int | None) -> float | None:
    return None if millis is None else millis / SECOND


def _line(each: dict[str, Any], *, is_held: bool) -> str:
    state, again_in = each["state"], each["again_in"]
    if again_in is not None:
        words = f"tries again in {format_timecode(again_in)}"
    elif is_held and state == DownloadState.WAITING:
        words = "waits for a network that is not metered"
    else:
        words = {"running": "downloads", "waiting": "waits"}.get(state, state)
    facts = [words]
    if each["received"]:
        facts.append(progress_text(each["received"], each["total"], each["rate"], each["left"]))
    if each["problem"]:
        facts.append(each["problem"])
    return f"{each['episode']:>5}  {each['title']}  ({each['podcast']})  {', '.join(facts)}"
