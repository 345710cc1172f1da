"""Where downloads lie, shown and changed on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.__main__ import main
from terminal import Terminal
from webserver import WebServer

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    status = main([*arguments, "--profile", str(profile)])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def fetched(capsys: Capture, profile: Path, publisher: WebServer) -> Path:
    """An episode that is here."""
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    status, out, _ = run(capsys, profile, "get", "The episode")
    assert status == 0
    return Path(out.strip())


def test_shown_and_moved(capsys: Capture, profile: Path, fetched: Path, audio: Path, tmp_path: Path) -> None:
    assert run(capsys, profile, "downloads", "folder")[:2] == (0, f"{profile / 'downloads'}\n")
    assert run(capsys, profile, "downloads", "folder", str(tmp_path / "other"))[:2] == (0, f"{tmp_path / 'other'}\n")
    _, out, _ = run(capsys, profile, "get", "The episode")
    assert Path(out.strip()) == tmp_path / "other" / fetched.relative_to(profile / "downloads")
    assert Path(out.strip()).read_bytes() == audio.read_bytes()
    assert not fetched.exists()
    assert run(capsys, profile, "downloads", "folder", "default")[:2] == (0, f"{profile / 'downloads'}\n")
    assert fetched.read_bytes() == audio.read_bytes()


def test_what_cannot_be_is_refused_in_words(capsys: Capture, profile: Path, fetched: Path) -> None:
    status, out, err = run(capsys, profile, "downloads", "folder", str(fetched.parent))
    assert (status, out) == (3, "")
    assert "lies inside the other" in err


@pytest.mark.usefixtures("fetched")
def test_a_player_that_runs_does_the_work(terminal: Terminal, audio: Path, tmp_path: Path) -> None:
    with terminal.start("play", "The episode", "--null-audio"):
        terminal.wait_for_state("playing")
        moved = terminal.here("downloads", "folder", str(tmp_path / "other"))
        assert (moved.status, moved.out) == (0, f"{tmp_path / 'other'}\n")
        assert terminal.here("downloads", "folder").out == moved.out
        here = Path(terminal.here("get", "The episode").out.strip())
        assert tmp_path / "other" in here.parents
        assert here.read_bytes() == audio.read_bytes()
        assert terminal.status()["state"] == "playing"
