"""Another program on the desktop, which says on its standard output, line by line, how far it is.

Must not know what it does.
"""

from __future__ import annotations

import subprocess
import sys
from types import TracebackType
from typing import Self

from desktop.machine import Desktop


class OtherProgram:
    """A Python file that is run with one argument. A context manager; leaving it ends the program."""

    def __init__(self, desktop: Desktop, file: str, argument: str) -> None:
        self._command = [sys.executable, file, argument]
        self._environment = {**desktop.environment, "PYTHONPATH": ":".join(sys.path)}

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(self._command, env=self._environment, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.communicate(timeout=20)

    def hear(self, expected: str) -> None:
        """Wait for the next line, which must be this."""
        assert self.line() == expected

    def line(self) -> str:
        """The next line, waited for."""
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()
