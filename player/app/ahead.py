"""What the window will soon need and takes long to import is imported in the background, once the window stands.

Must not know what it is needed for.
"""

from __future__ import annotations

from importlib import import_module

from player.app.home import Home
from player.app.jobs import Jobs

_AFTER_MS = 200
"""So long after the window stands, which is painted first."""

_MODULES = ("player.formats.notes_html", "player.formats.notes")
"""The patterns of outlines alone take 60 ms of processor time to compile."""


def begin_to_import(jobs: Jobs, home: Home) -> None:
    """Import it in a moment, on a worker."""

    def begin() -> None:
        jobs.submit(import_ahead)

    home.after(_AFTER_MS, begin)


def import_ahead() -> None:
    """Import it on the calling thread, which is not that of the window."""
    for name in _MODULES:
        import_module(name)
