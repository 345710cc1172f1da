"""The deck: one file in the engine, and where to be in it, also before and after it is open.

Must not know episodes, chapters or the bus. Used on the home thread; the engine's events come back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from player.app.home import Home
from player.audio.engine import DevicesChanged, Engine, EngineEvent, Loaded
from player.core.model import Millis
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
        engine.set_listener(lambda event: home.post(lambda: self._take(event)))

    @property
    def has_file(self) -> bool:
        """Whether a file is on the deck, open or being opened."""
        return self._path is not None

    @property
    def plays(self) -> bool:
        """Whether sound is wished for."""
        return self._plays

    def position(self) -> Millis:
        """The place that is heard now, or where playing will begin."""
        return self._engine.position() if self._is_loaded else self._place

    def clear(self, place: Millis, *, play: bool) -> None:
        """Take the file off; `place` and `play` are for the next one."""
        if self._path is not None:
            self._engine.unload()
        self._path = None
        self._is_loaded = False
        self._place = place
        self._plays = play

    def load(self, path: Path, index: bytes | None) -> None:
        """Open a file at the wished-for place. `index` is its frame index, where one is known."""
        self._path = path
        self._is_loaded = False
        self._engine.load(path, at=self._place, play=self._plays, index=index)

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

    def seek(self, place: Millis) -> None:
        """Go to a place, now or as soon as the file is open."""
        self._place = place
        if self._path is not None:
            self._engine.seek(place)

    def set_sound(self, sound: Sound) -> None:
        """What is done to the sound."""
        self._engine.set_sound(sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """Places across which silence is not trimmed, in this file or the next."""
        self._engine.set_boundaries(starts)

    def set_volume(self, volume: float, *, is_muted: bool) -> None:
        """How loud it is: 0.0 to 1.0."""
        self._engine.set_volume(volume)
        self._engine.set_muted(is_muted)

    def listened(self) -> Listened:
        """What has been listened to so far, of all files."""
        return self._engine.listened()

    def close(self) -> None:
        """End the engine."""
        self._engine.close()

    def _take(self, event: EngineEvent) -> None:
        if isinstance(event, DevicesChanged) or event.path != self._path:
            return
        if isinstance(event, Loaded):
            self._is_loaded = True
        self._on_event(event)
