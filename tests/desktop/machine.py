"""The machine: a virtual screen beside a sound server whose only sink is listened to.

Must not know the program that runs on it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType

import pytest

from loudspeaker import SoundServer, missing_programs


class Desktop:
    """Xvfb with one screen, and PulseAudio with one null sink, both of our own. A context manager."""

    def __init__(self, folder: Path, size: str = "1400x900", *, counts_underruns: bool = False) -> None:
        missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None] + missing_programs()
        if missing:
            pytest.skip(f"{', '.join(missing)} missing: “make test” as root installs them, or prints the command")
        self._size = size
        self.sound = SoundServer(folder, counts_underruns=counts_underruns)

    def __enter__(self) -> Desktop:
        self.sound.start()
        # Whoever starts it, the program speaks English, and is found by that.
        own = {"DISPLAY": self._start_screen(), "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en"}
        self.environment = {**self.sound.environment, **own}
        self.environment.pop("WAYLAND_DISPLAY", None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._screen.terminate()
        self._screen.wait(20)
        self.sound.stop()

    def run(self, *command: str) -> str:
        """Run a command on this desktop and give its output."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    def _start_screen(self) -> str:
        """Xvfb on a free display, which it picks itself and tells through a pipe when it is ready."""
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"]
        self._screen = subprocess.Popen([*command, "-noreset"], pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        return f":{number}"
