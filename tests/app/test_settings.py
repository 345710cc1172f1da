"""Preferences survive, and nonsense in their file does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.app.settings import Settings, SettingsStore
from player.core.errors import FileError


def test_changes_survive(tmp_path: Path) -> None:
    SettingsStore(tmp_path / "settings.json").change(theme="dark", back_ms=10_000)
    assert SettingsStore(tmp_path / "settings.json").value == Settings(theme="dark", back_ms=10_000)


def test_unknown_and_wrong_values_fall_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": 7, "back_ms": "x", "forward_ms": 5000, "colour": "red"}')
    assert SettingsStore(path).value == Settings(forward_ms=5000)
    path.write_text("[]")
    assert SettingsStore(path).value == Settings()


@pytest.mark.expected_log("cannot be read and start anew")
def test_a_broken_file_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{")
    assert SettingsStore(path).value == Settings()


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        SettingsStore(tmp_path / "gone" / "settings.json").change(theme="light")
