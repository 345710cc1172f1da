"""The sound engine as the rest of the program sees it: its commands, its events, and what they carry.

Must not know how sound is decoded or put out. Nothing heavy is imported here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from player.core.errors import KnownError
from player.core.model import Millis
from player.core.sound import Listened, Sound

Clock = Callable[[], float]
"""Seconds that only rise."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device that sound can be played on. `name` is for people."""

    id: str
    name: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file is open, `duration` long. `index` is its frame index to be kept, when it was built now."""

    path: Path
    duration: Millis
    index: bytes | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """Sound of the file comes out, after it did not."""

    path: Path


@dataclass(frozen=True, slots=True)
class Paused:
    """The sound stopped, as the listener wished, at `position`."""

    path: Path
    position: Millis


@dataclass(frozen=True, slots=True)
class Ended:
    """The file was heard to its end, which is at `duration`."""

    path: Path
    duration: Millis


@dataclass(frozen=True, slots=True)
class Failed:
    """The file cannot be played, or not any further."""

    path: Path
    error: KnownError


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """These are the devices now that sound can be played on. Told once at the start, too."""

    devices: tuple[Device, ...]


EngineEvent = Loaded | Started | Paused | Ended | Failed | DevicesChanged
Listener = Callable[[EngineEvent], None]


class Engine(Protocol):
    """Plays one file at a time. Every command returns at once and may come from any thread.

    A newer wish replaces an older one of its kind that was not carried out yet. After `load` and `unload` no event of
    the file before is told.
    """

    def set_listener(self, listener: Listener) -> None:
        """Tell events to `listener`, on the engine's own thread."""
        ...

    def load(self, path: Path, *, at: Millis, play: bool, index: bytes | None) -> None:
        """Open a file at a position, and play it if `play`. `index` is a kept frame index of it. Loaded or Failed."""
        ...

    def play(self) -> None:
        """Go on. Started, unless it plays."""
        ...

    def pause(self) -> None:
        """Stop, and keep the place. Paused, unless it is silent."""
        ...

    def seek(self, to: Millis) -> None:
        """Go to a position, at most the end; playing goes on there."""
        ...

    def set_sound(self, sound: Sound) -> None:
        """What is done to the sound. What plays changes without a seam, within a second."""
        ...

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places of the file, in it or to be loaded, across which silence is not trimmed."""
        ...

    def set_volume(self, volume: float) -> None:
        """Loudness from 0.0 to 1.0, by ear: half is about half as loud."""
        ...

    def set_muted(self, is_muted: bool) -> None:
        """Silence without losing the volume."""
        ...

    def position(self) -> Millis:
        """What is heard now. It never goes back but by a command; after one it is at once where that leads."""
        ...

    def listened(self) -> Listened:
        """What has been heard and saved since the engine was made, of all files."""
        ...

    def unload(self) -> None:
        """Stop, and give the file free."""
        ...

    def close(self) -> None:
        """Stop for ever, and give the device free. Returns when it is done."""
        ...


@dataclass(frozen=True, slots=True)
class Load:
    """A file to be opened: see `Engine.load`."""

    path: Path
    at: Millis
    play: bool
    index: bytes | None


class Run(NamedTuple):
    """From `time` of the clock on, the position goes on from `position` milliseconds, `pace` times as fast."""

    time: float
    position: float
    pace: float


@dataclass(frozen=True, slots=True)
class Place:
    """A position that moves: in `runs`, of which each holds until the next one begins, to `limit` at most.

    `listened` is what was heard until the first run began, `command` the number of the last command carried out.
    """

    runs: tuple[Run, ...] = (Run(0.0, 0.0, 0.0),)
    limit: float = 0.0
    listened: Listened = field(default_factory=Listened)
    command: int = 0

    def at(self, now: float) -> float:
        """The position in milliseconds at a time of the clock."""
        run = self.runs[max(0, bisect_right(self.runs, now, key=lambda run: run.time) - 1)]
        return min(self.limit, run.position + max(0.0, now - run.time) * 1000 * run.pace)
