"""Plays the queue: an entry after what has ended, the listener's choice at once, and the audio of the next in advance.

Must not know how an episode is played (`app.playback`) or fetched (`app.downloads`).
"""

from __future__ import annotations

from player.app.bus import Bus
from player.app.downloads import Downloads
from player.app.library import Library
from player.app.play_queue import QueueService
from player.app.playback import Playback
from player.core.errors import (
    EmptyQueueError,
    KnownError,
    NotFoundError,
    SkippedError,
    SoundDeviceError,
    SoundEngineError,
)
from player.core.events import DownloadChanged, FollowedOn, PlaybackChanged, ProblemReported, QueueChanged, StopReached
from player.core.model import DownloadState
from player.core.play_queue import Piece, QueueEntry, QueueEntryId
from player.core.session import Part, Phase

_OPEN = (Phase.PLAYING, Phase.PAUSED, Phase.BUFFERING)
_NOT_THE_ENTRY = (SoundDeviceError, SoundEngineError)
"""What stops the queue instead of being passed over: every other entry would fail by it, too."""


class QueuePlayer:
    """Starts entries. An entry leaves the queue when it is heard: a kill or a failure before that loses none."""

    def __init__(
        self, queue: QueueService, playback: Playback, downloads: Downloads, library: Library, bus: Bus
    ) -> None:
        self._queue = queue
        self._playback = playback
        self._downloads = downloads
        self._library = library
        self._bus = bus
        self._starting: QueueEntry | None = None
        self._following: QueueEntry | None = None
        self._is_chosen = False
        self._phase = playback.state.phase
        self._heard = playback.state.episode
        self._is_alone = False
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(StopReached, self._on_stop_reached)
        bus.subscribe(FollowedOn, self._on_followed_on)
        bus.subscribe(QueueChanged, lambda _: self._get_ready())
        bus.subscribe(DownloadChanged, self._on_download_changed)

    @property
    def is_starting(self) -> bool:
        """Whether an entry was started that is not heard yet."""
        return self._starting is not None

    def play(self, entry: QueueEntryId) -> None:
        """Play an entry now, wherever it stands."""
        self._queue.mark(entry, None)
        found = self._queue.queue.entry(entry)
        if found is not None:
            self._start(found, is_chosen=True)

    def next(self) -> None:
        """Leave what plays, or waits for its audio, for the next entry; it stays as it is. Raises EmptyQueueError."""
        waiting = self._starting
        others = (each for each in self._queue.queue.entries if each.problem is None)
        entry = next((each for each in others if waiting is None or each.id != waiting.id), None)
        if entry is None:
            raise EmptyQueueError
        self._start(entry, is_chosen=False)

    def _go_on(self) -> None:
        """Start the first entry that can be played, if there is one."""
        entry = self._queue.upcoming()
        if entry is not None:
            self._start(entry, is_chosen=False)

    def _start(self, entry: QueueEntry, *, is_chosen: bool) -> None:
        self._starting, self._is_chosen = entry, is_chosen
        try:
            self._playback.open_anew(entry.episode, at=entry.start, part=_part_of(entry))
        except NotFoundError:
            # Its podcast is being removed at this moment; the entry goes with it.
            self._starting = None
            return
        # What plays already may have nothing to tell.
        self._take_if_heard()

    def _skip(self, entry: QueueEntry, problem: KnownError) -> None:
        """An entry cannot be played: it stays, marked. One that the listener chose is told by the player itself."""
        self._starting = None
        if isinstance(problem, _NOT_THE_ENTRY):
            return
        self._queue.mark(entry.id, problem)
        if not self._is_chosen:
            title = entry.title or self._library.episode(entry.episode).title
            self._bus.publish(ProblemReported(SkippedError(title, problem)))
            self._go_on()

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        was, self._phase = self._phase, fact.state.phase
        was_alone, self._is_alone = self._is_alone, fact.state.is_alone
        # Facts come late: what is to be done depends on what is so now.
        state, entry = self._playback.state, self._starting
        if entry is not None and state.episode != entry.episode:
            self._starting = None
        elif entry is not None and state.phase is Phase.FAILED and state.problem is not None:
            self._skip(entry, state.problem)
        self._take_if_heard()
        has_ended = fact.state.phase is Phase.ENDED and was is not Phase.ENDED and fact.state.sleeps_at is None
        if has_ended and not was_alone and self._playback.state.phase is Phase.ENDED:
            self._go_on()
        self._get_ready()

    def _take_if_heard(self) -> None:
        """What is heard needs no turn any more: an entry that was started, or an episode that was started elsewhere."""
        state, entry = self._playback.state, self._starting
        if not state.is_playing or state.episode is None:
            return
        if entry is not None and state.episode == entry.episode:
            self._starting, self._heard = None, entry.episode
            self._queue.take(entry.id)
        elif entry is None and state.episode != self._heard:
            # While only a part of it is played, the whole episode keeps its turn.
            self._heard = state.episode if state.part is None else None
            if self._heard is not None:
                self._take_whole(Piece(self._heard))

    def _on_followed_on(self, fact: FollowedOn) -> None:
        """The entry that was made ready is heard."""
        entry, self._following, self._starting = self._following, None, None
        self._heard = fact.id
        if entry is not None:
            self._queue.take(entry.id)

    def _take_whole(self, piece: Piece) -> None:
        """A piece leaves the queue, if it is there."""
        place = self._queue.queue.place_of(piece)
        if place is not None:
            self._queue.take(self._queue.queue.entries[place].id)

    def _on_stop_reached(self, fact: StopReached) -> None:
        if fact.id == self._playback.state.episode:
            self._go_on()

    def _get_ready(self) -> None:
        """While something plays, get the audio of what comes next, and have it follow without a gap."""
        entry, state = self._queue.upcoming(), self._playback.state
        if state.phase not in _OPEN:
            # What is opened next does not know what was to follow.
            self._following = None
            return
        if state.is_alone:
            entry = None
        if entry is not None and state.is_playing and self._is_missing(entry):
            self._downloads.start(entry.episode)
        if state.sleeps_at is not None:
            # Nothing follows where the listener wants to sleep.
            entry = None
        if entry == self._following or self._starting is not None:
            return
        self._following = entry
        if entry is None:
            self._playback.follow_with(None)
            return
        if not self._playback.follow_with(entry.episode, at=entry.start, part=_part_of(entry)):
            self._following = None

    def _is_missing(self, entry: QueueEntry) -> bool:
        return self._library.download(entry.episode).state is DownloadState.NONE

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        """Audio that came, or is asked for again, gives an entry another chance."""
        marked = [each for each in self._queue.queue.entries if each.episode == fact.id and each.problem is not None]
        self._get_ready()
        if marked and self._library.download(fact.id).state is not DownloadState.FAILED:
            for entry in marked:
                self._queue.mark(entry.id, None)


def _part_of(entry: QueueEntry) -> Part | None:
    """The part of its episode that an entry is; None for the whole episode, or all of it from a place on."""
    return Part(entry.start, entry.stop) if entry.start is not None and entry.stop is not None else None
