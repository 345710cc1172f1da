"""The other side of `remote`: the process that decodes and plays, told what to do through a pipe.

Must not know the program that it serves. It ends when that does, however that ends.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeAlias

from player.audio.engine import Device, DevicesChanged, EngineEvent, Place

if TYPE_CHECKING:
    from player.audio.audio_engine import AudioEngine

Answer: TypeAlias = "EngineEvent | Place | logging.LogRecord | None"
"""What comes back through the pipe; None says that a `settle` is done."""

_Pipe: TypeAlias = "Connection[Any, Any]"


def serve(pipe: _Pipe, is_silent: bool, prepare: Callable[[], object] | None) -> None:
    """Be the engine of the program at the other end of `pipe`, until it says so or is gone. `prepare` comes first."""
    # Ctrl+C in a terminal reaches every process there: the program at the other end decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _Answers(pipe)
    logging.getLogger().addHandler(_Forward(answers))
    if prepare is not None:
        prepare()
    if is_silent:
        _serve_silent(pipe, answers)
    else:
        _serve_sound(pipe, answers)


def _serve_silent(pipe: _Pipe, answers: _Answers) -> None:
    from player.audio.audio_engine import AudioEngine
    from player.audio.null_output import NullOutput

    _obey(pipe, AudioEngine(NullOutput, on_place=answers.send), answers)


def _serve_sound(pipe: _Pipe, answers: _Answers) -> None:
    from player.audio.audio_engine import AudioEngine
    from player.audio.output import run_with_events, sound_output

    engine = AudioEngine(sound_output, on_place=answers.send)

    def on_devices(devices: tuple[Device, ...]) -> None:
        answers.send(DevicesChanged(devices))
        engine.devices_changed()

    run_with_events(lambda: _obey(pipe, engine, answers), on_devices)


def _obey(pipe: _Pipe, engine: AudioEngine, answers: _Answers) -> None:
    """Carry out commands as they come."""
    engine.set_listener(answers.send)
    while True:
        try:
            name, arguments = pipe.recv()
        except (EOFError, OSError):
            name, arguments = "close", ()
        match name:
            case "close":
                engine.close()
                return
            case "settle":
                engine.settle()
                answers.send(None)
            case _:
                getattr(engine, name)(*arguments)


class _Answers:
    """Sends answers from several threads."""

    def __init__(self, pipe: _Pipe) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def send(self, answer: Answer) -> None:
        """Send one answer; nobody may be there any more to take it."""
        with self._lock:
            try:
                self._pipe.send(answer)
            except OSError:
                return


class _Forward(logging.Handler):
    """Hands log records to the program, whose log they belong in."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__()
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record as text."""
        text = self.format(record)
        record.msg, record.args, record.exc_info, record.exc_text = text, None, None, None
        self._answers.send(record)
