"""Engines on a stage: the scripted one, and the real one on an output whose time the test moves."""

from __future__ import annotations

import time
import wave
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from player.audio.audio_engine import AudioEngine
from player.audio.engine import Engine, EngineEvent, Load
from player.audio.mp3_index import index_file
from player.audio.null_output import NullOutput, Samples
from player.audio.scripted import ScriptedEngine
from player.core.errors import FileError

E = TypeVar("E")


class ManualClock:
    """A clock that the test sets forward."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Stage(Protocol):
    """An engine, what it told, and the test's hold on its time."""

    engine: Engine
    events: list[EngineEvent]

    def advance(self, millis: int) -> None:
        """Let time go on and everything be done that is due."""

    def settle(self) -> None:
        """Let all commands be carried out."""


class ScriptedStage:
    def __init__(self, files: dict[Path, int]) -> None:
        self.events: list[EngineEvent] = []
        self.scripted = ScriptedEngine(files)
        self.engine: Engine = self.scripted
        self.engine.set_listener(self.events.append)

    def advance(self, millis: int) -> None:
        self.scripted.advance(millis)

    def settle(self) -> None:
        self.scripted.settle()


class RealStage:
    def __init__(self) -> None:
        self.events: list[EngineEvent] = []
        self.clock = ManualClock()
        self.heard: list[Samples] = []
        self.rate = 0
        self.real = AudioEngine(self.output, clock=self.clock)
        self.engine: Engine = self.real
        self.engine.set_listener(self.events.append)

    def output(self) -> NullOutput:
        return NullOutput(clock=self.clock, hear=self.hear)

    def hear(self, samples: Samples, rate: int) -> None:
        self.heard.append(samples)
        self.rate = rate

    def advance(self, millis: int) -> None:
        for step in range(0, millis, 100):
            self.clock.now += min(100, millis - step) / 1000
            self.real.settle()

    def settle(self) -> None:
        self.real.settle()

    def wait_for(self, kind: type[E]) -> E:
        """The first event of a kind, which may come from work in the background."""
        deadline = time.monotonic() + 20
        while True:
            self.real.settle()
            for event in self.events:
                if isinstance(event, kind):
                    return event
            assert time.monotonic() < deadline

    @property
    def sound(self) -> Samples:
        """All that was heard, mono."""
        return np.concatenate([np.asarray(part.mean(1), np.float32) for part in self.heard])


def load(stage: Stage, path: Path, *, at: int = 0, play: bool = False) -> None:
    """Load a file with its index: without one, events of the indexing would come at any time."""
    stage.engine.load(Load(path, at=at, play=play, index=index_of(path)))
    stage.settle()


def index_of(path: Path) -> bytes | None:
    try:
        return index_file(path) if path.suffix == ".mp3" else None
    except FileError:
        return None


def write_wav(path: Path, sound: Samples, rate: int) -> Path:
    """Mono sound in 16 bits."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path
