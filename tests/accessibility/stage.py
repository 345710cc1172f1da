"""The window on a furnished library, for tests and for the command.

Must not know the scenes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from accessibility.scenes import Set, begin, furnish
from player.app.compose import compose
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor
from player.app.processes import Processes
from player.audio.scripted import ScriptedEngine
from player.system.paths import Profile
from player.ui.application import build_window
from player.ui.focus_ring import FocusRing
from seeded import DURATION, NOW, audio_of, fill


@contextmanager
def dressed(application: QApplication, folder: Path) -> Iterator[Set]:
    """The window, shown, with everything there is to be walked; `folder` is empty."""
    profile = Profile(folder)
    library = fill(profile)
    furnish(profile, library)
    engine = ScriptedEngine({audio_of(profile): DURATION})
    services = compose(
        profile,
        InlineHome(),
        engine=lambda: engine,
        executor=InlineExecutor(),
        writing=InlineExecutor(),
        processes=Processes(0),
        now=lambda: NOW,
    )
    # As with a screen reader there: else Qt does not tell accessible tables that their rows have changed.
    QAccessible.setActive(True)
    ring = FocusRing(application)
    window = build_window(application, services)
    try:
        window.resize(1280, 820)
        window.show()
        begin(services, library)
        yield Set(window, services, library)
    finally:
        window.close()
        window.deleteLater()
        ring.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QAccessible.setActive(False)
        services.close()
