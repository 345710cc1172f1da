"""Taking what is the listener's out of the library and into it: as a library document, or as a list of podcasts (OPML).

Must not know how the documents are written (`formats`), nor what is laid in where (`storage.exchange`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from sqlite3 import Connection
from typing import TypeAlias

from player.app.bus import Bus
from player.app.chapter_view import keep_shown
from player.app.course import Course
from player.app.home import Home
from player.app.jobs import Jobs
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
from player.core.model import EpisodeId, EpochMillis, PodcastId, PodcastKind
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


@dataclass(frozen=True, slots=True)
class LibraryImport:
    """What an import did: podcasts that are new and that were there, episodes that changed, entries for the queue."""

    added: tuple[PodcastId, ...]
    known: int
    episodes: int
    queued: int


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

    def export(self, path: Path) -> Future[int]:
        """Write a library document to `path`; the future holds how many podcasts are in it, or a FileError."""
        settings = self._settings.value
        return self._jobs.submit(self._export, path, lambda reader: library_document(reader, settings))

    def export_opml(self, path: Path) -> Future[int]:
        """Write a list of the podcasts to `path`; the future holds how many, or a FileError."""
        return self._jobs.submit(self._export, path, opml_document)

    def import_file(self, path: Path, name: str = "", course: Course | None = None) -> Future[Imported]:
        """Take in a library document or an OPML document, told by what is in it.

        Feeds of podcasts that a library document adds are asked for afterwards. The future may hold a FileError or a
        DocumentError; then nothing has changed. `name` is what the file is called where that is not its own name; the
        `course` tells of the feeds of an OPML document, and may be cancelled.
        """
        return self._jobs.submit(self._import, path, name or path.name, course)

    # Within; on workers

    def _export(self, path: Path, document: Callable[[Connection], tuple[bytes, int]]) -> int:
        reader = self._connect()
        try:
            body, count = document(reader)
        finally:
            reader.close()
        write_document(path, body)
        return count

    def _import(self, path: Path, name: str, course: Course | None) -> Imported:
        from player.formats.library_document import read_library

        try:
            body = path.expanduser().read_bytes()
        except OSError as error:
            raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error
        if recognise(body).kind is not Kind.JSON:
            return self._subscriptions.import_document(body, name, course)
        return self._lay_in(read_library(body, name))

    def _lay_in(self, exported: LibraryExport) -> LibraryImport:
        now = self._now()
        known = self._writer.submit(stored.known_feeds).result()
        added: list[PodcastId] = []
        podcasts: list[PodcastId] = []
        touched: list[EpisodeId] = []
        ruled: list[EpisodeId] = []
        for podcast in exported.podcasts:

            def write(connection: Connection) -> stored.LaidIn:
                laid_in = stored.lay_in(connection, podcast, known, now)  # noqa: B023 - it is run before the next one
                for episode in laid_in.with_chapters:
                    keep_shown(connection, episode)
                return laid_in

            # One after the other, so that what is heard meanwhile can be written in between.
            done = self._writer.submit(write).result()
            podcasts.append(done.podcast)
            touched += done.touched
            ruled += done.ruled
            if done.has_other_rules:
                self._bus.publish(RulesChanged(done.podcast))
            added += [done.podcast] if done.is_new and podcast.kind is PodcastKind.FEED else []
        self._writer.submit(lambda connection: time_listened.add_rows(connection, exported.listened)).result()
        for_all = exported.skip_rules
        ruled += self._writer.submit(lambda connection: skip_rules.add_rules(connection, None, for_all)).result()
        pieces = self._writer.submit(lambda connection: stored.pieces(connection, exported.queue, known)).result()
        self._bus.publish(PodcastsChanged(tuple(podcasts)))
        self._bus.publish(EpisodesChanged((*touched, *ruled)))
        self._bus.publish(ChaptersChanged((*touched, *ruled)))
        self._bus.publish(BookmarksChanged(tuple(touched)))
        self._bus.publish(StatisticsChanged())
        self._home.post(lambda: self._finish(exported, pieces, added))
        known_before = sum(each.kind is PodcastKind.FEED for each in exported.podcasts) - len(added)
        return LibraryImport(tuple(added), known_before, len(touched), len(pieces))

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
    fresh = path.with_name(f".{path.name}.new")
    try:
        if path.exists() and not path.is_file():  # a pipe, a terminal
            path.write_bytes(body)
            return
        with fresh.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def library_document(reader: Connection, settings: Settings) -> tuple[bytes, int]:
    """A library document, and how many podcasts are in it."""
    from player.formats.library_document import write_library

    with snapshot(reader):
        podcasts, queue = tuple(stored.gather_podcasts(reader)), tuple(stored.gather_queue(reader))
        sound, listened = default_sound(reader), time_listened.all_rows(reader)
        for_all = skip_rules.rules(reader, None)
    chosen = {name: value for name, value in asdict(settings).items() if name not in _OF_THIS_COMPUTER}
    count = sum(each.kind is PodcastKind.FEED for each in podcasts)
    return write_library(LibraryExport(podcasts, queue, sound, chosen, listened, for_all)), count


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
