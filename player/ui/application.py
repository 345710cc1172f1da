"""The graphical program: the QApplication, the theme, the window, the event loop.

Must not know how services are put together: `player.app.compose` does that, `player.__main__` calls both.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from player import __version__
from player.app.bus import Bus
from player.app.compose import Services
from player.app.safekeeping import Repair, backup_of
from player.app.settings import SettingsStore
from player.app.start import Profile
from player.app.watchdog import Watchdog
from player.core.errors import DamagedLibraryError, KnownError
from player.core.events import ProblemReported
from player.ui.damaged_library import DamagedLibrary
from player.ui.focus_ring import FocusRing
from player.ui.icons import window_icon
from player.ui.languages import speak_listeners_language
from player.ui.main_window import MainWindow
from player.ui.start_failure import StartFailure
from player.ui.theme import Theme
from player.ui.watched import WatchedApplication

_SIGNAL_CHECK_MS = 250
_TURN_SECONDS = 0.001


def build_application(arguments: Sequence[str] = (), watchdog: Watchdog | None = None) -> QApplication:
    """The QApplication, before there are services: timers and signals need it. `watchdog` hears of all its events."""
    # A thread that computes keeps the interpreter for 5 ms otherwise, and where ten do, the window waits for fifty.
    sys.setswitchinterval(_TURN_SECONDS)
    arguments = [sys.argv[0], *arguments]
    application = QApplication(arguments) if watchdog is None else WatchedApplication(arguments, watchdog)
    application.setApplicationName("earmark")
    application.setApplicationDisplayName("Earmark")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("earmark")
    application.setWindowIcon(window_icon())
    FocusRing(application)
    speak_listeners_language(application)
    return application


def build_window(application: QApplication, services: Services) -> MainWindow:
    """The theme and the window on `services`, not shown yet."""
    theme = Theme(application, services.settings.value.theme)
    memory = QSettings(str(services.profile.window_state), QSettings.Format.IniFormat)
    window = MainWindow(services, theme, memory)
    # It goes with the window: another one brings its own.
    theme.setParent(window)
    return window


def run(application: QApplication, services: Services, on_ready: Callable[[MainWindow], None] | None = None) -> int:
    """Show the window until it is closed, and return the exit code. `on_ready` is called once the window stands."""
    window = build_window(application, services)
    window.appear()
    end_on_signals(application, window)
    if on_ready is not None:
        QTimer.singleShot(0, lambda: on_ready(window))
    with damage_told(services.bus):
        status = application.exec()
    # Another one may follow, on other services: nothing of this one may hear of them.
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return status


@contextmanager
def damage_told(bus: Bus) -> Iterator[None]:
    """Let a damage of the library be told that a view meets while it reads, where nobody waits for the error."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, DamagedLibraryError):
            bus.publish(ProblemReported(error))
        else:
            before(kind, error, trace)

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


def ask_about_damage(application: QApplication, profile: Profile, error: DamagedLibraryError) -> Repair | None:
    """Say that the library of a profile cannot be used, and ask what to do; None: nothing, until another start."""
    theme = Theme(application, SettingsStore(profile.settings).value.theme)
    dialog = DamagedLibrary(error, backup_of(profile), None)
    theme.setParent(dialog)
    dialog.exec()
    dialog.deleteLater()
    return dialog.choice


def explain(application: QApplication, error: KnownError, look: str) -> bool:
    """Say in a small window why there is no larger one, in the colours of a choice; whether it is to be tried again."""
    theme = Theme(application, look)
    dialog = StartFailure(error)
    theme.setParent(dialog)
    is_wanted = dialog.exec() == StartFailure.DialogCode.Accepted
    dialog.deleteLater()
    return is_wanted


def end_on_signals(application: QApplication, window: MainWindow) -> None:
    """Close the window when the system or a terminal asks the program to end.

    Python runs signal handlers between its own instructions only, so a timer lets it in while Qt waits.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: window.close())
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_CHECK_MS)
