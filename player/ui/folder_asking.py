"""Asking for a folder of downloads.

Must not know what is done with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_folder(parent: QWidget, title: str, beside: Path, on_chosen: Callable[[Path], None]) -> None:
    """Let the listener choose a folder, beginning beside the present one; the program goes on meanwhile."""
    dialog = QFileDialog(parent, title, str(beside.parent))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
