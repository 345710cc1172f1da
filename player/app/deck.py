"""The deck: one file in the engine, and where to be in it, also before and after it is open.

Must not know episodes, chapters or the bus. Used on the home thread; the engine's events come back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from player.app.home import Home
from player.audio.engine import (
    Advanced,
    Arriving,
    DevicesChanged,
    Engine,
    EngineEvent,
    Indexed,
    Interrupted,
    Landing,
    Load,
    Loaded,
    Started,
)
from player.core.model import Millis
from player.core.ranges import Ranges
from player.core.skips import Span, resumed
from player.core.sound import Listened, Sound


class Deck:
    """Holds a file, or none. `place` and `plays` say what is wished for while the engine cannot tell."""

    def __init__(self, engine: Engine, home: Home, on_event: Callable[[EngineEvent], None]) -> None:
        """`on_event` hears, on the home thread, what happens to the file here; late news of others is dropped."""
        self._engine = engine
        self._on_event = on_event
        self._path: Path | None = None
        self._is_loaded = False
        self._place: Millis = 0
        self._plays = False
        self._is_whole = True
        self._stop: Millis | None = None
        self._boundaries: tuple[Millis, ...] = ()
        self._skips: tuple[Span, ...] = ()
        self._loop: Span | None = None
        self._noted = (0, 0.0)
        """The last stretch that `newly_heard` has told of, and up to where."""
        self._left_out_first: Millis = 0
        """How much is left out before the place where the sound is to begin, until it does."""
        self._left_out_before_next: Millis = 0
        self._left_out = Listened()
        """What was left out before sound began: the engine has never heard of it."""
        engine.set_listener(lambda event: home.post(lambda: self._take(event)))

    @property
    def has_file(self) -> bool:
        """Whether a file is on the deck, open or being opened."""
        return self._path is not None

    @property
    def plays(self) -> bool:
        """Whether sound is wished for."""
        return self._plays

    @property
    def is_whole(self) -> bool:
        """Whether the file's length is known for certain: it is here, or has been read to its end."""
        return self._is_whole

    @property
    def is_exact(self) -> bool:
        """Whether the position is known; in a file that is arriving it may be an estimate."""
        return not self._is_loaded or self._engine.is_exact()

    def position(self) -> Millis:
        """The place that is heard now, or where playing will begin."""
        return self._engine.position() if self._is_loaded else self._place

    def clear(self, place: Millis, *, play: bool) -> None:
        """Take the file off; `place` and `play` are for the next one, as are the stop and the loop that are set."""
        if self._path is not None:
            self._engine.unload()
        self._path = None
        self._is_loaded = False
        self._place = place
        self._plays = play
        self._left_out_first = 0

    def load(self, path: Path, index: bytes | None, arriving: Arriving | None = None) -> None:
        """Open a file at the wished-for place. `index` is its frame index, where one is known."""
        self._path = path
        self._is_loaded = False
        self._is_whole = arriving is None
        self._engine.load(
            Load(
                path,
                at=self._place,
                stop=self._stop,
                play=self._plays,
                index=index,
                arriving=arriving,
                boundaries=self._boundaries,
                skips=self._skips,
            )
        )
        if self._loop is not None:
            self._engine.set_loop(self._loop)

    def arrived(self, path: Path, there: Ranges) -> None:
        """More of a file is there. May come from any thread."""
        self._engine.arrived(path, there)

    def follow(self, load: Load | None, *, left_out: Millis = 0) -> None:
        """What is to be played when the file here has ended, without a gap; `left_out` is skipped before its place."""
        self._left_out_before_next = left_out
        self._engine.follow(load)

    def play(self) -> None:
        """Play, now or as soon as the file is open."""
        self._plays = True
        if self._path is not None:
            self._engine.play()

    def pause(self) -> None:
        """Be silent."""
        self._plays = False
        if self._path is not None:
            self._engine.pause()

    def seek(self, place: Millis, landing: Landing | None = None) -> None:
        """Go to a place, now or as soon as the file is open; exactly, or with a soft `landing`."""
        self._place = place
        self._left_out_first = 0
        if self._path is not None:
            self._engine.seek(place, landing)

    def resume(self, place: Millis, skips: Sequence[Span]) -> None:
        """Go to a place, or behind what is left out there: that is saved once the sound begins."""
        to = resumed(skips, place)
        self.seek(to)
        self._left_out_first = to - place

    def scrub(self, place: Millis) -> None:
        """Let a place be heard for a moment."""
        if self._is_loaded:
            self._engine.scrub(place)

    def set_stop(self, stop: Millis | None) -> None:
        """Where playing ends before the file does."""
        self._stop = stop
        if self._path is not None:
            self._engine.set_stop(stop)

    def set_sound(self, sound: Sound) -> None:
        """What is done to the sound."""
        self._engine.set_sound(sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places across which silence is not trimmed, in this file or the next to be opened."""
        self._boundaries = tuple(starts)
        if self._path is not None:
            self._engine.set_boundaries(starts)

    def set_skips(self, spans: Sequence[Span]) -> None:
        """What is left out of this file or the next to be opened."""
        self._skips = tuple(spans)
        if self._path is not None:
            self._engine.set_skips(spans)

    def set_loop(self, loop: Span | None) -> None:
        """What is played again and again of this file."""
        self._loop = loop
        if self._path is not None:
            self._engine.set_loop(loop)

    def set_volume(self, volume: float, *, is_muted: bool) -> None:
        """How loud it is: 0.0 to 1.0."""
        self._engine.set_volume(volume)
        self._engine.set_muted(is_muted)

    def fade(self, part: float, over: Millis) -> None:
        """Go to a part of the loudness within so long."""
        self._engine.fade(part, over)

    def set_device(self, device: str | None) -> None:
        """Which device plays it; None for the system's default."""
        self._engine.set_device(device)

    def newly_heard(self, path: Path | None = None) -> list[Span]:
        """What has been heard since the last call of the file that is here, or of the one at `path` that was."""
        path = path or self._path
        stretches = self._engine.heard()
        if stretches and stretches[-1].number < self._noted[0]:
            # Another engine has begun to count.
            self._noted = (0, 0.0)
        found: list[Span] = []
        for each in stretches:
            number, stop = self._noted
            begin = max(each.start, stop) if each.number == number else each.start
            if each.path == path and each.number >= number and each.stop > begin:
                found.append((round(begin), round(each.stop)))
                self._noted = (each.number, each.stop)
        return found

    def listened(self) -> Listened:
        """What has been listened to so far, of all files."""
        return self._engine.listened() + self._left_out

    def close(self) -> None:
        """End the engine."""
        self._engine.close()

    def _take(self, event: EngineEvent) -> None:
        match event:
            case DevicesChanged():
                self._on_event(event)
                return
            case Advanced() if event.before == self._path:
                self._path = event.path
                self._is_whole = True
                self._left_out_first = self._left_out_before_next
        if event.path == self._path:
            if isinstance(event, Loaded):
                self._is_loaded = True
            elif isinstance(event, Indexed):
                self._is_whole = True
            elif isinstance(event, Interrupted):
                self._plays = False
            self._on_event(event)
            if isinstance(event, Started | Advanced):
                self._left_out += Listened(by_skips=self._left_out_first)
                self._left_out_first = 0
