"""Changing the shown chapters: edits, and anchors that say where a chapter is heard, undone and redone as one history.

Must not know how an edit or an anchor works (`core.edits`, `core.alignment`) nor where it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_view import Shown, keep_shown, read_shown
from player.app.writer import Writer
from player.core.alignment import Alignment, Anchor, moved_by, timeline_of
from player.core.edits import (
    Add,
    Anchored,
    Delete,
    Edit,
    EditLog,
    Followed,
    Merge,
    Move,
    Rename,
    Split,
    anchored,
)
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, Millis
from player.core.phrases import Phrase
from player.storage import chapter_edits

_Making = Callable[[Shown, int], Edit | None]


class ChapterEditing:
    """Commands on the chapters of an episode as they are shown.

    `chapter` is always one of the shown list. All times are those of the file that is here. A future holds a
    NotFoundError when the list has changed meanwhile and no longer has the chapter.
    """

    def __init__(self, writer: Writer, bus: Bus) -> None:
        self._writer = writer
        self._bus = bus

    def add(self, episode: EpisodeId, at: Millis, title: str) -> Future[None]:
        """A new chapter at `at`; the first one of an episode without chapters begins a list of the listener's own."""
        return self._change_shown(episode, lambda _: Add(at, title))

    def rename(self, episode: EpisodeId, chapter: Chapter, title: str) -> Future[None]:
        """Another title."""
        return self._edit(episode, chapter, lambda shown, at: Rename(shown.entries[at].identity, title))

    def move(self, episode: EpisodeId, chapter: Chapter, start: Millis) -> Future[None]:
        """Another start, kept between the neighbours'."""
        return self._edit(episode, chapter, lambda shown, at: Move(shown.entries[at].identity, start))

    def split(self, episode: EpisodeId, chapter: Chapter, at: Millis, title: str) -> Future[None]:
        """Two chapters out of one, the second from `at` on. NotFoundError when `at` is not within the chapter."""

        def edit(shown: Shown, index: int) -> Edit:
            if at <= chapter.start or (at >= chapter.end and chapter.length > 0):
                raise NotFoundError(Phrase("reasons", "place in the chapter"), chapter.title)
            return Split(shown.entries[index].identity, at, title)

        return self._edit(episode, chapter, edit)

    def merge_with_next(self, episode: EpisodeId, chapter: Chapter) -> Future[None]:
        """One chapter out of this and the next, with the title of this one. NotFoundError for the last one."""

        def edit(shown: Shown, index: int) -> Edit:
            if index + 1 >= len(shown.entries):
                raise NotFoundError(Phrase("reasons", "chapter after"), chapter.title)
            return Merge(shown.entries[index].identity, shown.entries[index + 1].identity)

        return self._edit(episode, chapter, edit)

    def delete(self, episode: EpisodeId, chapter: Chapter) -> Future[None]:
        """A chapter less; its time falls to the one before."""
        return self._edit(episode, chapter, lambda shown, at: Delete(shown.entries[at].identity))

    def undo(self, episode: EpisodeId) -> Future[None]:
        """Take the last change of the shown list back; nothing happens when there is none."""
        return self._change(episode, lambda connection: _undo(connection, episode, read_shown(connection, episode), 1))

    def redo(self, episode: EpisodeId, steps: int = 1) -> Future[None]:
        """Make the change again that was taken back last, or so many of them."""

        def write(connection: Connection) -> None:
            shown = read_shown(connection, episode)
            source = source_shown(shown)
            log = shown.logs.get(source, EditLog())
            for step in log.undone[:steps]:
                _move_times(connection, episode, source, step, is_undone=False)
                log = log.redo()
            chapter_edits.store_edits(connection, episode, source, log)

        return self._change(episode, write)

    def revert(self, episode: EpisodeId) -> Future[None]:
        """Show the list as its source gives it. The changes can be redone."""

        def write(connection: Connection) -> None:
            shown = read_shown(connection, episode)
            _undo(connection, episode, shown, len(shown.logs.get(source_shown(shown), EditLog()).done))

        return self._change(episode, write)

    # Where it is heard

    def set_anchor(self, episode: EpisodeId, chapter: Chapter, actual: Millis) -> Future[None]:
        """This chapter starts at `actual`, and all after it are moved along; chapters before it stay.

        A chapter whose start the listener has set before is moved itself, too; one that the listener added moves alone.
        """
        place = max(0, actual)

        def edit(shown: Shown, index: int) -> Edit | None:
            entry = shown.entries[index]
            if entry.is_added:
                return Move(entry.identity, place)
            known = Alignment(shown.anchors.get(timeline_of(source_shown(shown)), ()))
            after = known.with_anchor(Anchor(entry.identity.start, place))
            return anchored(known.anchors, after.anchors, entry.identity if entry.is_placed else None, place)

        return self._edit(episode, chapter, edit)

    def move_all(self, episode: EpisodeId, shift: Millis) -> Future[None]:
        """All chapters start later by `shift`: something was put in before the first of them (or, negative, cut)."""

        def edit(shown: Shown) -> Edit | None:
            known = Alignment(shown.anchors.get(timeline_of(source_shown(shown)), ()))
            return anchored(known.anchors, known.with_anchor(moved_by(shift)).anchors)

        return self._change_shown(episode, edit)

    def clear_anchors(self, episode: EpisodeId) -> Future[None]:
        """Forget the anchors on the clock of the shown list; without any, stop following the audio file's chapters."""

        def edit(shown: Shown) -> Edit | None:
            if shown.view.has_anchors:
                return anchored(shown.anchors[timeline_of(source_shown(shown))], ())
            return Followed(is_on=False) if shown.view.alignment is not None else None

        return self._change_shown(episode, edit)

    def follow_file(self, episode: EpisodeId) -> Future[None]:
        """Have published times follow the chapters in the audio file again, where these tell how they were moved."""
        return self._change_shown(episode, lambda shown: None if shown.view.follows_file else Followed(is_on=True))

    # Within

    def _edit(self, episode: EpisodeId, chapter: Chapter, make: _Making) -> Future[None]:
        return self._change_shown(episode, lambda shown: make(shown, shown.place_of(chapter)))

    def _change_shown(self, episode: EpisodeId, make: Callable[[Shown], Edit | None]) -> Future[None]:
        """Make a step of what is shown, do it, and keep it in the history; None does nothing."""

        def write(connection: Connection) -> None:
            shown = read_shown(connection, episode)
            step, source = make(shown), source_shown(shown)
            if step is not None:
                _move_times(connection, episode, source, step, is_undone=False)
                log = shown.logs.get(source, EditLog())
                chapter_edits.store_edits(connection, episode, source, log.did(step))

        return self._change(episode, write)

    def _change(self, episode: EpisodeId, write: Callable[[Connection], None]) -> Future[None]:
        """Write, count the chapters that are shown now, and tell."""

        def write_and_count(connection: Connection) -> None:
            write(connection)
            keep_shown(connection, episode)

        return self._writer.submit(write_and_count, lambda: self._tell((episode,)))

    def _tell(self, episodes: tuple[EpisodeId, ...]) -> None:
        self._bus.publish(ChaptersChanged(episodes))
        self._bus.publish(EpisodesChanged(episodes))


def source_shown(shown: Shown) -> ChapterSource:
    """Whose list edits go to: the shown one, or a new one of the listener's own."""
    return shown.view.chosen.source if shown.view.chosen else ChapterSource.LISTENER


def _undo(connection: Connection, episode: EpisodeId, shown: Shown, steps: int) -> None:
    source = source_shown(shown)
    log = shown.logs.get(source, EditLog())
    for _ in range(steps):
        for step in log.done[-1:]:
            _move_times(connection, episode, source, step, is_undone=True)
        log = log.undo()
    chapter_edits.store_edits(connection, episode, source, log)


def _move_times(
    connection: Connection, episode: EpisodeId, source: ChapterSource, step: Edit, *, is_undone: bool
) -> None:
    """Do what a step does beside the list, or take it back: anchors count for all lists of a clock."""
    match step:
        case Anchored():
            timeline = timeline_of(source)
            known = chapter_edits.anchors(connection, episode).get(timeline, ())
            anchors = step.reverted(known) if is_undone else step.applied(known)
            chapter_edits.store_anchors(connection, episode, timeline, anchors)
        case Followed():
            chapter_edits.follow_file(connection, episode, follows=step.is_on is not is_undone)
