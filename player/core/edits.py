"""What the listener changed in a list of chapters, kept apart from the list and laid over it.

Must not know where lists or edits are stored. One history holds edits of a list and moves of its times, so that all is
undone in the order in which it was done. An edit names a chapter by the title and the start that its source gives it,
never by its number, so that a list that was read again keeps what was changed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from player.core.alignment import Alignment, Anchor
from player.core.model import Chapter, Millis

_SAME_START: Millis = 2000
"""So far apart the start of a chapter may be after its source was read again, when its title is another one too."""
_SAME_TITLE: Millis = 300_000
"""So far apart it may be when the title is the same."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A chapter as its source gives it, or as the listener added it: later edits of it do not change this."""

    start: Millis
    title: str


@dataclass(frozen=True, slots=True)
class Add:
    """A new chapter at `at`."""

    at: Millis
    title: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Another title."""

    of: Identity
    title: str


@dataclass(frozen=True, slots=True)
class Move:
    """Another start, which stays between the starts of the chapters before and after."""

    of: Identity
    at: Millis


@dataclass(frozen=True, slots=True)
class Split:
    """A new chapter at `at`, out of the rest of another one."""

    of: Identity
    at: Millis
    title: str


@dataclass(frozen=True, slots=True)
class Merge:
    """One chapter out of two: `absorbed`, the later one, goes up in `of`."""

    of: Identity
    absorbed: Identity


@dataclass(frozen=True, slots=True)
class Delete:
    """A chapter less; its time falls to the one before."""

    of: Identity


@dataclass(frozen=True, slots=True)
class Anchored:
    """Other anchors for the times of the list: some `gained`, others that contradict them or are forgotten `lost`.

    With `of`, a chapter whose start the listener had placed goes to `at`, as it does not follow anchors.
    """

    gained: tuple[Anchor, ...] = ()
    lost: tuple[Anchor, ...] = ()
    of: Identity | None = None
    at: Millis = 0

    def applied(self, anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
        """The anchors after it. Those that another list has set meanwhile stay."""
        return _changed(anchors, self.gained, self.lost)

    def reverted(self, anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
        """The anchors as they were before it, likewise."""
        return _changed(anchors, self.lost, self.gained)


@dataclass(frozen=True, slots=True)
class Followed:
    """Published times follow the chapters in the audio file from here on (`is_on`), or no longer."""

    is_on: bool


Edit: TypeAlias = Add | Rename | Move | Split | Merge | Delete | Anchored | Followed


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter as it is shown, and who it is.

    `is_added`: the listener made it, so that its source does not know it. `is_placed`: its start is the listener's.
    """

    identity: Identity
    chapter: Chapter
    is_added: bool = False
    is_placed: bool = False


@dataclass(frozen=True, slots=True)
class EditLog:
    """The edits of one list in their order, and those that were undone, the next to redo first."""

    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def did(self, edit: Edit) -> EditLog:
        """The log with one more edit; what was undone before can no longer be redone."""
        return EditLog((*self.done, edit))

    def undo(self) -> EditLog:
        """The log without the last edit, which can be redone; the same when there is none."""
        return EditLog(self.done[:-1], (*self.done[-1:], *self.undone))

    def redo(self) -> EditLog:
        """The log with the edit that was undone last; the same when there is none."""
        return EditLog((*self.done, *self.undone[:1]), self.undone[1:])


def anchored(
    before: Sequence[Anchor], after: Sequence[Anchor], of: Identity | None = None, at: Millis = 0
) -> Anchored | None:
    """The step from some anchors to others, or None where there is nothing to do."""
    gained = tuple(each for each in after if each not in before)
    lost = tuple(each for each in before if each not in after)
    return Anchored(gained, lost, of, at) if gained or lost or of else None


def _changed(anchors: Sequence[Anchor], gained: Sequence[Anchor], lost: Sequence[Anchor]) -> tuple[Anchor, ...]:
    alignment = Alignment(tuple(each for each in anchors if each not in lost))
    for each in gained:
        alignment = alignment.with_anchor(each)
    return alignment.anchors


def entries_of(published: Sequence[Chapter], shown: Sequence[Chapter]) -> tuple[Entry, ...]:
    """The chapters of a list without edits: `published` as the source gives them, `shown` the same ones as moved."""
    return tuple(
        Entry(Identity(given.start, given.title), chapter) for given, chapter in zip(published, shown, strict=True)
    )


def apply_edits(entries: Sequence[Entry], edits: Iterable[Edit]) -> tuple[Entry, ...]:
    """Lay edits over a list, one after the other. Starts rise, and each chapter ends at the next start at the latest.

    An edit of a chapter that the list no longer has does nothing. A chapter is the same when title and start are;
    else the only one with this title within five minutes, else the only one that starts within two seconds.
    """
    drafts = _open(entries)
    end = entries[-1].chapter.end if entries else 0
    for edit in edits:
        _apply(drafts, edit)
        drafts.sort(key=lambda entry: entry.chapter.start)
    return _closed(drafts, end)


def carried(edits: Iterable[Edit], given: Sequence[Identity]) -> tuple[Edit, ...]:
    """The edits of a list that also hold for one that the listener gave in its place, whose chapters are `given`.

    Other than a source that is read again, such a list means its titles and times as they are. So an edit goes along
    only with the chapter of its title (the same start, or the only one with it within five minutes), a start that was
    set only where the given one is the same, and an added chapter only where none with its title is there, nor one at
    its place; what was done with an added chapter goes with it. Steps of anchors stay: they are about where the
    published times are heard.
    """
    added: list[Identity] = []
    dropped: list[Identity] = []

    def holds(*chapters: Identity) -> bool:
        return all(each in added or (each not in dropped and _named(each, given) is not None) for each in chapters)

    kept: list[Edit] = []
    for edit in edits:
        match edit:
            case Add(at, title) | Split(_, at, title):
                new = Identity(at, title)
                is_new = _named(new, given) is None and all(abs(each.start - at) > _SAME_START for each in given)
                if is_new and (isinstance(edit, Add) or holds(edit.of)):
                    added.append(new)
                    kept.append(edit)
                else:
                    dropped.append(new)
            case Move(of):
                kept += [edit] if of in added or (of in given and of not in dropped) else []
            case Merge(of, absorbed):
                kept += [edit] if holds(of, absorbed) else []
            case Rename(of) | Delete(of):
                kept += [edit] if holds(of) else []
            case Anchored(gained, lost, of):
                is_whole = of is None or of in given or of in added
                kept += [edit] if is_whole else [Anchored(gained, lost)] if gained or lost else []
            case Followed():
                kept.append(edit)
    return tuple(kept)


def _named(wanted: Identity, among: Sequence[Identity]) -> int | None:
    """The number of the chapter that is the wanted one by its title."""
    if wanted in among:
        return among.index(wanted)
    title = wanted.title.strip().casefold()
    titled = [number for number, each in enumerate(among) if each.title.strip().casefold() == title]
    near = [number for number in titled if abs(among[number].start - wanted.start) <= _SAME_TITLE]
    return near[0] if title and len(titled) == len(near) == 1 else None


_TO_NEXT = -1
"""The end of a chapter, while edits are applied, that lasts until the next one starts."""


def _open(entries: Sequence[Entry]) -> list[Entry]:
    drafts = []
    for index, entry in enumerate(entries):
        following = entries[index + 1].chapter.start if index + 1 < len(entries) else entry.chapter.end
        has_gap = entry.chapter.end < following
        drafts.append(entry if has_gap else _with(entry, end=_TO_NEXT))
    return drafts


def _closed(drafts: Sequence[Entry], end: Millis) -> tuple[Entry, ...]:
    closed = []
    for index, entry in enumerate(drafts):
        start, own = entry.chapter.start, entry.chapter.end
        following = drafts[index + 1].chapter.start if index + 1 < len(drafts) else max(end, start)
        closed.append(_with(entry, end=own if start < own <= following else following))
    return tuple(closed)


def _apply(drafts: list[Entry], edit: Edit) -> None:
    if isinstance(edit, Add):
        before = [entry for entry in drafts if entry.chapter.start <= edit.at]
        drafts.append(_added(edit.at, edit.title, before[-1].chapter.level if before else 0))
        return
    if isinstance(edit, Followed) or edit.of is None:
        return
    index = _find(drafts, edit.of)
    if index is None:
        return
    entry = drafts[index]
    match edit:
        case Rename():
            drafts[index] = _with(entry, title=edit.title)
        case Move() | Anchored():
            drafts[index] = replace(_with(entry, start=_between(drafts, index, edit.at)), is_placed=True)
        case Split():
            drafts[index] = _with(entry, end=_TO_NEXT)
            drafts.append(_with(_added(edit.at, edit.title, entry.chapter.level), end=entry.chapter.end))
        case Merge():
            absorbed = _find(drafts, edit.absorbed)
            if absorbed is not None and absorbed > index:
                drafts[index] = _with(entry, end=drafts.pop(absorbed).chapter.end)
        case Delete():
            del drafts[index]


def _find(entries: Sequence[Entry], wanted: Identity) -> int | None:
    for index, entry in enumerate(entries):
        if entry.identity == wanted:
            return index
    known = [(index, entry.identity) for index, entry in enumerate(entries) if not entry.is_added]
    named = _named(wanted, [each for _, each in known])
    if named is not None:
        return known[named][0]
    timed = [index for index, each in known if abs(each.start - wanted.start) <= _SAME_START]
    return timed[0] if len(timed) == 1 else None


def _between(drafts: Sequence[Entry], index: int, at: Millis) -> Millis:
    """`at`, or the nearest place to it between the neighbours; the old one when there is no room."""
    earliest = drafts[index - 1].chapter.start + 1 if index else 0
    latest = drafts[index + 1].chapter.start - 1 if index + 1 < len(drafts) else max(earliest, at)
    return drafts[index].chapter.start if earliest > latest else min(latest, max(earliest, at))


def _added(at: Millis, title: str, level: int) -> Entry:
    at = max(0, at)
    chapter = Chapter(at, _TO_NEXT, title, level=level)
    return Entry(Identity(at, title), chapter, is_added=True, is_placed=True)


def _with(entry: Entry, *, start: Millis | None = None, end: Millis | None = None, title: str | None = None) -> Entry:
    chapter = entry.chapter
    return replace(
        entry,
        chapter=replace(
            chapter,
            start=chapter.start if start is None else start,
            end=chapter.end if end is None else end,
            title=chapter.title if title is None else title,
        ),
    )
