"""How fast a long file comes over loopback, and what that costs: Earmark's transfer and curl, in turns in one run.

`cd tests && ../.venv/bin/python -m bench.throughput`: three rounds with a file of 1 GB, and then three files at once.
Times are to the last byte; what Earmark does afterwards, to have the file safe on the disk before it gets its name,
stands beside it, and so does the same for curl and `sync`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.throughput_child import largest
from webserver import body_of

MEGABYTE = 1_000_000
_BLOCK = 4 * MEGABYTE


@dataclass(frozen=True)
class Figures:
    """One transfer: seconds, processor seconds, and the largest size in megabytes."""

    seconds: float
    safe: float
    processor: float
    memory: float
    pause: float = 0.0
    """The longest time in which no other thread of the program had its turn, in milliseconds."""


def make(path: Path, megabytes: int) -> None:
    """A file of that size, no block of which is like another."""
    with path.open("wb") as file:
        for number in range(-(-megabytes * MEGABYTE // _BLOCK)):
            file.write(body_of(_BLOCK, number))
        file.truncate(megabytes * MEGABYTE)


def sync(path: Path) -> None:
    """Have a file's bytes on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def with_curl(url: str, target: Path) -> Figures:
    """Fetch with curl."""
    began = time.monotonic()
    memory = 0.0
    with subprocess.Popen(["curl", "--silent", "--fail", "--output", target, url]) as curl:
        ended = 0
        while not ended:
            # What rusage says is at least what the process was that it was forked from.
            memory = max(memory, largest(f"/proc/{curl.pid}/status"))
            time.sleep(0.005)
            ended, status, used = os.wait4(curl.pid, os.WNOHANG)
        curl.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    assert curl.returncode == 0, "curl failed"
    sync(target)
    return Figures(seconds, time.monotonic() - began, used.ru_utime + used.ru_stime, memory)


def with_earmark(url: str, targets: list[Path]) -> tuple[list[Figures], dict[str, float]]:
    """Fetch with Earmark, one or several at once, in a process of its own; and what it tells of all together."""
    command = [sys.executable, "-m", "bench.throughput_child", url, *map(str, targets)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ends = told.pop("ends")
    figures = [Figures(last, safe, told["processor"], told["memory"], told["pause"]) for last, safe in ends]
    return figures, told


def rates(name: str, figures: list[Figures], size: int) -> str:
    """A line of the table: what lies in the middle of all rounds."""
    middle = [
        median(size / MEGABYTE / each.seconds for each in figures),
        median(size / MEGABYTE / each.safe for each in figures),
        median(each.processor for each in figures),
        median(each.memory for each in figures),
    ]
    pause = f"{max(each.pause for each in figures):.0f}" if figures[0].pause else ""
    return f"| {name} | {middle[0]:.0f} | {middle[1]:.0f} | {middle[2]:.2f} | {middle[3]:.0f} | {pause} |"


def compare(folder: Path, url: str, size: int, rounds: int) -> None:
    """One at a time, in turns."""
    source = folder / "source"
    curl: list[Figures] = []
    earmark: list[Figures] = []
    target = folder / "target.mp3"
    for _ in range(rounds):
        curl.append(with_curl(url, target))
        target.unlink()
        earmark += with_earmark(url, [target])[0]
        with target.open("rb") as got, source.open("rb") as sent:
            assert all(got.read(_BLOCK) == sent.read(_BLOCK) for _ in range(-(-size // _BLOCK))), "it came wrong"
        target.unlink()
    print("| | MB/s | MB/s, safe on the disk | processor, s | memory, MB | longest hold, ms |")
    print("|---|---:|---:|---:|---:|---:|")
    print(rates("curl", curl, size))
    print(rates("Earmark", earmark, size))
    faster = [one.seconds / other.seconds for one, other in zip(curl, earmark, strict=True)]
    dearer = [other.processor / one.processor for one, other in zip(curl, earmark, strict=True)]
    more = median(each.memory for each in earmark) - median(each.memory for each in curl)
    print(
        f"rate {median(faster):.0%} of curl's, processor time {median(dearer):.2f} of curl's, {more:.0f} MB more memory"
    )


def three(folder: Path, url: str, size: int) -> None:
    """Three at once, in one program."""
    targets = [folder / f"{number}.mp3" for number in range(3)]
    figures, told = with_earmark(url, targets)
    last = max(each.seconds for each in figures)
    print(
        f"three at once: {3 * size / MEGABYTE / last:.0f} MB/s in all; when the first was done, the slowest had"
        f" {told['slowest']:.0%} of it; processor {told['processor']:.2f} s, memory {told['memory']:.0f} MB,"
        f" longest hold {told['pause']:.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.throughput")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder otherwise")
    options = parser.parse_args()
    if shutil.which("curl") is None:
        parser.error("curl is not installed")
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="earmark-throughput-") as place:
        folder = Path(place)
        make(folder / "source", options.megabytes)
        sync(folder / "source")
        with subprocess.Popen(
            [sys.executable, "-m", "bench.throughput_child", "--serve", str(folder / "source")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdout is not None
            url = server.stdout.readline().strip()
            compare(folder, url, options.megabytes * MEGABYTE, options.rounds)
            three(folder, url, options.megabytes * MEGABYTE)
            server.communicate()


if __name__ == "__main__":
    main()
