"""`earmark transcript`: what is said in an episode, on a terminal.

Must not know how a transcript is fetched or read. Where a player has the profile open, what is fetched is not kept.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.compose import reader_of
from player.app.library import Catalogue
from player.app.start import Profile
from player.app.transcripts import HeardTranscript, fetched_beside, problem_with, read_heard
from player.cli.runtime import profile_of, services_on
from player.core.errors import KnownError, ProfileInUseError
from player.core.model import Episode, Millis
from player.core.timecode import format_timecode
from player.core.transcript import Segment, paragraphs

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3


def transcript(options: Namespace) -> int:
    """Print the transcript. 1 when the feed names none, 3 when none can be read."""
    with profile_of(options) as profile:
        with reader_of(profile) as reader:
            catalogue = Catalogue(reader)
            episode = catalogue.find_episode(options.episode)
            if not catalogue.transcripts(episode.id):
                print(f"earmark: The feed names no transcript of “{episode.title}”.", file=sys.stderr)
                return EXIT_NONE
        try:
            found, problem = _from_services(profile, episode)
        except ProfileInUseError:
            found, problem = _beside(profile, episode)
    if found is None:
        print(f"earmark: {problem}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    _print(found, options)
    return 0


def _from_services(profile: Profile, episode: Episode) -> tuple[HeardTranscript | None, str | None]:
    with services_on(profile) as services:
        asked = services.transcripts.want(episode.id)
        if asked is not None:
            asked.result()
        return services.transcripts.load(episode.id).result(), services.transcripts.problem(episode.id)


def _beside(profile: Profile, episode: Episode) -> tuple[HeardTranscript | None, str | None]:
    """What a running player has kept, or else what is fetched for this once."""
    with reader_of(profile) as reader:
        try:
            kept = read_heard(reader, episode.id)
            return kept or fetched_beside(reader, episode.id), None
        except KnownError as error:
            return None, problem_with(error)


def _print(found: HeardTranscript, options: Namespace) -> None:
    segments, starts = found.transcript.segments, found.starts
    if options.json:
        rows = [_facts(each, starts[number] if starts else None) for number, each in enumerate(segments)]
        print(json.dumps({"version": "1.0.0", "segments": rows}, ensure_ascii=False, indent=1))
        return
    for part in paragraphs(found.transcript, starts, [each.start for each in found.chapters]):
        if part.chapter is not None and not options.text:
            print(f"# {found.chapters[part.chapter].title}\n")
        words = " ".join(each.text for each in segments[part.first : part.stop])
        print(f"{_head(part.speaker, starts[part.first] if starts and not options.text else None)}{words}\n")


def _facts(segment: Segment, start: Millis | None) -> dict[str, Any]:
    """A segment as in the JSON of Podcasting 2.0."""
    length = segment.end - segment.start if segment.end is not None and segment.start is not None else None
    facts = {
        "speaker": segment.speaker or None,
        "startTime": None if start is None else start / 1000,
        "endTime": None if start is None or length is None else (start + length) / 1000,
        "body": segment.text,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _head(speaker: str, start: Millis | None) -> str:
    time = f"[{format_timecode(start)}] " if start is not None else ""
    return f"{time}{speaker}: " if speaker else time
