"""An engine without sound, for tests that decide themselves what time it is.

Must not know Qt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from player.audio.engine import (
    Advanced,
    Buffering,
    Ended,
    EngineEvent,
    Failed,
    Indexed,
    Interrupted,
    Landing,
    Listener,
    Load,
    Loaded,
    Paused,
    Started,
    Stretch,
    Wanted,
)
from player.audio.heard_log import HeardLog
from player.audio.skipping import Skips
from player.core.errors import FileError, KnownError
from player.core.model import Millis
from player.core.phrases import Phrase
from player.core.ranges import Ranges
from player.core.sound import Listened, Sound, Trimming


class ScriptedEngine:
    """An `Engine` that does at once what it is told, whose time goes on only by `advance`, and whose files are made up.

    `files` gives the duration of each file, or the error that opening it raises. Events are told before a command
    returns, unless `is_holding`: then loading waits for `release`, as for a slow disk.
    """

    def __init__(self, files: Mapping[Path, Millis | KnownError] | None = None) -> None:
        self.files: dict[Path, Millis | KnownError] = dict(files or {})
        self.indexes: dict[Path, bytes] = {}
        """Frame indexes to be told when a file is loaded without one."""
        self.is_holding = False
        self.is_closed = False
        self.sound = Sound()
        self.boundaries: tuple[Millis, ...] = ()
        self.skips: tuple[tuple[Millis, Millis], ...] = ()
        self.trimmed = 0.0
        """Which part of a file is pauses that any trimming leaves out."""
        self.volume = 1.0
        self.is_muted = False
        self.fades: list[tuple[float, Millis]] = []
        """What was wished for of `fade`."""
        self.device: str | None = None
        self.follower: Load | None = None
        self.arrivals: list[tuple[Path, Ranges]] = []
        self.scrubbed: list[Millis] = []
        self.landing: Landing | None = None
        self.knows_position = True
        self._stop: Millis | None = None
        self.loop: tuple[Millis, Millis] | None = None
        self._skips = Skips()
        self._entered = 0.0
        self._listener: Listener = lambda _event: None
        self._waiting: Load | None = None
        self._path: Path | None = None
        self._duration: Millis = 0
        self._position = 0.0
        self._is_playing = False
        self._listened = Listened()
        self._log = HeardLog()

    @property
    def path(self) -> Path | None:
        """The file that is open."""
        return self._path

    @property
    def is_playing(self) -> bool:
        """Whether sound would come out."""
        return self._is_playing

    def set_listener(self, listener: Listener) -> None:
        """See `Engine`."""
        self._listener = listener

    def load(self, load: Load) -> None:
        """See `Engine`."""
        self.unload()
        self._waiting = load
        self._position = float(max(0, load.at))
        if not self.is_holding:
            self.release()

    def follow(self, load: Load | None) -> None:
        """See `Engine`."""
        self.follower = load

    def arrived(self, path: Path, there: Ranges) -> None:
        """See `Engine`."""
        self.arrivals.append((path, there))

    def release(self) -> None:
        """Finish the loading that waits."""
        load, self._waiting = self._waiting, None
        if load is not None and self._take(load):
            self._tell(Loaded(load.path, self._duration))
            if load.index is None and load.path in self.indexes:
                self._tell(Indexed(load.path, self._duration, self.indexes[load.path]))
            if load.play:
                self.play()

    def _take(self, load: Load) -> bool:
        """Make a file the present one; whether it can be played."""
        found = self.files.get(load.path, FileError(str(load.path), Phrase("reasons", "there is no such file")))
        if isinstance(found, KnownError):
            self._tell(Failed(load.path, found))
            return False
        self._path, self._duration = load.path, found
        self._stop = load.stop
        self._position = min(float(max(0, load.at)), found)
        self.sound = load.sound or self.sound
        self.boundaries = load.boundaries or self.boundaries
        self._entered = self._position
        self.set_skips(load.skips)
        return True

    def play(self) -> None:
        """See `Engine`."""
        if self._waiting is not None:
            self._waiting = replace(self._waiting, play=True)
        elif self._path is not None and not self._is_playing:
            self._is_playing = True
            self._tell(Started(self._path))
            self.advance(0)

    def pause(self) -> None:
        """See `Engine`."""
        if self._waiting is not None:
            self._waiting = replace(self._waiting, play=False)
        elif self._path is not None and self._is_playing:
            self._is_playing = False
            self._tell(Paused(self._path, self.position()))

    def seek(self, to: Millis, landing: Landing | None = None) -> None:
        """See `Engine`."""
        self.landing = landing
        if self._waiting is not None:
            self._waiting = replace(self._waiting, at=max(0, to))
            self._position = float(max(0, to))
        elif self._path is not None:
            self._position = self._entered = float(min(max(0, to), self._duration))
            self._skips.enter(self._entered)
            if self._stop is not None and self._position > self._stop:
                self._stop = None
            self.advance(0)

    def set_stop(self, stop: Millis | None) -> None:
        """See `Engine`."""
        if self._waiting is not None:
            self._waiting = replace(self._waiting, stop=stop)
        self._stop = stop

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]]) -> None:
        """See `Engine`."""
        self.skips = tuple(spans)
        if self._waiting is not None:
            self._waiting = replace(self._waiting, skips=self.skips)
        self._skips = Skips(spans)
        self._skips.loop = self.loop
        self._skips.enter(self._entered, self._position - 1)

    def set_loop(self, loop: tuple[Millis, Millis] | None) -> None:
        """See `Engine`."""
        self.loop = self._skips.loop = loop

    def scrub(self, to: Millis) -> None:
        """See `Engine`."""
        if self._path is not None:
            self._position = float(min(max(0, to), self._duration))
            self.scrubbed.append(to)

    def set_sound(self, sound: Sound) -> None:
        """See `Engine`."""
        self.sound = sound

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """See `Engine`."""
        self.boundaries = tuple(starts)

    def set_volume(self, volume: float) -> None:
        """See `Engine`."""
        self.volume = min(1.0, max(0.0, volume))

    def set_muted(self, is_muted: bool) -> None:
        """See `Engine`."""
        self.is_muted = is_muted

    def fade(self, part: float, over: Millis) -> None:
        """See `Engine`."""
        self.fades.append((part, over))

    def set_device(self, device: str | None) -> None:
        """See `Engine`."""
        self.device = device

    def is_exact(self) -> bool:
        """See `Engine`."""
        return self.knows_position

    def position(self) -> Millis:
        """See `Engine`."""
        return round(self._position)

    def heard(self) -> tuple[Stretch, ...]:
        """See `Engine`."""
        return self._log.stretches

    def listened(self) -> Listened:
        """See `Engine`."""
        return self._listened

    def unload(self) -> None:
        """See `Engine`."""
        self._waiting = self._path = self._stop = self.follower = None
        self.set_loop(None)
        self._is_playing = False
        self._position = 0.0

    def close(self) -> None:
        """See `Engine`."""
        self.unload()
        self.is_closed = True

    def settle(self) -> None:
        """Nothing is ever left to be done."""

    def advance(self, millis: Millis) -> None:
        """Let time go on."""
        left = float(millis)
        while self._is_playing and self._path is not None:
            kept = 1.0 if self.sound.trimming is Trimming.OFF else 1 - self.trimmed
            end = float(self._duration if self._stop is None else min(self._stop, self._duration))
            leap, to = self._skips.next(self._position) or (end, end)
            leap = min(leap, end) if to < leap else leap
            audio = max(0.0, min(leap, end) - self._position)
            audio = min(audio, left * self.sound.speed / kept)
            heard = audio * kept / self.sound.speed
            self._listened += Listened(heard, audio * kept - heard, audio - audio * kept)
            self._log.add(self._path, self._position, self._position + audio)
            self._position += audio
            left -= heard
            if self._position < min(leap, end):
                return
            if leap < end or to < leap:
                self._listened += Listened(by_skips=max(0.0, min(to, end) - leap))
                if to < leap:
                    self._skips.enter(self._entered, to)
                self._position = min(to, end)
                continue
            before, stop, follower, self.follower = self._path, self._stop, self.follower, None
            if follower is not None and self._take(follower):
                self._tell(Advanced(follower.path, before, self._duration, stop))
            else:
                self._is_playing = False
                self._tell(Ended(before, self.position(), stop=stop))

    def interrupt(self, error: KnownError) -> None:
        """Let the sound stop by itself, as when a device is taken away."""
        self._is_playing = False
        if self._path is not None:
            self._tell(Interrupted(self._path, self.position(), error))

    def want(self, offset: int, length: int) -> None:
        """Let bytes be missing of the file that arrives."""
        if self._path is not None:
            self._is_playing = False
            self._tell(Wanted(self._path, offset, length))
            self._tell(Buffering(self._path))

    def fail(self, error: KnownError) -> None:
        """Let the file that plays fail."""
        path, position = self._path, self._position
        self.unload()
        self._position = position
        if path is not None:
            self._tell(Failed(path, error))

    def _tell(self, event: EngineEvent) -> None:
        self._listener(event)
