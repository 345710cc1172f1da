"""`earmark queue`, `queue add` and `queue remove`: what is played next, on a terminal.

Must not know how it is kept or played. Where a player has the profile open, it makes the changes.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.compose import read_catalogue
from player.app.library import Catalogue
from player.app.on_deck import resume_at
from player.app.start import request
from player.cli.runtime import profile_of, services_on
from player.core.errors import NotFoundError, ProfileInUseError
from player.core.model import Episode, Millis
from player.core.play_queue import QueueEntry, length_of
from player.core.timecode import format_timecode

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3


def queue(options: Namespace) -> int:
    """List the entries, the next one first. 1 when there are none."""
    with profile_of(options) as profile, read_catalogue(profile) as catalogue:
        entries = _entries(catalogue)
    width = len(str(len(entries)))
    for entry in entries:
        print(json.dumps(_facts(*entry), ensure_ascii=False) if options.json else _line(*entry, width))
    if not entries:
        print("The queue is empty; add to it with “earmark queue add EPISODE”.", file=sys.stderr)
        return EXIT_NONE
    return 0


def add(options: Namespace) -> int:
    """Queue an episode or a chapter, and say where it stands."""
    with profile_of(options) as profile:
        with read_catalogue(profile) as catalogue:
            episode = catalogue.find_episode(options.episode)
        try:
            with services_on(profile) as services:
                piece = services.queue.piece_meant(episode.id, options.chapter)
                (services.queue.add_next if options.next else services.queue.add)(piece).result()
                title, number = piece.title, (services.queue.queue.place_of(piece) or 0) + 1
        except ProfileInUseError:
            arguments = {"episode": episode.id, "chapter": options.chapter, "next": options.next}
            answer = request(profile, "queue-add", **arguments)
            if not answer.get("ok"):
                return _refused(answer)
            title, number = answer["title"], answer["number"]
        print(f"{number}  {title or episode.title}")
    return 0


def remove(options: Namespace) -> int:
    """Take the entry with a number out of the queue."""
    with profile_of(options) as profile:
        try:
            with services_on(profile) as services:
                entries = services.queue.queue.entries
                if not 0 < options.number <= len(entries):
                    raise NotFoundError("entry of the queue", str(options.number))
                services.queue.remove([entries[options.number - 1].id]).result()
        except ProfileInUseError:
            answer = request(profile, "queue-remove", number=options.number)
            if not answer.get("ok"):
                return _refused(answer)
    return 0


def _refused(answer: dict[str, Any]) -> int:
    print(f"earmark: {answer.get('error')}", file=sys.stderr)
    return EXIT_KNOWN_ERROR


def _entries(catalogue: Catalogue) -> list[tuple[int, QueueEntry, Episode, Millis | None]]:
    """The entries with their numbers and episodes, and how long they are to be heard."""
    entries = catalogue.queue()
    episodes = {each.id: each for each in catalogue.episodes([each.episode for each in entries])}
    present = [each for each in entries if each.episode in episodes]
    skips = catalogue.skips(episodes)

    def length(entry: QueueEntry, episode: Episode) -> Millis | None:
        return length_of(entry, episode.duration, resume_at(episode), skips.get(episode.id, ()))

    found = [(each, episodes[each.episode]) for each in present]
    return [(number, *each, length(*each)) for number, each in enumerate(found, start=1)]


def _facts(number: int, entry: QueueEntry, episode: Episode, length: Millis | None) -> dict[str, Any]:
    """What programs are told of an entry; times in seconds, as with the episodes of a podcast."""
    return {
        "number": number,
        "episode": episode.id,
        "podcast": episode.podcast_title,
        "title": episode.title,
        "chapter": entry.title if entry.is_chapter else None,
        "startTime": _seconds(entry.start),
        "endTime": _seconds(entry.stop),
        "duration": _seconds(length),
    }


def _seconds(millis: Millis | None) -> float | None:
    return None if millis is None else millis / 1000


def _line(number: int, entry: QueueEntry, episode: Episode, length: Millis | None, width: int) -> str:
    facts = [episode.podcast_title]
    if entry.start is not None:
        stop = "end" if entry.stop is None else format_timecode(entry.stop)
        facts += [episode.title, f"{format_timecode(entry.start)}–{stop}"]
    if length is not None:
        facts.append(format_timecode(length))
    return f"{number:>{width}}  {entry.title or episode.title}  ({', '.join(facts)})"
