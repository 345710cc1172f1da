"""Another program on the desktop, which says on its standard output, line by line, how far it is.

Must not know what it does.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from queue import Queue
from types import TracebackType
from typing import Self

from desktop.machine import Desktop

_PATIENCE = 30.0


class OtherProgram:
    """A Python file that is run with one argument. A context manager; leaving it ends the program."""

    def __init__(self, desktop: Desktop, file: str, argument: str) -> None:
        self._command = [sys.executable, file, argument]
        self._environment = {**desktop.environment, "PYTHONPATH": ":".join(sys.path)}

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(self._command, env=self._environment, stdout=subprocess.PIPE, text=True)
        self._said: Queue[str] = Queue()
        self._ears = threading.Thread(target=self._listen, daemon=True)
        self._ears.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.wait(20)
        self._ears.join()

    def hear(self, expected: str) -> None:
        """Wait for the next line, which must be this."""
        assert self.line() == expected

    def line(self) -> str:
        """The next line, waited for. Raises queue.Empty where none comes."""
        return self._said.get(timeout=_PATIENCE)

    def _listen(self) -> None:
        assert self._program.stdout is not None
        with self._program.stdout as lines:
            for line in lines:
                self._said.put(line.strip())
