"""Another program on the desktop from which a text was copied: it owns the clipboard for as long as it runs.

Run as `python clipboard.py TEXT`. Must not know who pastes.
"""

from __future__ import annotations

import sys
from typing import Self

from PySide6.QtGui import QGuiApplication

from desktop.machine import Desktop
from desktop.other_program import OtherProgram


class Clipboard(OtherProgram):
    """Holds a text on a desktop's clipboard."""

    def __init__(self, desktop: Desktop, text: str) -> None:
        super().__init__(desktop, __file__, text)

    def __enter__(self) -> Self:
        super().__enter__()
        self.hear("copied")
        return self


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
