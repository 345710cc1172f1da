"""The program that is killed: it forks for each order (a line of JSON), and the fork fetches one file.

`python -m faults.child`: answers with a line for what the fork told before it ended, and one for how it ended. A fork
costs a few milliseconds where a start of Python costs hundreds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import httpx

from player.app.sentences import sentence
from player.core.errors import KnownError
from player.net import bodies, claims
from player.net.client import build_client
from player.net.download import Arrival, Transfer

PATIENCE = 30.0
"""Seconds after which a fork that does not end is a finding."""
_FILES = "open write replace unlink fsync stat lstat mkdir close seek statvfs"
_CONNECTIONS = "recv send sendall connect shutdown"
_CALLS = frozenset(f"{_FILES} {_CONNECTIONS}".split())
"""The functions of the interpreter behind which a transfer's system calls are."""


def die_at(count: int) -> None:
    """Kill this process just before the system call of that number, in whichever thread."""
    left = count

    def watch(frame: FrameType, event: str, called: Any) -> None:
        nonlocal left
        if event == "c_call" and getattr(called, "__name__", "") in _CALLS:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)


def fetch(client: httpx.Client, order: dict[str, Any]) -> dict[str, str]:
    """Fetch as ordered; how it ended."""
    client.timeout = httpx.Timeout(order["timeout"])
    there = 0
    jumps = list(order["jumps"])

    def on_progress(arrival: Arrival) -> None:
        nonlocal there
        there = arrival.there.total
        while jumps and there >= jumps[0][0]:
            transfer.want(jumps.pop(0)[1], order["length"])

    def is_cancelled() -> bool:
        return order["pause"] is not None and there >= order["pause"]

    transfer = Transfer(client, order["url"], Path(order["target"]), on_progress=on_progress, is_cancelled=is_cancelled)
    if order["kill_after"] is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, order["kill_after"])
    if order["kill_call"] is not None:
        die_at(order["kill_call"])
    try:
        done = transfer.run()
    except KnownError as error:
        return {"end": "error", "error": type(error).__name__, "words": sentence(error)}
    except Exception:  # noqa: BLE001 - whatever it is, it is a finding
        return {"end": "mistake", "words": traceback.format_exc()}
    finally:
        sys.setprofile(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"end": "paused" if done is None else "whole"}


def wait_for(child: int) -> str:
    """How a fork ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return "killed" if os.WIFSIGNALED(status) else "ended"
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "hung"


def serve(answer: Callable[[dict[str, str]], None]) -> None:
    """Obey one order after another."""
    # Small files are to have as many turns as big ones.
    claims.SOON, bodies.CHUNK = 8192, 16384
    client = build_client()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            answer(fetch(client, order))
            os._exit(0)
        answer({"process": wait_for(child)})


if __name__ == "__main__":
    serve(lambda values: print(json.dumps(values) + "\n", end="", flush=True))
