"""The command in a terminal of its own: a process that is started, read line by line, interrupted or killed.

What a test only needs beside such a process runs in the test's own, which spares the start. Must not know what the
commands do.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from player.__main__ import main

_PATIENCE = 60.0


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


class Running:
    """A command that runs. A context manager; leaving it kills what is still there."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._said: dict[str, list[str]] = {"out": [], "err": []}
        self._more = threading.Condition()
        self._readers = [
            threading.Thread(target=self._read, args=(stream, self._said[name]), daemon=True)
            for name, stream in (("out", self._process.stdout), ("err", self._process.stderr))
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def wait_for(self, words: str) -> str:
        """The first line, on either stream, that holds `words`."""
        deadline = time.monotonic() + _PATIENCE
        with self._more:
            while True:
                for line in [*self._said["out"], *self._said["err"]]:
                    if words in line:
                        return line
                is_over = not any(reader.is_alive() for reader in self._readers)
                assert not is_over, f"“{words}” was not said: {self._said}"
                assert time.monotonic() < deadline, f"“{words}” was not said in time: {self._said}"
                self._more.wait(0.2)

    def interrupt(self) -> None:
        """Press Ctrl+C."""
        self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """End it without a word."""
        if self._process.poll() is None:
            self._process.kill()
        self.ended()

    def ended(self) -> Ended:
        """Wait for its end."""
        status = self._process.wait(_PATIENCE)
        for reader in self._readers:
            reader.join(_PATIENCE)
        return Ended(status, "".join(self._said["out"]), "".join(self._said["err"]))

    def _read(self, stream: Any, said: list[str]) -> None:
        with stream:
            for line in stream:
                with self._more:
                    said.append(line)
                    self._more.notify_all()
        with self._more:
            self._more.notify_all()


class Terminal:
    """Runs `earmark` on one profile, or without one on its command line."""

    def __init__(self, profile: Path | None, **environment: str | None) -> None:
        """`environment` is set for the commands; a name with None is taken away."""
        self._profile = [] if profile is None else ["--profile", str(profile)]
        given = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
        self._environment = {name: value for name, value in given.items() if value is not None}

    def start(self, *arguments: str) -> Running:
        """Start a command."""
        command = [sys.executable, "-m", "player", *arguments, *self._profile]
        return Running(command, self._environment)

    def run(self, *arguments: str) -> Ended:
        """Run a command to its end."""
        with self.start(*arguments) as running:
            return running.ended()

    def here(self, *arguments: str) -> Ended:
        """Run a command to its end in this process. Needs the `qapp` fixture: the command talks through Qt.

        Not where a player must reach a web server of this process to answer: Qt waits without letting its threads run.
        """
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
            status = main([*arguments, *self._profile])
        return Ended(status, out.getvalue(), err.getvalue())

    def status(self) -> dict[str, Any]:
        """What `earmark ctl status --json` says; `{}` while no player answers."""
        done = self.here("ctl", "status", "--json")
        return dict(json.loads(done.out)) if done.status == 0 else {}

    def wait_for_status(self, status: int, *arguments: str) -> None:
        """Run a command here again and again until it ends with an exit status."""
        deadline = time.monotonic() + _PATIENCE
        while (ended := self.here(*arguments)).status != status:
            assert time.monotonic() < deadline, f"no exit status {status} in time: {ended}"
            time.sleep(0.02)

    def wait_for_state(self, state: str) -> dict[str, Any]:
        """Ask for the status until the player is in a state."""
        deadline = time.monotonic() + _PATIENCE
        while (found := self.status()).get("state") != state:
            assert time.monotonic() < deadline, f"not {state} in time: {found}"
            time.sleep(0.02)
        return found
