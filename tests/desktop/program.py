"""The program under test, used as a person does: look for a thing, click it, type, listen.

Must not know services or widgets.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop.machine import Desktop
from terminal import Terminal

_EYES = Path(__file__).parent / "eyes.py"
_PATIENCE = 30.0
_HELD, _BY_THE_EYES = re.compile(r"held the window for (\d+) ms"), " Eyes ("
"""What the program's watchdog says in `--debug`; and of what these tests ask it for themselves."""
_MOST_BESIDE_OTHERS = 100
"""Milliseconds. Where other workers use the same cores, the same work takes up to twice the processor's time."""


class Program:
    """Earmark in its window, on a desktop. A context manager; leaving it closes the window as a person would.

    Unless it is not watched, for it is measured, any event that held the window up for too long fails the test.
    """

    def __init__(self, desktop: Desktop, profile: Path, *arguments: str, is_watched: bool = True) -> None:
        self._desktop = desktop
        self._profile = profile
        name = f"eyes-{time.monotonic_ns()}"
        self._socket = profile.parent / name
        # Not a pipe, which would hold the program up when it is full.
        self._complaints = profile.parent / f"{name}.txt"
        self._arguments = ["--profile", str(profile), *(["--debug"] if is_watched else []), *arguments]

    def __enter__(self) -> Program:
        command = [sys.executable, str(_EYES), str(self._socket), *self._arguments]
        with self._complaints.open("w") as complaints:
            self._program = subprocess.Popen(command, env=self._desktop.environment, stderr=complaints)
        self.take_keyboard()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.quit()
            assert not self.held(), self.complaints
        else:
            self.kill()

    def quit(self) -> None:
        """Close the window and wait for the end of the program, which must be a clean one."""
        if self._program.poll() is None:
            self.take_keyboard()
            self.key("ctrl+q")
            status = self._program.wait(30)
            assert status == 0, self.complaints
            assert "Traceback" not in self.complaints, self.complaints

    def kill(self) -> None:
        """End the program without a word, as a power cut does."""
        self._program.kill()
        self._program.wait(20)

    def ended(self) -> tuple[int, str]:
        """Wait until the program has ended by itself; its exit status, and what it complained of."""
        return self._program.wait(30), self.complaints

    @property
    def complaints(self) -> str:
        """What it said on standard error up to now."""
        return self._complaints.read_text()

    def held(self) -> list[str]:
        """What held the window up for too long; not what looked for things on the screen here."""
        is_alone = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) < 2
        lines = [(_HELD.search(line), line) for line in self.complaints.splitlines() if _BY_THE_EYES not in line]
        return [line for found, line in lines if found and (is_alone or int(found[1]) > _MOST_BESIDE_OTHERS)]

    @property
    def process(self) -> int:
        """The id of the process."""
        return self._program.pid

    def take_keyboard(self, title: str = "Earmark") -> None:
        """Give the window, or the dialog of that title, the keyboard. Without a window manager nobody else does."""
        found: list[str] = []

        def is_there() -> bool:
            # Kept, since another search fails when a window closes meanwhile.
            found[:] = self._windows(title)
            return bool(found)

        self.wait_until(is_there, f"the window “{title}” shows")
        self._desktop.run("xdotool", "windowfocus", "--sync", found[-1])

    # Seeing

    def see(self, name: str) -> list[dict[str, Any]]:
        """All visible things whose spoken name contains `name`."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_PATIENCE)
            connection.connect(str(self._socket))
            with connection.makefile("rw", encoding="utf-8") as stream:
                stream.write(json.dumps({"name": name}) + "\n")
                stream.flush()
                found: list[dict[str, Any]] = json.loads(stream.readline())
        return found

    def find(self, name: str, *, role: str = "") -> dict[str, Any]:
        """The first thing whose name contains `name` and, if given, with that role, waited for."""
        found: list[dict[str, Any]] = []

        def is_there() -> bool:
            found[:] = [each for each in self.see(name) if role in ("", each["role"])]
            return bool(found)

        self.wait_until(is_there, f"“{name}” shows")
        return found[0]

    def wait_until(self, condition: Callable[[], bool], what: str, patience: float = _PATIENCE) -> None:
        """Look again and again until a condition holds."""
        deadline = time.monotonic() + patience
        while not condition():
            if (status := self._program.poll()) is not None:
                raise AssertionError(f"the program ended with {status}: {self.complaints}")
            assert time.monotonic() < deadline, f"waited in vain until {what}; {self.complaints}"
            time.sleep(0.05)

    def status(self) -> dict[str, Any]:
        """What `earmark ctl status --json` says, asked from this process (see `Terminal.here`)."""
        found: dict[str, Any] = {}

        def has_answered() -> bool:
            found.update(Terminal(self._profile).status())
            return bool(found)

        # The window is there first.
        self.wait_until(has_answered, "the program answers")
        return found

    def ctl(self, *arguments: str) -> None:
        """Do what `earmark ctl` does beside the program, in this process (see `Terminal.here`)."""
        self.status()
        done = Terminal(self._profile).here("ctl", *arguments)
        assert done.status == 0, done.err

    def open(self, what: str) -> None:
        """`earmark ctl open`, in a process of its own, since this one may be the publisher's."""
        self._desktop.run(sys.executable, "-m", "player", "ctl", "open", what, "--profile", str(self._profile))

    # Doing

    def click(self, name: str) -> None:
        """Click the middle of a thing."""
        self.click_at(self.find(name))

    def press(self, name: str) -> None:
        """Click the middle of a button."""
        self.click_at(self.find(name, role="Button"))

    def click_at(self, thing: dict[str, Any], button: int = 1) -> None:
        """Click the middle of a thing that was found before; button 3 opens its menu."""
        x, y = thing["x"] + thing["width"] // 2, thing["y"] + thing["height"] // 2
        self._desktop.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def wheel(self, x: int, y: int, notches: int) -> None:
        """Turn the wheel at a place of the screen; up for less than nothing."""
        button = "5" if notches > 0 else "4"
        self._desktop.run("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(abs(notches)), button)

    def key(self, *keys: str) -> None:
        """Press keys, by their X names."""
        self._desktop.run("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self._desktop.run("xdotool", "type", "--delay", "5", text)

    def add_podcast(self, address: str) -> None:
        """Subscribe to the feed at an address, by key and dialog, and wait until the dialog is closed."""
        self.key("ctrl+n")
        self.find("Words or an address")
        self.take_keyboard("Add podcast")
        self.type(address)
        self.key("Return")
        # While it is open, clicks into the window behind it go nowhere, though the podcast is there already.
        self.wait_until(lambda: not self.see("Words or an address"), "the dialog is closed")

    def screenshot(self, path: Path) -> None:
        """Keep a picture of the screen (needs ImageMagick)."""
        self._desktop.run("import", "-window", "root", str(path))

    def _windows(self, title: str) -> list[str]:
        done = subprocess.run(
            ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self._program.pid), "--name", title],
            env=self._desktop.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.split()
