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
from player.core.ranges import Ranges
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
class Arriving:
    """A file of which only some bytes are there: its size when it is whole, and which they are.

    `duration` is what the feed says, for where the beginning of the file says nothing. `moved_to` is the file's name
    when it is whole.
    """

    total: int
    there: Ranges
    duration: Millis | None = None
    moved_to: Path | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """A file to be played from `at` up to `stop`, or to its end. `index` is a kept frame index of it.

    `sound`, `boundaries` and `skips` are those of `Engine.set_sound`, `set_boundaries` and `set_skips` from its
    beginning on; without a sound, that of the file before stays. A span that `at` is in is heard.
    """

    path: Path
    at: Millis = 0
    stop: Millis | None = None
    play: bool = False
    index: bytes | None = None
    arriving: Arriving | None = None
    sound: Sound | None = None
    boundaries: tuple[Millis, ...] = ()
    skips: tuple[tuple[Millis, Millis], ...] = ()


@dataclass(frozen=True, slots=True)
class Landing:
    """A jump that may begin a little earlier, with the words that begin just before its place: see `landing`.

    `quiet` is the level in dBFS below which the recording pauses, None where it has not been measured.
    """

    quiet: float | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file is open, `duration` long as far as is known yet: see `Indexed`."""

    path: Path
    duration: Millis


@dataclass(frozen=True, slots=True)
class Indexed:
    """The file has been read from end to end: how long it is, and its frame index, which is worth keeping."""

    path: Path
    duration: Millis
    index: bytes


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
class Interrupted:
    """The sound stopped by itself at `position`, and can go on there: `error` says why."""

    path: Path
    position: Millis
    error: KnownError


@dataclass(frozen=True, slots=True)
class Buffering:
    """The sound stopped because the next of it has not arrived; it goes on by itself (Started) when that is there."""

    path: Path


@dataclass(frozen=True, slots=True)
class Wanted:
    """These bytes of an arriving file are needed next: `length` from `offset` on."""

    path: Path
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The file was heard to its end or its stop, which is at `duration`. `missing` is what it lacks of what it says.

    `stop` is the stop as it was set, None for the end of the file. Who was beyond it already when it was set stops at
    once, and `duration` is behind it.
    """

    path: Path
    duration: Millis
    missing: Millis = 0
    stop: Millis | None = None


@dataclass(frozen=True, slots=True)
class Advanced:
    """The file `before` was heard to its end or its stop, and without a gap the one that follows it, at `path`.

    `duration` is that of the new file, `stop` the stop of the one before. Positions are of the new one now.
    """

    path: Path
    before: Path
    duration: Millis
    stop: Millis | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """The file has been deleted or moved away. What is open of it goes on playing."""

    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """The file cannot be played, or not any further than to the position, which stays until a command moves it."""

    path: Path
    error: KnownError


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """These are the devices now that sound can be played on. Told once at the start, too."""

    devices: tuple[Device, ...]


FileEvent = (
    Loaded | Indexed | Started | Paused | Interrupted | Buffering | Wanted | Ended | Advanced | Vanished | Failed
)
EngineEvent = FileEvent | DevicesChanged
Listener = Callable[[EngineEvent], None]


class Engine(Protocol):
    """Plays one file at a time. Every command returns at once and may come from any thread.

    A newer wish replaces an older one of its kind that was not carried out yet. After `load` and `unload` no event of
    the file before is told.
    """

    def set_listener(self, listener: Listener) -> None:
        """Tell events to `listener`, on the engine's own thread."""
        ...

    def load(self, load: Load) -> None:
        """Open a file. Loaded or Failed; what was to follow the file before is forgotten."""
        ...

    def follow(self, load: Load | None) -> None:
        """What is to be played when the present file has ended, without a gap: Advanced. `load.play` does not count.

        One that cannot be opened is left out: Failed, and the present file ends as if nothing followed.
        """
        ...

    def arrived(self, path: Path, there: Ranges) -> None:
        """More of an arriving file is there."""
        ...

    def play(self) -> None:
        """Go on. Started, unless it plays."""
        ...

    def pause(self) -> None:
        """Stop, and keep the place. Paused, unless it is silent."""
        ...

    def seek(self, to: Millis, landing: Landing | None = None) -> None:
        """Go to a position, at most the end; playing goes on there, exactly or with a soft `landing`.

        A position behind the stop makes that void.
        """
        ...

    def set_stop(self, stop: Millis | None) -> None:
        """Where playing ends before the file does (Ended); None for its end."""
        ...

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]]) -> None:
        """What is left out: who plays up to the first place of a span goes on, without a gap, at its second one.

        A span that `seek` leads into is heard to its end; so is one of which something is heard at the moment. One that
        goes to the end of the file, or to the stop, ends it.
        """
        ...

    def set_loop(self, loop: tuple[Millis, Millis] | None) -> None:
        """What is played again and again: who is in it goes on, without a gap, from its end at its start.

        A loop that goes to the end of the file does so, too. Who is not in it, or jumps out, plays on; None ends it.
        """
        ...

    def scrub(self, to: Millis) -> None:
        """Let the sound at a position be heard for a moment. `seek` ends it."""
        ...

    def set_sound(self, sound: Sound) -> None:
        """What is done to the sound. What plays changes without a seam, within a second."""
        ...

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places of the file across which silence is not trimmed."""
        ...

    def set_volume(self, volume: float) -> None:
        """Loudness from 0.0 to 1.0, by ear: half is about half as loud."""
        ...

    def set_muted(self, is_muted: bool) -> None:
        """Silence without losing the volume."""
        ...

    def fade(self, part: float, over: Millis) -> None:
        """Go to a part of the loudness, 0.0 to 1.0, evenly by ear within so long; it stays there, whatever plays."""
        ...

    def set_device(self, device: str | None) -> None:
        """Play on the device of this id; None, and while it is not there: on the system's default, whatever that is."""
        ...

    def position(self) -> Millis:
        """What is heard now. It never goes back but by a command; after one it is at once where that leads."""
        ...

    def is_exact(self) -> bool:
        """Whether the position is known; in a file that is still arriving it may be an estimate."""
        ...

    def heard(self) -> tuple[Stretch, ...]:
        """The stretches that were heard last, the newest last: without what was jumped over, skipped or trimmed."""
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


class Stretch(NamedTuple):
    """The `number`-th stretch that was heard since the engine was made: from `start` to `stop` milliseconds of a file.

    What is newest may still become longer.
    """

    number: int
    path: Path
    start: float
    stop: float


class Run(NamedTuple):
    """From `time` of the clock on, the position goes on from `position` milliseconds, `pace` times as fast."""

    time: float
    position: float
    pace: float


@dataclass(frozen=True, slots=True)
class Place:
    """A position that moves: in `runs`, of which each holds until the next one begins, to `limit` at most.

    `listened` is what was heard until the first run began, `command` the number of the last command carried out,
    `file` the number of the file that the position is of. Not `is_exact`: the position is an estimate. `heard` are the
    stretches that were heard last.
    """

    runs: tuple[Run, ...] = (Run(0.0, 0.0, 0.0),)
    limit: float = 0.0
    listened: Listened = field(default_factory=Listened)
    command: int = 0
    file: int = 0
    is_exact: bool = True
    heard: tuple[Stretch, ...] = ()

    def at(self, now: float) -> float:
        """The position in milliseconds at a time of the clock."""
        index = max(0, bisect_right(self.runs, now, key=lambda run: run.time) - 1)
        run = self.runs[index]
        position = run.position + max(0.0, now - run.time) * 1000 * run.pace
        # In a loop the last run may end before the place where an earlier one is.
        return position if index + 1 < len(self.runs) else min(self.limit, position)
