"""An engine in a process of its own: the window's work cannot hold up the sound, nor a decoder's crash end the program.

Must not know how sound is made: `engine_process` runs the engine on the other side. Only the standard library is
imported here, so that the window need not wait.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, TypeAlias

from player.audio.engine import Advanced, Clock, EngineEvent, Failed, Landing, Listener, Load, Place, Stretch
from player.audio.engine_process import Answer, serve
from player.audio.whereabouts import Whereabouts
from player.core.errors import SoundEngineError
from player.core.model import Millis
from player.core.ranges import Ranges
from player.core.sound import Listened, Sound

_LONGEST_CLOSE = 5.0
"""Seconds to wait for the process when the engine is closed: it may be reading from a slow disk."""

_log = logging.getLogger(__name__)

_Pipe: TypeAlias = "Connection[Any, Any]"


class RemoteEngine:
    """See `Engine` for what each method does. The process starts at once; if it dies, the next command starts another.

    What it played then has failed with a SoundEngineError; volume and the like are as they were.
    """

    def __init__(
        self,
        *,
        is_silent: bool = False,
        prepare: Callable[[], object] | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        """`is_silent`: without a sound device. `prepare`, a function of a module, is called first in the process.

        `clock` must count alike in all processes, as `time.monotonic` does.
        """
        self._is_silent = is_silent
        self._prepare = prepare
        self._clock = clock
        self._listener: Listener = lambda _event: None
        self._lock = threading.RLock()
        self._settings: dict[str, tuple[Any, ...]] = {}
        self._path: Path | None = None
        self._is_closed = False
        self._listened_before = Listened()
        self._whereabouts = Whereabouts(clock)
        self._start()

    def set_listener(self, listener: Listener) -> None:
        """Tell events to `listener`, on a thread of this engine."""
        self._listener = listener

    def load(self, load: Load) -> None:
        """See `Engine`."""
        with self._lock:
            self._path = load.path
            self._command("load", load, moves_to=max(0, load.at))

    def follow(self, load: Load | None) -> None:
        """See `Engine`."""
        self._command("follow", load)

    def arrived(self, path: Path, there: Ranges) -> None:
        """See `Engine`."""
        self._command("arrived", path, there)

    def unload(self) -> None:
        """See `Engine`."""
        with self._lock:
            self._path = None
            self._command("unload", moves_to=0)

    def play(self) -> None:
        """See `Engine`."""
        self._command("play")

    def pause(self) -> None:
        """See `Engine`."""
        self._command("pause")

    def seek(self, to: Millis, landing: Landing | None = None) -> None:
        """See `Engine`."""
        self._command("seek", to, landing, moves_to=max(0, to))

    def set_stop(self, stop: Millis | None) -> None:
        """See `Engine`."""
        self._command("set_stop", stop)

    def set_skips(self, spans: Sequence[tuple[Millis, Millis]]) -> None:
        """See `Engine`."""
        self._command("set_skips", tuple(spans))

    def set_loop(self, loop: tuple[Millis, Millis] | None) -> None:
        """See `Engine`."""
        self._command("set_loop", loop)

    def scrub(self, to: Millis) -> None:
        """See `Engine`."""
        self._command("scrub", to, moves_to=max(0, to))

    def set_sound(self, sound: Sound) -> None:
        """See `Engine`."""
        self._set("set_sound", sound)

    def set_boundaries(self, starts: Sequence[Millis]) -> None:
        """See `Engine`."""
        self._command("set_boundaries", tuple(starts))

    def set_volume(self, volume: float) -> None:
        """See `Engine`."""
        self._set("set_volume", volume)

    def set_muted(self, is_muted: bool) -> None:
        """See `Engine`."""
        self._set("set_muted", is_muted)

    def fade(self, part: float, over: Millis) -> None:
        """See `Engine`."""
        self._command("fade", part, over)

    def set_device(self, device: str | None) -> None:
        """See `Engine`."""
        self._set("set_device", device)

    def is_exact(self) -> bool:
        """See `Engine`."""
        return self._whereabouts.is_exact()

    def position(self) -> Millis:
        """See `Engine`."""
        return self._whereabouts.position()

    def heard(self) -> tuple[Stretch, ...]:
        """See `Engine`. Another process counts from 1 again."""
        return self._whereabouts.heard()

    def listened(self) -> Listened:
        """See `Engine`."""
        with self._lock:
            return self._listened_before + self._whereabouts.listened()

    def settle(self) -> None:
        """Wait until all commands so far are carried out and the output has all the sound it takes now."""
        self._settled.clear()
        self._command("settle")
        while self._is_running and not self._settled.wait(1):
            pass

    def close(self) -> None:
        """See `Engine`."""
        with self._lock:
            self._is_closed = True
            with suppress(OSError):
                self._pipe.send(("close", ()))
        self._process.join(_LONGEST_CLOSE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._reader is not threading.current_thread():
            self._reader.join()
        self._pipe.close()

    def _set(self, name: str, *arguments: Any) -> None:
        """A command that another process would have to be given, too."""
        with self._lock:
            self._settings[name] = arguments
            self._command(name, *arguments)

    def _command(self, name: str, *arguments: Any, moves_to: Millis | None = None) -> None:
        with self._lock:
            if self._is_closed:
                return
            if not self._is_running:
                self._start()
            self._whereabouts.command(moves_to)
            with suppress(OSError):
                # The process has just died: its end is noticed by the reader.
                self._pipe.send((name, arguments))

    def _start(self) -> None:
        """Start the process, with the settings that the last one had."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._listened_before = self.listened()
        self._whereabouts = Whereabouts(self._clock)
        self._settled = threading.Event()
        self._process: SpawnProcess = context.Process(
            target=serve, args=(theirs, self._is_silent, self._prepare), name="earmark-sound", daemon=True
        )
        self._process.start()
        self._is_running = True
        theirs.close()
        for name, arguments in self._settings.items():
            self._whereabouts.command()
            self._pipe.send((name, arguments))
        arguments = (self._pipe, self._whereabouts, self._settled)
        self._reader = threading.Thread(target=self._read, args=arguments, name="earmark-sound", daemon=True)
        self._reader.start()

    def _read(self, pipe: _Pipe, whereabouts: Whereabouts, settled: threading.Event) -> None:
        """Take what one process answers, until its end."""
        with suppress(EOFError, OSError):
            while True:
                answer: Answer = pipe.recv()
                match answer:
                    case Place():
                        whereabouts.report(answer)
                    case logging.LogRecord():
                        logging.getLogger(answer.name).handle(answer)
                    case None:
                        settled.set()
                    case _:
                        self._tell(answer)
        with self._lock:
            path, self._path = self._path, None
            self._is_running = False
            if self._is_closed:
                return
        _log.error("the sound engine ended by itself")
        if path is not None:
            self._tell(Failed(path, SoundEngineError()))

    def _tell(self, event: EngineEvent) -> None:
        if isinstance(event, Advanced):
            self._path = event.path
        self._listener(event)
