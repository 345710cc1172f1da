"""The QApplication that tells a watchdog of each event, for `--debug` and for tests.

Must not know what is too long.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

from player.app.watchdog import Watchdog


class WatchedApplication(QApplication):
    """Until a window has been painted for the first time there is none that could be waited for."""

    def __init__(self, arguments: Sequence[str], watchdog: Watchdog) -> None:
        # First, for events come while it is built.
        self._watchdog = watchdog
        self._loop = QThread.currentThread()
        self._is_painted = False
        super().__init__(arguments)
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.aboutToBlock.connect(watchdog.waits)
        watchdog.start()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Pass an event on, and tell the watchdog. Called in the threads of others, too."""
        watchdog = self._watchdog
        if threading.get_ident() != watchdog.thread:
            return super().notify(receiver, event)
        depth = self._loop.loopLevel()
        kind, number = type(receiver).__name__, event.type()
        if not self._is_painted:
            done = super().notify(receiver, event)
            self._is_painted = bool(depth) and number is QEvent.Type.Expose
            return done
        if not watchdog.begins(depth):
            return super().notify(receiver, event)
        try:
            return super().notify(receiver, event)
        finally:
            watchdog.ends(lambda: f"{kind} ({number.name})")
