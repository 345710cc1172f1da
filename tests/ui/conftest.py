"""A window on real services: a real library in a temporary profile, inline executors, the scripted engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from newlibraries import lay
from player.app.compose import Services, compose
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor
from player.app.processes import Processes
from player.audio.scripted import ScriptedEngine
from player.core.timecode import parse_timecode
from player.system.paths import Profile
from player.ui.application import build_window
from player.ui.main_window import MainWindow
from seeded import DURATION, NOW, Library, audio_of, fill


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    folder = tmp_path / "profile"
    folder.mkdir()
    return Profile(folder)


@pytest.fixture
def library(profile: Profile) -> Library:
    """Two podcasts; the newest episode of the first is downloaded and has seven chapters."""
    return fill(profile)


@pytest.fixture
def engine(profile: Profile) -> ScriptedEngine:
    """Knows the one file that the library has downloaded."""
    return ScriptedEngine({audio_of(profile): DURATION})


@pytest.fixture
def home() -> InlineHome:
    return InlineHome()


@pytest.fixture
def bare(
    request: pytest.FixtureRequest, profile: Profile, home: InlineHome, engine: ScriptedEngine
) -> Iterator[Services]:
    """Services on an empty library, or on `library` where a test asks for that, too."""
    if "library" in request.fixturenames:
        request.getfixturevalue("library")
    else:
        lay(profile.database)
    services = compose(
        profile,
        home,
        engine=lambda: engine,
        executor=InlineExecutor(),
        writing=InlineExecutor(),
        processes=Processes(0),
        now=lambda: NOW,
    )
    yield services
    services.close()


@pytest.fixture
def services(library: Library, bare: Services) -> Services:
    """Services on the library."""
    assert library.episodes
    return bare


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    """The one QApplication of the test run; pytest-qt makes it."""
    return qapp


@pytest.fixture
def build(application: QApplication, bare: Services) -> Iterator[Callable[[], MainWindow]]:
    """Makes windows on the services, not shown yet; they are gone before the services are."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        windows.append(build_window(application, bare))
        return windows[-1]

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def show_window(qtbot: QtBot, build: Callable[[], MainWindow]) -> Callable[[], MainWindow]:
    """Makes a window on the services, shown and active."""
    made: list[MainWindow] = []

    def show() -> MainWindow:
        made.append(build())
        if len(made) == 1:
            # The screen of the tests is smaller than the usual window.
            made[0].resize(1280, 820)
        made[-1].show()
        qtbot.waitUntil(made[-1].isActiveWindow)
        return made[-1]

    return show


@pytest.fixture
def window(show_window: Callable[[], MainWindow], services: Services) -> MainWindow:
    """The window on the library."""
    assert services.library.podcasts()
    return show_window()


@pytest.fixture
def playing(window: MainWindow, services: Services, library: Library) -> MainWindow:
    """The window while the main episode plays at 1:12:40."""
    services.playback.open(library.main, at=parse_timecode("1:12:40"))
    window.show_episode(library.main)
    assert services.playback.state.is_playing
    return window


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """A dialog that a test leaves is deleted by an event loop, which may be the next test's.

    What Python knows of it may be gone before, and then a part of it that hears of the focus there cannot be called.
    """
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def nothing_held(application: QApplication) -> Iterator[None]:
    """A mouse button that is still down after a test would change what the next one sees of the focus.

    A click with Control leaves the key held for Qt, until the next event: a row chosen then is one more. Without an
    application, as when the first test of all needs none, there can be no window to release it in.
    """
    assert application is QApplication.instance()
    yield
    QTest.keyRelease(QWindow(), Qt.Key.Key_Control)
    assert QApplication.mouseButtons() == Qt.MouseButton.NoButton
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
