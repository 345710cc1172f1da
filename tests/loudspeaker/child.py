"""Plays through the real engine and the real output what lines on standard input say; answers with lines of JSON.

Run as `python -m loudspeaker.child [--qt] FILE`, or `--url URL` for a stream; `--qt`: as where there is no PulseAudio.
Must not know who listens.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from player.audio.audio_engine import AudioEngine
from player.audio.engine import Arriving, EngineEvent, Failed, Interrupted, Load, Wanted
from player.audio.output import QtOutput, run_with_events, sound_output
from player.core.sound import Sound, Trimming
from player.net.client import build_client
from player.net.download import Arrival, Transfer
from player.system.priority import raise_priority

_THROUGH_QT = "--qt"


def answer(**values: object) -> None:
    # In one piece: the engine's thread answers, too.
    print(json.dumps(values) + "\n", end="", flush=True)


def on_event(event: EngineEvent) -> None:
    error = event.error if isinstance(event, Failed | Interrupted) else None
    place = event.position if isinstance(event, Interrupted) else None
    answer(event=type(event).__name__, kind=type(error).__name__, error=str(error), place=place)


class Stream:
    """A file that is fetched to a folder, and played while it arrives."""

    def __init__(self, engine: AudioEngine, url: str, folder: Path) -> None:
        self._engine = engine
        self._path: Path | None = None
        self._is_over = threading.Event()
        self._transfer = Transfer(
            build_client(), url, folder / "audio", on_progress=self._on_progress, is_cancelled=self._is_over.is_set
        )
        engine.set_listener(self._on_event)
        self._thread = threading.Thread(target=self._transfer.run)
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _on_progress(self, arrival: Arrival) -> None:
        if self._path is not None:
            self._engine.arrived(arrival.path, arrival.there)
        elif arrival.total is not None and arrival.there.total >= 1 << 16:
            self._path = arrival.path
            self._engine.load(Load(arrival.path, play=True, arriving=Arriving(arrival.total, arrival.there)))

    def _on_event(self, event: EngineEvent) -> None:
        if isinstance(event, Wanted):
            self._transfer.want(event.offset, event.length)
        on_event(event)


def serve(engine: AudioEngine, source: str) -> None:
    with ExitStack() as opened:
        if "://" in source:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            opened.enter_context(closing(Stream(engine, source, folder)))
        else:
            engine.set_listener(on_event)
            engine.load(Load(Path(source), play=True))
        obey(engine)
    engine.close()


def obey(engine: AudioEngine) -> None:
    sound = Sound()
    for line in sys.stdin:
        name, _, value = line.strip().partition(" ")
        at = time.monotonic()
        match name:
            case "seek":
                engine.seek(int(value))
            case "speed":
                sound = replace(sound, speed=float(value))
                engine.set_sound(sound)
            case "trim":
                sound = replace(sound, trimming=Trimming(value))
                engine.set_sound(sound)
            case "level":
                sound = replace(sound, is_levelled=value == "on")
                engine.set_sound(sound)
            case "mono":
                sound = replace(sound, is_mono=value == "on")
                engine.set_sound(sound)
            case "volume":
                engine.set_volume(float(value))
            case "play":
                engine.play()
            case "pause":
                engine.pause()
        usage = resource.getrusage(resource.RUSAGE_SELF)
        answer(at=at, position=engine.position(), cpu=usage.ru_utime + usage.ru_stime)


def main() -> None:
    raise_priority()
    engine = AudioEngine(QtOutput if _THROUGH_QT in sys.argv else sound_output)
    run_with_events(lambda: serve(engine, sys.argv[-1]), lambda _: engine.devices_changed())


if __name__ == "__main__":
    main()
