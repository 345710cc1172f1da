"""The dialog of all settings: what is changed there, and what nobody touched."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.ui.main_window import MainWindow
from player.ui.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(window: MainWindow) -> SettingsDialog:
    window.actions_table["settings"].trigger()
    return next(each for each in window.findChildren(SettingsDialog) if each.isVisible())


@pytest.mark.parametrize(
    "own",
    [
        {"back_ms": 7_500, "forward_ms": 900_000},
        {"parallel_downloads": 12, "download_kilobytes": 3},
        {"downloads_most_gb": 0.25},
        {"theme": "sepia"},
        {"download_kilobytes": 500, "limit_from": "noon", "limit_to": "18:00"},
        {"download_kilobytes": 500, "limit_from": "08:00", "limit_to": "08:00"},
    ],
)
def test_what_nobody_touched_stays_as_it_is_in_the_file(
    window: MainWindow, services: Services, own: dict[str, Any]
) -> None:
    """The file of settings takes more than the fields can show."""
    before = services.settings.change(**own)
    dialog = opened(window)
    dialog.playing.softly.click()
    dialog.save.click()
    assert services.settings.value.land_softly is not before.land_softly
    assert services.settings.change(land_softly=before.land_softly) == before


def test_hours_are_changed_together(window: MainWindow, services: Services) -> None:
    services.settings.change(download_kilobytes=500, limit_from="noon", limit_to="18:00")
    dialog = opened(window)
    dialog.transfers.stop.setTime(dialog.transfers.stop.time().addSecs(3600))
    dialog.save.click()
    assert (services.settings.value.limit_from, services.settings.value.limit_to) == ("00:00", "19:00")


@pytest.mark.parametrize("name", ["start", "stop", "at_once", "total"])
def test_the_wheel_changes_what_has_the_focus_only(
    window: MainWindow, services: Services, qtbot: QtBot, name: str
) -> None:
    """Else it scrolls the dialog."""
    services.settings.change(download_kilobytes=500, limit_from="08:00", limit_to="18:00", downloads_most_gb=5.0)
    dialog = opened(window)
    qtbot.waitUntil(dialog.isActiveWindow)
    field: QAbstractSpinBox = getattr(dialog.transfers, name)
    at, none = QPointF(field.rect().center()), Qt.MouseButton.NoButton
    before = field.text()
    for has_focus in (False, True):
        if has_focus:
            field.setFocus()
        there, no = QPointF(field.mapToGlobal(at.toPoint())), Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(at, there, QPoint(), QPoint(0, -120), none, no, phase, False)
        QApplication.sendEvent(field, wheel)
        assert (field.text() != before) is has_focus
        assert wheel.isAccepted() is has_focus


def test_what_changes_elsewhere_meanwhile_stays(window: MainWindow, services: Services) -> None:
    dialog = opened(window)
    services.settings.change(refresh_minutes=15)
    dialog.playing.back.setValue(20)
    dialog.save.click()
    assert (services.settings.value.refresh_minutes, services.settings.value.back_ms) == (15, 20_000)
