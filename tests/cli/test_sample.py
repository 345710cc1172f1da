"""The built-in sample without a window: `earmark sample`, and `earmark` where there is no display."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from terminal import Ended, Terminal

NO_DISPLAY = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None}
NO_DISPLAY_WORDS = "There is no display to open a window on; the built-in sample plays without one instead."


def check(lines: list[str]) -> None:
    """The main job, told line by line."""
    assert lines[0] == "Subscribed to “Earmark sample”."
    assert lines[1].startswith("Downloaded “A tour in twelve chapters”, 0.9 MB.")
    assert lines[2] == "  1  0:00  0:22  Welcome"
    assert lines[13] == " 12  3:22  0:17  Now it is your turn"
    for line, place in zip(lines[14:], (0, 105_000), strict=True):
        heard = re.search(r"heard 1\.\d s of the file from (\d+):(\d\d)\.(\d{3}) on, ([+-]\d+) ms off", line)
        assert heard, line
        minutes, seconds, millis, off = map(int, heard.groups())
        # A chapter is landed in softly: a bit before its first word.
        assert -40 <= minutes * 60_000 + seconds * 1000 + millis - place <= 10
        assert -40 <= off <= 10


def heard(ended: Ended) -> list[str]:
    assert (ended.status, ended.err) == (0, "")
    return ended.out.splitlines()


def test_sample_in_a_profile_may_be_repeated(terminal: Terminal, profile: Path) -> None:
    for _ in range(2):
        check(heard(terminal.run("sample")))
    connection = sqlite3.connect(profile / "library.sqlite3")
    assert connection.execute("SELECT count(*) FROM podcast").fetchone() == (1,)
    connection.close()


def test_without_a_display_the_sample_plays_and_leaves_nothing(tmp_path: Path) -> None:
    terminal = Terminal(None, TMPDIR=str(tmp_path), **NO_DISPLAY)
    lines = heard(terminal.run())
    assert lines[0] == NO_DISPLAY_WORDS
    check(lines[1:])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [(), ("sample",)])
def test_without_a_display_a_profile_that_cannot_be_used_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "file"
    file.touch()
    ended = Terminal(file, **NO_DISPLAY).run(*arguments)
    assert ended.status == 3
    assert "there is a file of that name" in ended.err
    assert ended.err.count("\n") == 1


def test_interrupted_it_ends(terminal: Terminal) -> None:
    with terminal.start("sample") as running:
        running.wait_for("Now it is your turn")
        running.interrupt()
        ended = running.ended()
    assert ended.status == 130
    assert "Traceback" not in ended.err
