"""The icon in the tray: there where it is wanted and can be, and what it tells."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from player.app.compose import Services
from player.core.events import DownloadProgressed
from player.core.model import DownloadState
from player.ui.main_window import MainWindow
from seeded import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")


@pytest.fixture
def has_tray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)


def icon_of(window: MainWindow) -> QSystemTrayIcon | None:
    return window.tray.icon


@pytest.mark.usefixtures("has_tray")
def test_it_is_there_while_it_is_wanted(window: MainWindow, services: Services) -> None:
    assert icon_of(window) is None
    services.settings.change(shows_tray=True)
    icon = icon_of(window)
    assert icon is not None
    assert icon.toolTip() == "Earmark"
    services.settings.change(shows_tray=False)
    assert icon_of(window) is None


def test_without_a_tray_there_is_none(window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    services.settings.change(shows_tray=True)
    assert icon_of(window) is None


@pytest.mark.usefixtures("has_tray")
def test_it_tells_what_plays_and_how_downloads_go(
    window: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.settings.change(shows_tray=True)
    services.playback.open(library.main)
    title = services.library.episode(library.main).title
    one, two = library.episodes[1:3]
    running = (
        DownloadProgressed(one, 25_000_000, 100_000_000, 1_000_000.0, 75_000),
        DownloadProgressed(two, 75_000_000, 100_000_000, 1_000_000.0, 25_000),
    )
    monkeypatch.setattr(services.downloads, "all_progress", lambda: running)
    window.tray.tell()
    assert window.tray.icon is not None
    lines = window.tray.icon.toolTip().splitlines()
    assert lines[:2] == ["Earmark", title]
    assert lines[2].startswith("Downloads: 2 running · 2.0 MB/s")
    assert "50 %" in lines[2]


@pytest.mark.usefixtures("has_tray")
def test_its_menu_pauses_and_resumes_all(window: MainWindow, services: Services, library: Library) -> None:
    services.settings.change(shows_tray=True)
    services.downloads.hold(is_held=True)
    services.downloads.start(library.episodes[1])
    icon = icon_of(window)
    assert icon is not None
    entries = {action.text(): action for action in icon.contextMenu().actions()}
    entries["Pause all downloads"].trigger()
    assert services.library.download(library.episodes[1]).state is DownloadState.PAUSED
    entries["Resume all downloads"].trigger()
    assert services.library.download(library.episodes[1]).state is DownloadState.WAITING


@pytest.mark.usefixtures("has_tray")
def test_a_click_brings_the_window_to_the_front(window: MainWindow, services: Services) -> None:
    services.settings.change(shows_tray=True)
    icon = icon_of(window)
    assert icon is not None
    window.showMinimized()
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert window.isMinimized()
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert not window.isMinimized()


@pytest.mark.usefixtures("has_tray")
def test_a_click_leaves_the_window_as_large_as_it_is(window: MainWindow, services: Services) -> None:
    services.settings.change(shows_tray=True)
    icon = icon_of(window)
    assert icon is not None
    window.showMaximized()
    for leave in (window.raise_, window.showMinimized, window.hide):
        leave()
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        assert window.isVisible()
        assert window.isMaximized()
        assert not window.isMinimized()
