"""The dialog about downloads: where they lie, and their move."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.app.compose import Services
from player.core.events import DownloadsMoving
from player.ui.downloads_settings import DownloadsSettings
from player.ui.main_window import MainWindow
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


def test_it_shows_how_far_the_move_is(dialog: DownloadsSettings, services: Services) -> None:
    assert not dialog.bar.isVisible()
    services.moving.progress = DownloadsMoving(30_000_000, 120_000_000)
    services.bus.publish(services.moving.progress)
    assert dialog.bar.isVisible()
    assert "25 % · 30" in dialog.words.text()


def test_a_folder_that_cannot_be_is_told_in_the_window(
    dialog: DownloadsSettings, window: MainWindow, services: Services
) -> None:
    dialog.move_to(services.profile.downloads / "inside")
    assert "lies inside the other" in window.notices.words.text()
    assert dialog.path.text() == str(services.profile.downloads)
