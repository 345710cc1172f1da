"""Measures how long the home thread is held while feeds are added: a timer of 5 ms, and the gaps between its ticks.

    cd tests && python -m bench.held [--feeds 20] [--episodes 300] [--inline]

A web server in a process of its own gives feeds with an outline in each episode; a real program without a window adds
them all at once. With --inline they are parsed on its threads instead of in worker processes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer

from bench.outlines import ENTRIES
from player.app.compose import Services, compose, silent_engine
from player.app.home import HeadlessLoop
from player.app.processes import Processes
from player.core.model import PodcastId
from player.system.paths import open_profile
from webserver import Route, WebServer

TICK_MS = 5


def feed_of(episodes: int) -> bytes:
    """A feed as large ones are: about 2.6 KB for each episode, most of it notes with an outline of fifteen chapters."""
    notes = f"<p>{'Words about the guest. ' * 20}</p><ul>{ENTRIES}</ul><p>{'More about the hosts. ' * 40}</p>"
    items = "".join(
        f"<item><title>Episode {number}</title><guid>{number}</guid><itunes:duration>1:10:00</itunes:duration>"
        f"<pubDate>Mon, 01 Jan 2024 00:{number // 60 % 60:02}:{number % 60:02} GMT</pubDate>"
        f"<description><![CDATA[{notes}]]></description>"
        f'<enclosure url="https://example.org/{number}.mp3" type="audio/mpeg" length="50000000"/></item>'
        for number in range(episodes)
    )
    space = "http://www.itunes.com/dtds/podcast-1.0.dtd"
    return (
        f'<rss version="2.0" xmlns:itunes="{space}"><channel><title>A podcast</title>{items}</channel></rss>'.encode()
    )


def serve(feeds: int, episodes: int, link: Connection) -> None:
    """Give the same feed at many addresses until the other end closes."""
    body = feed_of(episodes)
    with WebServer() as server:
        for number in range(feeds):
            server[f"/{number}.xml"] = Route(body, "application/rss+xml")
        link.send((server.url(""), len(body)))
        link.recv()


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
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    publisher = spawn.Process(target=serve, args=(chosen.feeds, chosen.episodes, there))
    publisher.start()
    address, size = here.recv()
    loop = HeadlessLoop()
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(0 if chosen.inline else 2)
        services = compose(open_profile(Path(folder)), loop.home, engine=silent_engine, processes=processes)
        begun, spent = time.perf_counter(), time.process_time()
        heart = add_all(services, loop, [f"{address}/{number}.xml" for number in range(chosen.feeds)])
        took, spent = time.perf_counter() - begun, time.process_time() - spent
        services.close()
    here.send(None)
    publisher.join()
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
