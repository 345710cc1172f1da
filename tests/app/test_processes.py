"""Worker processes: real ones, and what happens when one dies, or the program does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from queue import Queue

import pytest

from player.app.processes import SMALL_BYTES, Processes
from player.core.errors import NotFoundError, UnexpectedError


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    """One worker, begun once for all tests here."""
    processes = Processes(1)
    yield processes
    processes.close()


def test_work_is_done_elsewhere_with_courtesy_and_its_errors_come_back(processes: Processes) -> None:
    assert processes.submit(os.getpid).result() not in (os.getpid(), os.getppid())
    assert processes.submit(os.nice, 0).result() >= os.nice(0)
    assert processes.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    with pytest.raises(NotFoundError) as caught:
        processes.submit(_fail, "episode", "Stargate").result()
    assert caught.value.name == "Stargate"
    with pytest.raises(ZeroDivisionError):
        processes.submit(divmod, 1, 0).result()


def test_work_that_follows_on_work_begins_no_other_worker() -> None:
    processes = Processes(2)
    seen: Queue[Future[int]] = Queue()
    try:
        first = processes.submit(os.getpid)
        # Where the first is not done yet, this runs on the thread that does it.
        first.add_done_callback(lambda _: seen.put(processes.submit(os.getpid)))
        worker = first.result()
        assert seen.get().result() == worker
    finally:
        processes.close()


@pytest.mark.expected_log("a worker process died while it did abort")
def test_a_worker_that_dies_is_one_failure_and_the_next_work_gets_another(processes: Processes) -> None:
    first = processes.submit(os.getpid).result()
    dying, next_one = processes.submit(os.abort), processes.submit(os.getpid)
    with pytest.raises(UnexpectedError):
        dying.result()
    assert next_one.result() != first


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a POSIX system")
def test_patient_work_lets_all_other_work_go_first(processes: Processes, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    order: list[int] = []
    holding = processes.submit(pipe.read_text)
    futures = [processes._submit(partial(divmod, number, 1), is_patient=number < 2) for number in range(4)]
    for number, future in enumerate(futures):
        future.add_done_callback(lambda _, number=number: order.append(number))  # type: ignore[misc]
    pipe.write_text("go on")
    assert holding.result() == "go on"
    assert [future.result() for future in futures] == [(number, 0) for number in range(4)]
    assert processes.call_patiently(SMALL_BYTES, divmod, 9, 3) == (3, 0)
    assert order == [2, 3, 0, 1]


def test_small_work_alone_waits_for_no_process(processes: Processes) -> None:
    processes.submit(os.getpid).result()
    assert processes.call(1, os.getpid) != os.getpid(), "a worker stands ready"
    processes.end_idle()
    processes.end_idle()
    assert processes.call(SMALL_BYTES - 1, os.getpid) == os.getpid()
    nested = processes.call(1, lambda: processes.call(1, os.getpid))
    assert nested != os.getpid(), "another small work was being done here"
    assert Processes(0).call(SMALL_BYTES, os.getpid) == os.getpid()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a POSIX system")
def test_closing_ends_what_runs_at_once(tmp_path: Path) -> None:
    processes = Processes(1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    running, waiting = processes.submit(_tell_and_sleep, pipe), processes.submit(os.getpid)
    assert pipe.read_text() == "it runs"
    begun = time.monotonic()
    processes.close()
    assert time.monotonic() - begun < 20
    for each in (running, waiting):
        with pytest.raises(CancelledError):
            each.result()


_PARENT = """
import os, time
from player.app.processes import Processes
processes = Processes(1)
if __name__ == "__main__":
    print(processes.submit(os.getpid).result(), flush=True)
    processes.submit(time.sleep, 60)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_workers_end_when_the_program_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert int(parent.stdout.readline()) != parent.pid
    parent.kill()
    # The worker holds the other end of the pipe of standard output: it closes when the last of them has ended.
    closed = threading.Thread(target=parent.communicate, daemon=True)
    closed.start()
    closed.join(20)
    assert not closed.is_alive()


def _tell_and_sleep(pipe: Path) -> None:
    pipe.write_text("it runs")
    time.sleep(60)


def _fail(what: str, name: str) -> None:
    raise NotFoundError(what=what, name=name)
