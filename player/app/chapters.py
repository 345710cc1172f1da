"""The chapters of an episode: every source's list is kept, one is shown; the listener may choose, and paste one.

Must not know how any source is read from bytes (`formats` does that), nor how one is chosen (`app.chapter_view`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_editing import ChapterEditing, source_shown
from player.app.chapter_view import ChapterView, keep_shown, read_alignment, read_lists, read_shown
from player.app.computing import outline_in
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.chapters import chapters_from_marks, hidden_from_marks
from player.core.edits import EditLog, Identity, carried
from player.core.errors import NoChaptersError
from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    EpisodeId,
    EpochMillis,
    Mark,
    Millis,
    PodcastId,
)
from player.core.phrases import Phrase
from player.core.skips import SkipMark, marked
from player.storage import chapter_edits, chapter_wishes, episodes, listening, skip_marks
from player.storage import chapters as stored

USUAL_FRAME = 20.0
"""Milliseconds: the frame of Opus."""

_SHOWN_UP_TO = "shown_up_to"
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Pasted:
    """The listener's own list of an episode with the changes in it, if there is one, and the source that was wished."""

    chapters: ChapterList | None
    log: EditLog
    wish: ChapterSource | None


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
    """Keep what `source` says of `episode` (nothing, too), and which chapters are shown now.

    A list that the listener has changed stays when its source says nothing any more: the changes are about it.
    `origin` says where the list was read (an address, a file name), `content_hash` names the content.
    """
    duration = episodes.episode(connection, episode).duration
    if marks:
        chapters, hidden = chapters_from_marks(marks, duration), hidden_from_marks(marks, duration)
        found = ChapterList(source, chapters, hidden, origin, now)
        pictures = [mark.picture for mark in marks if mark.picture is not None]
        stored.store_list(connection, episode, found, now, content_hash, pictures)
    elif source not in chapter_edits.edit_logs(connection, episode):
        stored.drop_list(connection, episode, source)
    keep_shown(connection, episode)


class ChapterService(ChapterEditing):
    """Reads what is shown of an episode's chapters, takes what the listener wants to be shown, and all edits."""

    def __init__(
        self, reader: Connection, writer: Writer, bus: Bus, jobs: Jobs, now: Callable[[], EpochMillis]
    ) -> None:
        super().__init__(writer, bus)
        self._reader = reader
        self._jobs = jobs
        self._now = now

    def lists(self, episode: EpisodeId) -> list[ChapterList]:
        """Every source's list as it would be shown; the last chapter of each ends with the episode."""
        return read_lists(self._reader, episode)

    def chosen(self, episode: EpisodeId) -> ChapterList | None:
        """The list to show and to jump by, or None when the episode has no chapters."""
        return self.view(episode).chosen

    def view(self, episode: EpisodeId) -> ChapterView:
        """All that is shown of an episode's chapters; raises NotFoundError."""
        return read_shown(self._reader, episode).view

    def heard_at(self, episode: EpisodeId, published: Millis) -> Millis:
        """Where in the file that is here a time in the notes, or any other published time, is heard."""
        return read_alignment(self._reader, episode).to_file(published)

    def picture(self, reference: str) -> bytes | None:
        """The picture that a chapter names, as an image file; None when it is not here, as with one on the web."""
        found = stored.picture(self._reader, reference)
        return found.data if found else None

    def frame_length(self, episode: EpisodeId) -> Future[float]:
        """How long a frame of the episode's audio is, in milliseconds; `USUAL_FRAME` where it is not here or known."""
        return self._jobs.submit(self._frame_length, episodes.episode(self._reader, episode).download)

    @staticmethod
    def _frame_length(download: Download) -> float:
        from player.formats.media_file import frame_length

        is_here = download.path is not None and download.state is DownloadState.COMPLETE
        return (frame_length(Path(download.path or "")) if is_here else None) or USUAL_FRAME

    def work_out_shown(self) -> None:
        """Work out what is shown of every episode, in the background, in a library of an Earmark that did not yet."""
        if listening.session_value(self._reader, _SHOWN_UP_TO) is not None:
            self._jobs.when_done(self._writer.submit(_work_out_some), self._on_worked_out)

    def _on_worked_out(self, _: None) -> None:
        self.work_out_shown()

    # Choosing

    def choose_source(self, episode: EpisodeId, source: ChapterSource | None) -> Future[None]:
        """Show the list of `source` for this episode; None leaves the choice to the rules again."""
        return self._change(episode, lambda connection: chapter_wishes.ask_for(connection, episode, source))

    def preference(self, podcast: PodcastId) -> ChapterSource | None:
        """The source that is shown for the episodes of a podcast where they have it, or None."""
        return chapter_wishes.preferred(self._reader, podcast)

    def prefer_source(self, podcast: PodcastId, source: ChapterSource | None) -> Future[None]:
        """Show `source` for all episodes of a podcast that have it; None leaves the choice to the rules again."""
        affected: list[EpisodeId] = []

        def write(connection: Connection) -> None:
            chapter_wishes.prefer(connection, podcast, source)
            affected.extend(chapter_wishes.with_lists(connection, podcast))
            for episode in affected:
                keep_shown(connection, episode)

        return self._writer.submit(write, lambda: self._tell(tuple(affected)))

    # Skipping

    def set_skipped(
        self, episode: EpisodeId, chapters: Sequence[Chapter], *, is_skipped: bool
    ) -> Future[tuple[SkipMark, ...]]:
        """Have playing leave out some of the shown chapters, with what is nested in them, or hear them again.

        The future holds the marks as they were, for `restore_skips`, or a NotFoundError when the list has changed
        meanwhile and no longer has one of the chapters.
        """

        def write(connection: Connection) -> tuple[SkipMark, ...]:
            shown = read_shown(connection, episode)
            indices = [shown.place_of(chapter) for chapter in chapters]
            marks = marked(shown.marks, shown.entries, indices, is_skipped=is_skipped, ruled=shown.ruled)
            skip_marks.store_skip_marks(connection, episode, marks)
            return shown.marks

        return self._writer.submit(write, lambda: self._tell((episode,)))

    def restore_skips(self, episode: EpisodeId, marks: Sequence[SkipMark]) -> Future[None]:
        """Skip what was skipped before a `set_skipped`."""
        return self._writer.submit(
            lambda connection: skip_marks.store_skip_marks(connection, episode, marks), lambda: self._tell((episode,))
        )

    # The listener's own outline

    def paste_outline(self, episode: EpisodeId, text: str) -> Future[int]:
        """Take the outline in `text` as the episode's chapters; the future holds their number, or NoChaptersError."""
        return self._jobs.submit(self._paste, episode, text)

    def pasted(self, episode: EpisodeId) -> Pasted:
        """The listener's own list as it is now, so that `put_back` can undo what becomes of it."""
        of_listener = (each for each in stored.lists(self._reader, episode) if each.source is ChapterSource.LISTENER)
        log = chapter_edits.edit_logs(self._reader, episode).get(ChapterSource.LISTENER, EditLog())
        return Pasted(next(of_listener, None), log, chapter_wishes.wishes(self._reader, episode).asked)

    def put_back(self, episode: EpisodeId, pasted: Pasted) -> Future[None]:
        """Make the listener's own list, and which list is wished for, what it was."""

        def write(connection: Connection) -> None:
            if pasted.chapters is None:
                stored.drop_list(connection, episode, ChapterSource.LISTENER)
            else:
                stored.store_list(connection, episode, pasted.chapters, pasted.chapters.read_at or self._now())
            chapter_edits.store_edits(connection, episode, ChapterSource.LISTENER, pasted.log)
            chapter_wishes.ask_for(connection, episode, pasted.wish)

        return self._change(episode, write)

    def history(self, episode: EpisodeId) -> EditLog:
        """The changes in the shown list, and those that were taken back; raises NotFoundError."""
        shown = read_shown(self._reader, episode)
        return shown.logs.get(source_shown(shown), EditLog())

    def clear_pasted(self, episode: EpisodeId) -> Future[None]:
        """Forget the listener's own list, with the changes in it; the other sources count again."""
        return self.put_back(episode, Pasted(None, EditLog(), None))

    def _paste(self, episode: EpisodeId, text: str) -> int:
        duration = self._writer.submit(lambda connection: episodes.episode(connection, episode).duration).result()
        marks = outline_in([text], duration)
        if not marks:
            raise NoChaptersError(
                Phrase("reasons", "the pasted text"),
                Phrase("reasons", "no two lines of it begin or end with a time that fits"),
            )
        now = self._now()

        def write(connection: Connection) -> None:
            log = chapter_edits.edit_logs(connection, episode).get(ChapterSource.LISTENER, EditLog())
            store_marks(connection, episode, ChapterSource.LISTENER, marks, now)
            given = [Identity(each.start, each.title) for each in marks]
            chapter_edits.store_edits(connection, episode, ChapterSource.LISTENER, EditLog(carried(log.done, given)))
            chapter_wishes.ask_for(connection, episode, None)

        self._change(episode, write).result()
        return len(marks)


def _work_out_some(connection: Connection) -> None:
    last = EpisodeId(int(listening.session_value(connection, _SHOWN_UP_TO) or 0))
    some = stored.episodes_with_lists(connection, last, _AT_ONCE)
    for episode in some:
        keep_shown(connection, episode)
        listening.store_session_value(connection, _SHOWN_UP_TO, str(episode))
    if not some:
        listening.drop_session_value(connection, _SHOWN_UP_TO)
