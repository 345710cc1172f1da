"""Brings `resources/translations/*.ts` up to date with the strings in the sources; `make translations` calls it.

Usage: translations.py [FOLDER]: the files are in FOLDER, in `resources/translations` otherwise.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
# Strings made where there is no Qt are phrases; other options keep a change of the sources a small change of the files.
OPTIONS = ("-silent", "-tr-function-alias", "translate+=Phrase", "-locations", "none", "-no-obsolete", "-sort-messages")


def update(folder: Path) -> None:
    """Let each file of a folder have what the sources have: new strings are unfinished, vanished ones go."""
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lupdate"
    sources = sorted(str(path) for path in (ROOT / "player").rglob("*.py"))
    with tempfile.NamedTemporaryFile("w", suffix=".lst", encoding="utf-8") as listed:
        listed.write("\n".join(sources))
        listed.flush()
        for path in sorted(folder.glob("*.ts")):
            subprocess.run([str(tool), *OPTIONS, f"@{listed.name}", "-ts", str(path)], check=True)


if __name__ == "__main__":
    update(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
