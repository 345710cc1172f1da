"""Waveforms: which are measured when, where they are kept, and when they go.

Must not know how sound is measured (`audio.waveform`) nor drawn. One file is measured at a time, in a worker process, a
second of processor time after the other: between two of them another episode may come first, and a kill costs no more.
The episode that is open comes before all others, also while it is arriving.
"""

from __future__ import annotations

import logging
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.computing import MeasuredAudio, known_waveform, measure_more
from player.app.downloads import Downloads
from player.app.jobs import Jobs
from player.app.listening import Listening
from player.app.processes import Processes
from player.app.sentences import sentence
from player.app.waveform_files import former_waveform, waveform_path
from player.core.errors import KnownError, NotFoundError
from player.core.events import DownloadChanged, DownloadProgressed, PlaybackChanged, WaveformChanged
from player.core.model import Download, DownloadState, EpisodeId
from player.core.waveform import Waveform
from player.storage import audio_versions, episodes

PORTION_SECONDS = 1.0
"""Processor time after which what was measured is kept and told."""
ENOUGH_MORE = 2_000_000
"""Bytes that must have come of a file that is arriving before it is looked at again: two minutes of sound, about."""

_log = logging.getLogger(__name__)


class Waveforms:
    """Measures every audio file once, and hands out the waveform of the open episode."""

    def __init__(
        self,
        folder: Path,
        reader: Connection,
        downloads: Downloads,
        listening: Listening,
        bus: Bus,
        jobs: Jobs,
        processes: Processes,
    ) -> None:
        self._folder = folder
        self._reader = reader
        self._downloads = downloads
        self._listening = listening
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._known: dict[EpisodeId, Waveform] = {}
        self._open: EpisodeId | None = None
        self._is_open_due = False
        self._looked_at = 0
        self._waiting: deque[EpisodeId] = deque()
        self._measuring: EpisodeId | None = None
        self._is_running = False
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(DownloadProgressed, self._on_download_progressed)

    def waveform(self, episode: EpisodeId) -> Waveform | None:
        """What is known of the waveform of an episode that is open or being measured; else None."""
        return self._known.get(episode)

    def quiet(self, episode: EpisodeId) -> float | None:
        """The level in dBFS below which the recording of an episode pauses, as far as is known."""
        waveform = self._known.get(episode)
        loudness = waveform.loudness if waveform is not None else None
        return loudness.quiet_dbfs if loudness is not None else None

    def start(self) -> None:
        """Begin to measure: what is open, then all that is downloaded and was not measured yet."""
        self._is_running = True
        complete = [each.episode for each in episodes.downloads(self._reader, (DownloadState.COMPLETE,))]
        self._waiting.extend(complete)
        wanted = {self._path(episode) for episode in complete}
        wanted |= {former_waveform(self._folder, each) for each in audio_versions.left_versions(self._reader)}
        self._jobs.submit(self._sweep, wanted)
        self._next()

    def close(self) -> None:
        """Begin nothing more."""
        self._is_running = False

    # What there is to do

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        episode = fact.state.episode
        if episode == self._open:
            return
        if self._open is not None and self._open != self._measuring:
            self._known.pop(self._open, None)
        self._open, self._looked_at, self._is_open_due = episode, 0, episode is not None
        self._next()

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        download = self._download(fact.id)
        if download is None or download.state is DownloadState.NONE:
            self._forget(fact.id)
        elif download.state is DownloadState.COMPLETE:
            self._want(fact.id)
            self._next()

    def _on_download_progressed(self, fact: DownloadProgressed) -> None:
        if fact.id != self._open or self._is_open_due:
            return
        arrival = self._downloads.arrival(fact.id)
        if arrival is not None and arrival.there.end_of(0) - self._looked_at >= ENOUGH_MORE:
            self._is_open_due = True
            self._next()

    def _want(self, episode: EpisodeId) -> None:
        """Have an episode measured, or measured further."""
        if episode == self._open:
            self._is_open_due = True
        elif episode not in self._waiting:
            self._waiting.appendleft(episode)

    def _forget(self, episode: EpisodeId) -> None:
        if episode in self._waiting:
            self._waiting.remove(episode)
        self._jobs.submit(_leave, self._path(episode))
        if self._known.pop(episode, None) is not None:
            self._bus.publish(WaveformChanged(episode))

    def _next(self) -> None:
        """Go on with what comes first, if nothing is being measured."""
        while self._is_running and self._measuring is None:
            if self._is_open_due and self._open is not None:
                self._is_open_due = False
                self._begin(self._open)
            elif self._waiting:
                self._begin(self._waiting.popleft())
            else:
                return

    def _begin(self, episode: EpisodeId) -> None:
        """Measure a portion of an episode; but first see what was measured in another run of the program."""
        download = self._download(episode)
        if download is None or download.path is None:
            return
        audio, there = Path(download.path), None
        if download.state is not DownloadState.COMPLETE:
            arrival = self._downloads.arrival(episode)
            if arrival is None:
                return
            audio, there = arrival.path, arrival.there.end_of(0)
            self._looked_at = there
        self._measuring = episode
        measure = partial(self._measure, episode, audio, there)
        if episode in self._known:
            measure(None)
        else:
            look = self._jobs.submit(known_waveform, audio, self._path(episode))
            self._jobs.when_done(look, measure, partial(self._on_failed, episode))

    def _measure(self, episode: EpisodeId, audio: Path, there: int | None, known: Waveform | None) -> None:
        if known is not None and known.is_complete:
            self._on_measured(episode, MeasuredAudio(known, None))
            return
        if known is not None:
            self._take(episode, known)
        index = self._listening.audio_index(episode)
        done = self._processes.submit(measure_more, audio, there, self._path(episode), index, PORTION_SECONDS)
        self._jobs.when_done(done, partial(self._on_measured, episode), partial(self._on_failed, episode))

    # What came of it

    def _on_measured(self, episode: EpisodeId, measured: MeasuredAudio) -> None:
        self._measuring = None
        download = self._download(episode)
        if download is None or download.state is DownloadState.NONE:
            self._forget(episode)
        else:
            if measured.index is not None:
                self._listening.store_audio_index(episode, measured.index)
            before = self._known.get(episode)
            has_more = before is None or measured.waveform.duration != before.duration
            self._take(episode, measured.waveform)
            if not measured.waveform.is_complete and has_more:
                self._want(episode)
            elif episode != self._open:
                del self._known[episode]
        self._next()

    def _on_failed(self, episode: EpisodeId, error: KnownError) -> None:
        """What cannot be decoded, or whose beginning cannot yet, has no waveform; playing it tells the reason."""
        _log.info("episode %d has no waveform: %s", episode, sentence(error))
        self._measuring = None
        self._next()

    def _take(self, episode: EpisodeId, waveform: Waveform) -> None:
        self._known[episode] = waveform
        self._bus.publish(WaveformChanged(episode))

    # Files

    def _download(self, episode: EpisodeId) -> Download | None:
        try:
            return episodes.episode(self._reader, episode).download
        except NotFoundError:
            return None

    def _path(self, episode: EpisodeId) -> Path:
        return waveform_path(self._folder, episode)

    def _sweep(self, wanted: set[Path]) -> None:
        """Delete what was kept of episodes that were removed without a word, as with their podcast."""
        for path in (*self._folder.glob("*.peaks"), *self._folder.glob("*.former")):
            if path not in wanted:
                path.unlink(missing_ok=True)


def _leave(path: Path) -> None:
    """Keep the waveform of audio that was removed, by which it is known again in another version."""
    with suppress(FileNotFoundError):
        path.replace(path.with_suffix(".former"))
