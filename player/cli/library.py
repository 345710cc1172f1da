"""`earmark list`, `episodes` and `get`: the library on a terminal.

Must not know how anything is stored or fetched. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from player.app.compose import read_catalogue
from player.app.home import HeadlessLoop
from player.app.library import Catalogue
from player.app.start import Profile, request
from player.cli.progress import ProgressLine
from player.cli.runtime import profile_of, services_on
from player.core.errors import ProfileInUseError
from player.core.events import DownloadChanged, DownloadProgressed
from player.core.feed_facts import EpisodeFacts
from player.core.model import DownloadState, Episode, EpisodeQuery, Sort, View
from player.core.timecode import format_timecode

EXIT_KNOWN_ERROR = 3
EXIT_INTERRUPTED = 130
_POLL_SECONDS = 0.2
_PAGE = 500
"""So many episodes are read at once."""


def list(options: Namespace) -> int:  # noqa: A001 - named after its command
    """List the podcasts; with the name of a list, or anything that chooses episodes, those of all podcasts."""
    with profile_of(options) as profile, read_catalogue(profile) as catalogue:
        view = _view(options)
        if view is not None:
            return _print_episodes(catalogue, _query(options, EpisodeQuery(view)), options)
        podcasts = catalogue.podcasts()
        for podcast in podcasts:
            problem = f"  ! {podcast.problem}" if podcast.problem else ""
            print(f"{podcast.id:>4}  {podcast.title}  ({counted(podcast.episode_count, 'episode')}){problem}")
        if not podcasts:
            print("No podcast yet; subscribe with “earmark add ADDRESS”.", file=sys.stderr)
            return 1
    return 0


def episodes(options: Namespace) -> int:
    """List the episodes of a podcast, newest first."""
    with profile_of(options) as profile, read_catalogue(profile) as catalogue:
        podcast = catalogue.find_podcast(options.podcast)
        return _print_episodes(catalogue, _query(options, EpisodeQuery(podcast=podcast.id)), options)


def _view(options: Namespace) -> View | None:
    """The view that is to be listed, or None for the podcasts."""
    if options.list is not None:
        return View(options.list.replace("-", "_"))
    chooses = (options.filters, options.sort, options.title, options.limit, options.json)
    return View.ALL if any(chooses) else None


def _query(options: Namespace, query: EpisodeQuery) -> EpisodeQuery:
    sort = Sort(options.sort.replace("-", "_")) if options.sort else Sort.NEWEST
    return replace(query, words=options.title or "", filters=frozenset(options.filters or ()), sort=sort)


def _print_episodes(catalogue: Catalogue, query: EpisodeQuery, options: Namespace) -> int:
    ids = catalogue.episode_ids(query)[: options.limit]
    names_podcast = query.podcast is None
    for first in range(0, len(ids), _PAGE):
        for episode in catalogue.episodes(ids[first : first + _PAGE]):
            facts = json.dumps(_facts(catalogue, episode), ensure_ascii=False) if options.json else ""
            print(facts or _line(episode, names_podcast=names_podcast))
    if not ids:
        print("No episode is in this list.", file=sys.stderr)
    return 0 if ids else 1


def get(options: Namespace) -> int:
    """Download an episode, with its progress on the terminal; Ctrl+C stops it and keeps what has come."""
    with profile_of(options) as profile:
        with read_catalogue(profile) as catalogue:
            episode = catalogue.find_episode(options.episode)
        if episode.download.state is DownloadState.COMPLETE:
            _print_done(episode.download.path, episode.download.problem)
            return 0
        try:
            return _get_here(profile, episode)
        except ProfileInUseError:
            return _get_there(profile, episode)


def _get_here(profile: Profile, episode: Episode) -> int:
    loop = HeadlessLoop()
    line = ProgressLine(episode.title)
    with services_on(profile, loop.home) as services:

        def on_changed(fact: DownloadChanged) -> None:
            done = (DownloadState.COMPLETE, DownloadState.FAILED, DownloadState.PAUSED)
            is_tried_again = services.downloads.again_at(episode.id) is not None
            is_over = is_tried_again or services.library.download(episode.id).state in done
            if fact.id == episode.id and is_over and not services.download_tagging.is_busy:
                loop.quit()

        services.bus.subscribe(DownloadChanged, on_changed)
        services.bus.subscribe(
            DownloadProgressed, lambda fact: line.show(fact.received, fact.total, fact.rate, fact.left)
        )
        loop.home.post(lambda: services.downloads.start(episode.id))
        was_interrupted = loop.run()
        line.end()
        if was_interrupted:
            print("Stopped; what has arrived is kept. The same command goes on with it.", file=sys.stderr)
            return EXIT_INTERRUPTED
        problem = services.downloads.problem(episode.id)
        if problem is not None:
            raise problem
        done = services.library.download(episode.id)
        _print_done(done.path, done.problem)
    return 0


def _get_there(profile: Profile, episode: Episode) -> int:
    """Have the running player download it, and watch."""
    line = ProgressLine(episode.title)
    _asked(profile, "get", episode=episode.id)
    while True:
        answer = _asked(profile, "download", episode=episode.id)
        line.show(answer["received"], answer["total"], answer["rate"], answer["left"])
        if answer["problem"] or answer["state"] not in (DownloadState.WAITING, DownloadState.RUNNING):
            break
        time.sleep(_POLL_SECONDS)
    line.end()
    if answer["state"] != DownloadState.COMPLETE:
        print(f"earmark: {answer['problem'] or 'The download was paused in the player.'}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    _print_done(answer["path"], answer["problem"])
    return 0


def _print_done(path: str | None, remark: str | None) -> None:
    """Where the file is, and beside it what is odd about it."""
    print(path)
    if remark:
        print(f"earmark: {remark}", file=sys.stderr)


def _asked(profile: Profile, command: str, **arguments: Any) -> dict[str, Any]:
    """The running player's answer; a refusal is printed."""
    answer = request(profile, command, **arguments)
    if not answer.get("ok"):
        print(f"earmark: {answer.get('error')}", file=sys.stderr)
    return answer


def _line(episode: Episode, *, names_podcast: bool) -> str:
    published = (
        datetime.fromtimestamp(episode.published / 1000, UTC).strftime("%Y-%m-%d") if episode.published else "—" * 10
    )
    duration = format_timecode(episode.duration) if episode.duration else ""
    chapters = counted(episode.chapter_count, "chapter") if episode.chapter_count else ""
    state = {DownloadState.COMPLETE: "downloaded", DownloadState.NONE: ""}.get(
        episode.download.state, episode.download.state.value
    )
    podcast = episode.podcast_title if names_podcast else ""
    facts = ", ".join(fact for fact in (podcast, duration, chapters, state) if fact)
    return f"{episode.id:>5}  {published}  {episode.title}" + (f"  ({facts})" if facts else "")


def _facts(catalogue: Catalogue, episode: Episode) -> dict[str, Any]:
    """What programs are told of an episode; times in seconds, `published` as in ISO 8601."""
    published = episode.published
    return {
        "id": episode.id,
        "guid": episode.guid,
        "title": episode.title,
        "podcast": episode.podcast_title,
        "published": datetime.fromtimestamp(published / 1000, UTC).isoformat() if published is not None else None,
        "duration": episode.duration / 1000 if episode.duration is not None else None,
        "url": episode.enclosure.url if episode.enclosure else None,
        "state": episode.download.state.value,
        "file": episode.download.path,
        "position": episode.position / 1000,
        "played": episode.is_played,
        "chapters": episode.chapter_count,
        **_said(catalogue.episode_facts(episode.id)),
        "soundbites": [
            {"startTime": each.start / 1000, "duration": each.length / 1000, "title": each.title or episode.title}
            for each in catalogue.soundbites(episode.id)
        ],
        "transcripts": [
            {"url": each.url, "type": each.media_type, "language": each.language, "captions": each.is_captions}
            for each in catalogue.transcripts(episode.id)
        ],
    }


def _said(facts: EpisodeFacts) -> dict[str, Any]:
    """Season, number, kind and persons, where the feed says anything of them."""
    persons = [{"name": each.name, "role": each.role, "url": each.link} for each in facts.persons]
    number = facts.number_words or facts.number
    said = {"season": facts.season, "number": number, "kind": facts.kind, "persons": persons}
    return {name: value for name, value in said.items() if value}


def counted(number: int, word: str) -> str:
    """So many of something: "1 episode", "2 episodes"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
