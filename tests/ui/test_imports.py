"""What starting the window must not load: network, parsers, decoders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import player.ui

SLOW = ("httpx", "feedparser", "mutagen", "av", "nh3")


def test_importing_the_window_loads_no_network_and_no_parser() -> None:
    modules = sorted(path.stem for path in Path(player.ui.__file__).parent.glob("*.py") if path.stem != "__init__")
    lines = [
        *(f"import player.ui.{name}" for name in modules),
        "import sys",
        f"print([m for m in {SLOW} if m in sys.modules])",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
