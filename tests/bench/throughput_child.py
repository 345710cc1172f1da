"""The two ends of `bench.throughput`: a server of one file, and Earmark's transfer, each in a process of its own."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from player.core.rates import Meter
from player.net.client import build_client
from player.net.download import Arrival, Transfer
from webserver import Route, WebServer

_TICK = 0.002


def largest(status: str) -> float:
    """The largest size that a process had, in megabytes; 0.0 when it is over."""
    lines = Path(status).read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def serve(source: Path) -> None:
    """Serve until the other end closes."""
    with WebServer() as server:
        server["/a.mp3"] = Route(source, etag='"1"')
        print(server.url("/a.mp3"), flush=True)
        sys.stdin.read()


class One:
    """A transfer, and a listener who is told of it as the program's downloads are."""

    def __init__(self, url: str, target: Path, client: object) -> None:
        self.received = 0
        self.last_byte = self.safe = 0.0
        self._meter = Meter()
        self._transfer = Transfer(client, url, target, on_progress=self._note, is_cancelled=lambda: False)  # type: ignore[arg-type]

    def _note(self, arrival: Arrival) -> None:
        self.received = arrival.there.total
        self._meter.add(self.received, time.time_ns() // 1_000_000)
        self._meter.left(arrival.total)
        if self.received == arrival.total:
            self.last_byte = time.monotonic()

    def run(self) -> None:
        """Fetch."""
        assert self._transfer.run() is not None
        self.safe = time.monotonic()


def fetch(url: str, targets: list[Path]) -> None:
    """Fetch to each of the targets at once, and tell what that took."""
    with build_client() as client:
        began, used = time.monotonic(), time.process_time()
        ones = [One(url, target, client) for target in targets]
        threads = [threading.Thread(target=each.run) for each in ones]
        for thread in threads:
            thread.start()
        pause, slowest = 0.0, 1.0
        while any(thread.is_alive() for thread in threads):
            asked = time.monotonic()
            time.sleep(_TICK)
            pause = max(pause, time.monotonic() - asked - _TICK)
            if slowest == 1.0 and any(each.last_byte for each in ones):
                most = max(each.received for each in ones)
                slowest = min(each.received for each in ones) / most
        told = {
            "ends": [(each.last_byte - began, each.safe - began) for each in ones],
            "processor": time.process_time() - used,
            "memory": largest("/proc/self/status"),
            "pause": pause * 1000,
            "slowest": slowest,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(Path(sys.argv[2]))
    else:
        fetch(sys.argv[1], [Path(each) for each in sys.argv[2:]])
