"""The fields of JSON objects, each of the kind that is asked for, or an error that says which one is not, and where.

Must not know what a document is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

from player.core.errors import DocumentError
from player.core.phrases import Phrase

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_LARGEST = 1 << 53
"""Whole numbers up to here are the same in every reader of JSON (RFC 8259, section 6)."""


class Fields:
    """An object at a place of a document. Every method raises DocumentError where a field is of another kind."""

    def __init__(self, entry: Any, document: str, place: str) -> None:
        self.entry: dict[str, Any] = entry if isinstance(entry, dict) else {}
        self._document = document
        self._place = place

    def wrong(self, name: str, words: str) -> DocumentError:
        """The error that says of a field what is wrong with it."""
        if not self._place:
            return DocumentError(self._document, Phrase("reasons", "“{name}” {words}").filled(name=name, words=words))
        told = Phrase("reasons", "“{name}” of {place} {words}").filled(name=name, place=self._place, words=words)
        return DocumentError(self._document, told)

    def text(self, name: str, *, is_needed: bool = False) -> str:
        """A text, empty where there is none. What no text can hold (halves of surrogate pairs) becomes a “?”."""
        found = self.entry.get(name, "")
        if not isinstance(found, str):
            raise self.wrong(name, Phrase("reasons", "is no text"))
        if is_needed and not found:
            raise self.wrong(name, Phrase("reasons", "is missing"))
        return found.encode("utf-8", "replace").decode("utf-8")

    def number(self, name: str) -> int:
        """A whole number, 0 where there is none."""
        return self.number_or_none(name) or 0

    def number_or_none(self, name: str) -> int | None:
        """A whole number."""
        found = self.entry.get(name)
        if found is not None and not _is_whole(found):
            raise self.wrong(name, Phrase("reasons", "is no whole number"))
        return found

    def length(self, name: str) -> int:
        """A whole number that is not negative, 0 where there is none."""
        return self.length_or_none(name) or 0

    def length_or_none(self, name: str) -> int | None:
        """A whole number that is not negative."""
        found = self.number_or_none(name)
        if found is not None and found < 0:
            raise self.wrong(name, Phrase("reasons", "is less than nothing"))
        return found

    def decimal(self, name: str, default: float) -> float:
        """A number."""
        found = self.entry.get(name, default)
        if isinstance(found, bool) or not isinstance(found, int | float) or abs(found) > _LARGEST:
            raise self.wrong(name, Phrase("reasons", "is no number"))
        return float(found)

    def switch_or_none(self, name: str) -> bool | None:
        """True or false."""
        found = self.entry.get(name)
        if found is not None and not isinstance(found, bool):
            raise self.wrong(name, Phrase("reasons", "is neither true nor false"))
        return found

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One of some words; None also for one that a newer program knows."""
        found = self.text(name)
        return kind(found) if found in {each.value for each in kind} else None

    def meant(self, name: str, read: Callable[[str], T], default: str = "") -> T:
        """What a text means to `read`, which raises ValueError for what means nothing."""
        found = self.text(name) or default
        try:
            return read(found)
        except ValueError as error:
            raise self.wrong(
                name, Phrase("reasons", "says “{found}”, which means nothing here").filled(found=str(found))
            ) from error

    def pairs(self, name: str) -> list[tuple[int, int]]:
        """A list of pairs of whole numbers."""
        found = self.entry.get(name, [])
        if not isinstance(found, list) or not all(
            isinstance(pair, list) and len(pair) == 2 and all(map(_is_whole, pair)) for pair in found
        ):
            raise self.wrong(name, Phrase("reasons", "is no list of pairs of whole numbers"))
        return [(one, two) for one, two in found]

    def child(self, name: str) -> Fields | None:
        """An object in the object."""
        found = self.entry.get(name)
        if found is not None and not isinstance(found, dict):
            raise self.wrong(name, Phrase("reasons", "is no object"))
        return None if found is None else Fields(found, self._document, self._inside(name))

    def children(self, name: str, word: str) -> Iterator[Fields]:
        """The objects of a list, each of which is called a `word` and its number."""
        found = self.entry.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.wrong(name, Phrase("reasons", "is no list of objects"))
        for number, each in enumerate(found, 1):
            yield Fields(each, self._document, self._inside(f"{word} {number}"))

    def items(self) -> Iterator[tuple[str, Fields]]:
        """All objects in the object by their names."""
        for name in self.entry:
            child = self.child(name)
            if child is not None:
                yield name, child

    def by(self, kind: type[E]) -> Iterator[tuple[E, Fields]]:
        """All objects in the object that are named by one of some words."""
        known = {each.value: each for each in kind}
        return ((known[name], child) for name, child in self.items() if name in known)

    def _inside(self, words: str) -> str:
        return f"{self._place}, {words}" if self._place else words


def _is_whole(found: Any) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and abs(found) <= _LARGEST
