"""Makes the libraries of all old versions that are not stored yet. Must not touch those that are."""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

from oldlibraries import make, stored
from player.storage.schema import MIGRATIONS

for _version in range(1, len(MIGRATIONS) + 1):
    if not stored(_version).exists():
        with tempfile.TemporaryDirectory() as _folder:
            _path = Path(_folder) / "library.sqlite3"
            make(_version, _path)
            stored(_version).write_bytes(lzma.compress(_path.read_bytes(), preset=lzma.PRESET_EXTREME))
        print(f"made {stored(_version).name}")
