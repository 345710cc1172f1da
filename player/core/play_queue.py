"""The listener's queue as an immutable value: whole episodes and single chapters in the order in which they are played.

Must not know where it is kept, nor how anything is played. The standard library has a `queue`, hence this name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NewType

from player.core.errors import KnownError
from player.core.model import Chapter, EpisodeId, Millis
from player.core.skips import Span, heard_between, resumed

QueueEntryId = NewType("QueueEntryId", int)

_SAME_START: Millis = 2000
"""So far apart two starts may be for chapters of one title to be the same chapter: a start that was nudged."""
_FOLLOWED: Millis = 300_000
"""So far a chapter's start may have moved when its list is read again, for its entry to move along."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What can be queued: a whole episode, or a chapter of it.

    A chapter has a `start`, in the time of the file. A `stop` of None is the end of the file. The `title` is the
    chapter's, empty where it has none, and empty for a whole episode.
    """

    episode: EpisodeId
    start: Millis | None = None
    stop: Millis | None = None
    title: str = ""

    @property
    def is_chapter(self) -> bool:
        """Whether it is a chapter, not a whole episode."""
        return self.start is not None

    def is_same_as(self, other: Piece) -> bool:
        """Whether both are the same episode or the same chapter, also where its title or its times changed a little."""
        if self.episode != other.episode or self.start is None or other.start is None:
            return self.episode == other.episode and self.start is other.start is None
        if (self.start, self.stop) == (other.start, other.stop):
            return True
        return bool(self.title) and self.title == other.title and abs(self.start - other.start) <= _SAME_START


@dataclass(frozen=True, slots=True)
class QueueEntry(Piece):
    """A piece that stands in the queue. `id` is kept while it stands there, wherever it moves.

    `problem` is why it could not be played when its turn came; it is passed over until that changes.
    """

    id: QueueEntryId = QueueEntryId(0)
    problem: KnownError | None = None


Entries = tuple[QueueEntry, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """The entries, the next one to be played first; no two of them are the same piece.

    `before` are the entries before the listener's last change, while it can be undone; `change` is its number.
    """

    entries: Entries = ()
    before: Entries | None = None
    change: int = 0
    next_id: QueueEntryId = QueueEntryId(1)

    def entry(self, entry: QueueEntryId) -> QueueEntry | None:
        """The entry with this id, or None when it is gone."""
        return next((each for each in self.entries if each.id == entry), None)

    def place_of(self, piece: Piece) -> int | None:
        """Where a piece stands, the next one at 0; None when it is not here."""
        return next((place for place, each in enumerate(self.entries) if each.is_same_as(piece)), None)

    @property
    def upcoming(self) -> QueueEntry | None:
        """The first entry that nothing is known against."""
        return next((each for each in self.entries if each.problem is None), None)

    # What the listener does

    def added(self, piece: Piece) -> Queue:
        """The queue with a piece at its end. One that is here already moves there, with its newer times and title."""
        return self.inserted(piece, len(self.entries))

    def added_next(self, piece: Piece) -> Queue:
        """The queue with a piece at its front."""
        return self.inserted(piece, 0)

    def inserted(self, piece: Piece, place: int) -> Queue:
        """The queue with a piece at `place`, counted without it and cut to what there is; it is never there twice."""
        same = [each for each in self.entries if each.is_same_as(piece)]
        id_ = same[0].id if same else self.next_id
        entry = QueueEntry(piece.episode, piece.start, piece.stop, piece.title, id_)
        others = [each for each in self.entries if each not in same]
        changed = self._changed(_with(others, entry, place))
        return changed if same else replace(changed, next_id=QueueEntryId(id_ + 1))

    def moved(self, entry: QueueEntryId, place: int) -> Queue:
        """The queue with an entry at `place`, counted without it and cut to what there is."""
        found = self.entry(entry)
        if found is None:
            return self
        return self._changed(_with([each for each in self.entries if each is not found], found, place))

    def removed(self, entries: Collection[QueueEntryId]) -> Queue:
        """The queue without some entries."""
        return self._changed(tuple(each for each in self.entries if each.id not in entries))

    def cleared(self) -> Queue:
        """An empty queue."""
        return self._changed(())

    def undone(self) -> Queue:
        """The queue before the last change; what was played or went away since then does not come back."""
        if self.before is None:
            return self
        return replace(self, entries=self.before, before=None, change=self.change + 1)

    # What happens to it; not undone, and kept by an undo

    def taken(self, entry: QueueEntryId) -> Queue:
        """The queue once an entry plays."""
        return self._everywhere(lambda entries: (each for each in entries if each.id != entry))

    def without(self, episodes: Collection[EpisodeId]) -> Queue:
        """The queue once these episodes are gone."""
        return self._everywhere(lambda entries: (each for each in entries if each.episode not in episodes))

    def marked(self, entry: QueueEntryId, problem: KnownError | None) -> Queue:
        """The queue with what is known against an entry; None when nothing is any more."""
        return self._everywhere(
            lambda entries: (replace(each, problem=problem) if each.id == entry else each for each in entries)
        )

    def followed(self, episode: EpisodeId, chapters: Sequence[Chapter]) -> Queue:
        """The queue once an episode has other chapters: entries whose chapters moved are where they are now.

        A chapter is known by its title. Entries whose titles are no longer there stay as they were.
        """
        return self._everywhere(
            lambda entries: (_followed(each, chapters) if each.episode == episode else each for each in entries)
        )

    def _changed(self, entries: Entries) -> Queue:
        if entries == self.entries:
            return self
        return replace(self, entries=entries, before=self.entries, change=self.change + 1)

    def _everywhere(self, change: Callable[[Entries], Iterable[QueueEntry]]) -> Queue:
        before = None if self.before is None else _distinct(change(self.before))
        entries = _distinct(change(self.entries))
        is_same = (entries, before) == (self.entries, self.before)
        return self if is_same else replace(self, entries=entries, before=before)


def queue_of(entries: Iterable[QueueEntry]) -> Queue:
    """A queue of entries that were kept; of those that are the same piece the first counts."""
    kept = _distinct(entries)
    return Queue(kept, next_id=QueueEntryId(max((each.id for each in kept), default=0) + 1))


def piece_of_chapter(episode: EpisodeId, chapters: Sequence[Chapter], index: int) -> Piece:
    """A chapter as it can be queued: with those that are nested in it, to its end."""
    chapter = chapters[index]
    last = index
    while last + 1 < len(chapters) and chapters[last + 1].level > chapter.level:
        last += 1
    stop: Millis | None = chapters[last].end
    if stop is None or stop <= chapter.start:
        stop = next((each.start for each in chapters[last + 1 :] if each.start > chapter.start), None)
    return Piece(episode, chapter.start, stop, chapter.title)


def length_of(piece: Piece, duration: Millis | None, resumes_at: Millis, skips: Sequence[Span] = ()) -> Millis | None:
    """How long a piece is to be heard at normal speed, None where that is not known.

    `duration` is the episode's; `resumes_at` is where a whole episode was left; `skips` are left out of it.
    """
    start = resumed(skips, resumes_at) if piece.start is None else piece.start
    stop = duration if piece.stop is None else piece.stop
    return None if stop is None else heard_between(skips, start, stop)


def _distinct(entries: Iterable[QueueEntry]) -> Entries:
    """The entries without those that are the same piece as one before."""
    kept: list[QueueEntry] = []
    of_episode: dict[EpisodeId, list[QueueEntry]] = defaultdict(list)
    for entry in entries:
        others = of_episode[entry.episode]
        if not any(entry.is_same_as(each) for each in others):
            others.append(entry)
            kept.append(entry)
    return tuple(kept)


def _with(others: Sequence[QueueEntry], entry: QueueEntry, place: int) -> Entries:
    place = min(max(place, 0), len(others))
    return (*others[:place], entry, *others[place:])


def _followed(entry: QueueEntry, chapters: Sequence[Chapter]) -> QueueEntry:
    start = entry.start
    if start is None or not entry.title:
        return entry
    near = [
        index
        for index, each in enumerate(chapters)
        if each.title == entry.title and abs(each.start - start) <= _FOLLOWED
    ]
    if not near:
        return entry
    piece = piece_of_chapter(entry.episode, chapters, min(near, key=lambda index: abs(chapters[index].start - start)))
    return replace(entry, start=piece.start, stop=piece.stop)
