"""The machine: a virtual screen, and a sound server whose only sink is recorded through its monitor.

Must not know the program that runs on it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pytest

RATE = 44_100
_SINK = "earmark_test"
_CHUNK = 441 * 4


class Desktop:
    """Xvfb with one screen, and PulseAudio with one null sink, both of our own. A context manager."""

    def __init__(self, folder: Path, size: str = "1400x900") -> None:
        missing = [name for name in ("Xvfb", "xdotool", "pulseaudio", "pactl", "parec") if shutil.which(name) is None]
        if missing:
            pytest.skip(f"{', '.join(missing)} missing: “make test” as root installs them, or prints the command")
        self._folder = folder
        self._size = size
        self._programs: list[subprocess.Popen[bytes]] = []
        self.environment = dict(os.environ)

    def __enter__(self) -> Desktop:
        runtime = self._folder / "runtime"
        runtime.mkdir(mode=0o700)
        self.environment |= {
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_SERVER": f"unix:{runtime}/pulse.socket",
            "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
            "DISPLAY": self._start_screen(),
            "QT_QPA_PLATFORM": "xcb",
        }
        self.environment.pop("WAYLAND_DISPLAY", None)
        self._start_sound(runtime)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for program in reversed(self._programs):
            program.terminate()
        for program in self._programs:
            program.wait(20)

    def run(self, *command: str) -> str:
        """Run a command on this desktop and give its output."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout

    def _start(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        program: subprocess.Popen[bytes] = subprocess.Popen(command, env=self.environment, **options)  # type: ignore[call-overload]
        self._programs.append(program)
        return program

    def _start_screen(self) -> str:
        """Xvfb on a free display, which it picks itself and tells through a pipe when it is ready."""
        reading, writing = os.pipe()
        arguments = ("-displayfd", str(writing), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset")
        self._start("Xvfb", *arguments, pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        return f":{number}"

    def _start_sound(self, runtime: Path) -> None:
        arguments = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--disable-shm=yes",
            "--use-pid-file=no",
            f"--load=module-null-sink sink_name={_SINK} rate={RATE} channels=2",
            f"--load=module-native-protocol-unix socket={runtime}/pulse.socket auth-anonymous=1",
        ]
        self._start(*arguments, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, "PulseAudio did not start"
            time.sleep(0.05)


class Recorder:
    """Records the sink's monitor. Knows for each moment of the test which sample was being heard. A context manager."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._lock = threading.Lock()
        self._chunks: list[bytes] = []
        self._size = 0
        self._marks: list[tuple[float, int]] = []

    def __enter__(self) -> Recorder:
        command = ["parec", f"--device={_SINK}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        command += ["--latency-msec=5", "--process-time-msec=5"]
        self._program = subprocess.Popen(command, env=self._desktop.environment, stdout=subprocess.PIPE)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self.wait(0.2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.terminate()
        self._program.wait(20)
        self._thread.join()
        if self._program.stdout is not None:
            self._program.stdout.close()

    def now(self) -> int:
        """The number of the sample that was recorded last."""
        with self._lock:
            return self._size // 2

    def wait(self, seconds: float) -> None:
        """Let so much more sound be recorded."""
        until = self.now() + round(seconds * RATE)
        deadline = time.monotonic() + seconds + 30
        while self.now() < until:
            assert time.monotonic() < deadline, "nothing is recorded any more"
            time.sleep(0.005)

    def sound(self, first: int = 0) -> npt.NDArray[np.float32]:
        """What was recorded from sample `first` on, mono, -1.0 to 1.0."""
        with self._lock:
            data = b"".join(self._chunks)
        samples = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2")
        return samples[first:].astype(np.float32) / np.float32(32768)

    def _read(self) -> None:
        assert self._program.stdout is not None
        while chunk := os.read(self._program.stdout.fileno(), _CHUNK):
            with self._lock:
                self._chunks.append(chunk)
                self._size += len(chunk)
