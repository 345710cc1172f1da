"""The one place where services are put together.

Must not know what any of them does. What is slow to import (network, decoder) is imported when it is first used.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cached_property
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.accounts import Accounts
from player.app.adding import Adding
from player.app.announcing import Announcing
from player.app.artwork import Artwork
from player.app.auto_downloads import AutoDownloads
from player.app.bandwidth import Bandwidth
from player.app.bookmarks import Bookmarks
from player.app.bus import Bus
from player.app.chapter_documents import ChapterDocuments
from player.app.chapter_saving import ChapterSaving
from player.app.chapters import ChapterService
from player.app.clips import Clips
from player.app.directories import Directories
from player.app.download_folder import DownloadFolder
from player.app.download_tagging import DownloadTagging
from player.app.downloads import Downloads
from player.app.engines import EngineFactory, sound_engine
from player.app.exchange import Exchange
from player.app.finding import Finder
from player.app.finishing import Finishing
from player.app.following import Following
from player.app.heard import HeardService
from player.app.home import Home
from player.app.indexing import Indexing
from player.app.intake import Intake
from player.app.jobs import Jobs
from player.app.keeping import Keeping
from player.app.library import Catalogue, Library
from player.app.listening import Listening
from player.app.moving import Moving
from player.app.outlines import Outlines
from player.app.play_queue import QueueService
from player.app.playback import Playback
from player.app.podcast_rules import RuleBook
from player.app.processes import END_IDLE_EVERY_MS, Processes
from player.app.queue_playing import QueuePlayer
from player.app.refreshing import Refreshing
from player.app.replacing import Replacing
from player.app.results import Results
from player.app.safekeeping import Safekeeping, require_library
from player.app.settings import SettingsStore, most_bytes, rate_limit_now
from player.app.skip_rules import SkipRules
from player.app.sleeping import Sleeping
from player.app.sounds import Sounds
from player.app.subscriptions import Subscriptions
from player.app.threads import Threads
from player.app.time_listened import Statistics
from player.app.transcripts import Transcripts
from player.app.waveforms import Waveforms
from player.app.web_pictures import WebPictures
from player.app.writer import Writer
from player.core.errors import ProfileInUseError
from player.core.events import SettingsChanged
from player.core.model import EpochMillis
from player.storage.database import is_up_to_date, open_reader, open_writer
from player.storage.feed_asking import feeds_with_account
from player.storage.open_marker import OpenMarker
from player.storage.search_index import bring_all_up_to_date, is_due
from player.system.keyring_store import Keyring, SystemKeyring, netrc_account
from player.system.paths import Profile, resources
from player.system.single_instance import InstanceLock

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.directories import Bases

Clock = Callable[[], EpochMillis]


def wall_clock() -> EpochMillis:
    """The time now."""
    return time.time_ns() // 1_000_000


class Services:
    """All services of one program on one profile. Holds the profile's lock until `close`."""

    def __init__(
        self,
        profile: Profile,
        home: Home,
        engine: EngineFactory,
        threads: Threads,
        processes: Processes,
        keyring: Keyring,
        now: Clock,
        bases: Bases | None,
    ) -> None:
        """Take the lock, open the library. Raises ProfileInUseError or ProfileError."""
        self.profile = profile
        self.home, self.now = home, now
        self._lock = InstanceLock(profile)
        with ExitStack() as opened:
            opened.callback(self._lock.release)
            require_library(profile)
            self._writer = Writer(lambda: open_writer(profile.database), threads.writing)
            opened.callback(self._writer.close)
            self._reader: Connection = self._open_reader()
            opened.callback(self._reader.close)
            self._marker = OpenMarker(profile.open_marker)
            self._begin(engine, threads, processes, keyring, now, bases)
            opened.pop_all()

    def _begin(
        self,
        engine: EngineFactory,
        threads: Threads,
        processes: Processes,
        keyring: Keyring,
        now: Clock,
        bases: Bases | None,
    ) -> None:
        home = self.home
        self._engine, self._bases = engine, bases
        self._clients: list[Client] = []
        self._making_client = threading.Lock()
        self.bus = Bus(home)
        self.jobs = Jobs(threads.jobs, home)
        # Transfers are long, and none that is listened to may stand behind feeds that are being refreshed.
        self._transfers = Jobs(threads.transfers, home)
        # Feeds wait for servers most of the time, and keep nothing else waiting.
        self._asking = Jobs(threads.asking, home)
        # And their chapters are found beside them, not after them.
        self._reading = Jobs(threads.reading, home)
        # And words are found while feeds are waited for.
        searches = Jobs(threads.searching, home)
        self.finder = Finder(self._open_reader, searches, self.bus, now)
        self.results = Results(self._open_reader, searches, self.bus, now)
        self.safekeeping = Safekeeping(
            self.profile, self._marker, self._open_reader, Jobs(threads.safekeeping, home), self.bus, home, now
        )
        self._processes = processes
        self._stop_ending_idle = home.every(END_IDLE_EVERY_MS, processes.end_idle)
        self.settings = SettingsStore(self.profile.settings, lambda: self.bus.publish(SettingsChanged()))
        self._accounts = Accounts(keyring, netrc_account, feeds_with_account(self._reader))
        self.replacing = Replacing(self.profile.replaced, self.jobs)
        self.bookmarks = Bookmarks(self._open_reader, self._reader, self._writer, self.bus, self.jobs, now)
        self._build(processes, now)

    def _build(self, processes: Processes, now: Clock) -> None:
        profile = self.profile
        self.library = Library(self._reader, self._writer, self.bus)
        self.chapters = ChapterService(self._reader, self._writer, self.bus, self.jobs, now)
        self.chapter_documents = ChapterDocuments(self._client, self._reader, self._writer, self.bus, self.jobs, now)
        self.transcripts = Transcripts(self._client, self._reader, self._writer, self.bus, self.jobs, processes, now)
        shared = (self._reader, self._writer, self.bus, self.jobs)
        self.web_pictures = WebPictures(self._client, profile.pictures, *shared, now)
        self.artwork = Artwork(self.web_pictures, self._reader, lambda: self.settings.value, self.bus)
        self.chapter_saving = ChapterSaving(*shared, processes, now, self.web_pictures.data, profile.waveforms)
        self.clips = Clips(self._writer, self.jobs, processes, self.web_pictures.data)
        self._build_feeds(processes, now)
        self._build_downloads(processes, now)
        self.heard = HeardService(self._reader, self._writer, self.bus, now)
        self.listening = Listening(self._reader, self._writer, self.bus, self.heard, now)
        self.statistics = Statistics(self._reader, self._writer, self.bus, now)
        self.sounds = Sounds(self._reader, self._writer, self.statistics)
        self.waveforms = Waveforms(
            profile.waveforms, self._reader, self.downloads, self.listening, self.bus, self.jobs, processes
        )
        self._build_rules(now)
        self.chapters.work_out_shown()
        self.queue = QueueService(self._reader, self._writer, self.bus, self.jobs, self.chapters)
        self.exchange = Exchange(
            self._open_reader,
            self._writer,
            self.bus,
            self.jobs,
            self.home,
            now,
            self.settings,
            self.subscriptions,
            self.refreshing,
            self.queue,
            self.sounds,
        )

    def _build_downloads(self, processes: Processes, now: Clock) -> None:
        self.download_folder = DownloadFolder(self.profile.downloads, self.settings)
        self.downloads = Downloads(
            self._client,
            self.download_folder,
            self._writer,
            self._reader,
            self.bus,
            self._transfers,
            self.home,
            Finishing(self._writer, self.bus, processes, now, self.profile.waveforms, lambda: self.settings.value),
            now,
            lambda: max(1, self.settings.value.parallel_downloads),
            Bandwidth(lambda: rate_limit_now(self.settings.value, now())),
        )
        self.moving = Moving(self.download_folder, self.downloads, self._reader, self.bus, self.jobs, now)
        self.download_tagging = DownloadTagging(
            self._client, self.downloads.notes, self.chapter_documents, self.chapter_saving, self.bus, self.jobs
        )

    def _build_feeds(self, processes: Processes, now: Clock) -> None:
        """What finds feeds, asks them and takes them in."""
        self.outlines = Outlines(self._writer, self.bus, self._reading, processes, now)
        self._indexing = Indexing(self._reader, self._writer, self.jobs, self.home, self.outlines)
        intake = Intake(self._writer, self.bus, processes, self.outlines, now)
        following = Following(self._client, self._accounts, intake, self._writer, self.bus, now)
        self.subscriptions = Subscriptions(
            self._client, self._accounts, intake, following, self._writer, self.bus, self.jobs, self._asking, now
        )
        self.refreshing = Refreshing(
            self._client,
            intake,
            following,
            self._reader,
            self._writer,
            self.bus,
            self._asking,
            lambda: self.settings.value,
            now,
        )
        directories = Directories(self._client, lambda: self.settings.value, now, self._bases)
        self.adding = Adding(self._client, self.subscriptions, directories, self._accounts, self.jobs, processes)

    def _build_rules(self, now: Clock) -> None:
        """What acts on what the listener sets for podcasts as a whole."""
        self.skip_rules = SkipRules(self._reader, self._writer, self.bus)
        self.rule_book = RuleBook(self._reader, self._writer, self.bus, self.settings)
        self.auto_downloads = AutoDownloads(self.rule_book, self.downloads, self._reader, self.bus, now)
        self.keeping = Keeping(
            self.rule_book,
            self.downloads,
            self.auto_downloads,
            self.download_folder,
            self._reader,
            self._writer,
            self.bus,
            self.home,
            now,
            lambda: most_bytes(self.settings.value),
        )
        self.announcing = Announcing(self.rule_book, self._reader, self.bus, self.jobs, now)

    def announce_on_desktop(self, said: Callable[[str], str] = str) -> None:
        """Let the desktop tell of new episodes from now on, as `said` says it in the listener's language."""
        from player.system.notifications import DesktopNotifier

        icon = resources() / "icons" / "earmark.svg"
        self.announcing.start(DesktopNotifier(self.announcing.clicked, str(icon)), said)

    @cached_property
    def playback(self) -> Playback:
        """The player; the engine is made when it is first asked for."""
        return Playback(
            self._engine(),
            self.library,
            self.chapters,
            self.downloads,
            self.listening,
            self.sounds,
            self.settings,
            self.bus,
            self.home,
            self.waveforms.quiet,
        )

    @cached_property
    def queue_player(self) -> QueuePlayer:
        """What lets the queue follow on what plays, from when it is first asked for."""
        return QueuePlayer(self.queue, self.playback, self.downloads, self.library, self.bus)

    @cached_property
    def sleeping(self) -> Sleeping:
        """The sleep timer, from when it is first asked for."""
        return Sleeping(self.playback, self.bus, self.home, self.now)

    def close(self) -> None:
        """Keep every place, stop every thread, close the library, give the profile free."""
        if "playback" in self.__dict__:
            self.playback.close()
        self.keeping.close()
        self.announcing.close()
        self.waveforms.close()
        self.moving.close()
        self.downloads.close()
        self.chapter_saving.close()
        self.clips.close()
        self.outlines.close()
        self._transfers.close()
        self.refreshing.close()
        self._asking.close()
        self._reading.close()
        self._stop_ending_idle()
        self.finder.close()
        self.results.close()
        self.safekeeping.close()
        self.exchange.close()
        self.jobs.close()
        self.replacing.close()
        self._processes.close()
        for client in self._clients:
            client.close()
        self._indexing.close()
        self._writer.close()
        self.bus.close()
        self._reader.close()
        self._marker.close()
        self._lock.release()

    def _open_reader(self) -> Connection:
        return open_reader(self.profile.database)

    def _client(self) -> Client:
        """The one HTTP client, made by the first worker that needs it."""
        from player.net.client import build_client

        with self._making_client:
            if not self._clients:
                self._clients.append(build_client(sample=resources() / "sample", account=self._accounts.account))
        return self._clients[0]


def compose(
    profile: Profile,
    home: Home,
    *,
    engine: EngineFactory = sound_engine,
    executor: Executor | None = None,
    writing: Executor | None = None,
    processes: Processes | None = None,
    keyring: Keyring | None = None,
    now: Clock = wall_clock,
    bases: Bases | None = None,
) -> Services:
    """Put the services of a program together. Raises ProfileInUseError or ProfileError.

    Executors default to threads (`app.threads`), `processes` to two at most for what computes, `keyring` to that of the
    system. Tests pass inline ones, and `bases`: where the directories of podcasts are.
    """
    return Services(
        profile,
        home,
        engine,
        Threads.of(executor, writing),
        processes or Processes(),
        SystemKeyring() if keyring is None else keyring,
        now,
        bases,
    )


@contextmanager
def reader_of(profile: Profile) -> Iterator[Connection]:
    """A connection that reads the library, also beside a running player. Raises ProfileError.

    Where there is none yet, or an older program wrote it last, it is made or brought up to date first; raises
    ProfileInUseError where that one runs.
    """
    require_library(profile)
    if not profile.database.exists() or not is_up_to_date(profile.database):
        with _locked(profile):
            open_writer(profile.database).close()
    with closing(open_reader(profile.database)) as reader:
        yield reader


@contextmanager
def read_catalogue(profile: Profile, *, is_searched: bool = False) -> Iterator[Catalogue]:
    """The library to read only, as `reader_of`.

    With `is_searched` the search finds all that is in it; of what has just changed a running player sees to that.
    """
    with reader_of(profile) as reader:
        if is_searched and is_due(reader):
            with suppress(ProfileInUseError), _locked(profile), closing(open_writer(profile.database)) as writer:
                bring_all_up_to_date(writer)
        yield Catalogue(reader)


@contextmanager
def _locked(profile: Profile) -> Iterator[None]:
    lock = InstanceLock(profile)
    try:
        yield
    finally:
        lock.release()
