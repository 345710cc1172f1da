"""Words for the listener that are made where there is no Qt: English text that remembers what it was made of.

Must not know which languages there are, nor how they are looked up: the window does (`ui.texts.shown`), logs and the
command line say the English text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeAlias

Lookup: TypeAlias = Callable[[str, str, str | None, int], str]
"""Gives the translation of a source text in a context, as `QCoreApplication.translate` does, or the text itself."""

Numbers: TypeAlias = Callable[[float], str]
"""Writes a number with a point as a language does."""

_PACKED = "\x1e"
"""What a kept phrase begins with: no text for a reader holds it (ASCII's record separator)."""


class Phrase(str):
    """English text that can be said in another language, made of `source` and what fills its named fields.

    It is a string, so it goes wherever text goes, other processes included; what is made of it with f-strings and the
    like is plain text. `comment` tells apart equal texts of one context; `n` is the count that `%n` stands for.
    The arguments are those of `translate`, by which pyside6-lupdate finds them: literals, by position.
    """

    __slots__ = ("comment", "context", "fields", "n", "source")

    context: str
    source: str
    comment: str | None
    n: int
    fields: dict[str, str | int | float]

    def __new__(
        cls,
        context: str,
        source: str,
        comment: str | None = None,
        n: int = -1,
        fields: dict[str, str | int | float] | None = None,
    ) -> Phrase:
        """The text in English; see `filled` for its fields."""
        text = _counted(source, n)
        phrase = super().__new__(cls, text if fields is None else text.format(**fields))
        phrase.context, phrase.source, phrase.comment, phrase.n = context, source, comment, n
        phrase.fields = fields or {}
        return phrase

    def __getnewargs__(self) -> tuple[str, str, str | None, int, dict[str, str | int | float]]:  # type: ignore[override]
        return self.context, self.source, self.comment, self.n, self.fields

    def filled(self, **fields: str | float) -> Phrase:
        """The phrase with its named fields filled; what is a phrase itself is translated with it."""
        return Phrase(self.context, self.source, self.comment, self.n, fields)

    def worded(self, lookup: Lookup, numbers: Numbers = str) -> str:
        """The text in the language of `lookup`; fields that are floats are written by `numbers`."""
        text = _counted(lookup(self.context, self.source, self.comment, self.n), self.n)
        fields = {name: _field_worded(each, lookup, numbers) for name, each in self.fields.items()}
        return text.format(**fields) if fields else text


def worded(text: str, lookup: Lookup, numbers: Numbers = str) -> str:
    """A text in the language of `lookup`, where it is a phrase; any other text as it is."""
    return text.worded(lookup, numbers) if isinstance(text, Phrase) else text


def joined(parts: Iterable[str], between: str = ", ") -> Phrase:
    """Texts as one, with `between` between them; each is translated for itself."""
    fields = {f"part{number}": part for number, part in enumerate(parts)}
    return Phrase("", between.join(f"{{{name}}}" for name in fields)).filled(**fields)


def packed(text: str | None) -> str | None:
    """A text as it is kept, so that a phrase can still be said in any language when it is read again."""
    return _PACKED + json.dumps(_parts(text), ensure_ascii=False) if isinstance(text, Phrase) else text


@lru_cache(maxsize=2048)
def unpacked(kept: str | None) -> str | None:
    """What `packed` gave, as it was. Kept: where no feed can be had, the sidebar reads the problems of all of them."""
    return kept if kept is None or not kept.startswith(_PACKED) else _phrase(json.loads(kept[1:]))


def _counted(text: str, n: int) -> str:
    return text.replace("%n", str(n)) if n >= 0 else text


def _field_worded(field: str | float, lookup: Lookup, numbers: Numbers) -> str | int:
    if isinstance(field, str):
        return worded(field, lookup, numbers)
    return field if isinstance(field, int) else numbers(field)


def _parts(text: str | float) -> object:
    if not isinstance(text, Phrase):
        return text
    fields = {name: _parts(each) for name, each in text.fields.items()}
    return [text.context, text.source, text.comment, text.n, fields]


def _phrase(parts: list) -> Phrase:  # type: ignore[type-arg]
    context, source, comment, n, fields = parts
    whole = {name: _phrase(each) if isinstance(each, list) else each for name, each in fields.items()}
    return Phrase(context, source, comment, n, whole or None)
