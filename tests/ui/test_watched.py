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


PICTURES = """
import threading
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from player.app.watchdog import watch
from player.ui.chapter_pictures import decoded
from player.ui.watched import WatchedApplication

told = []

class Listening(WatchedApplication):
    def notify(self, receiver, event):
        if threading.current_thread() is not threading.main_thread():
            told.append(event.type().name)
        return super().notify(receiver, event)

application = Listening([], watch())
for kind in ("PNG", "JPG"):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImage(4, 4, QImage.Format.Format_RGB32).save(buffer, kind)
    worker = threading.Thread(target=decoded, args=(buffer.data().data(),))
    worker.start()
    worker.join()
print(told)
"""


def test_no_worker_that_decodes_a_picture_has_to_wait_for_the_interpreter() -> None:
    """Qt held its lock on the readers then, and another worker the interpreter, waiting for that lock."""
    done = subprocess.run([sys.executable, "-c", PICTURES], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
