"""Plays through the real engine and the real output what lines on standard input say; answers with lines of JSON.

Run as `python -m loudspeaker.child FILE`. Must not know who listens.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from player.audio.audio_engine import AudioEngine
from player.audio.engine import EngineEvent, Failed, Interrupted, Load
from player.audio.output import QtOutput
from player.core.sound import Sound, Trimming


def answer(**values: object) -> None:
    # In one piece: the engine's thread answers, too.
    print(json.dumps(values) + "\n", end="", flush=True)


def on_event(event: EngineEvent) -> None:
    error = event.error if isinstance(event, Failed | Interrupted) else None
    answer(event=type(event).__name__, kind=type(error).__name__, error=str(error))


def serve(engine: AudioEngine, path: Path) -> None:
    engine.set_listener(on_event)
    sound = Sound()
    engine.load(Load(path, play=True))
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
    engine.close()
    QCoreApplication.quit()


def main() -> None:
    app = QCoreApplication(sys.argv)
    engine = AudioEngine(QtOutput)
    threading.Thread(target=serve, args=(engine, Path(sys.argv[1])), daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main()
