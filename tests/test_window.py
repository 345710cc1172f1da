"""The program with a window, as a process: one for each profile, and profiles that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalSocket

from player.system.paths import Profile
from terminal import Ended, Running, Terminal
from timecoded import write_timecoded


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def terminal(qapp: QCoreApplication, profile: Path) -> Terminal:
    return Terminal(profile, QT_QPA_PLATFORM="offscreen")


def test_a_second_start_shows_the_first_and_ends_well(terminal: Terminal, profile: Path) -> None:
    with terminal.start("--null-audio") as first:
        terminal.wait_for_state("empty")
        second = terminal.run("--null-audio")
        assert (second.status, second.err) == (0, "")
        assert second.out == "Earmark is already running with this profile; its window is in front now.\n"
        listening = QLocalSocket()
        listening.connectToServer(Profile(profile).socket_name)
        assert listening.waitForConnected()
        assert terminal.status()["state"] == "empty"
        first.interrupt()
        ended = first.ended()
        assert listening.waitForDisconnected()
    assert (ended.status, ended.out, said(ended)) == (0, "", [])


def test_where_it_was_it_is_again(terminal: Terminal, tmp_path: Path) -> None:
    audio = write_timecoded(tmp_path / "thirty.mp3", 30.0, bitrate=64_000)
    with terminal.start("--null-audio") as first:
        terminal.wait_for_state("empty")
        assert terminal.here("ctl", "open", str(audio)).status == 0
        terminal.wait_for_state("playing")
        assert terminal.here("ctl", "goto", "0:12").status == 0
        assert terminal.here("ctl", "pause").status == 0
        place = terminal.wait_for_state("paused")["position"]
        first.interrupt()
        assert first.ended().status == 0
    with terminal.start("--null-audio"):
        assert terminal.wait_for_state("paused")["position"] == place


def said(ended: Ended) -> list[str]:
    """What the program said to the terminal; Qt's platform without a screen says what it lacks, now and then."""
    return [line for line in ended.err.splitlines() if "This plugin does not support" not in line]


def refused(running: Running, words: str) -> None:
    """The sentence is said in the terminal and in a small window, which Ctrl+C closes with the program."""
    assert words in running.wait_for("earmark: ")
    running.interrupt()
    ended = running.ended()
    assert ended.status in (-2, 130)
    assert ended.out == ""
    assert len(said(ended)) == 1


def test_a_profile_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with Terminal(file / "profile", QT_QPA_PLATFORM="offscreen").start() as running:
        refused(running, "a part of that path is a file, not a folder. Choose another with --profile FOLDER.")
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_damaged_library_is_left_as_it_is(terminal: Terminal, profile: Path) -> None:
    profile.mkdir()
    (profile / "library.sqlite3").write_bytes(b"this was a library" * 100)
    with terminal.start() as running:
        refused(running, "it is damaged, or no library of Earmark")
    assert (profile / "library.sqlite3").read_bytes() == b"this was a library" * 100


def test_beside_a_player_in_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    audio = write_timecoded(tmp_path / "thirty.mp3", 30.0, bitrate=64_000)
    with terminal.start("play", str(audio), "--null-audio"):
        terminal.wait_for_state("playing")
        with terminal.start() as running:
            refused(running, "Earmark is already running with the profile")
        assert terminal.status()["state"] == "playing"
