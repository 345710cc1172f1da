"""Measures how long the home thread is held while feeds are added: a timer of 5 ms, and the gaps between its ticks.

    cd tests && python -m bench.held [--feeds 20] [--episodes 300] [--inline]

A web server in a process of its own gives feeds with an outline in each episode; a real program without a window adds
them all at once. With --inline they are parsed on its threads instead of in worker processes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer

from bench.feeds import feed_of, publisher
from player.app.compose import Services, compose
from player.app.engines import silent_engine
from player.app.home import HeadlessLoop
from player.app.processes import Processes
from player.core.model import PodcastId
from player.system.paths import open_profile

TICK_MS = 5


class Heartbeat:
    """Notes when its timer ticks on the home thread.

    What the thread waited for a processor is left out, where Linux tells it: other programs on the machine cause that.
    """

    def __init__(self) -> None:
        self._ticks: list[float] = []
        self._waited = _Waited()
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: self._ticks.append(time.perf_counter() - self._waited()))
        self._timer.start()

    def gaps(self) -> list[float]:
        """Milliseconds by which ticks came late, the shortest first."""
        return sorted(max(0.0, float(gap) * 1000 - TICK_MS) for gap in np.diff(self._ticks))


class _Waited:
    """Seconds for which the main thread could have run but got no processor (Documentation/scheduler/sched-stats)."""

    def __init__(self) -> None:
        path = "/proc/self/schedstat"
        # One call each time: whatever gives the interpreter's lock away has to wait for it again.
        self._file = os.open(path, os.O_RDONLY) if Path(path).exists() else None

    def __call__(self) -> float:
        return 0.0 if self._file is None else int(os.pread(self._file, 100, 0).split()[1]) / 1e9


def add_all(services: Services, loop: HeadlessLoop, addresses: list[str]) -> Heartbeat:
    """Add all feeds at once, and run until the last is there."""
    left = set(addresses)

    def on_added(address: str, added: Future[PodcastId]) -> None:
        added.result()
        left.discard(address)
        if not left:
            loop.home.post(loop.quit)

    heart = Heartbeat()
    for address in addresses:
        services.subscriptions.add(address).add_done_callback(partial(on_added, address))
    loop.run()
    return heart


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=20)
    options.add_argument("--episodes", type=int, default=300)
    options.add_argument("--inline", action="store_true")
    chosen = options.parse_args()
    loop = HeadlessLoop()
    with publisher(chosen.feeds, chosen.episodes) as (addresses, _), tempfile.TemporaryDirectory() as folder:
        processes = Processes(0 if chosen.inline else 2)
        services = compose(open_profile(Path(folder)), loop.home, engine=silent_engine, processes=processes)
        begun, spent = time.perf_counter(), time.process_time()
        heart = add_all(services, loop, addresses)
        took, spent = time.perf_counter() - begun, time.process_time() - spent
        services.close()
    size = len(feed_of(chosen.episodes))
    gaps = heart.gaps()
    print(
        f"{chosen.feeds} feeds of {chosen.episodes} episodes, {size / 1e3:.0f} KB each: added in {took:.1f} s", end=""
    )
    print(f"; {spent:.1f} s of processor time in the program itself")
    middle, high = (float(np.quantile(gaps, part)) for part in (0.5, 0.99))
    print(f"home thread late by: median {middle:.1f} ms, 99 % {high:.1f} ms, at most {gaps[-1]:.1f} ms", end="")
    print(f"; over 50 ms {sum(gap > 50 for gap in gaps)} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
