"""`python -m accessibility [--problems]` (in `tests/`) prints what a screen reader is told of every view and popup.

A dot stands before what Tab leads to, a ring before what is used in another way: items, menus.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Print the walk; 1 if it finds a problem."""
    parser = argparse.ArgumentParser(prog="accessibility", description=__doc__)
    parser.add_argument("--problems", action="store_true", help="only what is wrong")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from accessibility import printed, problems
    from accessibility.scenes import SCENES
    from accessibility.stage import dressed

    application = QApplication([])
    found = []
    with tempfile.TemporaryDirectory() as folder, dressed(application, Path(folder)) as there:
        for name, show in SCENES.items():
            there.clear()
            root = show(there)
            application.processEvents()
            wrong = problems(root)
            found += wrong
            text = "\n".join(f"! {each}" for each in wrong) if options.problems else printed(root)
            print(f"\n== {name} ==\n{text}")
        there.clear()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
