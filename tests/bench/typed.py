"""How long a key in the go-to box takes until the window shows what was found, with all that the window does itself.

Must not know how the library was made (`bench.library`). The window is a real one on Qt's platform without a screen.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import compose
from player.app.engines import silent_engine
from player.app.home import QtHome
from player.system.paths import open_profile
from player.ui.application import build_window
from player.ui.main_window import MainWindow

_PATIENCE = 5.0
_SETTLED_MS = 1500
"""So long the window stands before the first key: who types has seen it."""


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count it."""
        del watched
        self.count += event.type() is QEvent.Type.Paint
        return False


def measure_window(library: Path, typed: Sequence[str]) -> list[tuple[float, float, str]]:
    """Milliseconds from each key, typed one after the other, until what it finds is painted, and of the processor."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["earmark"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        profile = open_profile(Path(folder) / "profile")
        shutil.copy(library, profile.database)
        services = compose(profile, QtHome(), engine=silent_engine)
        window = build_window(application, services)
        try:
            window.resize(1280, 820)
            window.show()
            QTest.qWait(_SETTLED_MS)
            window.goto.ask()
            _wait(lambda: window.goto.drop is not None and not window.goto.is_waiting)
            return [_key(window, words) for words in typed]
        finally:
            window.close()
            window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            services.close()


def _key(window: MainWindow, words: str) -> tuple[float, float, str]:
    """What is typed before the last key stands there already."""
    box, drop = window.goto, window.goto.drop
    assert drop is not None
    painted = Painted()
    drop.view.viewport().installEventFilter(painted)
    box.line.setText(words[:-1])
    _wait(lambda: not box.is_waiting)
    before = painted.count
    begun, computing = time.perf_counter(), time.process_time()
    # Any sign, as an input method gives it.
    QApplication.sendEvent(box.line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, words[-1]))
    _wait(lambda: not box.is_waiting and (painted.count > before or not drop.is_choice))
    found = ((time.perf_counter() - begun) * 1000, (time.process_time() - computing) * 1000, words)
    drop.view.viewport().removeEventFilter(painted)
    return found


def _wait(is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not is_done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError
