"""The clocks that the system keeps of the threads of this program: processor time, and time in the queue for one.

Must not know what is measured by them. The queue is told by Linux alone (`schedstat`, its second number:
https://docs.kernel.org/scheduler/sched-stats.html; for the machine `pressure`: https://docs.kernel.org/accounting/psi.html).
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from player.core.held import Reading

_TASKS = Path("/proc/self/task")
_PRESSURE = Path("/proc/pressure/cpu")
_PROCESSORS = Path("/proc/stat")


class ThreadClocks:
    """Reads the clocks of the thread that makes it: `read` belongs to that thread, the others to any."""

    def __init__(self) -> None:
        self._id = threading.get_native_id()
        self._file = _TASKS / str(self._id) / "schedstat"

    def wall(self) -> int:
        """The time of `Reading.wall` now, in ns."""
        return time.perf_counter_ns()

    def read(self) -> Reading:
        """The clocks of this thread now. Takes some microseconds."""
        return Reading(time.perf_counter_ns(), time.thread_time_ns(), _queued(self._file))

    def crowded(self) -> int:
        """For how long in all something on this machine has been ready and had no processor, in ns; 0 if not told.

        That counts, too, for how long the processors of a virtual machine were taken away from it. Where the system
        does not tell the first, for how long the other threads of the program have been.
        """
        return _stolen() + (_pressed() or self._others_queued())

    def _others_queued(self) -> int:
        tasks = list(_TASKS.iterdir()) if _TASKS.exists() else []
        others = (_queued(task / "schedstat") for task in tasks if int(task.name) != self._id)
        return sum(queued for queued in others if queued is not None)


def _pressed() -> int | None:
    try:
        some = _PRESSURE.read_text(encoding="ascii").splitlines()[0]
        return int(some.rpartition("total=")[2]) * 1000
    except (OSError, ValueError):
        return None


def _stolen() -> int:
    """The eighth number of all processors together, in ticks of a hundredth of a second."""
    try:
        with _PROCESSORS.open(encoding="ascii") as lines:
            return int(lines.readline().split()[8]) * 10_000_000
    except (OSError, ValueError, IndexError):
        return 0


def _queued(statistics: Path) -> int | None:
    """The second number; None where there is no such file, or the thread has ended."""
    try:
        return int(statistics.read_bytes().split()[1])
    except OSError:
        return None
