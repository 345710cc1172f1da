"""Another program on the desktop from which a text was copied: it owns the clipboard for as long as it runs.

Run as `python clipboard.py TEXT`. Must not know who pastes.
"""

from __future__ import annotations

import subprocess
import sys
from types import TracebackType

from PySide6.QtGui import QGuiApplication

from desktop.machine import Desktop


class Clipboard:
    """Holds a text on a desktop's clipboard. A context manager."""

    def __init__(self, desktop: Desktop, text: str) -> None:
        self._command = [sys.executable, __file__, text]
        self._environment = {**desktop.environment, "PYTHONPATH": ":".join(sys.path)}

    def __enter__(self) -> Clipboard:
        self._program = subprocess.Popen(self._command, env=self._environment, stdout=subprocess.PIPE, text=True)
        assert self._program.stdout is not None
        assert self._program.stdout.readline() == "copied\n"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._program.kill()
        self._program.communicate(timeout=20)


def own(text: str) -> int:
    """Put `text` on the clipboard and stay."""
    application = QGuiApplication([])
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)
    application.processEvents()
    print("copied", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(own(sys.argv[1]))
