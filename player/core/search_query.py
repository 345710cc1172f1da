"""What the listener typed into the search, as words to find; where they stand in a text; and which text fits best.

Must not know where the texts are kept.

The rule: every word must be there, whole; the last one, unless quotes end it, may also be the beginning of a word. What
stands in quotes, and what a sign such as a hyphen joins, must follow each other. Case and accents do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from player.core.model import EpochMillis, TextSpan
from player.core.search_text import SPACELESS, fold, fold_with_places, pairs

_LONGEST = 200
"""How many characters of what was typed count."""
_MOST_WORDS = 12
_YEAR = 365.25 * 86_400_000
_EXCERPT = 90
"""About how many characters of a long text are shown around a word."""

_PART = re.compile(r'"([^"]*)("?)|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_SPACELESS = re.compile(f"[{SPACELESS}]")
_PIECE = re.compile(rf"[{SPACELESS}]+|[^ {SPACELESS}]+")


@dataclass(frozen=True)
class Term:
    """Words that must follow each other, folded: each one word, or a run of a script without spaces.

    With `is_open` the last one may be the beginning of a word.
    """

    pieces: tuple[str, ...]
    is_open: bool

    @property
    def tokens(self) -> list[tuple[str, bool]]:
        """What the index must hold of it, and of each whether a beginning is enough."""
        found: list[tuple[str, bool]] = []
        for number, piece in enumerate(self.pieces, 1):
            if not _is_spaceless(piece):
                found.append((piece, self.is_open and number == len(self.pieces)))
            elif len(piece) == 1:
                found.append((piece, True))
            else:
                found += [(pair, False) for pair in pairs(piece)[:-1]]
        return found

    @cached_property
    def plain(self) -> re.Pattern[str]:
        """Finds the term in a folded text that has spaces between all its words."""
        return self._pattern("[^ ]")

    @cached_property
    def mixed(self) -> re.Pattern[str]:
        """Finds the term in any folded text; takes some milliseconds to make."""
        return self._pattern(f"[^ {SPACELESS}]")

    def _pattern(self, letter: str) -> re.Pattern[str]:
        parts: list[str] = []
        for number, piece in enumerate(self.pieces, 1):
            if _is_spaceless(piece):
                parts.append(re.escape(piece))
                continue
            end = "" if self.is_open and number == len(self.pieces) else f"(?!{letter})"
            parts.append(f"(?<!{letter}){re.escape(piece)}{end}")
        return re.compile(" *".join(parts))


@dataclass(frozen=True)
class Query:
    """The words to find. Without terms it finds nothing."""

    terms: tuple[Term, ...]

    @property
    def expression(self) -> str:
        """The words as a MATCH expression of SQLite's FTS5: quoted strings of letters and digits, joined by AND."""
        return " AND ".join(f'"{token}"{" *" if is_open else ""}' for token, is_open in self.tokens)

    @property
    def tokens(self) -> list[tuple[str, bool]]:
        """What the index must hold, and of each whether a beginning is enough."""
        return [token for term in self.terms for token in term.tokens][:_MOST_WORDS]

    @property
    def for_long_texts(self) -> Query:
        """The query with a last word that must be whole where it is shorter than five letters."""
        last = self.terms[-1]
        if not last.is_open or len(last.pieces[-1]) > 4 or _is_spaceless(last.pieces[-1]):
            return self
        return Query((*self.terms[:-1], Term(last.pieces, is_open=False)))

    def spans(self, text: str) -> tuple[TextSpan, ...] | None:
        """Where the words stand in `text`, in rising order and apart from each other; None unless all are there."""
        if self._is_surely_not_in(text):
            return None
        folded = fold(text)
        # Most texts that are asked do not have the words: where their characters stand is not worked out for these.
        patterns = self._patterns_for(folded)
        if any(pattern.search(folded) is None for pattern in patterns):
            return None
        places: Sequence[int] = range(len(text))
        if not text.isascii():
            folded, places = fold_with_places(text)
        matches = (match for pattern in patterns for match in pattern.finditer(folded))
        found = [(places[match.start()], places[match.end() - 1] + 1) for match in matches]
        return _joined(found)

    def is_in(self, text: str) -> bool:
        """Whether all words are in `text`; quicker than where they are."""
        if self._is_surely_not_in(text):
            return False
        folded = fold(text)
        return all(pattern.search(folded) is not None for pattern in self._patterns_for(folded))

    def closeness(self, title: str) -> float | None:
        """How well a title fits the words, from 0 to 4; None unless it has all of them.

        2 where it is the words and nothing else, 1 where it begins with them; 1 where the last word is whole; and the
        share of the title that the words are, as a short title is more about them than a long one.
        """
        if self._is_surely_not_in(title):
            return None
        folded = fold(title)
        if any(pattern.search(folded) is None for pattern in self._patterns_for(folded)):
            return None
        if "  " in folded:
            folded = " ".join(folded.split())
        words = self._words
        is_whole = self._patterns_for(folded, self._last_whole)[0].search(folded) is not None
        place = (1 + (len(folded.strip()) == len(words))) if folded.startswith(words) else 0
        return place + is_whole + min(1.0, len(words) / len(folded))

    def _is_surely_not_in(self, text: str) -> bool:
        """Of texts in ASCII, which fold to small letters and spaces, most that have not all words are known quickly."""
        if not text.isascii():
            return False
        small = text.lower()
        return not all(map(small.__contains__, self._pieces))

    def _patterns_for(self, folded: str, terms: tuple[Term, ...] | None = None) -> list[re.Pattern[str]]:
        terms = self.terms if terms is None else terms
        if folded.isascii() or _SPACELESS.search(folded) is None:
            return [term.plain for term in terms]
        return [term.mixed for term in terms]

    @cached_property
    def _pieces(self) -> tuple[str, ...]:
        return tuple(piece for term in self.terms for piece in term.pieces)

    @cached_property
    def _words(self) -> str:
        return " ".join(self._pieces)

    @cached_property
    def _last_whole(self) -> tuple[Term, ...]:
        return (Term(self.terms[-1].pieces, is_open=False),)


def read_query(typed: str) -> Query:
    """The query that `typed` means. There is nothing that cannot be read: signs that mean nothing are left out."""
    text = typed.translate(_QUOTES)[:_LONGEST]
    found: list[tuple[tuple[str, ...], bool]] = []
    for quoted, closing, word in _PART.findall(text):
        pieces = tuple(_PIECE.findall(fold(word or quoted)))
        if pieces:
            found.append((pieces, bool(closing)))
    found = found[:_MOST_WORDS]
    return Query(
        tuple(Term(pieces, number == len(found) and not closed) for number, (pieces, closed) in enumerate(found, 1))
    )


def recency(published: EpochMillis, now: EpochMillis) -> float:
    """How new an episode is: 1 today, 1/2 after a year, 1/3 after two."""
    return 1 / (1 + max(0, now - published) / _YEAR)


def excerpt(text: str, spans: tuple[TextSpan, ...]) -> tuple[str, tuple[TextSpan, ...]]:
    """The part of a long text around the first span, cut between words, and the spans in it."""
    first = spans[0][0]
    start = 0 if first < _EXCERPT // 3 else text.rfind(" ", 0, first - _EXCERPT // 4) + 1
    # A script without spaces is cut anywhere.
    start = start if first - start <= _EXCERPT // 2 else first - _EXCERPT // 4
    stop = min(len(text), max(start + _EXCERPT, spans[0][1]))
    opening, closing = "…" if start else "", "…" if stop < len(text) else ""
    move = len(opening) - start
    inside = tuple((begin + move, end + move) for begin, end in spans if end <= stop)
    return f"{opening}{text[start:stop]}{closing}", inside


def _is_spaceless(piece: str) -> bool:
    return _SPACELESS.match(piece) is not None


def _joined(spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    joined: list[TextSpan] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return tuple(joined)
