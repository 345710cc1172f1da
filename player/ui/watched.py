"""The QApplication that tells a watchdog of each event, for `--debug` and for tests.

Must not know what is too long.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QThread
from PySide6.QtGui import QImageReader, QWindow
from PySide6.QtWidgets import QApplication

from player.app.watchdog import Watchdog

_PAINTED = "earmark_painted"


class WatchedApplication(QApplication):
    """Until a window has been painted for the first time there is none that could be waited for."""

    def __init__(self, arguments: Sequence[str], watchdog: Watchdog) -> None:
        # First, for events come while it is built.
        self._watchdog = watchdog
        self._loop = QThread.currentThread()
        self._is_painted = False
        super().__init__(arguments)
        load_image_formats()
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
        is_first = number is QEvent.Type.Expose and depth > 0 and self._is_first_painting(receiver)
        if not self._is_painted or is_first:
            done = super().notify(receiver, event)
            self._is_painted = self._is_painted or is_first
            return done
        if not watchdog.begins(depth):
            return super().notify(receiver, event)
        try:
            return super().notify(receiver, event)
        finally:
            watchdog.ends(lambda: f"{kind} ({number.name})")

    def _is_first_painting(self, receiver: QObject) -> bool:
        """Whether it is that of a window that belongs to no other one."""
        if not isinstance(receiver, QWindow) or receiver.transientParent() is not None or receiver.property(_PAINTED):
            return False
        receiver.setProperty(_PAINTED, True)
        return True


def load_image_formats() -> None:
    """Have Qt load its readers of pictures now, all of them.

    It loads one when it is first needed, and the first PNG, which none of them reads, needs all; each is told by an
    event of its thread. On another thread that event would wait in `notify` for the interpreter, which a third one may
    keep while it waits for Qt's lock on the readers.
    """
    QImageReader.supportedImageFormats()
