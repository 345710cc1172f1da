"""Rules by which chapters are skipped for their titles, of one podcast or of all, and what a rule would skip.

Must not know where rules are kept, nor that a mark on a single chapter wins over them (`core.skips`). A pattern has no
more than `*` for any text: everybody understands it, and looking for it takes a moment whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from player.core.edits import entries_of
from player.core.model import Chapter, EpisodeId, Millis, PodcastId
from player.core.search_text import SPACELESS, fold, list_name
from player.core.skips import nested_in, skip_spans, skipped_chapters
from player.core.timecode import MINUTE

Scope: TypeAlias = PodcastId | None
"""Whose rules: a podcast's, or (None) those for all."""
LONGEST_WORDS = 200
"""So many characters a rule has at most."""
LONGEST_LIMIT: Millis = 24 * 60 * MINUTE
_SPACELESS = re.compile(f"[{SPACELESS}]")
_ANY = "*"
_EXACTLY = "="


class Match(StrEnum):
    """How the words of a rule are compared with a title. Case, accents and punctuation never count."""

    WORDS = "words"
    """The title has these words, as they stand."""
    TITLE = "title"
    """The title is just this."""
    PATTERN = "pattern"
    """The whole title is like this, with any text for each `*`."""


@dataclass(frozen=True, slots=True)
class SkipRule:
    """Chapters with such titles are skipped, while the rule `is_on`.

    `longest`: only those that last so long at most, with all that is nested in them.
    """

    words: str
    match: Match = Match.WORDS
    longest: Millis | None = None
    is_on: bool = True

    @property
    def is_valid(self) -> bool:
        """Whether it says anything: one letter or digit at least."""
        return bool(_plain(self.words)) and len(self.words) <= LONGEST_WORDS

    def says_the_same_as(self, other: SkipRule) -> bool:
        """Whether both mean the same chapters, whether they are on or not."""
        return (self.words, self.match, self.longest) == (other.words, other.match, other.longest)

    def fits(self, title: str) -> bool:
        """Whether a title is such a one, whether the rule is on or not."""
        found = _plain(title)
        if not found or not self.is_valid:
            return False
        match self.match:
            case Match.TITLE:
                return found == _plain(self.words)
            case Match.WORDS:
                return _has_words(found, _plain(self.words))
            case Match.PATTERN:
                return _is_like(found, self.words)


@dataclass(frozen=True, slots=True)
class Sample:
    """An episode on which a rule is tried."""

    episode: EpisodeId
    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chapter that a rule would skip, with all that is nested in it, and how long that lasts."""

    sample: Sample
    chapter: Chapter
    length: Millis


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would skip in `tried` episodes."""

    hits: tuple[Hit, ...]
    tried: int

    @property
    def episodes(self) -> int:
        """In how many of them it would skip anything."""
        return len({each.sample.episode for each in self.hits})

    @property
    def length(self) -> Millis:
        """How much it would skip in all."""
        return sum(each.length for each in self.hits)


def ruled(rules: Iterable[SkipRule], chapters: Sequence[Chapter]) -> frozenset[int]:
    """The chapters, by index, that rules name: not those that are skipped because they are nested in such a one.

    A limit looks at what would be skipped; what has no length yet, as the last chapter of an episode whose length is
    not known, is within none.
    """
    found: set[int] = set()
    for rule in rules:
        if rule.is_on:
            fitting = (index for index, each in enumerate(chapters) if index not in found and rule.fits(each.title))
            found.update(index for index in fitting if _is_within(rule.longest, chapters, index))
    return frozenset(found)


def tried(rule: SkipRule, samples: Sequence[Sample]) -> Trial:
    """What a rule would skip if it were on, and the only one."""
    alone = SkipRule(rule.words, rule.match, rule.longest)
    hits: list[Hit] = []
    for sample in samples:
        chapters = sample.chapters
        named = ruled([alone], chapters)
        skipped = skipped_chapters((), entries_of(chapters, chapters), named)
        # Of those with one start, the first is the one that the others are nested in.
        starts = {chapters[index].start: chapters[index] for index in sorted(skipped, reverse=True)}
        hits += [Hit(sample, starts[start], end - start) for start, end in skip_spans(chapters, skipped)]
    return Trial(tuple(hits), len(samples))


def rule_words(rule: SkipRule) -> str:
    """What a rule looks for, as the command line writes it: sponsor, =Intro, *ad break*."""
    return f"{_EXACTLY}{rule.words}" if rule.match is Match.TITLE else rule.words


def rule_meant(text: str, longest: Millis | None = None) -> SkipRule:
    """The rule that `text` means: a title behind `=`, else a pattern if it has `*`, else words. Raises ValueError."""
    match = Match.TITLE if text.startswith(_EXACTLY) else Match.PATTERN if _ANY in text else Match.WORDS
    rule = SkipRule(text.removeprefix(_EXACTLY).strip() if match is Match.TITLE else text.strip(), match, longest)
    if not rule.is_valid or not (longest is None or 0 < longest <= LONGEST_LIMIT):
        raise ValueError(text)
    return rule


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text as it is compared: each title is asked of by every rule, and each rule by every title."""
    return list_name(text)


def _has_words(title: str, words: str) -> bool:
    """Whether words stand in a folded title, none of them as a part of another one where a script has spaces."""
    place = title.find(words)
    while place >= 0:
        end = place + len(words)
        if _is_border(title[place - 1 : place], words[0]) and _is_border(title[end : end + 1], words[-1]):
            return True
        place = title.find(words, place + 1)
    return False


def _is_border(beside: str, edge: str) -> bool:
    return beside in ("", " ") or _SPACELESS.match(edge) is not None


def _is_like(title: str, pattern: str) -> bool:
    """Whether a folded title is like a pattern; each part is looked for once, from left to right."""
    parts = [_folded(part) for part in pattern.split(_ANY)]
    first, *rest = parts
    if not rest:
        return title == first.strip()
    # With a space at both ends, so that a part that asks for one beside a word finds it there.
    title = f" {title} "
    first, last = first.lstrip(), rest.pop().rstrip()
    first, last = f" {first}" if first else "", f"{last} " if last else ""
    # One space may end a part and begin the next one.
    place, end = len(first.rstrip()), len(title) - len(last.lstrip())
    if not title.startswith(first) or not title.endswith(last) or place > end:
        return False
    for part in rest:
        found = title.find(part, place, end + part.endswith(" "))
        if found < 0:
            return False
        place = found + len(part.rstrip())
    return True


def _folded(part: str) -> str:
    """A part of a pattern as `list_name` has it, but for spaces at its ends, which say that a word ends there."""
    folded = fold(part)
    inside = " ".join(folded.split())
    if not inside:
        return ""
    return f"{' ' * folded[0].isspace()}{inside}{' ' * folded[-1].isspace()}"


def _is_within(longest: Millis | None, chapters: Sequence[Chapter], index: int) -> bool:
    if longest is None:
        return True
    section = nested_in(chapters, index)
    return 0 < chapters[section[-1]].end - chapters[index].start <= longest
