"""The sources of what is imported are not looked through."""

from __future__ import annotations

import subprocess
import sys

_KEPT = """
import linecache
from pathlib import Path
import player
import player.window, player.ui.application
root = str(Path(player.__file__).parent / "ui")
print(sorted(name for name in linecache.cache if name.startswith(root)))
"""


def test_no_source_is_read_and_kept_at_the_import_of_the_window() -> None:
    done = subprocess.run([sys.executable, "-c", _KEPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
