"""Chapters of a list as one text, the form in which the database holds them: a list is read and written as a whole.

Must not know the database. The text is JSON: an array for each entry, `[start, title, end, link, picture, level,
is_hidden]`, times in seconds, without what its end would only say by default; an `end` that is null is the start of
the entry after it. A chapter costs some 9 bytes beside its title so, where a row of a table with two keys costs 22.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from player.core.model import Chapter, Millis

_FIELDS = 7
_DEFAULTS = (None, None, None, None, None, 0, 0)
_OPTIONAL_FROM = 2
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack(chapters: Iterable[Chapter], hidden: Iterable[Chapter] = ()) -> str:
    """The text that holds the chapters, and after them those entries that are no places."""
    entries = [*((each, 0) for each in chapters), *((each, 1) for each in hidden)]
    nexts = [each.start for each, _ in entries[1:]]
    return _json(
        _entry(each, None if each.end == following else each.end, is_hidden)
        for (each, is_hidden), following in zip_longest(entries, nexts)
    )


def pack_places(places: Iterable[tuple[Millis, str]]) -> str:
    """The text that holds no more than where chapters begin, and their titles."""
    return _json([_seconds(start), title] for start, title in places)


def unpack(packed: str) -> tuple[tuple[Chapter, ...], tuple[Chapter, ...]]:
    """The chapters, and the hidden entries. Not for a text of `pack_places`."""
    entries = [[*each, *_DEFAULTS[len(each) :]] for each in json.loads(packed)]
    nexts = [each[0] for each in entries[1:]]
    found: tuple[list[Chapter], list[Chapter]] = ([], [])
    for (start, title, end, link, picture, level, is_hidden), following in zip_longest(entries, nexts):
        stop = _millis(following if end is None else end)
        found[is_hidden].append(Chapter(_millis(start), stop, title, link, picture, level))
    return tuple(found[0]), tuple(found[1])


def places(packed: str) -> list[tuple[Millis, str]]:
    """Where the chapters begin and their titles, without hidden entries; quicker than `unpack`."""
    return [(_millis(each[0]), each[1]) for each in json.loads(packed) if len(each) < _FIELDS]


def titles(packed: str) -> list[str]:
    """The titles alone, without those of hidden entries."""
    return [each[1] for each in json.loads(packed) if len(each) < _FIELDS]


def _entry(chapter: Chapter, end: Millis | None, is_hidden: int) -> list[Any]:
    facts = [_seconds(chapter.start), chapter.title]
    if end is None and chapter.link is None and chapter.picture is None and not chapter.level and not is_hidden:
        return facts
    facts += [None if end is None else _seconds(end), chapter.link, chapter.picture, chapter.level, is_hidden]
    while len(facts) > _OPTIONAL_FROM and facts[-1] == _DEFAULTS[len(facts) - 1]:
        facts.pop()
    return facts


def _seconds(millis: Millis) -> float:
    return millis / 1000 if millis % 1000 else millis // 1000


def _millis(seconds: float) -> Millis:
    return round(seconds * 1000)


def _json(entries: Iterable[list[Any]]) -> str:
    return _ENCODER.encode(list(entries))
