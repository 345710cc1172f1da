"""The profile folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.core.errors import ProfileError
from player.system.paths import default_folder, open_profile, resources, temporary_profile


def test_a_profile_is_made_with_its_folder_of_downloads(tmp_path: Path) -> None:
    profile = open_profile(tmp_path / "a" / "b")
    assert profile.downloads.is_dir()
    assert profile.database.parent == profile.folder


def test_two_profiles_have_two_sockets(tmp_path: Path) -> None:
    assert open_profile(tmp_path / "a").socket_name != open_profile(tmp_path / "b").socket_name


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProfileError) as caught:
        open_profile(tmp_path / "file")
    assert "a file" in caught.value.reason
    with pytest.raises(ProfileError) as caught:
        open_profile(tmp_path / "file" / "below")
    assert "not a folder" in caught.value.reason


def test_a_folder_that_cannot_be_written_is_said() -> None:
    with pytest.raises(ProfileError) as caught:
        open_profile(Path("/proc/earmark"))
    assert caught.value.path == "/proc/earmark"


def test_the_usual_place_is_in_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder().name == "earmark"


def test_a_temporary_profile_is_empty() -> None:
    profile = temporary_profile()
    assert [path.name for path in profile.folder.iterdir()] == ["downloads"]
    profile.downloads.rmdir()
    profile.folder.rmdir()


def test_the_resources_are_there() -> None:
    assert resources().is_dir()
