"""Changing the shown chapters: edits with undo and redo, and anchors that say where a chapter is heard.

Must not know how an edit or an anchor works (`core.edits`, `core.alignment`) nor where it is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_view import Shown, count_shown, read_shown
from player.app.writer import Writer
from player.core.alignment import Alignment, Anchor, timeline_of
from player.core.edits import Add, Delete, Edit, EditLog, Merge, Move, Rename, Split
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, Millis
from player.storage import chapter_edits

_Making = Callable[[Shown, int], Edit]


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
        return self._change_log(episode, lambda log: log.did(Add(at, title)))

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
                raise NotFoundError("place in the chapter", chapter.title)
            return Split(shown.entries[index].identity, at, title)

        return self._edit(episode, chapter, edit)

    def merge_with_next(self, episode: EpisodeId, chapter: Chapter) -> Future[None]:
        """One chapter out of this and the next, with the title of this one. NotFoundError for the last one."""

        def edit(shown: Shown, index: int) -> Edit:
            if index + 1 >= len(shown.entries):
                raise NotFoundError("chapter after", chapter.title)
            return Merge(shown.entries[index].identity, shown.entries[index + 1].identity)

        return self._edit(episode, chapter, edit)

    def delete(self, episode: EpisodeId, chapter: Chapter) -> Future[None]:
        """A chapter less; its time falls to the one before."""
        return self._edit(episode, chapter, lambda shown, at: Delete(shown.entries[at].identity))

    def undo(self, episode: EpisodeId) -> Future[None]:
        """Take the last edit of the shown list back; nothing happens when there is none."""
        return self._change_log(episode, EditLog.undo)

    def redo(self, episode: EpisodeId) -> Future[None]:
        """Make the edit again that was taken back last."""
        return self._change_log(episode, EditLog.redo)

    def revert(self, episode: EpisodeId) -> Future[None]:
        """Show the list as its source gives it. The edits can be redone, one by one."""

        def undo_all(log: EditLog) -> EditLog:
            return EditLog((), (*log.done, *log.undone))

        return self._change_log(episode, undo_all)

    # Where it is heard

    def set_anchor(self, episode: EpisodeId, chapter: Chapter, actual: Millis) -> Future[None]:
        """This chapter starts at `actual`, and all after it are moved along; chapters before it stay.

        A chapter whose start the listener has set before is moved itself, too; one that the listener added moves alone.
        """

        def write(connection: Connection) -> None:
            shown, index = _locate(connection, episode, chapter)
            source = _source(shown)
            entry = shown.entries[index]
            if not entry.is_added:
                timeline = timeline_of(source)
                known = Alignment(shown.anchors.get(timeline, ()))
                anchors = known.with_anchor(Anchor(entry.identity.start, max(0, actual))).anchors
                chapter_edits.store_anchors(connection, episode, timeline, anchors)
            if entry.is_placed:
                _store(connection, episode, shown, source, lambda log: log.did(Move(entry.identity, actual)))

        return self._change(episode, write)

    def clear_anchors(self, episode: EpisodeId) -> Future[None]:
        """Forget the anchors on the clock of the shown list; without any, stop following the audio file's chapters."""

        def write(connection: Connection) -> None:
            shown = read_shown(connection, episode)
            if shown.view.has_anchors:
                chapter_edits.store_anchors(connection, episode, timeline_of(_source(shown)), ())
            elif shown.view.alignment is not None:
                chapter_edits.follow_file(connection, episode, follows=False)

        return self._change(episode, write)

    def follow_file(self, episode: EpisodeId) -> Future[None]:
        """Have published times follow the chapters in the audio file again, where these tell how they were moved."""
        return self._change(episode, lambda connection: chapter_edits.follow_file(connection, episode, follows=True))

    # Within

    def _edit(self, episode: EpisodeId, chapter: Chapter, make: _Making) -> Future[None]:
        def write(connection: Connection) -> None:
            shown, index = _locate(connection, episode, chapter)
            edit = make(shown, index)
            _store(connection, episode, shown, _source(shown), lambda log: log.did(edit))

        return self._change(episode, write)

    def _change_log(self, episode: EpisodeId, change: Callable[[EditLog], EditLog]) -> Future[None]:
        def write(connection: Connection) -> None:
            shown = read_shown(connection, episode)
            _store(connection, episode, shown, _source(shown), change)

        return self._change(episode, write)

    def _change(self, episode: EpisodeId, write: Callable[[Connection], None]) -> Future[None]:
        """Write, count the chapters that are shown now, and tell."""

        def write_and_count(connection: Connection) -> None:
            write(connection)
            count_shown(connection, episode)

        return self._writer.submit(write_and_count, lambda: self._tell((episode,)))

    def _tell(self, episodes: tuple[EpisodeId, ...]) -> None:
        self._bus.publish(ChaptersChanged(episodes))
        self._bus.publish(EpisodesChanged(episodes))


def _locate(connection: Connection, episode: EpisodeId, chapter: Chapter) -> tuple[Shown, int]:
    shown = read_shown(connection, episode)
    index = shown.index_of(chapter)
    if index is None:
        raise NotFoundError("chapter", chapter.title)
    return shown, index


def _source(shown: Shown) -> ChapterSource:
    """Whose list edits go to: the shown one, or a new one of the listener's own."""
    return shown.view.chosen.source if shown.view.chosen else ChapterSource.LISTENER


def _store(
    connection: Connection,
    episode: EpisodeId,
    shown: Shown,
    source: ChapterSource,
    change: Callable[[EditLog], EditLog],
) -> None:
    chapter_edits.store_edits(connection, episode, source, change(shown.logs.get(source, EditLog())))
