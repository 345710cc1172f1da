"""What the go-to box finds: places of the open episode, then chapters, episodes and podcasts of the library.

Must not know a widget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from player.core.model import Chapter, EpisodeId, Found, FoundKind, Millis, PodcastId
from player.core.session import PlaybackState
from player.core.timecode import format_timecode, parse_timecode
from player.ui.chapter_model import title_of
from player.ui.texts import join_facts, translate

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")
_STEP = re.compile(r"([+\-−])\s*(\S+)")
_LONGEST = 60
"""How many hits are shown at most."""


class TargetKind(Enum):
    """What a target leads to."""

    TIME = auto()
    CHAPTER = auto()
    EPISODE = auto()
    PODCAST = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the go-to box. `index` is a chapter's place in the open episode, `start` a position."""

    kind: TargetKind
    title: str
    detail: str
    episode: EpisodeId | None = None
    podcast: PodcastId | None = None
    index: int | None = None
    start: Millis | None = None


def place_of(words: str, position: Millis, duration: Millis | None) -> Millis | None:
    """The position that `words` mean: `1:08:52`, `90s`, `+5m`, `-30s` (from `position`) or `72%`; else None.

    Plain numbers mean nothing: they are looked for in titles ("459").
    """
    words = words.strip()
    if match := _PERCENT.fullmatch(words):
        share = float(match[1].replace(",", ".")) / 100
        return round(duration * share) if duration and share <= 1 else None
    if match := _STEP.fullmatch(words):
        step = parse_timecode(match[2])
        if step is None:
            return None
        place = position + step if match[1] == "+" else position - step
    elif words.isdecimal():
        return None
    else:
        found = parse_timecode(words)
        if found is None:
            return None
        place = found
    if duration is not None and place > duration:
        return None if not words.startswith("+") else duration
    return max(0, place)


def targets(words: str, state: PlaybackState, position: Millis, hits: Sequence[Found]) -> list[Target]:
    """All that `words` may mean, the likeliest first: a time, the open episode's chapters, then the library's hits."""
    found: list[Target] = []
    if state.episode is not None:
        place = place_of(words, position, state.duration)
        if place is not None:
            detail = join_facts(_chapter_title(state.chapters, place), translate("goto", "in this episode"))
            found.append(Target(TargetKind.TIME, format_timecode(place), detail, state.episode, start=place))
        found += _chapters(words, state)
    here = {(each.episode, each.start) for each in found if each.kind is TargetKind.CHAPTER}
    for each in map(_from_hit, hits):
        if each.kind is not TargetKind.CHAPTER or (each.episode, each.start) not in here:
            found.append(each)
    return found[:_LONGEST]


def _chapters(words: str, state: PlaybackState) -> list[Target]:
    wanted = words.casefold().split()
    matching = [
        Target(
            TargetKind.CHAPTER,
            title_of(chapter, index),
            format_timecode(chapter.start),
            state.episode,
            index=index,
            start=chapter.start,
        )
        for index, chapter in enumerate(state.chapters)
        if all(word in chapter.title.casefold() for word in wanted)
    ]
    begins = " ".join(wanted)
    return sorted(matching, key=lambda target: not target.title.casefold().startswith(begins))


def _chapter_title(chapters: Sequence[Chapter], place: Millis) -> str:
    reached = [chapter.title for chapter in chapters if chapter.start <= place]
    return reached[-1] if reached else ""


def _from_hit(hit: Found) -> Target:
    kind = {
        FoundKind.CHAPTER: TargetKind.CHAPTER,
        FoundKind.EPISODE: TargetKind.EPISODE,
        FoundKind.NOTES: TargetKind.EPISODE,
        FoundKind.PODCAST: TargetKind.PODCAST,
    }[hit.kind]
    return Target(kind, hit.title, hit.detail, hit.episode, hit.podcast, start=hit.start)
