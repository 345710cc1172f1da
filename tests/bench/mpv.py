"""mpv, told what to do through its JSON IPC. Must not know who listens.

Everything is left as mpv has it by default: exactness of seeking, cache, buffers.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from bench.players import PATIENCE, Source


class Mpv:
    """A `bench.players.Player`."""

    name = "mpv"
    takes_streams = True

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._environment = environment
        self._path = folder / "mpv.socket"

    def missing(self) -> str | None:
        """See `Player`."""
        return None if shutil.which("mpv") else "mpv is not installed (Debian: apt-get install mpv)"

    def start(self, source: Source) -> None:
        """See `Player`."""
        self._path.unlink(missing_ok=True)
        command = ["mpv", "--no-config", "--no-terminal", "--no-video", "--ao=pulse"]
        command += [f"--input-ipc-server={self._path}", "--", str(source)]
        self._program = subprocess.Popen(command, env=self._environment, stdin=subprocess.DEVNULL)
        self._connection = socket.socket(socket.AF_UNIX)
        deadline = time.monotonic() + PATIENCE
        while self._connection.connect_ex(str(self._path)):
            assert time.monotonic() < deadline, "mpv does not answer"
            time.sleep(0.02)
        self._connection.setblocking(False)

    def seek(self, seconds: float) -> None:
        """See `Player`."""
        self._tell("seek", seconds, "absolute")

    def stop(self) -> None:
        """See `Player`."""
        self._tell("quit")
        self._program.wait(PATIENCE)
        self._connection.close()

    def process(self) -> int:
        """See `Player`."""
        return self._program.pid

    def _tell(self, *command: object) -> None:
        self._connection.sendall(json.dumps({"command": command}).encode() + b"\n")
        # Its answers and events are not wanted, but left lying they would fill the pipe.
        try:
            while self._connection.recv(1 << 16):
                pass
        except BlockingIOError:
            return
