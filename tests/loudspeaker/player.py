"""A player in a process of its own, told what to do, and judged by the recording. Must not know how it plays."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from loudspeaker.server import RATE, Recorder
from timecoded import find_landings

_PATIENCE = 30.0
_TESTS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump as heard: where to, and, in seconds, the wait for the first right sound and how far off that was."""

    target: float
    wait: float
    error: float


class PlayerProcess:
    """`loudspeaker.child` with a file, or with the address of a stream. A context manager."""

    def __init__(self, source: Path | str, environment: Mapping[str, str], *, through_qt: bool = False) -> None:
        self._arguments = ["--qt"] if through_qt else []
        self._arguments += ["--url", source] if isinstance(source, str) else [str(source)]
        self._environment = {**environment, "PYTHONPATH": f"{_TESTS}:{_TESTS.parent}"}
        self._answers: queue.Queue[dict[str, object]] = queue.Queue()
        self._events: queue.Queue[dict[str, object]] = queue.Queue()

    def __enter__(self) -> PlayerProcess:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "loudspeaker.child", *self._arguments],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._program.stdin is not None
        self._program.stdin.close()
        self.exit_code = self._program.wait(20)
        self._thread.join()
        assert self._program.stdout is not None
        self._program.stdout.close()

    @property
    def process(self) -> int:
        """The id of the process."""
        return self._program.pid

    def tell(self, command: str) -> dict[str, float]:
        """Give a command; when it was given (monotonic clock), and position and processor time after it."""
        assert self._program.stdin is not None
        self._program.stdin.write(command + "\n")
        self._program.stdin.flush()
        answer = self._answers.get(timeout=_PATIENCE)
        return {name: float(str(value)) for name, value in answer.items()}

    def wait_for(self, event: str) -> dict[str, object]:
        """Wait for an event of the engine, of a kind named like its class."""
        while True:
            found = self._events.get(timeout=_PATIENCE)
            if found["event"] == event:
                return found

    def _read(self) -> None:
        assert self._program.stdout is not None
        for line in self._program.stdout:
            answer = json.loads(line)
            (self._events if "event" in answer else self._answers).put(answer)


def measure_jumps(
    player: PlayerProcess, recorder: Recorder, targets: Sequence[float], pauses: Sequence[float]
) -> list[Jump]:
    """Jump to each of `targets` (seconds), each after one of `pauses`, and find each jump in the recording."""
    told = []
    for target, pause in zip(targets, pauses, strict=True):
        recorder.wait(pause)
        told.append(player.tell(f"seek {round(target * 1000)}")["at"])
    recorder.wait(1.0)
    sound, began = recorder.sound(), recorder.began()
    jumps = []
    for target, at in zip(targets, told, strict=True):
        first = max(0, round((at - began) * RATE) - RATE // 10)
        found = [
            landing
            for landing in find_landings(sound[first : first + RATE], RATE)
            if abs(landing.position - target) < 0.4
        ]
        assert found, f"{target} s was not heard within a second"
        heard = began + first / RATE + found[0].at
        jumps.append(Jump(target, heard - at, found[0].position - target))
    return jumps
