"""The clocks of a thread, against the clocks of Python."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from player.system import thread_clocks
from player.system.thread_clocks import ThreadClocks


def test_computing_and_waiting_are_told_apart() -> None:
    clocks = ThreadClocks()
    begin = clocks.read()
    time.sleep(0.02)
    waited = clocks.read()
    end = time.thread_time() + 0.02
    while time.thread_time() < end:
        pass
    computed = clocks.read()
    assert waited.wall - begin.wall >= 20_000_000
    assert waited.processor - begin.processor < 10_000_000
    assert computed.processor - waited.processor >= 20_000_000
    assert begin.wall <= clocks.wall()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a thread was ready and had no processor")
def test_linux_tells_the_queue() -> None:
    clocks = ThreadClocks()
    assert clocks.read().queued is not None
    before = clocks.crowded()
    assert before > 0
    assert clocks.crowded() >= before


def test_without_the_pressure_of_the_machine_that_of_the_threads_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(thread_clocks, "_PRESSURE", tmp_path / "none")
    for number, queued in (("1", 400), ("2", 70), (str(threading.get_native_id()), 5)):
        (tmp_path / number).mkdir()
        (tmp_path / number / "schedstat").write_text(f"100 {queued} 3\n")
    monkeypatch.setattr(thread_clocks, "_TASKS", tmp_path)
    monkeypatch.setattr(thread_clocks, "_PROCESSORS", tmp_path / "none")
    clocks = thread_clocks.ThreadClocks()
    assert clocks.read().queued == 5
    assert clocks.crowded() == 470


def test_what_is_taken_from_a_virtual_machine_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pressure").write_text("some avg10=1.00 avg60=2.00 avg300=3.00 total=250\nfull total=0\n")
    (tmp_path / "stat").write_text("cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n")
    monkeypatch.setattr(thread_clocks, "_PRESSURE", tmp_path / "pressure")
    monkeypatch.setattr(thread_clocks, "_PROCESSORS", tmp_path / "stat")
    assert thread_clocks.ThreadClocks().crowded() == 250_000 + 80_000_000
