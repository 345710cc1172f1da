"""Uses the program in its window while feeds are imported and refreshed and the list scrolls, and listens to it.

    cd tests && python -m bench.endurance [--minutes 60] [--jumps 200] [--files cbr,opus] [--feeds 100]

First it jumps about in each file with Ctrl+K, a time and Enter; the wait goes from the Enter key to the first right
sound at the monitor of a PulseAudio sink, and holds some milliseconds of the recorder's own and of the program that
presses keys. Then it lets the first file play on, and counts every gap and every break in the recording, and how often
the server says that it ran empty. All the while feeds come in: an OPML document of them is imported, and F5 pressed
again and again, with one new episode in each feed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.comparing import Jump, draw_targets
from bench.feeds import publisher
from bench.files import LOCAL, SECONDS, CodedFile
from bench.hearing import hear, hear_anything
from bench.players import PATIENCE, resident_bytes
from bench.table import WINDOW_HEAD, window_row
from desktop import Desktop, Program
from loudspeaker import RATE, Recorder
from player.formats.opml import OpmlFeed, write_opml
from timecoded import read_position

LIMIT = 3.0
SEED = 459
REFRESH_EVERY = 30.0
CHUNK = 10
"""Seconds that are listened through at once."""
QUIET = 0.1
"""Part of the usual strength below which a hundredth of a second is a gap. The code is as loud everywhere."""
BREAK = 0.004
LIST, SIDEBAR = (420, 500), (100, 400)
"""Places on the screen in the list of episodes and in the sidebar."""

Sound = npt.NDArray[np.float32]


class Flaws:
    """What is wrong with a recording in which the code should run on: gaps, and places that do not follow on."""

    def __init__(self) -> None:
        self.gaps = 0
        self.gap_seconds = 0.0
        self.breaks: list[tuple[float, float]] = []
        """Where each was heard, and by how much the place leapt there, in seconds."""
        self.unread = 0
        self._offset: float | None = None

    def __str__(self) -> str:
        return (
            f"{self.gaps} gaps ({self.gap_seconds:.2f} s), {len(self.breaks)} breaks, "
            f"{self.unread} looks that heard no place"
        )

    def listen(self, sound: Sound, at: float) -> None:
        """Judge a piece, recorded from `at` seconds on."""
        block = RATE // 100
        blocks = sound[: len(sound) // block * block].reshape(-1, block)
        strength = np.sqrt(np.mean(blocks**2, axis=1))
        is_gap = strength < QUIET * np.median(strength) + 1e-6
        self.gaps += int(np.count_nonzero(is_gap & ~np.concatenate([[False], is_gap[:-1]])))
        self.gap_seconds += float(np.count_nonzero(is_gap)) / 100
        for first in range(0, len(sound) - RATE // 10, RATE // 4):
            position = read_position(sound[first:], RATE)
            if position is None:
                self.unread += 1
                continue
            offset = position - at - first / RATE
            if self._offset is not None and abs(offset - self._offset) > BREAK:
                self.breaks.append((at + first / RATE, offset - self._offset))
            self._offset = offset


def jump_by_keys(program: Program, recorder: Recorder, seconds: int) -> Jump:
    """Go to a time with Ctrl+K and listen."""
    program.key("ctrl+k")
    program.type(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    told, at = recorder.now(), time.monotonic()
    program.key("Return")
    heard = hear(recorder, told, seconds, LIMIT)
    if heard is None:
        return Jump(None, None)
    return Jump(recorder.began() + heard.at / RATE - at, heard.error)


class Bustle:
    """Refreshes and scrolls, by key and wheel, until it is closed."""

    def __init__(self, program: Program, link: Connection) -> None:
        self._program = program
        self._link = link
        self._is_over = threading.Event()
        self.refreshed = 0
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _work(self) -> None:
        due = time.monotonic() + REFRESH_EVERY
        for turn in itertools.count():
            if self._is_over.wait(0.2):
                return
            self._program.wheel(*LIST, 5 if turn // 20 % 2 == 0 else -5)
            if time.monotonic() > due:
                self._link.send("more")
                self._link.recv()
                self._program.key("F5")
                self.refreshed += 1
                due = time.monotonic() + REFRESH_EVERY


def import_opml(program: Program, path: Path) -> None:
    """Import by key and dialog."""
    program.key("ctrl+shift+o")
    program.take_keyboard("Import OPML or library")
    program.type(str(path))
    program.key("Return")
    program.take_keyboard()


def open_file(program: Program, recorder: Recorder, path: Path) -> None:
    """Play a file from its beginning on."""
    program.open(str(path))

    def is_there() -> bool:
        # Again and again: the mouse is not ours alone.
        program.wheel(*SIDEBAR, -300)
        return bool(program.see("New episodes"))

    program.wait_until(is_there, "“New episodes” shows")
    program.click("New episodes")
    assert hear_anything(recorder, PATIENCE), f"{path} is not heard"


def jump_about(program: Program, recorder: Recorder, files: Sequence[CodedFile], count: int) -> None:
    """The table of jumps, a row for each file."""
    print(WINDOW_HEAD)
    targets = draw_targets(SECONDS, count, SEED)
    for file in files:
        open_file(program, recorder, file.path)
        jumps = [jump_by_keys(program, recorder, round(target)) for target in targets]
        print(window_row(file, jumps, LIMIT), flush=True)


def listen_for(desktop: Desktop, recorder: Recorder, minutes: int) -> None:
    """What was wrong in so many minutes, with a line for each ten."""
    flaws, before, begin = Flaws(), desktop.sound.underruns(), recorder.now()
    for number in range(minutes * 60 // CHUNK):
        first = begin + number * CHUNK * RATE
        while recorder.now() < first + CHUNK * RATE:
            recorder.wait(0.5)
        flaws.listen(recorder.sound(first)[: CHUNK * RATE], number * CHUNK)
        done = (number + 1) * CHUNK // 60
        if (number + 1) * CHUNK % 600 == 0 or done == minutes:
            print(f"{done} minutes: {desktop.sound.underruns() - before} underruns, {flaws}", flush=True)
    for at, leap in flaws.breaks:
        print(f"at {at:.2f} s by {leap:+.3f} s")


def run(desktop: Desktop, folder: Path, chosen: argparse.Namespace) -> None:
    """The whole visit."""
    with (
        publisher(chosen.feeds, chosen.episodes) as (addresses, link),
        Recorder(desktop.sound) as recorder,
        Program(desktop, folder / "profile", is_watched=False) as program,
    ):
        files = [LOCAL[name]() for name in chosen.files]
        document = folder / "feeds.opml"
        document.write_bytes(write_opml(OpmlFeed("", address) for address in addresses))
        program.find("Welcome")
        open_file(program, recorder, files[0].path)
        import_opml(program, document)
        bustle = Bustle(program, link)
        try:
            if chosen.jumps:
                jump_about(program, recorder, files, chosen.jumps)
            if chosen.minutes:
                listen_for(desktop, recorder, chosen.minutes)
        finally:
            bustle.close()
        listed = desktop.run(sys.executable, "-m", "player", "list", "--profile", str(folder / "profile"))
        print(
            f"{len(listed.splitlines())} lines of podcasts, refreshed {bustle.refreshed} times; "
            f"the window's process has {resident_bytes(program.process) / 1e6:.0f} MB"
        )
        if chosen.picture:
            program.screenshot(chosen.picture)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=int, default=60, help="how long to listen after the jumps")
    options.add_argument("--jumps", type=int, default=200, help="jumps in each file")
    options.add_argument(
        "--files", type=lambda text: text.split(","), default=[*LOCAL], help=f"some of {','.join(LOCAL)}"
    )
    options.add_argument("--feeds", type=int, default=100)
    options.add_argument("--episodes", type=int, default=300, help="episodes in each feed")
    options.add_argument("--picture", type=Path, metavar="FILE", help="keep a picture of the screen at the end")
    chosen = options.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder, Desktop(Path(folder), counts_underruns=True) as desktop:
        run(desktop, Path(folder), chosen)
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
