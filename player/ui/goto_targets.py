"""What the go-to box finds: places of the open episode, then chapters, episodes and podcasts of the library.

Must not know a widget.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from player.core.model import Chapter, EpisodeId, Found, FoundKind, Millis, PodcastId, TextSpan
from player.core.search_query import read_query
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
    BOOKMARK = auto()
    EPISODE = auto()
    NOTES = auto()
    PODCAST = auto()
    SEARCH = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A line of the go-to box. `index` is a chapter's place in the open episode, `start` a position.

    `spans` are the words in the title, in what leads to all results those that are searched for. `heading` is what the
    lines from here on are, where a group of them begins.
    """

    kind: TargetKind
    title: str
    detail: str
    episode: EpisodeId | None = None
    podcast: PodcastId | None = None
    index: int | None = None
    start: Millis | None = None
    spans: tuple[TextSpan, ...] = ()
    heading: str = ""


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
    """All that `words` may mean: a time, the open episode's chapters, then the library's `hits` in groups."""
    found: list[Target] = []
    if state.episode is not None:
        place = place_of(words, position, state.duration)
        if place is not None:
            detail = join_facts(_chapter_title(state.chapters, place), translate("goto", "in this episode"))
            found.append(Target(TargetKind.TIME, format_timecode(place), detail, state.episode, start=place))
        found += _chapters(words, state)
    here = {(each.episode, each.start) for each in found if each.kind is TargetKind.CHAPTER}
    for each in map(target_of, hits):
        if each.kind is not TargetKind.CHAPTER or (each.episode, each.start) not in here:
            found.append(each)
    return _with_headings(found[:_LONGEST]) if words.strip() else found[:_LONGEST]


def all_results(words: str) -> Target:
    """What leads to all that has `words`."""
    words = words.strip()
    before, after = translate("goto", "All results for “{words}”").split("{words}")
    spans = ((len(before), len(before) + len(words)),)
    return Target(TargetKind.SEARCH, f"{before}{words}{after}", translate("goto", "Ctrl+Enter"), spans=spans)


def target_of(hit: Found) -> Target:
    """Where a hit leads."""
    kind = {
        FoundKind.CHAPTER: TargetKind.CHAPTER,
        FoundKind.BOOKMARK: TargetKind.BOOKMARK,
        FoundKind.EPISODE: TargetKind.EPISODE,
        FoundKind.NOTES: TargetKind.NOTES,
        FoundKind.PODCAST: TargetKind.PODCAST,
    }[hit.kind]
    return Target(kind, hit.title, hit.detail, hit.episode, hit.podcast, start=hit.start, spans=hit.spans)


def _with_headings(found: Sequence[Target]) -> list[Target]:
    """The groups are named where the library's hits are among them."""
    groups = [_group(each) for each in found]
    first = {group: groups.index(group) for group in groups}
    return [
        replace(each, heading=group) if first[group] == place else each
        for place, (each, group) in enumerate(zip(found, groups, strict=True))
    ]


def _group(target: Target) -> str:
    match target.kind:
        case TargetKind.TIME | TargetKind.SEARCH:
            return ""
        case TargetKind.CHAPTER if target.index is not None:
            return translate("goto", "In this episode")
        case TargetKind.CHAPTER:
            return translate("goto", "Chapters")
        case TargetKind.BOOKMARK:
            return translate("goto", "Bookmarks")
        case TargetKind.EPISODE:
            return translate("goto", "Episodes")
        case TargetKind.NOTES:
            return translate("goto", "Notes")
        case TargetKind.PODCAST:
            return translate("goto", "Podcasts")


def _chapters(words: str, state: PlaybackState) -> list[Target]:
    wanted = words.casefold().split()
    query = read_query(words)
    matching = [
        Target(
            TargetKind.CHAPTER,
            title_of(chapter, index),
            format_timecode(chapter.start),
            state.episode,
            index=index,
            start=chapter.start,
            spans=query.spans(title_of(chapter, index)) or (),
        )
        for index, chapter in enumerate(state.chapters)
        if all(word in chapter.title.casefold() for word in wanted)
    ]
    begins = " ".join(wanted)
    return sorted(matching, key=lambda target: not target.title.casefold().startswith(begins))


def _chapter_title(chapters: Sequence[Chapter], place: Millis) -> str:
    reached = [chapter.title for chapter in chapters if chapter.start <= place]
    return reached[-1] if reached else ""
