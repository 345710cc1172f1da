"""Commands that measure, each started by hand as `python -m bench.NAME` in `tests/`."""

from __future__ import annotations

import os
import sys

# Else each process that is measured would compile the whole program anew, which takes it half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
