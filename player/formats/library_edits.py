"""Edits of chapters as JSON objects, for `formats.library_document`.

Must not know which list an edit belongs to.
"""

from __future__ import annotations

from typing import Any

from player.core.alignment import Anchor
from player.core.edits import Add, Anchored, Delete, Edit, Followed, Identity, Merge, Move, Rename, Split
from player.core.phrases import Phrase
from player.formats.json_fields import Fields


def words_of(edit: Edit) -> dict[str, Any]:
    """An edit as an object."""
    kind = type(edit).__name__.lower()
    match edit:
        case Add():
            return {"kind": kind, "at": edit.at, "title": edit.title}
        case Rename():
            return {"kind": kind, "of": _named(edit.of), "title": edit.title}
        case Move():
            return {"kind": kind, "of": _named(edit.of), "at": edit.at}
        case Split():
            return {"kind": kind, "of": _named(edit.of), "at": edit.at, "title": edit.title}
        case Merge():
            return {"kind": kind, "of": _named(edit.of), "absorbed": _named(edit.absorbed)}
        case Delete():
            return {"kind": kind, "of": _named(edit.of)}
        case Anchored():
            pairs = {"gained": _pairs(edit.gained), "lost": _pairs(edit.lost)}
            of = {"of": _named(edit.of), "at": edit.at} if edit.of else {}
            return {"kind": kind, **pairs, **of}
        case Followed():
            return {"kind": kind, "is_on": edit.is_on}


def edit_of(words: Fields) -> Edit:
    """The edit of an object. Raises DocumentError."""
    kind = words.text("kind")
    match kind:
        case "add":
            return Add(words.number("at"), words.text("title"))
        case "rename":
            return Rename(_identity(words, "of"), words.text("title"))
        case "move":
            return Move(_identity(words, "of"), words.number("at"))
        case "split":
            return Split(_identity(words, "of"), words.number("at"), words.text("title"))
        case "merge":
            return Merge(_identity(words, "of"), _identity(words, "absorbed"))
        case "delete":
            return Delete(_identity(words, "of"))
        case "anchored":
            gained, lost = (tuple(Anchor(*pair) for pair in words.pairs(name)) for name in ("gained", "lost"))
            of = _identity(words, "of") if "of" in words.entry else None
            return Anchored(gained, lost, of, words.number("at") if of else 0)
        case "followed":
            return Followed(bool(words.switch_or_none("is_on")))
        case _:
            raise words.wrong("kind", Phrase("reasons", "says “{kind}”, which is no edit").filled(kind=kind))


def _named(of: Identity) -> dict[str, Any]:
    return {"start": of.start, "title": of.title}


def _pairs(anchors: tuple[Anchor, ...]) -> list[list[int]]:
    return [[each.published, each.actual] for each in anchors]


def _identity(words: Fields, name: str) -> Identity:
    of = words.child(name)
    if of is None:
        raise words.wrong(name, Phrase("reasons", "is missing"))
    return Identity(of.number("start"), of.text("title"))
