"""A place is marked by a key while it plays, named, found in the list and by the search, and played from."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop import Desktop, Program
from player.core.model import Millis
from terminal import Terminal

pytestmark = pytest.mark.e2e


def test_marked_by_keys_and_played_from(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    profile = tmp_path / "profile"

    def place() -> Millis:
        return int(program.status()["position"])

    with Program(desktop, profile, "--null-audio") as program:
        program.find("Welcome")
        program.ctl("open", str(audio))
        program.wait_until(lambda: program.status()["state"] == "playing", "it plays")
        program.ctl("goto", "3:20")
        program.key("b")
        program.find("Text of the bookmark at 3:2")
        program.type("Worth a second listen")
        program.key("Return")
        program.find("Bookmarks 1", role="PageTab")
        program.ctl("goto", "3:40")
        program.key("shift+b")
        program.find("“Worth a second listen” is marked up to here.")
        (line,) = Terminal(profile).here("bookmarks", "--json").out.splitlines()
        facts = json.loads(line)
        assert facts["text"] == "Worth a second listen"
        assert 200 <= facts["start"] < 210
        assert 220 <= facts["end"] < 230
        program.click_at(program.find("Bookmarks · 1", role="ListItem"))
        program.find("Worth a second listen · 3:2")
        program.key("ctrl+f")
        program.type("second lis")
        program.key("Down", "Return")
        program.wait_until(lambda: 200_000 <= place() < 215_000, "it plays from there")
        program.key("Delete")
        program.find("No bookmarks yet")
        program.key("ctrl+z")
        program.find("Worth a second listen · 3:2")
        program.ctl("goto", "0:10")
        desktop.run(sys.executable, "-m", "player", facts["link"], "--profile", str(profile))
        program.wait_until(lambda: 200_000 <= place() < 215_000, "the link leads there")
