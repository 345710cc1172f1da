"""Taking what is the listener's out of the library and into it: as a library document, or as a list of podcasts (OPML).

Must not know how the documents are written (`formats`), nor what is laid in where (`storage.exchange`).
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TypeAlias

from player.app.bus import Bus
from player.app.course import CalledOff, Course
from player.app.home import Home
from player.app.jobs import Jobs
from player.app.laying_in import LaidIn, LayingIn
from player.app.play_queue import QueueService
from player.app.refreshing import Refreshing
from player.app.settings import Settings, SettingsStore
from player.app.sounds import Sounds, default_sound
from player.app.subscriptions import OpmlResult, Subscriptions
from player.app.writer import Writer
from player.core.errors import FileError, KnownError
from player.core.events import (
    BookmarksChanged,
    ChaptersChanged,
    EpisodesChanged,
    PodcastsChanged,
    ProblemReported,
    RulesChanged,
    StatisticsChanged,
)
from player.core.library_export import LibraryExport, Setting
from player.core.model import EpochMillis, PodcastId, PodcastKind
from player.core.phrases import Phrase
from player.core.play_queue import Piece
from player.core.reasons import system_reason
from player.core.recognition import Kind, recognise
from player.storage import exchange as stored
from player.storage import feeds, skip_rules, time_listened
from player.storage.database import snapshot

_OF_THIS_COMPUTER = {
    "output_device",
    "podcastindex_key",
    "podcastindex_secret",
    "downloads_folder",
    "downloads_left",
}
"""Settings that mean nothing elsewhere, or that nobody should hand on with a file."""


READING = Phrase("exchange", "reading the file")
GATHERING = Phrase("exchange", "gathering what is yours")
WRITING = Phrase("exchange", "writing the file")

_READ = 0.1
"""The share of the time of an import in which the document is read; the rest of it the library is written."""
_GATHERED = 0.6
"""The share of the time of an export in which the library is read."""


@dataclass(frozen=True, slots=True)
class LibraryImport:
    """What an import did: podcasts that are new and that were there, episodes that changed, entries for the queue.

    `is_called_off`: nothing, for that was not wanted any more.
    """

    added: tuple[PodcastId, ...]
    known: int
    episodes: int
    queued: int
    is_called_off: bool = False


_CALLED_OFF = LibraryImport((), 0, 0, 0, is_called_off=True)

Imported: TypeAlias = OpmlResult | LibraryImport


class Exchange:
    """Exports and imports."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        home: Home,
        now: Callable[[], EpochMillis],
        settings: SettingsStore,
        subscriptions: Subscriptions,
        refreshing: Refreshing,
        queue: QueueService,
        sounds: Sounds,
    ) -> None:
        """`connect` opens a connection that reads, for each export."""
        self._connect = connect
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._home = home
        self._now = now
        self._settings = settings
        self._subscriptions = subscriptions
        self._refreshing = refreshing
        self._queue = queue
        self._sounds = sounds
        self._courses: list[Course] = []
        self._laying_in = threading.Lock()

    def export(self, path: Path, course: Course | None = None) -> Future[int | None]:
        """Write a library document to `path`; the future holds how many podcasts are in it, or a FileError.

        It holds None when the `course` was cancelled; then what was at `path` is there.
        """
        settings, course = self._settings.value, course or Course()
        return self._jobs.submit(self._export, path, lambda reader: library_document(reader, settings, course), course)

    def export_opml(self, path: Path) -> Future[int | None]:
        """Write a list of the podcasts to `path`; the future holds how many, or a FileError."""
        return self._jobs.submit(self._export, path, opml_document, Course())

    def import_file(self, path: Path, name: str = "", course: Course | None = None) -> Future[Imported]:
        """Take in a library document or an OPML document, told by what is in it.

        Feeds of podcasts that a library document adds are asked for afterwards. The future may hold a FileError or a
        DocumentError; then nothing has changed. `name` is what the file is called where that is not its own name. The
        `course` tells how far it is, and may be cancelled: of a library document nothing is taken in then, of an OPML
        document what is there by then stays.
        """
        course = course or Course()
        self._courses.append(course)
        importing = self._jobs.submit(self._import, path, name or path.name, course)
        importing.add_done_callback(lambda _: self._courses.remove(course))
        return importing

    def close(self) -> None:
        """Call off what is imported, and wait until all of a library document is taken back."""
        for course in list(self._courses):
            course.is_cancelled = True
        with self._laying_in:
            pass

    # Within; on workers

    def _export(self, path: Path, document: Callable[[Connection], tuple[bytes, int]], course: Course) -> int | None:
        reader = self._connect()
        try:
            body, count = document(reader)
            course.require_wanted()
        except CalledOff:
            return None
        finally:
            reader.close()
        write_document(path, body)
        return count

    def _import(self, path: Path, name: str, course: Course) -> Imported:
        from player.formats.library_document import read_library

        try:
            body = path.expanduser().read_bytes()
        except OSError as error:
            raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error
        if recognise(body).kind is not Kind.JSON:
            return self._subscriptions.import_document(body, name, course)
        try:
            exported = read_library(body, name, partial(_tell_part, course, 0, _READ, READING))
        except CalledOff:
            return _CALLED_OFF
        # What one takes back must not be another one's.
        with self._laying_in:
            return self._lay_in(exported, course)

    def _lay_in(self, exported: LibraryExport, course: Course) -> LibraryImport:
        laying_in = LayingIn(self._writer, course, self._now(), _READ)
        done = laying_in.laid_in
        try:
            is_done = laying_in.lay_in(exported)
        finally:
            # Who has looked meanwhile has to look again, also where all was taken back.
            self._tell(done)
        if not is_done:
            return _CALLED_OFF
        for podcast in done.with_rules:
            self._bus.publish(RulesChanged(podcast))
        self._home.post(lambda: self._finish(exported, done.pieces, done.added))
        known = sum(each.kind is PodcastKind.FEED for each in exported.podcasts) - len(done.added)
        return LibraryImport(tuple(done.added), known, len(done.touched), len(done.pieces))

    def _tell(self, done: LaidIn) -> None:
        changed = (*done.touched, *done.ruled)
        self._bus.publish(PodcastsChanged(tuple(done.podcasts)))
        self._bus.publish(EpisodesChanged(changed))
        self._bus.publish(ChaptersChanged(changed))
        self._bus.publish(BookmarksChanged(tuple(done.touched)))
        self._bus.publish(StatisticsChanged())

    def _finish(self, exported: LibraryExport, pieces: list[Piece], added: list[PodcastId]) -> None:
        """What is held in memory, on the home thread."""
        self._queue.add_all(pieces)
        if exported.sound is not None:
            self._sounds.take_default(exported.sound)
        changes = settings_to_take(exported.settings, self._settings.value)
        try:
            if changes:
                self._settings.change(**changes)
        except KnownError as error:
            self._bus.publish(ProblemReported(error))
        if added:
            self._refreshing.refresh(added)


def write_document(path: Path, body: bytes) -> None:
    """Write a file that is there whole, or as it was before. Raises FileError."""
    try:
        place = path.resolve()
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if path.exists() and not path.is_file():  # a pipe, a terminal
            path.write_bytes(body)
        else:
            _replace(place, body)
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be written"))) from error


def _replace(place: Path, body: bytes) -> None:
    fresh = place.with_name(f".{place.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def library_document(reader: Connection, settings: Settings, course: Course | None = None) -> tuple[bytes, int]:
    """A library document, and how many podcasts are in it. Raises CalledOff when the `course` was cancelled."""
    from player.formats.library_document import write_library

    course = course or Course()
    with snapshot(reader):
        podcasts = stored.gather_podcasts(reader, partial(_tell_part, course, 0, _GATHERED, GATHERING))
        queue = tuple(stored.gather_queue(reader))
        sound, listened = default_sound(reader), time_listened.all_rows(reader)
        for_all = skip_rules.rules(reader, None)
    chosen = {name: value for name, value in asdict(settings).items() if name not in _OF_THIS_COMPUTER}
    count = sum(each.kind is PodcastKind.FEED for each in podcasts)
    exported = LibraryExport(tuple(podcasts), queue, sound, chosen, listened, for_all)
    return write_library(exported, partial(_tell_part, course, _GATHERED, 1, WRITING)), count


def _tell_part(course: Course, begin: float, end: float, doing: str, done: int, total: int) -> None:
    """So much of what lies between two shares of a course is done. Raises CalledOff."""
    course.require_wanted()
    course.tell(begin + (end - begin) * min(1.0, done / total), doing)


def opml_document(reader: Connection) -> tuple[bytes, int]:
    """A list of the podcasts that have a feed on the web, and how many there are."""
    from player.formats.opml import OpmlFeed, write_opml

    podcasts = feeds.list_podcasts(reader)
    on_the_web = (each for each in podcasts if each.feed_url.startswith(("http:", "https:")))
    listed = [OpmlFeed(each.title, each.feed_url, each.folder) for each in on_the_web]
    return write_opml(listed), len(listed)


def settings_to_take(exported: Mapping[str, Setting], own: Settings) -> dict[str, Setting]:
    """The exported settings that say something, where the listener has changed nothing here."""
    usual = asdict(Settings())
    here = asdict(own)
    taken = {}
    for name in {field.name for field in fields(Settings)} - _OF_THIS_COMPUTER:
        value = exported.get(name, usual[name])
        if here[name] == usual[name] != value and type(value) is type(usual[name]):
            taken[name] = value
    return taken
