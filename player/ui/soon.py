"""Does a moment later, and once, what many facts ask for. Must not know what that is."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_REST = 60
"""So many times as long as it took it rests before it is done again, as what it changes is drawn, too: a hundred feeds
that come in at once leave the window free for the listener, and the processor for them."""


class Soon:
    """Calls `act` within a moment after `ask`, on the thread of `parent`, and with it no more."""

    def __init__(self, act: Callable[[], None], parent: QObject, delay_ms: int) -> None:
        self._act = act
        self._delay = delay_ms
        self._rests_until = 0.0
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    def ask(self) -> None:
        """Do it soon, if that is not so already."""
        if not self._timer.isActive():
            rest = round((self._rests_until - time.perf_counter()) * 1000)
            self._timer.start(max(self._delay, rest))

    def _on_due(self) -> None:
        began = time.perf_counter()
        self._act()
        ended = time.perf_counter()
        self._rests_until = ended + (ended - began) * _REST
