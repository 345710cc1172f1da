"""Lays an exported library into this one, a podcast after the other, or not at all: called off, it leaves no trace.

Must not know what is laid in where (`storage.exchange`), nor how changes are taken back (`storage.undoing`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from sqlite3 import Connection

from player.app.chapter_view import keep_shown
from player.app.course import CalledOff, Course
from player.app.writer import Writer
from player.core.errors import NotFoundError
from player.core.library_export import ExportedPodcast, LibraryExport
from player.core.model import EpisodeId, EpochMillis, PodcastId, PodcastKind
from player.core.play_queue import Piece
from player.storage import exchange as stored
from player.storage import skip_rules, time_listened, undoing

_TAKEN_BACK_AT_ONCE = 500
"""Changes: between so many of them others may write."""


@dataclass(slots=True)
class LaidIn:
    """What was laid in: podcasts (`added` are new ones), those with other rules, episodes in which something changed.

    `with_chapters` are those of them whose chapters may be others, `ruled` those for which new rules to skip chapters
    may count, `pieces` is what comes into the queue.
    """

    podcasts: list[PodcastId] = field(default_factory=list)
    added: list[PodcastId] = field(default_factory=list)
    with_rules: list[PodcastId] = field(default_factory=list)
    touched: list[EpisodeId] = field(default_factory=list)
    with_chapters: list[EpisodeId] = field(default_factory=list)
    ruled: list[EpisodeId] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


class LayingIn:
    """One import, on a worker. Each podcast is a transaction: what is heard meanwhile is written in between."""

    def __init__(self, writer: Writer, course: Course, now: EpochMillis, begin: float) -> None:
        """`begin` is the share of the course that is over when this begins."""
        self._writer = writer
        self._course = course
        self._now = now
        self._begin = begin
        self.laid_in = LaidIn()
        self._done = self._total = 0

    def lay_in(self, exported: LibraryExport) -> bool:
        """Lay all of it in; False when the course was cancelled. Raises ProfileError.

        After either the library is as it was, apart from what others did meanwhile; an episode, or a podcast, that came
        with it and that they use by then stays. A kill leaves what is there by then, and to import the same again does
        the rest.
        """
        self._writer.submit(undoing.begin).result()
        try:
            self._lay_in(exported)
        except CalledOff:
            self._take_back()
            return False
        except BaseException:
            self._take_back()
            raise
        finally:
            self._writer.submit(undoing.end).result()
        return True

    def _lay_in(self, exported: LibraryExport) -> None:
        """Raises CalledOff."""
        # A podcast counts as much as an episode: there may be many without any.
        self._total = len(exported.podcasts) + sum(len(each.episodes) for each in exported.podcasts)
        known = self._writer.submit(stored.known_feeds).result()
        to = self.laid_in
        for podcast in exported.podcasts:
            done = self._writer.submit(partial(self._write, podcast=podcast, known=known)).result()
            to.podcasts.append(done.podcast)
            to.touched += done.touched
            to.with_chapters += done.with_chapters
            to.ruled += done.ruled
            to.with_rules += [done.podcast] if done.has_other_rules else []
            to.added += [done.podcast] if done.is_new and podcast.kind is PodcastKind.FEED else []

        def write_rest(connection: Connection) -> None:
            with undoing.noted(connection):
                time_listened.add_rows(connection, exported.listened)
                to.ruled += skip_rules.add_rules(connection, None, exported.skip_rules)
            to.pieces += stored.pieces(connection, exported.queue, known)

        self._writer.submit(write_rest).result()
        self._course.require_wanted()

    def _write(self, connection: Connection, podcast: ExportedPodcast, known: dict[str, PodcastId]) -> stored.LaidIn:
        with undoing.noted(connection):
            self._tell(podcast)
            laid_in = stored.lay_in(connection, podcast, known, self._now, partial(self._tell, podcast))
            for episode in laid_in.with_chapters:
                keep_shown(connection, episode)
        return laid_in

    def _tell(self, podcast: ExportedPodcast) -> None:
        """Raises CalledOff: then nothing of this podcast is written."""
        self._course.require_wanted()
        self._course.tell(self._begin + (1 - self._begin) * self._done / max(1, self._total), podcast.title)
        self._done += 1

    def _take_back(self) -> None:
        for podcast in reversed(self.laid_in.added):
            self._writer.submit(partial(undoing.remove, podcast=podcast)).result()
        while self._writer.submit(partial(undoing.take_back, most=_TAKEN_BACK_AT_ONCE)).result():
            pass
        for episode in self.laid_in.with_chapters:
            self._writer.submit(partial(_keep_shown, episode=episode)).result()


def _keep_shown(connection: Connection, episode: EpisodeId) -> None:
    """What is shown where others edited meanwhile is neither what it was before nor what they left."""
    with suppress(NotFoundError):
        keep_shown(connection, episode)
