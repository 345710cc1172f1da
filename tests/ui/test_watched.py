"""The application that is watched, in a process of its own, for there is one application in each."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from player.app.watchdog import watch
from player.ui.application import build_application

application = build_application(watchdog=watch())
window = QWidget()
window.show()

def compute(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

def holds_the_window():
    compute(0.08)

for at, what in ((40, lambda: compute(0.01)), (60, holds_the_window), (200, application.quit)):
    QTimer.singleShot(at, what)
application.exec()
"""


def test_what_holds_the_window_up_is_named() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if "held the window" in line]
    assert len(told) == 1, done.stderr
    assert "Timer) held the window for" in told[0] or "MetaCall) held the window for" in told[0]
    assert "in holds_the_window" in done.stderr
