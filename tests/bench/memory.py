"""Measures the memory of the engine's process, in each format, beyond a process that only holds its libraries.

    cd tests && python -m bench.memory [--files cbr,m4a]

Both play to a PulseAudio sink; the engine plays five hours at twice the speed with every effect, and jumps forty times.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.comparing import draw_targets
from bench.files import LOCAL, SECONDS
from bench.players import resident_bytes
from loudspeaker import SoundServer
from player.audio.engine import Load
from player.audio.remote import RemoteEngine
from player.core.sound import Sound, Trimming

LIBRARIES = """
import sys
import av, av.filter, numpy
from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
application = QCoreApplication([])
form = QAudioFormat()
form.setSampleRate(44100)
form.setChannelCount(2)
form.setSampleFormat(QAudioFormat.SampleFormat.Float)
sink = QAudioSink(QMediaDevices.defaultAudioOutput(), form)
opened = sink.start()
graph = av.filter.Graph()
print("ready", flush=True)
sys.stdin.read()
"""
JUMPS = 40


def of_libraries() -> int:
    """Bytes of a process with the libraries and an open sink."""
    command = [sys.executable, "-c", LIBRARIES]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return resident_bytes(process.pid)


def of_engine(path: Path) -> int:
    """Bytes of the engine's process after some work."""
    engine = RemoteEngine()
    engine.set_listener(lambda _event: None)
    engine.load(Load(path, play=True))
    engine.set_sound(Sound(2.0, Trimming.MEDIUM, is_levelled=True, is_mono=True))
    for target in draw_targets(SECONDS, JUMPS, 459):
        time.sleep(0.15)
        engine.seek(round(target * 1000))
    time.sleep(2)
    (process,) = multiprocessing.active_children()
    assert process.pid is not None
    found = resident_bytes(process.pid)
    engine.close()
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=lambda text: text.split(","), default=[*LOCAL], help=",".join(LOCAL))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, SoundServer(Path(folder)) as server:
        os.environ.update(server.environment)
        libraries = of_libraries()
        print(f"libraries alone: {libraries / 1e6:.0f} MB")
        for file in (LOCAL[name]() for name in chosen.files):
            print(f"{file.name:20} {(of_engine(file.path) - libraries) / 1e6:.0f} MB more", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
