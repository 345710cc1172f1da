"""What the window will soon need and takes long to import is imported in the background, once the window stands.

Must not know what it is needed for.
"""

from __future__ import annotations

from importlib import import_module

_MODULES = ("player.formats.notes_html", "player.formats.notes")
"""The patterns of outlines alone take 60 ms of processor time to compile."""


def import_ahead() -> None:
    """Import it on the calling thread, which is not that of the window."""
    for name in _MODULES:
        import_module(name)
