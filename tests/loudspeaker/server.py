"""PulseAudio with one null sink, and a recorder of its monitor. Must not know who plays."""

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

RATE = 44_100
_SINK = "heard"
_START_SECONDS = 20.0


def missing_programs() -> list[str]:
    """The programs of PulseAudio that are not installed here."""
    return [name for name in ("pulseaudio", "pactl", "parec") if shutil.which(name) is None]


class SoundServer:
    """A PulseAudio daemon of our own in `folder`. `environment` is the one in which its clients find it."""

    def __init__(self, folder: Path, *, counts_underruns: bool = False) -> None:
        self._counts_underruns = counts_underruns
        self._underruns = 0
        runtime = folder / "runtime"
        runtime.mkdir(mode=0o700)
        home = folder / "home"
        home.mkdir()
        self._socket = runtime / "pulse.socket"
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home),
            "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
            "PULSE_SERVER": f"unix:{self._socket}",
        }

    def __enter__(self) -> SoundServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
        ]
        if self._counts_underruns:
            command += ["--log-level=debug", "--log-target=stderr"]
        command += [f"--load=module-null-sink sink_name={_SINK} rate={RATE} channels=2"]
        command += [f"--load=module-native-protocol-unix socket={self._socket} auth-anonymous=1"]
        # A log in a file would make the daemon wait for the disk, and one that Python reads for this busy program.
        log = subprocess.PIPE if self._counts_underruns else subprocess.DEVNULL
        self._daemon = subprocess.Popen(command, env=self.environment, stderr=log)
        if self._counts_underruns:
            sieve = ["grep", "--line-buffered", "Implicit underrun"]
            assert self._daemon.stderr is not None
            with self._daemon.stderr as lines:
                self._sieve = subprocess.Popen(sieve, stdin=lines, stdout=subprocess.PIPE)
            threading.Thread(target=self._count, daemon=True).start()
        deadline = time.monotonic() + _START_SECONDS
        while subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, "PulseAudio did not start"
            time.sleep(0.02)

    def underruns(self) -> int:
        """How often a client had nothing to play in time, so far."""
        assert self._counts_underruns
        return self._underruns

    def pactl(self, *words: str) -> str:
        """Tell the daemon something; its answer."""
        command = ["pactl", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=20, check=True)
        return done.stdout.strip()

    def signal(self, number: int) -> None:
        """Send the daemon a signal."""
        self._daemon.send_signal(number)

    def stop(self) -> None:
        """End the daemon."""
        self._daemon.terminate()
        self._daemon.wait(20)
        if self._counts_underruns:
            self._sieve.wait(20)

    def _count(self) -> None:
        assert self._sieve.stdout is not None
        with self._sieve.stdout as lines:
            for _ in lines:
                self._underruns += 1


class Recorder:
    """Records the monitor of the sink. A context manager."""

    def __init__(self, server: SoundServer) -> None:
        self._server = server
        self._data = bytearray()
        self._arrivals: list[tuple[float, int]] = []

    def __enter__(self) -> Recorder:
        command = ["parec", f"--device={_SINK}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        command += ["--latency-msec=5", "--process-time-msec=5"]
        self._program = subprocess.Popen(command, env=self._server.environment, stdout=subprocess.PIPE)
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self.wait(0.3)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.terminate()
        self._program.wait(20)
        self._thread.join()
        assert self._program.stdout is not None
        self._program.stdout.close()

    def now(self) -> int:
        """The number of the sample that was recorded last."""
        return len(self._data) // 2

    def wait(self, seconds: float) -> None:
        """Let so much more be recorded."""
        until = len(self._data) + round(seconds * RATE) * 2
        deadline = time.monotonic() + seconds + _START_SECONDS
        while len(self._data) < until:
            assert time.monotonic() < deadline, "nothing is recorded"
            time.sleep(0.005)

    def sound(self, first: int = 0) -> npt.NDArray[np.float32]:
        """What was recorded from sample `first` on, mono, -1.0 to 1.0."""
        data = bytes(self._data[first * 2 : self.now() * 2])
        return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768)

    def began(self) -> float:
        """The monotonic clock's time of the first recorded sample; the recorder's own delay is not taken off."""
        delays = [time_ - size / 2 / RATE for time_, size in self._arrivals]
        return float(np.quantile(delays, 0.02))

    def _read(self) -> None:
        assert self._program.stdout is not None
        while chunk := os.read(self._program.stdout.fileno(), 1 << 16):
            self._data += chunk
            self._arrivals.append((time.monotonic(), len(self._data)))
