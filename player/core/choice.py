"""Which of several lists of chapters is shown, and why: an order of trust, which a list that tells too little loses.

Must not know how lists are read or stored, nor how the reason is worded (`app.chapter_words`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from player.core.model import Chapter, ChapterList, ChapterSource, Millis

TRUST = (
    ChapterSource.LISTENER,
    ChapterSource.FILE,
    ChapterSource.SIDE_FILE,
    ChapterSource.DOCUMENT,
    ChapterSource.PODLOVE,
    ChapterSource.OUTLINE,
)
"""The sources, the most trusted first: the listener knows best, and the file knows which advertisements are in it."""

AGREEMENT: Millis = 2000
"""Starts of two lists that are not further apart than this mean the same place."""
PARTNERS = 0.8
"""The part of the shorter list that must have such a partner before two lists speak of the same chapters."""

_LEAD = 0.3
"""How much more plausible a less trusted list must be to be taken."""
_LEAST = 0.25
"""How plausible a list must be for a preference that the listener stated for the whole podcast."""
_FULLER = 1.5
"""How many times more chapters a list must have that holds those of the more trusted one and is taken for that."""
_EARLY = 0.5
"""The part of the episode behind which the last start should lie."""
_MADE_UP_TITLE = re.compile(r"(?:chapter|kapitel|chapitre|track|marker|section|part|ch)?\W*\d*", re.IGNORECASE)


class Why(StrEnum):
    """What decided for a list."""

    OWN = "own"
    """The listener pasted it."""
    EDITED = "edited"
    """The listener changed chapters of it."""
    ASKED = "asked"
    """The listener asked for it, for this episode."""
    PREFERRED = "preferred"
    """The listener prefers its source, for the whole podcast."""
    TRUSTED = "trusted"
    """No other source that has a list is trusted more."""
    BETTER = "better"
    """A more trusted list tells too little."""


class Flaw(StrEnum):
    """What a list that is passed over lacks the most."""

    SINGLE = "single"
    UNTITLED = "untitled"
    PAST_THE_END = "past_the_end"
    CROWDED = "crowded"
    """Many of its chapters start at the same time."""
    EARLY = "early"
    """All its chapters start in the first part of the episode."""
    SHORTER = "shorter"
    """The list that is taken has its chapters and many more."""


@dataclass(frozen=True, slots=True)
class ChoiceReason:
    """Why a list is shown: with `Why.BETTER`, `instead_of` names the more trusted source and `flaw` what it lacks."""

    why: Why
    instead_of: ChapterSource | None = None
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The list that is shown, the others in the order of trust, and the reason."""

    chosen: ChapterList
    others: tuple[ChapterList, ...]
    reason: ChoiceReason


@dataclass(frozen=True, slots=True)
class Plausibility:
    """How much a list tells, from 0 (nothing) to 1, and what it lacks the most, if anything."""

    score: float
    flaw: Flaw | None


def choose(
    lists: Iterable[ChapterList],
    duration: Millis | None,
    preference: ChapterSource | None = None,
    *,
    asked: ChapterSource | None = None,
    edited: ChapterSource | None = None,
) -> Choice | None:
    """Choose one of the lists that have chapters; None when no list has any. One list a source.

    In this order: the source that the listener `asked` for in this episode, the listener's own list, the list that the
    listener changed (`edited`), the source that the listener has a `preference` for in the whole podcast where
    its list tells anything, and then the order of `TRUST`. There a list gives way to a less trusted one that is
    much more plausible, or that has nearly all of its starts and half as many chapters more.
    """
    known = {each.source: each for each in lists if each.chapters}
    ranked = [known[source] for source in TRUST if source in known]
    if not ranked:
        return None
    chosen, reason = _decide(ranked, known, duration, preference, asked, edited)
    return Choice(chosen, tuple(each for each in ranked if each is not chosen), reason)


def _decide(
    ranked: Sequence[ChapterList],
    known: dict[ChapterSource, ChapterList],
    duration: Millis | None,
    preference: ChapterSource | None,
    asked: ChapterSource | None,
    edited: ChapterSource | None,
) -> tuple[ChapterList, ChoiceReason]:
    if asked in known:
        return known[asked], ChoiceReason(Why.ASKED)
    if ChapterSource.LISTENER in known:
        return known[ChapterSource.LISTENER], ChoiceReason(Why.OWN)
    if edited in known:
        return known[edited], ChoiceReason(Why.EDITED)
    if preference in known and plausibility(known[preference].chapters, duration).score > _LEAST:
        return known[preference], ChoiceReason(Why.PREFERRED)
    first = chosen = ranked[0]
    reason = ChoiceReason(Why.TRUSTED)
    for rival in ranked[1:]:
        flaw = _why_better(rival, chosen, duration)
        if flaw is not None:
            chosen, reason = rival, ChoiceReason(Why.BETTER, first.source, reason.flaw or flaw)
    return chosen, reason


def _why_better(rival: ChapterList, chosen: ChapterList, duration: Millis | None) -> Flaw | None:
    """What `chosen` lacks so much that the less trusted `rival` is taken, or None."""
    ours, theirs = plausibility(chosen.chapters, duration), plausibility(rival.chapters, duration)
    if theirs.score > ours.score + _LEAD:
        return ours.flaw
    is_fuller = len(rival.chapters) >= _FULLER * len(chosen.chapters) and theirs.score + _LEAD / 2 > ours.score
    if is_fuller and len(partners(chosen.chapters, rival.chapters)) >= PARTNERS * len(chosen.chapters):
        return Flaw.SHORTER
    return None


def plausibility(chapters: Sequence[Chapter], duration: Millis | None) -> Plausibility:
    """Judge a list by its count, its titles, and where its starts lie.

    The score is a product: one chapter alone says next to nothing; titles count as far as they are real and differ;
    starts count as far as they lie inside the episode and apart from each other; and a list whose last start lies
    before the middle of the episode loses up to a third. The flaw is the factor that costs the most.
    """
    count = len(chapters)
    if not count:
        return Plausibility(0.0, Flaw.SINGLE)
    factors = {Flaw.SINGLE: 0.2 if count == 1 else 0.9 if count == 2 else 1.0, Flaw.UNTITLED: _titled(chapters)}
    apart = sum(two.start > one.start or two.level > one.level for one, two in itertools.pairwise(chapters))
    factors[Flaw.CROWDED] = (1 + apart) / count
    if duration:
        factors[Flaw.PAST_THE_END] = sum(chapter.start < duration for chapter in chapters) / count
        reach = min(1.0, chapters[-1].start / duration)
        factors[Flaw.EARLY] = min(1.0, 2 / 3 + reach / (3 * _EARLY))
    score = 1.0
    for factor in factors.values():
        score *= factor
    worst = min(factors, key=lambda flaw: factors[flaw])
    return Plausibility(score, worst if factors[worst] < 1 else None)


def _titled(chapters: Sequence[Chapter]) -> float:
    """The part of the titles that are real ones, each counted once. All alike, they say nothing."""
    real = {chapter.title.strip().casefold() for chapter in chapters if not is_made_up(chapter.title)}
    return 0.0 if len(real) == 1 < len(chapters) else len(real) / len(chapters)


def is_made_up(title: str) -> bool:
    """Whether a title is empty, or one that a program gives: "Chapter 7", "Marker 01", "3"."""
    return _MADE_UP_TITLE.fullmatch(title.strip()) is not None


def partners(ours: Sequence[Chapter], theirs: Sequence[Chapter]) -> list[tuple[int, int]]:
    """The pairs of indexes of chapters whose starts agree within `AGREEMENT`, each chapter in one pair at most.

    Both lists rise; of several that would do, the nearest that is free is taken, the earlier of equals.
    """
    pairs = []
    first = 0
    for index, chapter in enumerate(ours):
        while first < len(theirs) and theirs[first].start < chapter.start - AGREEMENT:
            first += 1
        last = first
        while last < len(theirs) and theirs[last].start <= chapter.start + AGREEMENT:
            last += 1
        if first < last:
            distances = [abs(theirs[at].start - chapter.start) for at in range(first, last)]
            best = first + distances.index(min(distances))
            pairs.append((index, best))
            first = best + 1
    return pairs
