"""What the listener is asked about a damaged library, at the start and in a window that is open."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.app.safekeeping import Backup, Repair, Repaired
from player.core.errors import DamagedLibraryError, NetworkError
from player.core.events import ProblemReported
from player.storage.backups import write_backup
from player.storage.database import open_reader
from player.ui.application import damage_told
from player.ui.damaged_library import DamagedLibrary
from player.ui.main_window import MainWindow
from seeded import NOW

DAMAGE = DamagedLibraryError("/home/me/earmark", "it is damaged")
BACKUP = Backup(NOW, podcasts=1, episodes=2)


def test_a_backup_is_offered_with_what_it_has(qtbot: QtBot) -> None:
    dialog = DamagedLibrary(DAMAGE, BACKUP, None)
    qtbot.addWidget(dialog)
    assert "/home/me/earmark" in dialog.words.text()
    assert "a backup of 9 October 2025 with 1 podcast and 2 episodes" in dialog.words.text()
    assert dialog.leave.text() == "Quit"
    assert dialog.restore.isDefault()
    dialog.restore.click()
    assert dialog.choice is Repair.RESTORE


def test_without_one_only_an_empty_library_is_left(qtbot: QtBot) -> None:
    dialog = DamagedLibrary(DAMAGE, None, None)
    qtbot.addWidget(dialog)
    assert "There is no backup" in dialog.words.text()
    assert "import it" in dialog.more.text()
    assert dialog.restore.isHidden()
    dialog.empty.click()
    assert dialog.choice is Repair.EMPTY


def offered(window: MainWindow) -> DamagedLibrary:
    (dialog,) = window.findChildren(DamagedLibrary)
    return dialog


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_damage_that_is_met_in_the_background_is_asked_about_once(window: MainWindow, services: Services) -> None:
    for _ in range(2):
        services.bus.publish(ProblemReported(DAMAGE))
    dialog = offered(window)
    assert dialog.leave.text() == "Not now"
    dialog.leave.click()
    assert services.safekeeping.repair is None
    assert window.isVisible()
    services.bus.publish(ProblemReported(NetworkError("https://x.org", "it is silent")))
    assert "it is silent" in window.notices.words.text()


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_after_a_choice_the_window_closes(window: MainWindow, services: Services) -> None:
    reader = open_reader(services.profile.database)
    write_backup(reader, services.profile.backup, NOW)
    reader.close()
    services.bus.publish(ProblemReported(DAMAGE))
    offered(window).restore.click()
    assert services.safekeeping.repair is Repair.RESTORE
    assert not window.isVisible()


def test_damage_that_a_view_meets_is_told(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    services.bus.subscribe(ProblemReported, told.append)
    others: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: others.append(error))
    mistake = ValueError()
    with damage_told(services.bus):
        for error in (DAMAGE, mistake):
            sys.excepthook(type(error), error, None)
    assert told == [ProblemReported(DAMAGE)]
    sys.excepthook(KeyError, KeyError(), None)
    assert [type(error) for error in others] == [ValueError, KeyError]


@pytest.mark.parametrize(
    ("repaired", "words"),
    [
        (Repaired(BACKUP, None), "The library is as it was on 9 October 2025."),
        (
            Repaired(BACKUP, None, 2),
            "The library is as it was on 9 October 2025. Places and changes since then were saved of 2 episodes.",
        ),
        (
            Repaired(None, Path("/home/me/earmark/library-damaged-1.sqlite3")),
            "This library is a new one. The damaged file lies beside it as library-damaged-1.sqlite3.",
        ),
    ],
)
def test_what_was_done_is_said(show_window: Callable[[], MainWindow], repaired: Repaired, words: str) -> None:
    window = show_window()
    window.repair.tell(repaired)
    assert window.notices.words.text() == words
