"""Measures what playing costs, for several kinds of sound: per cent of one core.

    cd tests && python -m bench.playing [--seconds 20]

`engine` is decoding and effects alone; `process` is the whole player process on a PulseAudio sink, after its start.
Stereo MP3 of 128 kbit/s and 44 100 Hz.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from pathlib import Path

from loudspeaker import PlayerProcess, Recorder, SoundServer, missing_programs
from player.audio.engine import Load
from player.audio.null_output import NullOutput
from player.audio.playing import Playing
from player.core.sound import Sound, Trimming
from timecoded import cached_timecoded

SOUNDS = {
    "1x": Sound(),
    "1x trimmed": Sound(trimming=Trimming.MEDIUM),
    "1x levelled": Sound(is_levelled=True),
    "1x all": Sound(1.0, Trimming.MEDIUM, is_levelled=True, is_mono=True),
    "2x": Sound(2.0),
    "2x trimmed, levelled": Sound(2.0, Trimming.MEDIUM, is_levelled=True),
    "2x all": Sound(2.0, Trimming.MEDIUM, is_levelled=True, is_mono=True),
    "4x all": Sound(4.0, Trimming.STRONG, is_levelled=True, is_mono=True),
}


class Clock:
    """A clock that is set forward."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def engine_cost(path: Path, sound: Sound, seconds: float) -> float:
    """Per cent of a core for decoding and effects."""
    clock = Clock()
    playing = Playing(lambda: NullOutput(clock=clock), lambda _event: None, clock, lambda _path, _index: None)
    playing.set_sound(sound)
    playing.load(Load(path, play=True))
    playing.fill()
    before = resource.getrusage(resource.RUSAGE_SELF)
    while clock.now < seconds:
        clock.now += playing.fill() or 0.0
        assert playing.place.runs
    after = resource.getrusage(resource.RUSAGE_SELF)
    playing.close()
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / seconds * 100


def process_cost(path: Path, sound: Sound, seconds: float) -> float:
    """Per cent of a core for a whole player process that is heard."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SoundServer(Path(folder)) as server,
        Recorder(server) as recorder,
        PlayerProcess(path, server.environment) as player,
    ):
        player.wait_for("Started")
        player.tell(f"speed {sound.speed}")
        player.tell(f"trim {sound.trimming.value}")
        player.tell(f"level {'on' if sound.is_levelled else 'off'}")
        player.tell(f"mono {'on' if sound.is_mono else 'off'}")
        recorder.wait(2)
        before = player.tell("position")
        recorder.wait(seconds)
        after = player.tell("position")
    return (after["cpu"] - before["cpu"]) / (after["at"] - before["at"]) * 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20, help="how long each is played")
    options = parser.parse_args()
    path = cached_timecoded(4 * options.seconds + 30, channels=2)
    missing = missing_programs()
    print(f"{'':22} {'engine':>8} {'process':>8}   % of one core")
    for name, sound in SOUNDS.items():
        whole = "-" if missing else f"{process_cost(path, sound, options.seconds):.2f}"
        print(f"{name:22} {engine_cost(path, sound, options.seconds):8.2f} {whole:>8}", flush=True)
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)


if __name__ == "__main__":
    main()
