"""Plays files on an output: what is commanded.

Must not know threads: `AudioEngine` calls everything here from one. What goes on by itself is `running`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from player.audio.engine import (
    Failed,
    Indexed,
    Interrupted,
    Landing,
    Load,
    Paused,
)
from player.audio.mp3_index import Mp3Index
from player.audio.running import Running
from player.audio.scrubbing import Scrubbing
from player.core.errors import KnownError
from player.core.model import Millis
from player.core.ranges import Ranges
from player.core.sound import Sound


class Playing(Running):
    """One file at a time, and the one that follows it, on an output that is made when sound is first wanted."""

    def load(self, load: Load) -> None:
        """Open a file. Raises KnownError."""
        self.unload()
        self._take(load)
        self._wants_to_play = load.play
        self._attempt(self._open)

    def unload(self) -> None:
        """Close the file, and forget what follows it."""
        self._silence()
        if self._track is not None:
            self._track.close()
        self._load = self._track = self._follower = self._appended = self._loop = None
        self._missing = self._pending = None
        self._wants_to_play, self._landing = False, None
        self._start, self._given_up_at = 0.0, 0
        self._news.clear()

    def follow(self, load: Load | None) -> None:
        """What comes next. It is opened when the present file has been read to its end."""
        self._follower = load

    def arrived(self, path: Path, there: Ranges) -> None:
        """More of the file is there."""
        load = self._load
        if load is not None and load.path == path and load.arriving is not None:
            self._load = replace(load, arriving=replace(load.arriving, there=there))
            if self._track is not None:
                self._track.arrived(there)

    def indexed(self, path: Path, index: Mp3Index) -> None:
        """A file has been indexed."""
        self._news.append(Indexed(path, index.duration, index.to_bytes()))

    def play(self) -> None:
        """Go on from where it is. Raises KnownError."""
        self._wants_to_play = True
        if not self._reel.is_running and self._track is not None:
            self._attempt(self._begin)

    def pause(self) -> None:
        """Stop, and keep the place that is heard."""
        if self._wants_to_play and self._track is not None:
            self._start = self._heard()
            self._silence()
            # What is missing is awaited when it is played.
            self._missing = self._pending = None
            self._news.append(Paused(self._track.path, self._track.millis(self._start)))
        self._wants_to_play = False

    def seek(self, to: Millis, landing: Landing | None = None) -> None:
        """Go to a position. Raises KnownError."""
        if self._track is None:
            self._load = replace(self._load, at=to) if self._load is not None else None
            return
        if self._scrubbing is not None or not self._wants_to_play:
            self._silence()
        self._start, self._landing = self._track.sample(to), landing
        self._track.enter(self._start)
        if self._track.is_beyond(self._start):
            self._track.set_stop(None)
        if self._wants_to_play:
            self._attempt(self._begin)

    def set_stop(self, stop: Millis | None) -> None:
        """Where the present file is to end. Raises KnownError."""
        if self._track is None:
            self._load = replace(self._load, stop=stop) if self._load is not None else None
            return
        self._track.set_stop(stop)
        if self._reel.is_running and self._reel.is_written_beyond(self._track):
            # Frames behind the stop are in the output already.
            self._start = self._heard()
            self._attempt(self._begin)

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]]) -> None:
        """What is left out of the present file. Raises KnownError."""
        if self._track is None:
            self._load = replace(self._load, skips=tuple(spans)) if self._load is not None else None
        elif self._track.set_skips(spans, self._heard()) and self._reel.is_running:
            # What is in the output already would be heard otherwise now.
            self._start = self._heard()
            self._attempt(self._begin)

    def set_loop(self, loop: tuple[Millis, Millis] | None) -> None:
        """What is played again and again of the present file. Raises KnownError."""
        self._loop = loop
        if self._track is not None and self._track.set_loop(loop, self._heard()) and self._reel.is_running:
            self._start = self._heard()
            self._attempt(self._begin)

    def scrub(self, to: Millis) -> None:
        """Let a position be heard for a moment. Raises KnownError."""
        track = self._track
        if track is None:
            return
        if self._scrubbing is None:
            self._silence()
            self._scrubbing = Scrubbing(track, self.speaker.ready())
        self._start = track.sample(to)
        self._scrubbing.wish(self._start)

    def set_sound(self, sound: Sound) -> None:
        """Change what is done to the sound. What is already on its way to the ear comes first."""
        self._sound = sound
        if self._track is not None:
            self._track.set_sound(sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places of the present file across which silence is not trimmed."""
        if self._track is not None:
            self._track.set_boundaries(starts)
        elif self._load is not None:
            self._load = replace(self._load, boundaries=tuple(starts))

    def set_device(self, device: str | None) -> None:
        """Play on another device, from the place that is heard on. Raises KnownError."""
        self.speaker.set_device(device)
        self.devices_changed()

    def devices_changed(self) -> None:
        """Go to the device that is wanted, if that is another one by now. Raises KnownError."""
        if self._reel.is_running and self.speaker.is_elsewhere():
            self._start = self._heard()
            self._attempt(self._begin)

    def interrupt(self, error: KnownError) -> None:
        """Stop because of `error`, where it can go on later."""
        if self._track is not None:
            self._start = self._heard()
            self._silence()
            self._news.append(Interrupted(self._track.path, self._track.millis(self._start), error))
        self._wants_to_play = False

    def fail(self, error: KnownError) -> None:
        """Give the file up because of `error`, and keep the place that was heard, or was to be."""
        load, track = self._load, self._track
        place = load.at if load is not None else 0
        if track is not None:
            place = track.millis(self._start if self._pending is not None else self._heard())
        self.unload()
        self._given_up_at = place
        if load is not None:
            self._news.append(Failed(load.path, error))

    def close(self) -> None:
        """Close the file and the output."""
        self.unload()
        self.speaker.close()
