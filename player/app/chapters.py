"""The chapters of an episode: every source's list is kept, one is chosen; the listener may paste one.

Must not know how any source is read from bytes: `formats` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.chapters import chapters_from_marks, hidden_from_marks, with_duration
from player.core.choice import choose
from player.core.errors import NoChaptersError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.filling import filled
from player.core.model import ChapterList, ChapterSource, EpisodeId, EpochMillis, Mark, Millis
from player.storage import chapters as stored
from player.storage import episodes


def outline_in(texts: Sequence[str], duration: Millis | None) -> tuple[Mark, ...]:
    """The marks of the best outline in any of the `texts`: the one with the most entries, the first of equals."""
    from player.core.outline import find_outline
    from player.formats.notes import read_lines

    best: tuple[Mark, ...] = ()
    for text in texts:
        outline = find_outline(read_lines(text), duration)
        if outline is not None and len(outline.marks) > len(best):
            best = outline.marks
    return best


def store_marks(
    connection: Connection,
    episode: EpisodeId,
    source: ChapterSource,
    marks: Sequence[Mark],
    now: EpochMillis,
    *,
    origin: str = "",
    content_hash: str | None = None,
) -> None:
    """Keep what `source` says of `episode` (nothing, too), and count the chapters that are shown now.

    `origin` says where the list was read (an address, a file name), `content_hash` names the content.
    """
    duration = episodes.episode(connection, episode).duration
    if marks:
        chapters, hidden = chapters_from_marks(marks, duration), hidden_from_marks(marks, duration)
        found = ChapterList(source, chapters, hidden, origin, now)
        pictures = [mark.picture for mark in marks if mark.picture is not None]
        stored.store_list(connection, episode, found, now, content_hash, pictures)
    else:
        stored.drop_list(connection, episode, source)
    choice = choose(stored.lists(connection, episode), duration)
    stored.set_chapter_count(connection, episode, len(choice.chosen.chapters) if choice else 0)


class ChapterService:
    """Reads the lists of chapters, and takes pasted outlines."""

    def __init__(
        self, reader: Connection, writer: Writer, bus: Bus, jobs: Jobs, now: Callable[[], EpochMillis]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._now = now

    def lists(self, episode: EpisodeId) -> list[ChapterList]:
        """Every source's list; the last chapter of each ends with the episode."""
        duration = episodes.episode(self._reader, episode).duration
        found = stored.lists(self._reader, episode)
        if duration is None:
            return found
        return [replace(each, chapters=with_duration(each.chapters, duration)) for each in found]

    def chosen(self, episode: EpisodeId) -> ChapterList | None:
        """The list to show and to jump by, or None when the episode has no chapters."""
        choice = choose(self.lists(episode), episodes.episode(self._reader, episode).duration)
        return filled(choice.chosen, choice.others) if choice else None

    def paste_outline(self, episode: EpisodeId, text: str) -> Future[int]:
        """Take the outline in `text` as the episode's chapters; the future holds their number, or NoChaptersError."""
        return self._jobs.submit(self._paste, episode, text)

    def clear_pasted(self, episode: EpisodeId) -> Future[None]:
        """Forget a pasted outline; the other sources count again."""
        return self._jobs.submit(self._store, episode, ())

    def _paste(self, episode: EpisodeId, text: str) -> int:
        duration = self._writer.submit(lambda connection: episodes.episode(connection, episode).duration).result()
        marks = outline_in([text], duration)
        if not marks:
            raise NoChaptersError("the pasted text", "no two lines of it begin or end with a time that fits")
        self._store(episode, marks)
        return len(marks)

    def _store(self, episode: EpisodeId, marks: tuple[Mark, ...]) -> None:
        now = self._now()
        self._writer.submit(lambda c: store_marks(c, episode, ChapterSource.LISTENER, marks, now)).result()
        self._bus.publish(ChaptersChanged((episode,)))
        self._bus.publish(EpisodesChanged((episode,)))
