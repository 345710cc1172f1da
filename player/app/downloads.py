"""Downloads: which wait, which run, how far they are, and what is read from a file once it is whole.

Must not know how bytes travel (`net.download`). All commands come on the home thread; transfers run on workers.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import AudioFacts, read_audio
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.errors import BugError, DownloadError, KnownError, NotFoundError, UnexpectedError
from player.core.events import ChaptersChanged, DownloadChanged, DownloadProgressed, EpisodesChanged, ProblemReported
from player.core.model import ChapterSource, Download, DownloadState, Episode, EpisodeId, EpochMillis, Millis
from player.core.rates import Meter
from player.storage import episodes, listening

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.download import Arrival, Transfer

PROGRESS_EVERY: Millis = 100
ARRIVAL_EVERY: Millis = 20


class _Follower:
    """Somebody who listens to an episode while it arrives. Told on the transfer's threads."""

    def __init__(self, episode: EpisodeId, on_arrival: Callable[[Arrival], None], enough: int) -> None:
        self.episode = episode
        self.wanted: tuple[int, int] | None = (0, enough)
        self._on_arrival = on_arrival
        self._told: EpochMillis = 0

    def take(self, arrival: Arrival, now: EpochMillis) -> None:
        """Tell what is there: often, and at once when what was waited for has come, or all of it."""
        wanted = self.wanted
        is_whole = arrival.total is not None and arrival.there.has(0, arrival.total)
        has_come = wanted is not None and arrival.there.has(*wanted)
        if has_come or is_whole or now - self._told >= ARRIVAL_EVERY:
            self.wanted = None if has_come else wanted
            self._told = now
            self._on_arrival(arrival)


class Downloads:
    """Fetches episodes, some at a time, in the order in which they were asked for."""

    def __init__(
        self,
        client: Callable[[], Client],
        folder: Path,
        writer: Writer,
        reader: Connection,
        bus: Bus,
        jobs: Jobs,
        processes: Processes,
        now: Callable[[], EpochMillis],
        parallel: int,
    ) -> None:
        self._client = client
        self._folder = folder
        self._writer = writer
        self._reader = reader
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._now = now
        self._parallel = parallel
        self._waiting: deque[EpisodeId] = deque()
        self._running: dict[EpisodeId, threading.Event] = {}
        self._transfers: dict[EpisodeId, Transfer] = {}
        self._arrivals: dict[EpisodeId, Arrival] = {}
        self._follower: _Follower | None = None
        self._progress: dict[EpisodeId, DownloadProgressed] = {}
        self._problems: dict[EpisodeId, KnownError] = {}
        self._noted: dict[EpisodeId, Download] = {}
        self._is_closing = False

    def start(self, episode: EpisodeId) -> None:
        """Fetch an episode's audio, or go on with it. One that waits, runs or is complete is left alone."""
        if self.is_wanted(episode):
            return
        found = self._episode(episode)
        if found.download.state is DownloadState.COMPLETE:
            return
        self._problems.pop(episode, None)
        if found.enclosure is None:
            self._problems[episode] = DownloadError(found.title, "the feed gives no audio for this episode")
            self._note(replace(found.download, state=DownloadState.FAILED, problem=sentence(self._problems[episode])))
            return
        self._waiting.append(episode)
        self._note(replace(found.download, state=DownloadState.WAITING, problem=None))
        self._start_next()

    def follow(self, episode: EpisodeId, on_arrival: Callable[[Arrival], None], enough: int) -> None:
        """Fetch an episode's audio at once, before all that waits, and tell what of it is there.

        `on_arrival` is called on the transfer's threads, up to `ARRIVAL_EVERY` milliseconds late but for the bytes that
        are wanted; at first these are the first `enough` ones. Nobody else is told any more.
        """
        self._follower = _Follower(episode, on_arrival, enough)
        arrival = self._arrivals.get(episode)
        if arrival is not None:
            self._follower.take(arrival, self._now())
        self.start(episode)
        if episode in self._waiting:
            self._waiting.remove(episode)
            self._begin(episode)

    def unfollow(self) -> None:
        """Nobody listens to what arrives any more."""
        self._follower = None

    def want(self, episode: EpisodeId, offset: int, length: int) -> None:
        """Fetch these bytes before all others: somebody waits for them."""
        transfer = self._transfers.get(episode)
        if self._follower is not None and self._follower.episode == episode:
            self._follower.wanted = (offset, offset + length)
        if transfer is not None:
            transfer.want(offset, length)

    def arrival(self, episode: EpisodeId) -> Arrival | None:
        """What there is of an episode whose transfer runs."""
        return self._arrivals.get(episode)

    def pause(self, episode: EpisodeId) -> None:
        """Stop a transfer and keep what has come."""
        if episode in self._waiting:
            self._waiting.remove(episode)
            self._note(replace(self._episode(episode).download, state=DownloadState.PAUSED))
        elif episode in self._running:
            self._running[episode].set()

    def remove(self, episode: EpisodeId) -> None:
        """Delete an episode's audio, whole or half. A file of the listener's own is never deleted, only left."""
        download = self._episode(episode).download
        if episode in self._running or download.state is DownloadState.NONE:
            return
        if episode in self._waiting:
            self._waiting.remove(episode)
        if download.path is not None and self._folder in Path(download.path).parents:
            future = self._jobs.submit(self._delete, Path(download.path))
            self._jobs.when_done(future, None, lambda error: self._bus.publish(ProblemReported(error)))
        self._progress.pop(episode, None)
        self._note(Download(episode, DownloadState.NONE))

    def resume_all(self) -> None:
        """Go on with what was waiting or running when the program ended."""
        for download in episodes.downloads(self._reader, (DownloadState.RUNNING, DownloadState.WAITING)):
            self.start(download.episode)

    def is_wanted(self, episode: EpisodeId) -> bool:
        """Whether a transfer waits or runs, though the library may not have it written down yet."""
        return episode in self._running or episode in self._waiting

    def progress(self, episode: EpisodeId) -> DownloadProgressed | None:
        """How far a running transfer is, or None."""
        return self._progress.get(episode)

    def all_progress(self) -> tuple[DownloadProgressed, ...]:
        """How far each transfer is that runs."""
        return tuple(self._progress.copy().values())

    def problem(self, episode: EpisodeId) -> KnownError | None:
        """Why the episode's last transfer failed, in this run of the program."""
        return self._problems.get(episode)

    def close(self) -> None:
        """Stop all transfers; they stay marked as running, so that the next start goes on with them."""
        self._is_closing = True
        self._waiting.clear()
        for cancel in self._running.values():
            cancel.set()

    # Within

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < self._parallel:
            self._begin(self._waiting.popleft())

    def _begin(self, episode: EpisodeId) -> None:
        """Let a transfer run."""
        try:
            found = self._episode(episode)
        except NotFoundError:
            return
        path = found.download.path or str(self._folder / self._name(found))
        download = replace(found.download, state=DownloadState.RUNNING, path=path, problem=None)
        cancel = self._running[episode] = threading.Event()
        self._note(download)
        future = self._jobs.submit(self._transfer, found, download, cancel)
        self._jobs.when_done(future, partial(self._on_ended, episode), partial(self._on_failed, download))

    def _episode(self, episode: EpisodeId) -> Episode:
        """The episode with the state of its download as it was noted last, which the library may not have yet."""
        found = episodes.episode(self._reader, episode)
        return replace(found, download=self._noted.get(episode, found.download))

    @staticmethod
    def _name(episode: Episode) -> str:
        from player.net.file_names import file_name

        assert episode.enclosure is not None
        return file_name(episode.podcast_title, f"{episode.title} [{episode.id}]", episode.enclosure.url)

    def _on_ended(self, episode: EpisodeId, download: Download | None) -> None:
        self._forget(episode)
        if download is not None:
            self._note(download)
        self._start_next()

    def _on_failed(self, download: Download, error: KnownError) -> None:
        episode = download.episode
        last = self._progress.get(episode)
        self._forget(episode)
        if self._is_closing:
            return
        self._problems[episode] = error
        received = last.received if last else download.received
        total = last.total if last else download.total
        failed = replace(download, state=DownloadState.FAILED, received=received, total=total, problem=sentence(error))
        self._note(failed)
        self._bus.publish(ProblemReported(error))
        self._start_next()

    def _forget(self, episode: EpisodeId) -> None:
        """A transfer is over."""
        self._running.pop(episode, None)
        self._transfers.pop(episode, None)
        self._arrivals.pop(episode, None)
        self._progress.pop(episode, None)

    def _note(self, download: Download) -> None:
        """Write the state of a download, and tell it once it is written."""
        self._noted[download.episode] = download
        self._writer.submit(
            lambda connection: episodes.set_download(connection, download),
            lambda: self._bus.publish(DownloadChanged(download.episode)),
        )

    # On workers

    @staticmethod
    def _delete(path: Path) -> None:
        from player.net.download import delete_download

        delete_download(path)

    def _transfer(self, episode: Episode, download: Download, cancel: threading.Event) -> Download | None:
        """Fetch, then read the file. Returns the state to note, or None when the program is closing."""
        from player.net.download import Transfer

        if episode.enclosure is None or download.path is None:
            raise BugError("a transfer needs an address and a path")
        meter = Meter()
        told: EpochMillis = 0

        def on_progress(arrival: Arrival) -> None:
            nonlocal told
            now, received, total = self._now(), arrival.there.total, arrival.total
            self._arrivals[episode.id] = arrival
            if self._follower is not None and self._follower.episode == episode.id:
                self._follower.take(arrival, now)
            meter.add(received, now)
            progress = DownloadProgressed(episode.id, received, total, meter.rate(), meter.left(total))
            self._progress[episode.id] = progress
            if now - told >= PROGRESS_EVERY or received == total:
                told = now
                self._bus.publish(progress)

        path = Path(download.path)
        transfer = Transfer(
            self._client(), episode.enclosure.url, path, on_progress=on_progress, is_cancelled=cancel.is_set
        )
        self._transfers[episode.id] = transfer
        outcome = transfer.run()
        if outcome is None:
            if self._is_closing:
                return None
            last = self._progress.get(episode.id)
            return replace(
                download,
                state=DownloadState.PAUSED,
                received=last.received if last else download.received,
                total=last.total if last else download.total,
            )
        complete = replace(download, state=DownloadState.COMPLETE, received=outcome.size, total=outcome.size)
        self._read(episode, path, complete)
        return complete

    def _read(self, episode: Episode, path: Path, complete: Download) -> None:
        """Keep what the finished file tells: its chapters, its length, and where its frames are.

        That it is complete is written here already: at the program's end nobody is at home any more to take note.
        """
        try:
            facts = self._processes.call(complete.received, read_audio, path)
        except UnexpectedError:
            # The log has it. The file is whole, and may well be played.
            facts = AudioFacts()
        now = self._now()

        def write(connection: Connection) -> None:
            episodes.set_download(connection, complete)
            if facts.duration is not None:
                episodes.set_duration(connection, episode.id, facts.duration)
            store_marks(connection, episode.id, ChapterSource.FILE, facts.marks, now)
            if facts.index is not None:
                listening.store_audio_index(connection, episode.id, facts.index)

        self._writer.submit(write).result()
        self._bus.publish(ChaptersChanged((episode.id,)))
        self._bus.publish(EpisodesChanged((episode.id,)))
