"""Edits and anchors when the audio that their times are of becomes another one.

Must not know why it did, nor where they are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from player.core.alignment import Alignment, Anchor
from player.core.edits import Add, Anchored, Delete, Edit, EditLog, Followed, Identity, Merge, Move, Rename, Split
from player.core.model import Millis

ToNew = Callable[[Millis], Millis]


def moved_anchors(anchors: Iterable[Anchor], to_new: ToNew, *, is_of_file: bool) -> tuple[Anchor, ...]:
    """Anchors with their places moved; with `is_of_file` the times that they move are of the file, too."""
    alignment = Alignment()
    for each in anchors:
        alignment = alignment.with_anchor(_moved(each, to_new, is_of_file=is_of_file))
    return alignment.anchors


def moved_log(log: EditLog, to_new: ToNew, *, is_of_file: bool) -> EditLog:
    """A history with its places moved. `is_of_file`: the list's own times, by which chapters are named, are as well."""
    mover = _Mover(to_new, is_of_file=is_of_file)
    return EditLog(tuple(map(mover.moved, log.done)), tuple(map(mover.moved, log.undone)))


def _moved(anchor: Anchor, to_new: ToNew, *, is_of_file: bool) -> Anchor:
    return Anchor(to_new(anchor.published) if is_of_file else anchor.published, to_new(anchor.actual))


class _Mover:
    """Moves the edits of a history in their order: what the listener added is named by the place where that was."""

    def __init__(self, to_new: ToNew, *, is_of_file: bool) -> None:
        self._to_new = to_new
        self._is_of_file = is_of_file
        self._added: set[Identity] = set()

    def moved(self, edit: Edit) -> Edit:
        match edit:
            case Add():
                self._added.add(Identity(edit.at, edit.title))
                return replace(edit, at=self._to_new(edit.at))
            case Split():
                self._added.add(Identity(edit.at, edit.title))
                return replace(edit, of=self._name(edit.of), at=self._to_new(edit.at))
            case Move():
                return replace(edit, of=self._name(edit.of), at=self._to_new(edit.at))
            case Merge():
                return Merge(self._name(edit.of), self._name(edit.absorbed))
            case Rename() | Delete():
                return replace(edit, of=self._name(edit.of))
            case Anchored():
                of = self._name(edit.of) if edit.of else None
                return Anchored(self._all(edit.gained), self._all(edit.lost), of, self._to_new(edit.at))
            case Followed():
                return edit

    def _name(self, of: Identity) -> Identity:
        is_moved = self._is_of_file or of in self._added
        return Identity(self._to_new(of.start), of.title) if is_moved else of

    def _all(self, anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
        return tuple(_moved(each, self._to_new, is_of_file=self._is_of_file) for each in anchors)
