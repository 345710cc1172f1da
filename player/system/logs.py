"""The log file of a profile, and the terminal when asked.

Must not know what is logged.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to(path: Path, *, verbose: bool = False) -> None:
    """Send warnings and errors of the whole program to `path` (1 MB, two old ones kept); all of them if `verbose`."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    try:
        to_file = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        root.addHandler(logging.StreamHandler(sys.stderr))
        return
    to_file.setFormatter(logging.Formatter(_FORMAT))
    to_file.setLevel(logging.DEBUG if verbose else logging.WARNING)
    root.addHandler(to_file)
    if verbose:
        to_terminal = logging.StreamHandler(sys.stderr)
        to_terminal.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(to_terminal)
    # These two tell every request and every byte.
    for chatty in ("httpcore", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
