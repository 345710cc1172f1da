"""The engine that decodes files and plays them on an output: commands from any thread, carried out on its own.

Must not know how sound is decoded or put out (`playing` and an output do). The decoder comes in with the thread: to
import this module costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.audio.engine import Clock, EngineEvent, Listener, Load, Place
from player.audio.whereabouts import Whereabouts
from player.core.errors import KnownError
from player.core.model import Millis
from player.core.sound import Listened, Sound

if TYPE_CHECKING:
    from player.audio.playing import Output, Playing

_LONGEST_CLOSE = 5.0
"""Seconds to wait for the thread when the engine is closed: it may be reading a large file from a slow disk."""


@dataclass(slots=True)
class _Wishes:
    """What was commanded and not yet carried out: of each kind the newest."""

    load: Load | None = None
    unload: bool = False
    seek: Millis | None = None
    play: bool | None = None
    sound: Sound | None = None
    boundaries: tuple[Millis, ...] | None = None
    volume: float | None = None
    is_muted: bool | None = None
    close: bool = False
    command: int = 0
    settled: list[threading.Event] = field(default_factory=list)


class AudioEngine:
    """The engine that decodes files and plays them on an output, in a thread of its own."""

    def __init__(
        self,
        output_factory: Callable[[], Output],
        *,
        clock: Clock = time.monotonic,
        on_place: Callable[[Place], None] | None = None,
    ) -> None:
        """`output_factory` is called on the engine's thread, when something is to be played for the first time.

        `on_place` is told, on that thread, how the position goes on: after each command and some times a second.
        """
        self._output_factory = output_factory
        self._clock = clock
        self._changed = threading.Condition()
        self._wishes = _Wishes()
        self._is_pending = False
        self._whereabouts = Whereabouts(clock)
        self._on_place = on_place
        self._generation = 0
        self._carried_generation = 0
        self._listener: Listener = lambda _event: None
        self._thread = threading.Thread(target=self._run, name="earmark-sound", daemon=True)
        self._thread.start()

    def set_listener(self, listener: Listener) -> None:
        """See `Engine`."""
        self._listener = listener

    def load(self, path: Path, *, at: Millis, play: bool, index: bytes | None) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.load = Load(path, max(0, at), play, index)
            self._begin_file(max(0, at))

    def unload(self) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.load, self._wishes.unload = None, True
            self._begin_file(0)

    def play(self) -> None:
        """See `Engine`."""
        self._wish_to_play(play=True)

    def pause(self) -> None:
        """See `Engine`."""
        self._wish_to_play(play=False)

    def seek(self, to: Millis) -> None:
        """See `Engine`."""
        with self._changed:
            to = max(0, to)
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, at=to)
            else:
                self._wishes.seek = to
            self._command(to)

    def set_sound(self, sound: Sound) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.sound = sound
            self._command()

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.boundaries = tuple(starts)
            self._command()

    def set_volume(self, volume: float) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.volume = volume
            self._command()

    def set_muted(self, is_muted: bool) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.is_muted = is_muted
            self._command()

    def position(self) -> Millis:
        """See `Engine`."""
        return self._whereabouts.position()

    def listened(self) -> Listened:
        """See `Engine`."""
        return self._whereabouts.listened()

    def settle(self) -> None:
        """Wait until all commands so far are carried out and the output has all the sound it takes now."""
        done = threading.Event()
        with self._changed:
            self._wishes.settled.append(done)
            self._command()
        while self._thread.is_alive() and not done.wait(1):
            pass

    def close(self) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.close = True
            self._generation += 1
            self._command()
        if self._thread is not threading.current_thread():
            self._thread.join(_LONGEST_CLOSE)

    def _wish_to_play(self, *, play: bool) -> None:
        with self._changed:
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, play=play)
            else:
                self._wishes.play = play
            self._command()

    def _begin_file(self, at: Millis) -> None:
        self._wishes.seek = self._wishes.play = None
        self._generation += 1
        self._command(at)

    def _command(self, to: Millis | None = None) -> None:
        """Number a command, which may lead to another position, and wake the thread. The lock is held."""
        self._wishes.command = self._whereabouts.command(to)
        self._is_pending = True
        self._changed.notify()

    # On the engine's thread

    def _run(self) -> None:
        from player.audio.playing import Playing

        playing = Playing(self._output_factory, self._tell, self._clock)
        pause: float | None = None
        told = Place()
        while True:
            with self._changed:
                if not self._is_pending:
                    self._changed.wait(pause)
                wishes, generation = self._wishes, self._generation
                self._wishes = _Wishes(command=wishes.command)
                self._is_pending = False
            self._carried_generation = generation
            try:
                _carry_out(wishes, playing)
                pause = playing.fill()
            except KnownError as error:
                pause = None
                playing.fail(error)
            place = replace(playing.place, command=wishes.command)
            self._whereabouts.report(place)
            if self._on_place is not None and place != told:
                self._on_place(place)
                told = place
            playing.tell_news()
            for event in wishes.settled:
                event.set()
            if wishes.close:
                playing.close()
                return

    def _tell(self, event: EngineEvent) -> None:
        """Pass an event on, unless its file has been replaced in the meantime."""
        if self._carried_generation == self._generation:
            self._listener(event)


def _carry_out(wishes: _Wishes, playing: Playing) -> None:
    """Apply commands in the order in which they do not undo each other's work."""
    if wishes.unload and wishes.load is None:
        playing.unload()
    if wishes.sound is not None:
        playing.set_sound(wishes.sound)
    if wishes.boundaries is not None:
        playing.set_boundaries(wishes.boundaries)
    if wishes.volume is not None:
        playing.set_volume(wishes.volume)
    if wishes.is_muted is not None:
        playing.set_muted(is_muted=wishes.is_muted)
    if wishes.load is not None:
        playing.load(wishes.load)
    if wishes.play is False:
        playing.pause()
    if wishes.seek is not None:
        playing.seek(wishes.seek)
    if wishes.play:
        playing.play()
