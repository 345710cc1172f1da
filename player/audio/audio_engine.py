"""The engine that decodes files and plays them on an output: commands from any thread, carried out on its own.

Must not know how sound is decoded or put out (`playing` and an output do). The decoder comes in with the thread: to
import this module costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, auto
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from player.audio.engine import Clock, EngineEvent, Landing, Listener, Load, Place, Stretch
from player.audio.whereabouts import Whereabouts
from player.core.errors import KnownError, SoundDeviceError
from player.core.model import Millis
from player.core.ranges import Ranges
from player.core.sound import Listened, Sound

if TYPE_CHECKING:
    from player.audio.mp3_index import Mp3Index
    from player.audio.outputs import Output
    from player.audio.playing import Playing

_LONGEST_CLOSE = 5.0
"""Seconds to wait for the thread when the engine is closed: it may be reading a large file from a slow disk."""

_Action: TypeAlias = "Callable[[Playing], None]"


class _Kind(IntEnum):
    """Kinds of commands, in the order in which they do not undo each other's work."""

    UNLOAD = auto()
    SOUND = auto()
    BOUNDARIES = auto()
    VOLUME = auto()
    MUTED = auto()
    DEVICE = auto()
    LOAD = auto()
    FOLLOW = auto()
    STOP = auto()
    SKIPS = auto()
    LOOP = auto()
    ARRIVED = auto()
    INDEXED = auto()
    PAUSE = auto()
    FADE = auto()
    SEEK = auto()
    SCRUB = auto()
    PLAY = auto()


_OF_NO_FILE = (_Kind.INDEXED, _Kind.FADE)
_OF_A_FILE = (_Kind.BOUNDARIES, *(kind for kind in _Kind if kind > _Kind.LOAD and kind not in _OF_NO_FILE))
"""Commands that are void once another file is to be played."""


@dataclass(slots=True)
class _Wishes:
    """What was commanded and not yet carried out: of each kind the newest."""

    actions: dict[_Kind, _Action] = field(default_factory=dict)
    load: Load | None = None
    close: bool = False
    command: int = 0
    settled: list[threading.Event] = field(default_factory=list)

    def carry_out(self, playing: Playing) -> None:
        """Do it all. Raises KnownError."""
        for kind in _Kind:
            if kind in self.actions:
                self.actions[kind](playing)
            elif kind is _Kind.LOAD and self.load is not None:
                playing.load(self.load)


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

    def load(self, load: Load) -> None:
        """See `Engine`."""
        with self._changed:
            load = replace(load, at=max(0, load.at))
            self._begin_file(load, load.at)

    def unload(self) -> None:
        """See `Engine`."""
        with self._changed:
            self._wishes.actions[_Kind.UNLOAD] = lambda playing: playing.unload()
            self._begin_file(None, 0)

    def follow(self, load: Load | None) -> None:
        """See `Engine`."""
        self._wish(_Kind.FOLLOW, lambda playing: playing.follow(load))

    def arrived(self, path: Path, there: Ranges) -> None:
        """See `Engine`."""
        self._wish(_Kind.ARRIVED, lambda playing: playing.arrived(path, there))

    def play(self) -> None:
        """See `Engine`."""
        self._wish_to_play(play=True)

    def pause(self) -> None:
        """See `Engine`."""
        self._wish_to_play(play=False)

    def seek(self, to: Millis, landing: Landing | None = None) -> None:
        """See `Engine`."""
        to = max(0, to)
        with self._changed:
            self._wishes.actions.pop(_Kind.SCRUB, None)
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, at=to)
            else:
                self._wishes.actions[_Kind.SEEK] = lambda playing: playing.seek(to, landing)
            self._command(to)

    def scrub(self, to: Millis) -> None:
        """See `Engine`."""
        to = max(0, to)
        self._wish(_Kind.SCRUB, lambda playing: playing.scrub(to), to)

    def set_stop(self, stop: Millis | None) -> None:
        """See `Engine`."""
        with self._changed:
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, stop=stop)
            else:
                self._wishes.actions[_Kind.STOP] = lambda playing: playing.set_stop(stop)
            self._command()

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]]) -> None:
        """See `Engine`."""
        skips = tuple(spans)
        with self._changed:
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, skips=skips)
            else:
                self._wishes.actions[_Kind.SKIPS] = lambda playing: playing.set_skips(skips)
            self._command()

    def set_loop(self, loop: tuple[Millis, Millis] | None) -> None:
        """See `Engine`."""
        self._wish(_Kind.LOOP, lambda playing: playing.set_loop(loop))

    def set_sound(self, sound: Sound) -> None:
        """See `Engine`."""
        self._wish(_Kind.SOUND, lambda playing: playing.set_sound(sound))

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """See `Engine`."""
        boundaries = tuple(starts)
        with self._changed:
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, boundaries=boundaries)
            else:
                self._wishes.actions[_Kind.BOUNDARIES] = lambda playing: playing.set_boundaries(boundaries)
            self._command()

    def set_volume(self, volume: float) -> None:
        """See `Engine`."""
        self._wish(_Kind.VOLUME, lambda playing: playing.speaker.set_volume(volume))

    def set_muted(self, is_muted: bool) -> None:
        """See `Engine`."""
        self._wish(_Kind.MUTED, lambda playing: playing.speaker.set_muted(is_muted=is_muted))

    def fade(self, part: float, over: Millis) -> None:
        """See `Engine`."""
        self._wish(_Kind.FADE, lambda playing: playing.speaker.fade(part, over / 1000))

    def set_device(self, device: str | None) -> None:
        """See `Engine`."""
        self._wish(_Kind.DEVICE, lambda playing: playing.set_device(device))

    def position(self) -> Millis:
        """See `Engine`."""
        return self._whereabouts.position()

    def is_exact(self) -> bool:
        """See `Engine`."""
        return self._whereabouts.is_exact()

    def heard(self) -> tuple[Stretch, ...]:
        """See `Engine`."""
        return self._whereabouts.heard()

    def listened(self) -> Listened:
        """See `Engine`."""
        return self._whereabouts.listened()

    def devices_changed(self) -> None:
        """Sound devices have come or gone. No command of `Engine`."""
        with self._changed:
            self._wishes.actions.setdefault(_Kind.DEVICE, lambda playing: playing.devices_changed())
            self._wake()

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

    def _wish(self, kind: _Kind, action: _Action, to: Millis | None = None) -> None:
        with self._changed:
            self._wishes.actions[kind] = action
            self._command(to)

    def _wish_to_play(self, *, play: bool) -> None:
        with self._changed:
            actions = self._wishes.actions
            actions.pop(_Kind.PAUSE, None)
            actions.pop(_Kind.PLAY, None)
            if self._wishes.load is not None:
                self._wishes.load = replace(self._wishes.load, play=play)
            elif play:
                actions[_Kind.PLAY] = lambda playing: playing.play()
            else:
                actions[_Kind.PAUSE] = lambda playing: playing.pause()
            self._command()

    def _begin_file(self, load: Load | None, at: Millis) -> None:
        for kind in _OF_A_FILE:
            self._wishes.actions.pop(kind, None)
        self._wishes.load = load
        self._generation += 1
        self._command(at)

    def _command(self, to: Millis | None = None) -> None:
        """Number a command, which may lead to another position, and wake the thread. The lock is held."""
        self._wishes.command = self._whereabouts.command(to)
        self._wake()

    def _wake(self) -> None:
        self._is_pending = True
        self._changed.notify()

    def _on_index(self, path: Path, index: Mp3Index) -> None:
        """On a thread that indexes."""
        with self._changed:
            self._wishes.actions[_Kind.INDEXED] = lambda playing: playing.indexed(path, index)
            self._wake()

    # On the engine's thread

    def _run(self) -> None:
        from player.audio.playing import Playing

        playing = Playing(self._output_factory, self._tell, self._clock, self._on_index)
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
            pause = _advance(playing, wishes)
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


def _advance(playing: Playing, wishes: _Wishes) -> float | None:
    """Do what was commanded and what is due. Seconds until something is due again, or None."""
    try:
        wishes.carry_out(playing)
        return playing.fill()
    except SoundDeviceError as error:
        playing.interrupt(error)
    except KnownError as error:
        playing.fail(error)
    return None
