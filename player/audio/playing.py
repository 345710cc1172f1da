"""Plays a file on an output: keeps it filled, and knows which place of the file is heard.

Must not know threads: `engine.AudioEngine` calls everything here from one. Must not know which output it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from player.audio.decoder import Decoder, open_audio
from player.audio.effects import Effects
from player.audio.engine import Clock, Ended, EngineEvent, Failed, Listener, Load, Loaded, Paused, Place, Run, Started
from player.audio.mp3_index import read_index
from player.audio.source import Source
from player.core.errors import KnownError
from player.core.model import Millis
from player.core.sound import Listened, Sound

Samples = npt.NDArray[np.float32]

_FILL_EVERY = 0.1
"""Seconds between two looks at the output while playing; its buffer is several times as deep."""
_BLOCK_SECONDS = 0.1
_MOST_READS = 50
"""So much is read for a block at most, so that a long silence that is trimmed does not keep commands waiting."""
_SAME_END = 0.25


class Output(Protocol):
    """A device, or what stands for one, that takes samples and lets them be heard in their time."""

    def start(self, rate: int, channels: int) -> None:
        """Begin anew: what was written and not yet heard fades out at once. Raises SoundDeviceError."""
        ...

    def free(self) -> int:
        """How many frames can be written now. Raises SoundDeviceError when the device has gone."""
        ...

    def write(self, samples: Samples) -> int:
        """Take samples of shape (frames, channels); the number of frames taken."""
        ...

    def heard(self) -> float:
        """How many frames written since `start` have been heard by now."""
        ...

    def stop(self) -> None:
        """Be silent at once; the device may sleep."""
        ...

    def set_gain(self, gain: float) -> None:
        """Multiply all samples, also those already written, by `gain`, reached within some milliseconds."""
        ...

    def tend(self) -> float | None:
        """Do what is due (fades). Seconds until it should be called again, None when nothing is going on."""
        ...

    def close(self) -> None:
        """Give the device free."""
        ...


class Playing:
    """One file at a time, on an output that is made when sound is first wanted."""

    def __init__(self, output_factory: Callable[[], Output], tell: Listener, clock: Clock) -> None:
        """Events go to `tell`, when `tell_news` is called; `clock` is the one that positions move by."""
        self._output_factory = output_factory
        self._tell = tell
        self._clock = clock
        self._output: Output | None = None
        self._news: list[EngineEvent] = []
        self._path: Path | None = None
        self._decoder: Decoder | None = None
        self._effects: Effects | None = None
        self._sound = Sound()
        self._boundaries: tuple[Millis, ...] = ()
        self._listened = Listened()
        self._volume = 1.0
        self._is_muted = False
        self._is_playing = False
        self._is_started = False
        self._start = 0.0
        self._written = 0
        self._rest: Samples | None = None
        self._is_drained = False
        self._is_short = False

    # Commands

    def load(self, load: Load) -> None:
        """Open a file. Raises KnownError."""
        self.unload()
        self._path = load.path
        kept = read_index(load.index)
        self._decoder = open_audio(Source(load.path), kept)
        built = self._decoder.index
        is_new = built is not None and built is not kept
        self._news.append(
            Loaded(load.path, self._decoder.duration, built.to_bytes() if built is not None and is_new else None)
        )
        self._effects = Effects(self._decoder.rate, self._decoder.channels, self._sound)
        self.set_boundaries(self._boundaries)
        self._start = self._sample(load.at)
        if load.play:
            self.play()

    def unload(self) -> None:
        """Close the file."""
        self._silence()
        if self._decoder is not None:
            self._decoder.close()
        self._decoder = self._effects = self._path = None
        self._start = 0.0
        self._news.clear()

    def play(self) -> None:
        """Go on from where it is. Raises KnownError."""
        if self._decoder is not None and not self._is_playing:
            self._is_playing = True
            self._begin()

    def pause(self) -> None:
        """Stop, and keep the place that is heard."""
        if self._is_playing and self._path is not None:
            self._start = self._heard_sample()
            self._silence()
            self._news.append(Paused(self._path, self._millis(self._start)))

    def seek(self, to: Millis) -> None:
        """Go to a position. Raises KnownError."""
        if self._decoder is not None:
            self._count()
            self._start = self._sample(to)
            if self._is_playing:
                self._begin()

    def set_sound(self, sound: Sound) -> None:
        """Change what is done to the sound. What is already on its way to the ear comes first."""
        self._sound = sound
        if self._effects is not None:
            self._effects.set_sound(sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places across which silence is not trimmed; they hold for the next file as well."""
        self._boundaries = tuple(starts)
        if self._effects is not None:
            self._effects.set_boundaries([round(self._sample(start)) for start in starts])

    def set_volume(self, volume: float) -> None:
        """Change the volume."""
        self._volume = min(1.0, max(0.0, volume))
        self._set_gain()

    def set_muted(self, *, is_muted: bool) -> None:
        """Mute or unmute."""
        self._is_muted = is_muted
        self._set_gain()

    def fail(self, error: KnownError) -> None:
        """Give the file up because of `error`."""
        path = self._path
        self.unload()
        if path is not None:
            self._news.append(Failed(path, error))

    def close(self) -> None:
        """Close the file and the output."""
        self.unload()
        if self._output is not None:
            self._output.close()
            self._output = None

    # What goes on by itself

    def fill(self) -> float | None:
        """Give the output what it takes. Seconds until this should be called again; None when there is no need.

        Raises KnownError.
        """
        if self._output is None:
            return None
        if self._is_playing:
            while self._output.free() > 0 and self._write_some():
                pass
            if self._is_drained and self._rest is None and self._output.heard() >= self._written:
                self._end()
        due = self._output.tend()
        if not self._is_playing:
            return due
        if self._is_short:
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
        if self._decoder is None:
            return Place()
        rate = self._decoder.rate
        if not self._is_playing or self._effects is None or self._output is None:
            here = self._start * 1000 / rate
            return Place((Run(0.0, here, 0.0),), here, self._listened)
        now, heard = self._clock(), min(self._output.heard(), self._written)
        self._listened += self._effects.listened(heard)
        spans = self._effects.spans(heard, self._written)
        runs = tuple(Run(now + (at - heard) / rate, place * 1000 / rate, pace) for at, place, pace in spans)
        return Place(runs, self._effects.place(self._written) * 1000 / rate, self._listened)

    # Within

    def _begin(self) -> None:
        """Play from `_start` on. The old sound goes on until the new one is decoded."""
        assert self._decoder is not None
        assert self._effects is not None
        self._decoder.seek(round(self._start))
        self._effects.restart(round(self._start))
        self._is_drained = False
        first = self._next_block()
        if self._output is None:
            self._output = self._output_factory()
            self._set_gain()
        self._output.start(self._decoder.rate, self._decoder.channels)
        self._written = 0
        self._rest = first
        self._write_some()
        if not self._is_started and self._path is not None:
            self._is_started = True
            self._news.append(Started(self._path))

    def _write_some(self) -> bool:
        """Write one block, or what of it the output takes; whether there may be more to write now."""
        assert self._output is not None
        block = self._rest if self._rest is not None else self._next_block()
        self._is_short = block is None and not self._is_drained
        if block is None:
            return False
        taken = self._output.write(block)
        self._written += taken
        self._rest = block[taken:] if taken < len(block) else None
        return self._rest is None

    def _next_block(self) -> Samples | None:
        """The next samples to be heard, about a tenth of a second; None at the end."""
        assert self._decoder is not None
        assert self._effects is not None
        parts: list[Samples] = []
        least = round(_BLOCK_SECONDS * self._decoder.rate)
        while sum(map(len, parts)) < least and len(parts) < _MOST_READS and not self._is_drained:
            samples = self._decoder.read()
            self._is_drained = samples is None
            parts.append(self._effects.flush() if samples is None else self._effects.push(samples))
        block = np.concatenate(parts) if parts else None
        return block if block is not None and len(block) else None

    def _end(self) -> None:
        """The file has been heard to its end."""
        assert self._decoder is not None
        assert self._path is not None
        rate = self._decoder.rate
        heard = self._heard_sample()
        announced = self._decoder.duration * rate / 1000
        # A speed leaves some samples over. A file that is shorter than it says ends where it ends.
        self._start = announced if abs(heard - announced) < _SAME_END * rate else heard
        self._silence()
        self._news.append(Ended(self._path, self._millis(self._start)))

    def _silence(self) -> None:
        self._count()
        self._is_playing = self._is_started = False
        self._rest = None
        self._written = 0
        if self._output is not None:
            self._output.stop()

    def _set_gain(self) -> None:
        if self._output is not None:
            # Loudness by ear goes about with the cube of the slider, as in PulseAudio.
            self._output.set_gain(0.0 if self._is_muted else self._volume**3)

    def _heard_sample(self) -> float:
        """The sample of the file that is heard now."""
        if not self._is_playing or self._output is None or self._effects is None:
            return self._start
        return self._effects.place(min(self._output.heard(), self._written))

    def _count(self) -> None:
        """Add up what has been heard."""
        if self._is_playing and self._output is not None and self._effects is not None:
            self._listened += self._effects.listened(min(self._output.heard(), self._written))

    def _sample(self, position: Millis) -> float:
        """The sample at a position, at most the end."""
        assert self._decoder is not None
        return min(max(0, position), self._decoder.duration) * self._decoder.rate / 1000

    def _millis(self, sample: float) -> Millis:
        assert self._decoder is not None
        return round(sample * 1000 / self._decoder.rate)
