"""Compares how players jump: mpv, QMediaPlayer and Earmark, on the same files, in one run, by what is heard.

    cd tests && python -m bench.jump [--quick] [--busy] [--players mpv,Earmark] [--files cbr,opus] [--streams cbr]

Each player plays 5:15:58 of time-coded sound in five formats from the disk, and where it can in four over a line of
2 MB/s and 50 ms. It is told to jump to places drawn once for all players, near and far, forward and back. The wait goes
from the command to the first right sound (less than 0.4 s off) at the monitor of a PulseAudio sink, and holds some
milliseconds of the recorder's own; the error is the time code's. A jump of which nothing right is heard in 3 s (in the
stream 12 s) counts as not heard. --busy lets two other processes compute meanwhile. The table is Markdown.

The files are made once, in some minutes, and kept in the tests' cache (1.1 GB).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.comparing import draw_targets, measure
from bench.earmark import Earmark
from bench.files import LOCAL, SECONDS, STREAMED
from bench.mpv import Mpv
from bench.players import Player
from bench.qt_player import QtPlayer
from bench.slow_line import SlowLine
from bench.table import HEAD, STREAM_HEAD, row, stream_row
from loudspeaker import SoundServer, missing_programs

PLAYERS = (Mpv.name, QtPlayer.name, Earmark.name)
LIMIT = 3.0
STREAM_LIMIT = 12.0
SEED = 459


@contextmanager
def busy(is_busy: bool) -> Iterator[None]:
    """Two processes that compute, for as long as this lasts."""
    command = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(command) for _ in range(2 if is_busy else 0)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def choose() -> argparse.Namespace:
    """The command line."""

    def words(text: str) -> list[str]:
        return text.split(",") if text else []

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jumps", type=int, default=200, help="jumps in each file on the disk")
    options.add_argument("--quick", action="store_const", dest="jumps", const=40, help="40 jumps")
    options.add_argument("--stream-jumps", type=int, default=5, help="jumps in each file over the slow line")
    options.add_argument("--busy", action="store_true", help="while two other processes compute")
    options.add_argument("--players", type=words, default=PLAYERS, help=f"some of {','.join(PLAYERS)}")
    options.add_argument("--files", type=words, default=LOCAL, help=f"some of {','.join(LOCAL)}, or none")
    options.add_argument("--streams", type=words, default=STREAMED, help=f"some of {','.join(STREAMED)}, or none")
    return options.parse_args()


def installed(chosen: Sequence[str], environment: Mapping[str, str], folder: Path) -> list[Player]:
    """The chosen players; says which of them are not there."""
    known: list[Player] = [Mpv(environment, folder), QtPlayer(environment), Earmark(environment)]
    players = []
    for player in known:
        if player.name in chosen and player.missing() is None:
            players.append(player)
        elif player.name in chosen:
            print(f"left out: {player.missing()}", file=sys.stderr)
    return players


def jump_on_disk(players: list[Player], server: SoundServer, chosen: Sequence[str], count: int) -> None:
    """The table of files on the disk."""
    print(f"On the disk, {count} jumps in each file\n\n{HEAD}")
    targets = draw_targets(SECONDS, count, SEED)
    for name in chosen:
        file = LOCAL[name]()
        for player in players:
            print(row(file, player, measure(player, file.path, server, targets, LIMIT)), flush=True)


def jump_in_stream(players: list[Player], server: SoundServer, chosen: Sequence[str], count: int) -> None:
    """The table of streams, each player with a server of its own."""
    print(f"\nStreamed, {count} jumps in each file\n\n{STREAM_HEAD}")
    targets = draw_targets(SECONDS, count, SEED)
    for name in chosen:
        file = STREAMED[name]()
        for player in players:
            if player.takes_streams:
                with SlowLine([file.path]) as line:
                    result = measure(player, line.url(file.path), server, targets, STREAM_LIMIT)
                    print(stream_row(file, player, result, line.counts()), flush=True)


def main() -> int:
    options = choose()
    if missing_programs():
        print(f"not installed: {', '.join(missing_programs())}", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder, SoundServer(Path(folder)) as server, busy(options.busy):
        players = installed(options.players, server.environment, Path(folder))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}{', busy' if options.busy else ''}\n")
        if options.files:
            jump_on_disk(players, server, options.files, options.jumps)
        if options.streams:
            jump_in_stream(players, server, options.streams, options.stream_jumps)
        print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
