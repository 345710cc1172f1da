"""Engines and outputs without a sound device: for `--null-audio`, and for tests that decide themselves what time it is.

Must not know Qt.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player.audio.engine import (
    Advanced,
    Buffering,
    Clock,
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
from player.core.ranges import Ranges
from player.core.sound import Listened, Sound, Trimming

Samples = npt.NDArray[np.float32]
Heard = Callable[[Samples, int], None]
"""Gets samples of shape (frames, channels) in the order in which they are heard, and their rate."""

_DEPTH_SECONDS = 0.5


class NullOutput:
    """An output without a device: sound is heard as the clock goes on, by whoever wants to hear it.

    `hear` is called on the engine's thread whenever the engine looks at its output.
    """

    def __init__(self, *, clock: Clock = time.monotonic, hear: Heard | None = None) -> None:
        """`clock` gives the time in seconds that sound takes."""
        self._clock = clock
        self._hear = hear
        self._rate = 1
        self._gain = 1.0
        self._part, self._fade_step, self._fade_to = 1.0, 0.0, 1.0
        self._waiting: deque[Samples] = deque()
        self._held = 0
        self._passed = 0.0
        self._looked = 0.0

    def start(self, rate: int, channels: int) -> None:
        """Begin anew with `rate` frames a second."""
        assert channels in (1, 2)
        self._pass_time()
        self._rate = rate
        self.stop()

    def free(self) -> int:
        """Frames that fit in."""
        self._pass_time()
        return max(0, round(_DEPTH_SECONDS * self._rate) - self._held)

    def write(self, samples: Samples) -> int:
        """Take samples."""
        taken = min(len(samples), self.free())
        if taken:
            self._waiting.append(samples[:taken])
            self._held += taken
        return taken

    def heard(self) -> float:
        """Frames heard since `start`."""
        self._pass_time()
        return self._passed

    def stop(self) -> None:
        """Drop what waits."""
        self._waiting.clear()
        self._held = 0
        self._passed = 0.0
        self._looked = self._clock()

    def set_gain(self, gain: float) -> None:
        """The factor for all samples heard from now on."""
        self._pass_time()
        self._gain = gain

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness, with what is heard."""
        self._pass_time()
        self._fade_to = part
        self._fade_step = (part - self._part) / max(1.0, seconds * self._rate)

    def set_device(self, wanted: str | None) -> None:
        """There is none."""

    def is_elsewhere(self) -> bool:
        """It is always here."""
        return False

    def tend(self) -> float | None:
        """Nothing is ever due."""
        return None

    def close(self) -> None:
        """Drop what waits."""
        self.stop()

    def _pass_time(self) -> None:
        """Let be heard what the clock says. Time in which there is nothing to be heard is lost, as on a device."""
        now = self._clock()
        count = min(self._held, round((now - self._looked) * self._rate))
        # What is left of a frame is kept for the next time, so that the pace does not depend on how often one looks.
        self._looked = self._looked + count / self._rate if count < self._held else now
        self._passed += count
        self._held -= count
        while count:
            samples = self._waiting.popleft()
            if len(samples) > count:
                self._waiting.appendleft(samples[count:])
                samples = samples[:count]
            count -= len(samples)
            gains = self._gains(len(samples))
            if self._hear is not None:
                self._hear(samples * gains[:, None], self._rate)

    def _gains(self, count: int) -> npt.NDArray[np.float32]:
        """The gain of each of the next frames."""
        parts = self._part + self._fade_step * np.arange(1, count + 1)
        parts = np.minimum(parts, self._fade_to) if self._fade_step > 0 else np.maximum(parts, self._fade_to)
        self._part = float(parts[-1])
        return np.asarray(self._gain * parts**3, np.float32)


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
        found = self.files.get(load.path, FileError(str(load.path), "there is no such file"))
        if isinstance(found, KnownError):
            self._tell(Failed(load.path, found))
            return False
        self._path, self._duration = load.path, found
        self._stop = None if load.stop is None else min(load.stop, found)
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
        self._stop = stop if stop is None else min(stop, self._duration)

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
            end = float(self._duration if self._stop is None else self._stop)
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
            before, follower, self.follower = self._path, self.follower, None
            if follower is not None and self._take(follower):
                self._tell(Advanced(follower.path, before, self._duration))
            else:
                self._is_playing = False
                self._tell(Ended(before, round(end)))

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
        path = self._path
        self.unload()
        if path is not None:
            self._tell(Failed(path, error))

    def _tell(self, event: EngineEvent) -> None:
        self._listener(event)
