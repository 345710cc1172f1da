"""The home thread: where services live, handlers run and timers tick. Qt's event loop, or none at all.

Must not know what is posted to it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from player.system.feature_search import skip_feature_search

# Here, for most of what the program imports is imported after this.
skip_feature_search()

Call = Callable[[], None]


class Home(Protocol):
    """Runs calls on the home thread, in the order in which they were posted."""

    def post(self, call: Call) -> None:
        """Run `call` on the home thread soon. May be used from any thread."""

    def every(self, interval_ms: int, call: Call) -> Call:
        """Run `call` each `interval_ms` on the home thread, until the returned function is called."""

    def after(self, delay_ms: int, call: Call) -> Call:
        """Run `call` once, in `delay_ms`, on the home thread, unless the returned function is called before."""


class QtHome(QObject):
    """A home in the thread that makes it, which runs a Qt event loop."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Call) -> None:
        """See Home."""
        self._posted.emit(call)

    def every(self, interval_ms: int, call: Call) -> Call:
        """See Home."""
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(call)
        timer.start()
        # Not asked whether it is active: one that ran and was stopped may be gone by the time of a second stop.
        running = [timer]

        def stop() -> None:
            while running:
                running[-1].stop()
                running.pop().deleteLater()

        return stop

    def after(self, delay_ms: int, call: Call) -> Call:
        """See Home."""

        def run() -> None:
            stop()
            call()

        stop = self.every(delay_ms, run)
        return stop

    def _on_posted(self, call: Call) -> None:
        call()


class InlineHome:
    """A home without a loop: calls run where they are posted, timers at `tick`. For tests and short commands."""

    def __init__(self) -> None:
        self._timers: list[Call] = []

    def post(self, call: Call) -> None:
        """See Home: at once, on the calling thread."""
        call()

    def every(self, interval_ms: int, call: Call) -> Call:
        """See Home: the interval does not count, each `tick` runs the call once."""
        del interval_ms
        self._timers.append(call)

        def stop() -> None:
            if call in self._timers:
                self._timers.remove(call)

        return stop

    def after(self, delay_ms: int, call: Call) -> Call:
        """See Home: the delay does not count, the next `tick` runs the call."""

        def run() -> None:
            stop()
            call()

        stop = self.every(delay_ms, run)
        return stop

    def tick(self) -> None:
        """Let every timer fire once."""
        for call in list(self._timers):
            call()


class HeadlessLoop:
    """Qt's event loop without a window, for commands that wait for services. Make one at most in a process."""

    def __init__(self) -> None:
        existing = QCoreApplication.instance()
        self._application = existing or QCoreApplication(["earmark"])
        self.home = QtHome()
        self._was_interrupted = False

    def run(self) -> bool:
        """Run until `quit`, or Ctrl+C or a request to terminate; tells whether it was one of the latter."""
        previous = {name: signal.signal(name, self._on_signal) for name in (signal.SIGINT, signal.SIGTERM)}
        # Python runs signal handlers between its own instructions only: this gives it some.
        stop = self.home.every(100, lambda: None)
        try:
            self._application.exec()
        finally:
            stop()
            for name, handler in previous.items():
                signal.signal(name, handler)
        return self._was_interrupted

    def quit(self) -> None:
        """End `run`. From the home thread."""
        self._application.quit()

    def _on_signal(self, *_: object) -> None:
        self._was_interrupted = True
        self._application.quit()
        # And once more, for the loop may not have begun to wait yet.
        QTimer.singleShot(0, self._application.quit)
