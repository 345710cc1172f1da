"""Measures jumps: the time from the command to the first right sound at a PulseAudio monitor, and the landing error.

    cd tests && python -m bench.jump [--jumps 200] [--file FILE]

Without --file it plays 5:15:58 of time-coded MP3 (128 kbit/s CBR, 303 MB), made once and kept in the tests' cache.
Each wait holds some milliseconds of the recorder's own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np

from loudspeaker import Jump, PlayerProcess, Recorder, SoundServer, measure_jumps, missing_programs
from player.audio.mp3_index import build_index
from timecoded import cached_timecoded

SECONDS = 18_958


def row(name: str, values: list[float]) -> str:
    """One line of the table, in milliseconds."""
    middle, high, most = (1000 * float(np.quantile(values, part)) for part in (0.5, 0.95, 1.0))
    return f"{name:24} {middle:8.1f} {high:8.1f} {most:8.1f}"


def measure(path: Path, seconds: float, count: int) -> tuple[list[Jump], float]:
    """Jump all over a file; the jumps, and the processor time of a second of playing."""
    generator = np.random.default_rng(count)
    targets = generator.uniform(0, seconds - 3, count).tolist()
    pauses = generator.uniform(0.3, 0.7, count).tolist()
    with (
        tempfile.TemporaryDirectory() as folder,
        SoundServer(Path(folder)) as server,
        Recorder(server) as recorder,
        PlayerProcess(path, server.environment) as player,
    ):
        player.wait_for("Started")
        recorder.wait(1)
        before = player.tell("position")
        recorder.wait(10)
        after = player.tell("position")
        cost = (after["cpu"] - before["cpu"]) / (after["at"] - before["at"])
        return measure_jumps(player, recorder, targets, pauses), cost


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jumps", type=int, default=200)
    options.add_argument("--file", type=Path)
    chosen = options.parse_args()
    if missing_programs():
        print(f"not installed: {', '.join(missing_programs())}", file=sys.stderr)
        return 3
    path = chosen.file or cached_timecoded(SECONDS, codec="mp3", bitrate=128_000, rate=44_100, channels=1)
    with av.open(str(path)) as container:
        seconds = (container.duration or 0) / 1_000_000
    if path.suffix == ".mp3":
        begun = time.perf_counter()
        index = build_index(path)
        took = time.perf_counter() - begun
        print(f"{path.stat().st_size / 1e6:.0f} MB, {index.frames} frames indexed in {took:.2f} s", end="")
        print(f", kept in {len(index.to_bytes())} bytes")
        seconds = index.duration / 1000
    jumps, cost = measure(path, seconds, chosen.jumps)
    print(f"{len(jumps)} jumps{'':14} {'p50':>8} {'p95':>8} {'max':>8}  ms")
    print(row("command to first sound", [jump.wait for jump in jumps]))
    print(row("landing error", [abs(jump.error) for jump in jumps]))
    print(f"playing costs {100 * cost:.1f} % of a core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
