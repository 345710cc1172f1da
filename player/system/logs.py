"""The log file of a profile, and the terminal when asked.

Must not know what is logged.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from collections.abc import Callable
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_to(path: Path, *, verbose: bool = False, debug: bool = False) -> Callable[[], None]:
    """Send warnings and errors of the whole program to `path` (1 MB, two old ones kept); all of them if `verbose`.

    With `verbose` and with `debug` the same goes to the terminal.

    The returned function ends that and closes the file.
    """
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    handlers = _handlers(path, verbose=verbose, debug=debug)
    for handler in handlers:
        root.addHandler(handler)
    # These two tell every request and every byte.
    for chatty in ("httpcore", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)

    def stop() -> None:
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(before)

    return stop


def _handlers(path: Path, *, verbose: bool, debug: bool) -> list[logging.Handler]:
    """What writes to the file and, if asked or where the file cannot be written, to the terminal."""
    made: list[logging.Handler] = []
    try:
        to_file = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        verbose = True
    else:
        to_file.setLevel(logging.DEBUG if verbose else logging.WARNING)
        made.append(to_file)
    if verbose or debug:
        to_terminal = logging.StreamHandler(sys.stderr)
        to_terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
        made.append(to_terminal)
    for handler in made:
        handler.setFormatter(logging.Formatter(_FORMAT))
    return made
