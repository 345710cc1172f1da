"""The dialog about downloads: where they lie, and their move."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.events import DownloadsMoving
from player.ui.downloads_settings import DownloadsSettings
from player.ui.main_window import MainWindow
from player.ui.settings_dialog import SettingsDialog
from seeded import Library, audio_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(window: MainWindow) -> DownloadsSettings:
    window.actions_table["downloads_settings"].trigger()
    return next(each for each in window.findChildren(DownloadsSettings) if each.isVisible())


def test_it_shows_where_downloads_lie_and_moves_them(
    dialog: DownloadsSettings, services: Services, library: Library, tmp_path: Path
) -> None:
    own = services.profile.downloads
    before = audio_of(services.profile)
    assert dialog.path.text() == str(own)
    assert not dialog.own.isVisible()
    dialog.move_to(tmp_path / "other")
    assert dialog.path.text() == str(tmp_path / "other")
    assert dialog.own.isVisible()
    moved = Path(services.library.download(library.main).path or "")
    assert moved == tmp_path / "other" / before.relative_to(own)
    dialog.own.click()
    assert dialog.path.text() == str(own)
    assert services.library.download(library.main).path == str(before)


def test_a_closed_one_is_gone(dialog: DownloadsSettings, window: MainWindow) -> None:
    dialog.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(DownloadsSettings) == []


def test_it_shows_how_far_the_move_is(dialog: DownloadsSettings, services: Services) -> None:
    assert not dialog.bar.isVisible()
    services.moving.progress = DownloadsMoving(30_000_000, 120_000_000)
    services.bus.publish(services.moving.progress)
    assert dialog.bar.isVisible()
    assert "25 % · 30" in dialog.words.text()


def test_a_switch_with_many_words_is_as_high_as_its_lines(dialog: DownloadsSettings, qtbot: QtBot) -> None:
    one = dialog.tags.height()
    dialog.tags.setText("Words of another language, which need more than one line of this dialog")
    qtbot.waitUntil(lambda: dialog.tags.height() >= dialog.tags.heightForWidth(dialog.tags.width()) > one)


def test_a_folder_that_cannot_be_is_told_in_the_window(
    dialog: DownloadsSettings, window: MainWindow, services: Services
) -> None:
    dialog.move_to(services.profile.downloads / "inside")
    assert "lies inside the other" in window.notices.words.text()
    assert dialog.path.text() == str(services.profile.downloads)


def test_what_is_written_into_files_that_have_come_is_set_at_once(
    dialog: DownloadsSettings, services: Services
) -> None:
    assert not dialog.tags.isChecked()
    dialog.tags.click()
    assert services.settings.value.tags_downloads
    dialog.tags.click()
    assert not services.settings.value.tags_downloads


def test_the_folder_can_be_chosen_among_all_settings(
    window: MainWindow, services: Services, library: Library, tmp_path: Path
) -> None:
    window.actions_table["settings"].trigger()
    dialog = next(each for each in window.findChildren(SettingsDialog) if each.isVisible())
    own = services.profile.downloads
    assert dialog.transfers.path.text() == str(own)
    assert not dialog.transfers.own_folder.isVisible()
    dialog.transfers.choose_folder(tmp_path / "other")
    assert dialog.transfers.own_folder.isVisible()
    assert services.download_folder.current == own, "nothing moves before it is saved"
    dialog.save.click()
    assert services.download_folder.current == tmp_path / "other"
    assert Path(services.library.download(library.main).path or "").is_relative_to(tmp_path / "other")


def test_a_folder_that_cannot_be_is_told_and_the_other_settings_are_kept(
    window: MainWindow, services: Services
) -> None:
    window.actions_table["settings"].trigger()
    dialog = next(each for each in window.findChildren(SettingsDialog) if each.isVisible())
    dialog.transfers.at_once.setValue(2)
    dialog.transfers.choose_folder(services.profile.downloads / "inside")
    dialog.save.click()
    assert "lies inside the other" in window.notices.words.text()
    assert services.settings.value.parallel_downloads == 2
    assert services.download_folder.current == services.profile.downloads


def test_the_folder_is_asked_for_beside_the_present_one(
    window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(tmp_path / "there")))
    window.actions_table["settings"].trigger()
    dialog = next(each for each in window.findChildren(SettingsDialog) if each.isVisible())
    dialog.transfers.change_folder.click()
    assert dialog.transfers.path.text() == str(tmp_path / "there")
    dialog.transfers.own_folder.click()
    assert dialog.transfers.path.text() == str(services.profile.downloads)
