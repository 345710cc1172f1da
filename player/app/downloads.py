"""Downloads: which wait and in which order, which run, and which are tried again.

Must not know how bytes travel (`net.download`), nor one transfer (`app.transfers`). All commands come on the home
thread; transfers run on workers.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bandwidth import Bandwidth
from player.app.bus import Bus
from player.app.download_folder import DownloadFolder
from player.app.download_notes import UNFINISHED, DownloadNotes
from player.app.finishing import Finishing
from player.app.home import Home
from player.app.jobs import Jobs
from player.app.lineup import Lineup
from player.app.sentences import sentence
from player.app.transfers import Follower, Run
from player.app.writer import Writer
from player.core.errors import DiskFullError, DownloadError, KnownError, NotFoundError
from player.core.events import DownloadProgressed, DownloadsReordered, ProblemReported, SettingsChanged
from player.core.model import Download, DownloadState, EpisodeId, EpochMillis
from player.core.phrases import Phrase
from player.core.transfers import host_of, is_hopeless, wait_after

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.download import Arrival

_NO_AUDIO = Phrase("reasons", "the feed gives no audio for this episode")


class Downloads:
    """Fetches episodes, some at a time, in the listener's order."""

    def __init__(
        self,
        client: Callable[[], Client],
        folder: DownloadFolder,
        writer: Writer,
        reader: Connection,
        bus: Bus,
        jobs: Jobs,
        home: Home,
        finishing: Finishing,
        now: Callable[[], EpochMillis],
        at_once: Callable[[], int],
        bandwidth: Bandwidth,
    ) -> None:
        """`at_once` tells how many run at a time."""
        self._client = client
        self._bus = bus
        self._jobs = jobs
        self._finishing = finishing
        self._now = now
        self._at_once = at_once
        self._bandwidth = bandwidth
        self._folder = folder
        self.notes = DownloadNotes(folder, reader, writer, bus)
        self._lineup = Lineup((each.episode for each in self.notes.unfinished()), home, now)
        self._runs: dict[EpisodeId, Run] = {}
        self._follower: Follower | None = None
        self._problems: dict[EpisodeId, KnownError] = {}
        self._is_held = False
        self._is_closing = False
        bus.subscribe(SettingsChanged, lambda _: self._start_next())

    # What the listener wants

    def start(self, episode: EpisodeId) -> None:
        """Fetch an episode's audio when its turn comes, or go on with it; one that is to be tried again is tried now.

        One that waits, runs or is complete is left alone.
        """
        run = self._runs.get(episode)
        if run is not None and run.stopped_as is not None:
            run.stop(DownloadState.WAITING)
        self._lineup.hurry(episode)
        if not self.is_wanted(episode):
            self._enqueue(episode)
        self._start_next()

    def start_now(self, episode: EpisodeId) -> None:
        """Fetch an episode's audio at once, whatever waits, runs, or holds the others up."""
        self.start(episode)
        if episode in self._lineup and not self.notes.is_leaving(episode):
            self._begin(episode)

    def follow(self, episode: EpisodeId, on_arrival: Callable[[Arrival], None], enough: int) -> None:
        """Fetch an episode's audio at once, before all that waits, and tell what of it is there.

        `on_arrival` is called on the transfer's threads, up to `ARRIVAL_EVERY` milliseconds late but for the bytes that
        are wanted; at first these are the first `enough` ones. Nobody else is told any more.
        """
        self._follower = Follower(episode, on_arrival, enough)
        arrival = self.arrival(episode)
        if arrival is not None:
            self._follower.take(arrival, self._now())
        self.start_now(episode)

    def unfollow(self) -> None:
        """Nobody listens to what arrives any more."""
        follower, self._follower = self._follower, None
        problem = self._problems.get(follower.episode) if follower is not None else None
        if problem is not None:
            # While it was listened to, who plays it had it tried again.
            for download in self.notes.unfinished(DownloadState.FAILED):
                if follower is not None and download.episode == follower.episode:
                    self._try_later(download, problem, 1)

    def want(self, episode: EpisodeId, offset: int, length: int) -> None:
        """Fetch these bytes before all others: somebody waits for them."""
        run = self._runs.get(episode)
        if self._follower is not None and self._follower.episode == episode:
            self._follower.want(offset, length)
        if run is not None:
            run.want(offset, length)

    def pause(self, episode: EpisodeId, problem: str | None = None) -> None:
        """Stop a transfer and keep what has come; `problem` says why, where it was not the listener."""
        if episode in self._lineup:
            self._lineup.drop(episode)
            download = self.notes.episode(episode).download
            self._note(replace(download, state=DownloadState.PAUSED, problem=problem))
        elif episode in self._runs:
            self._runs[episode].stop(DownloadState.PAUSED, problem)

    def pause_all(self, reason: KnownError | None = None) -> None:
        """Stop all that wait or run. `reason` is told once, and stands at each of them."""
        words = None if reason is None else sentence(reason)
        for episode in (*self._lineup.waiting, *self._runs):
            self.pause(episode, words)
        if reason is not None:
            self._bus.publish(ProblemReported(reason))

    def resume_all(self) -> None:
        """Go on with all that are paused."""
        for download in self.notes.unfinished(DownloadState.PAUSED):
            self.start(download.episode)

    def move(self, episode: EpisodeId, place: int) -> None:
        """Put an unfinished download at a place among them, from 0, counted without it."""
        if self._lineup.move(episode, place):
            self.notes.note_order(self._lineup.order)

    def remove(self, episode: EpisodeId) -> None:
        """Delete an episode's audio, whole or half. A file of the listener's own is never deleted, only left."""
        if episode in self._runs:
            self._runs[episode].stop(DownloadState.NONE)
            return
        download = self.notes.episode(episode).download
        if download.state is DownloadState.NONE:
            return
        self._lineup.drop(episode)
        if download.path is not None and self.notes.is_ours(download.path):
            future = self._jobs.submit(_delete, Path(download.path))
            self._jobs.when_done(future, None, lambda error: self._bus.publish(ProblemReported(error)))
        self._note(Download(episode, DownloadState.NONE))

    def relocate(self, episode: EpisodeId, old: Path, new: Path) -> Future[None] | None:
        """Note that a download lies at another place; None when it does not lie at the old one any more, or runs."""
        noted = None if episode in self._runs else self.notes.relocate(episode, old, new)
        self._start_next()
        return noted

    def go_on(self) -> None:
        """Go on with what was waiting or running when the program ended."""
        for download in self.notes.unfinished(DownloadState.RUNNING, DownloadState.WAITING):
            self.start(download.episode)

    def hold(self, *, is_held: bool) -> None:
        """Let none run from now on but what is listened to, or asked for with `start_now`; or let them run again."""
        if is_held == self._is_held:
            return
        self._is_held = is_held
        for episode, run in self._runs.items() if is_held else ():
            if self._follower is None or self._follower.episode != episode:
                run.stop(DownloadState.WAITING)
        self._bus.publish(DownloadsReordered())
        self._start_next()

    # How it stands

    @property
    def order(self) -> tuple[EpisodeId, ...]:
        """All that are not finished, in the order in which they come."""
        return self._lineup.order

    @property
    def is_held(self) -> bool:
        """Whether all wait for another network."""
        return self._is_held

    def is_wanted(self, episode: EpisodeId) -> bool:
        """Whether a transfer waits or runs, though the library may not have it written down yet."""
        return episode in self._runs or episode in self._lineup

    def is_running(self, episode: EpisodeId) -> bool:
        """Whether a transfer runs."""
        return episode in self._runs

    def arrival(self, episode: EpisodeId) -> Arrival | None:
        """What there is of an episode whose transfer runs."""
        run = self._runs.get(episode)
        return run.arrival if run is not None else None

    def progress(self, episode: EpisodeId) -> DownloadProgressed | None:
        """How far a running transfer is, or None."""
        run = self._runs.get(episode)
        return run.progress if run is not None else None

    def all_progress(self) -> tuple[DownloadProgressed, ...]:
        """How far each transfer is that runs."""
        return tuple(run.progress for run in self._runs.values() if run.progress is not None)

    def problem(self, episode: EpisodeId) -> KnownError | None:
        """Why the episode's last transfer failed, in this run of the program."""
        return self._problems.get(episode)

    def again_at(self, episode: EpisodeId) -> EpochMillis | None:
        """When a transfer that failed is tried again by itself, or None."""
        return self._lineup.again_at(episode)

    def close(self) -> None:
        """Stop all transfers; they stay marked as running, so that the next start goes on with them."""
        self._is_closing = True
        self._lineup.drop_all()
        for run in self._runs.values():
            run.stop(DownloadState.RUNNING)

    # Within

    def _enqueue(self, episode: EpisodeId) -> None:
        """Let one wait, unless it is whole, or cannot be had."""
        found = self.notes.episode(episode)
        if found.download.state is DownloadState.COMPLETE:
            return
        self._problems.pop(episode, None)
        if found.enclosure is None:
            self._problems[episode] = DownloadError(found.title, _NO_AUDIO)
            self._note(replace(found.download, state=DownloadState.FAILED, problem=sentence(self._problems[episode])))
            return
        self._lineup.add(episode, host_of(found.enclosure.url))
        self._note(replace(found.download, state=DownloadState.WAITING, problem=None))

    def _start_next(self) -> None:
        while not self._is_closing and not self._is_held:
            hosts = [run.host for run in self._runs.values()]
            episode = self._lineup.next(hosts, self._at_once(), self.notes.is_leaving)
            if episode is None:
                return
            self._begin(episode)

    def _begin(self, episode: EpisodeId) -> None:
        """Let a transfer run."""
        self._lineup.drop(episode)
        try:
            found = self.notes.episode(episode)
        except NotFoundError:
            self._lineup.keep(episode, is_unfinished=False)
            return
        path = self.notes.path_for(found)
        download = replace(found.download, state=DownloadState.RUNNING, path=path, problem=None)
        run = Run(found, download, partial(self._listener, episode), self._bus.publish, self._bandwidth, self._now)
        self._runs[episode] = run
        self._note(download)
        future = self._jobs.submit(self._transfer, run)
        self._jobs.when_done(future, partial(self._on_ended, run), partial(self._on_failed, run))

    def _listener(self, episode: EpisodeId) -> Follower | None:
        follower = self._follower
        return follower if follower is not None and follower.episode == episode else None

    def _on_ended(self, run: Run, download: Download | None) -> None:
        """A transfer is over, since all is there, or it was stopped."""
        episode, state = run.episode.id, run.stopped_as
        self._runs.pop(episode, None)
        if self._is_closing:
            return
        if download is not None:
            self._note(download)
        elif state is DownloadState.WAITING:
            self._lineup.add(episode, run.host)
            self._note(run.left_as(DownloadState.WAITING))
            if self._listener(episode) is not None:
                self._begin(episode)
        else:
            self._note(run.left_as(DownloadState.PAUSED))
            if state is DownloadState.NONE:
                self.remove(episode)
        self._start_next()

    def _on_failed(self, run: Run, error: KnownError) -> None:
        episode = run.episode.id
        if run.stopped_as is not None:
            self._on_ended(run, None)
            return
        self._runs.pop(episode, None)
        if self._is_closing:
            return
        self._problems[episode] = error
        if isinstance(error, DiskFullError):
            self._note(run.left_as(DownloadState.PAUSED, sentence(error)))
            self.pause_all(error)
            return
        failed = run.left_as(DownloadState.FAILED, sentence(error))
        count = self._lineup.failed(episode, failed.received)
        if self._listener(episode) is None and not is_hopeless(error, count):
            self._try_later(failed, error, count)
        else:
            self._note(failed)
            self._bus.publish(ProblemReported(error))
        self._start_next()

    def _try_later(self, failed: Download, error: KnownError, failures: int) -> None:
        """Try one again by itself, if that may help."""
        enclosure = self.notes.episode(failed.episode).enclosure
        if enclosure is None or is_hopeless(error, failures):
            return
        wait = wait_after(error, failures, random.random())
        self._lineup.add_later(failed.episode, host_of(enclosure.url), wait, self._start_next)
        self._note(replace(failed, state=DownloadState.WAITING))

    def _note(self, download: Download) -> Future[None]:
        self._lineup.keep(download.episode, is_unfinished=download.state in UNFINISHED)
        return self.notes.note(download)

    def _transfer(self, run: Run) -> Download | None:
        """On a worker: fetch, and see to the file. Returns the state to note, or None when it was stopped."""
        self._folder.require()
        examination = self._finishing.of(run.episode, run.download)
        return examination.noted if run.fetch(self._client(), examination) else None


def _delete(path: Path) -> None:
    from player.net.ending import delete_download

    delete_download(path)
