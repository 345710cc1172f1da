"""Some PySide6 releases abort the interpreter after some hundred signals; the locked one must not."""

from __future__ import annotations

import subprocess
import sys

EMITS = 5000

PROGRAM = f"""
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

class Bell(QObject):
    rung = Signal(bool)
    counted = Signal(int)
    told = Signal(object)

app = QCoreApplication([])
bell = Bell()
heard = []
bell.rung.connect(heard.append)
bell.counted.connect(lambda number: heard.append(number))
bell.told.connect(lambda value: heard.append(value), Qt.ConnectionType.QueuedConnection)
for number in range({EMITS}):
    bell.rung.emit(number % 2 == 0)
    bell.counted.emit(number)
    bell.told.emit(number % 2 == 0)
    if number % 100 == 0:
        app.processEvents()
app.processEvents()
print(len(heard))
"""


def test_thousands_of_signals_do_not_abort() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 3 * EMITS
