"""What is imported ahead is what showing an episode would import else."""

from __future__ import annotations

import subprocess
import sys


def test_showing_notes_imports_nothing_more() -> None:
    program = (
        "import sys; from player.app.ahead import import_ahead; import_ahead(); before = set(sys.modules);"
        "from player.app.library import Catalogue; from player.formats.notes import read_notes;"
        "read_notes('<p>0:00 One<br>1:00 Two</p>', duration=90_000);"
        "new = set(sys.modules) - before;"
        "print([each for each in new if each.startswith(('player.core.outline', 'player.formats'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
