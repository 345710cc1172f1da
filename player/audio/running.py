"""What goes on while files play: the output is kept filled, missing bytes are awaited, what follows takes over.

Must not know threads, nor the listener's commands (`playing`), nor how a file is decoded (`track`) or the output filled
(`reel`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from player.audio.engine import (
    Advanced,
    Buffering,
    Clock,
    Ended,
    Failed,
    FileEvent,
    Landing,
    Listener,
    Load,
    Loaded,
    Place,
    Run,
    Started,
    Vanished,
    Wanted,
)
from player.audio.loudspeaker import Loudspeaker
from player.audio.mp3_index import Mp3Index
from player.audio.outputs import Output
from player.audio.reel import Reel
from player.audio.scrubbing import Scrubbing
from player.audio.source import NotHere
from player.audio.track import Track
from player.core.errors import KnownError
from player.core.model import Millis
from player.core.sound import Sound

_FILL_EVERY = 0.1
"""Seconds between two looks at the output while playing; its buffer is several times as deep."""
_SAME_END = 0.25
_WANTED = 1 << 16
"""Bytes that are asked for, and awaited, where some are missing: four seconds of 128 kbit/s."""


class Running:
    """What goes on by itself while a file plays, and perhaps another follows it."""

    def __init__(
        self,
        output_factory: Callable[[], Output],
        tell: Listener,
        clock: Clock,
        on_index: Callable[[Path, Mp3Index], None],
    ) -> None:
        """Events go to `tell`, when `tell_news` is called; `clock` is the one that positions move by.

        `on_index` is called on other threads with what has to come back as `indexed`.
        """
        self.speaker = Loudspeaker(output_factory)
        self._tell = tell
        self._clock = clock
        self._on_index = on_index
        self._reel = Reel(self.speaker)
        self._news: list[FileEvent] = []
        self._load: Load | None = None
        self._track: Track | None = None
        self._follower: Load | None = None
        self._appended: Load | None = None
        """What follows and is in the output already."""
        self._loop: tuple[Millis, Millis] | None = None
        self._sound = Sound()
        self._wants_to_play = False
        self._is_started = False
        self._landing: Landing | None = None
        self._start = 0.0
        self._given_up_at: Millis = 0
        """Where a file that cannot be played any further was heard last."""
        self._missing: NotHere | None = None
        self._pending: Callable[[], None] | None = None
        """What is to be done again when the missing bytes are there; None when it is to read on."""
        self._scrubbing: Scrubbing | None = None
        self._files = 0

    def fill(self) -> float | None:
        """Give the output what it takes. Seconds until this should be called again; None when there is no need.

        Raises KnownError.
        """
        self._retry()
        if self._scrubbing is not None:
            return self._scrubbing.fill()
        if self._reel.is_running:
            self._write()
            self._turn()
        due = self.speaker.tend()
        if not self._reel.is_running:
            return due
        if self._reel.is_short and self._missing is None:
            return 0.0
        return _FILL_EVERY if due is None else min(due, _FILL_EVERY)

    def tell_news(self) -> None:
        """Pass on the events that have come up."""
        news = list(self._news)
        self._news.clear()
        for event in news:
            self._tell(event)

    @property
    def place(self) -> Place:
        """The position that is heard now, and how it goes on."""
        track = self._track
        is_exact = track is None or track.is_exact
        if track is not None and self._reel.is_running:
            runs, limit = self._reel.runs(self._clock())
        else:
            here = (
                self._start * 1000 / track.rate if track else float(self._load.at if self._load else self._given_up_at)
            )
            runs, limit = (Run(0.0, here, 0.0),), here
        heard = self._reel.log.stretches
        return Place(runs, limit, self._reel.listened, file=self._files, is_exact=is_exact, heard=heard)

    # Within, beginning

    def _take(self, load: Load) -> None:
        """Make a file the present one."""
        self._load = load
        self._files += 1
        if load.sound is not None:
            self._sound = load.sound

    def _attempt(self, action: Callable[[], None]) -> None:
        """Do what may need bytes that are not here; then it is done again when they are, and silent until then."""
        self._pending, self._missing = action, None
        try:
            action()
        except NotHere as missing:
            self._await(missing)
            self._silence()
            if self._wants_to_play and self._load is not None:
                self._news.append(Buffering(self._load.path))
        else:
            if self._missing is None:
                self._pending = None

    def _open(self) -> None:
        load = self._load
        assert load is not None
        self._track = track = Track(load, self._sound, self._on_index)
        self._start = track.sample(load.at)
        track.set_loop(self._loop, self._start)
        self._news.append(Loaded(load.path, track.duration))
        if self._wants_to_play:
            self._attempt(self._begin)

    def _begin(self) -> None:
        """Play from `_start` on. The old sound goes on until the new one is decoded."""
        track = self._track
        assert track is not None
        self._reel.leave()
        start = track.begin(self._start, self._landing)
        first = track.block()
        self._start, self._landing = start, None
        self._reel.start(track, first)
        self._restore_follower()
        if not self._is_started:
            self._is_started = True
            self._news.append(Started(track.path))

    # Within, going on

    def _await(self, missing: NotHere) -> None:
        """Ask for missing bytes."""
        self._missing = missing
        if self._load is not None:
            self._news.append(Wanted(self._load.path, missing.offset, max(_WANTED, missing.stop - missing.offset)))

    def _retry(self) -> None:
        """Go on when the missing bytes are there: all that were asked for, unless there is still sound to be heard."""
        missing, load = self._missing, self._load
        if missing is None or load is None or load.arriving is None:
            return
        needed = missing.stop if self._reel.is_running else max(missing.stop, missing.offset + _WANTED)
        if not load.arriving.there.has(missing.offset, min(needed, load.arriving.total)):
            return
        self._missing = None
        if self._pending is not None:
            self._attempt(self._pending)
        elif self._track is not None:
            self._track.recover()

    def _write(self) -> None:
        if self._missing is None:
            try:
                self._reel.write(self._next_track)
            except NotHere as missing:
                self._await(missing)

    def _next_track(self, rate: int) -> Track | None:
        """What follows, opened and begun; None when there is nothing, or it cannot be played at once."""
        load, self._follower = self._follower, None
        if load is None:
            return None
        track: Track | None = None
        try:
            track = Track(load, load.sound or self._sound, self._on_index, rate=rate)
            track.begin(track.sample(load.at))
        except KnownError as error:
            self._news.append(Failed(load.path, error))
        except NotHere:
            # It is not gapless, then: whoever wished it to follow loads it when this one has ended.
            pass
        else:
            self._appended = load
            return track
        if track is not None:
            track.close()
        return None

    def _turn(self) -> None:
        """Take note of what is heard: the beginning of what follows, the end, or that there is nothing to be heard."""
        before = self._track
        following = self._reel.turn()
        if following is not None and before is not None and self._appended is not None:
            self._take(self._appended)
            self._track, self._appended, self._loop = following, None, None
            self._news.append(Advanced(following.path, before.path, following.duration, before.stop))
        elif self._reel.is_over:
            if self._reel.is_drained:
                self._end()
            elif self._missing is not None:
                self._start = self._heard()
                self._attempt(self._begin)
        if self._track is not None and self._track.has_vanished(self._clock()):
            self._news.append(Vanished(self._track.path))

    def _end(self) -> None:
        """The file has been heard to its end or its stop, or what comes before that is left out."""
        track = self._track
        assert track is not None
        heard = self._heard() if track.left_out_to is None else track.left_out_to
        announced = track.sample(track.duration)
        # A speed leaves some samples over. A file that is shorter than it says ends where it ends.
        self._start = announced if abs(heard - announced) < _SAME_END * track.rate else heard
        self._silence()
        self._reel.listened += track.left_out_last
        self._wants_to_play = False
        self._news.append(Ended(track.path, track.millis(self._start), track.missing(heard), track.stop))

    def _silence(self) -> None:
        """End all sound."""
        self._reel.stop()
        self._restore_follower()
        self._is_started = False
        self._scrubbing = None

    def _restore_follower(self) -> None:
        """What was in the output behind the present file follows it still."""
        self._follower, self._appended = self._follower or self._appended, None

    def _heard(self) -> float:
        """The sample of the present file that is heard now."""
        return self._reel.sample() if self._reel.is_running else self._start
