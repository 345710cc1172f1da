"""Chapters edited by keys alone, and there again after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Desktop, Program
from webserver import WebServer

pytestmark = pytest.mark.e2e


def go_to(program: Program, place: str) -> None:
    program.key("ctrl+k")
    program.type(place)
    program.key("Return")
    program.find(place)


def write(program: Program, title: str) -> None:
    """Write a title into the line that is open in a row, instead of the one that is chosen there."""
    program.type(title)
    program.key("Return")


def test_chapters_are_edited_by_keys_and_kept(desktop: Desktop, tmp_path: Path, small_publisher: WebServer) -> None:
    with Program(desktop, tmp_path / "profile", "--null-audio") as program:
        program.open(small_publisher.url("/feed.xml"))
        program.click("The episode")
        program.press("Play")
        program.find("1. Introduction · 1 min · 0:00 · current")
        program.find("downloaded")
        program.key("space")
        go_to(program, "3:00")
        program.key("ctrl+e")
        program.find("Chapter 3 starts at 2:30.000")
        program.key("Insert")
        program.find("4. New chapter")
        write(program, "Found by ear")
        program.find("4. Found by ear")
        program.key("F2")
        write(program, "Heard here")
        program.find("4. Heard here")
        program.key("ctrl+Right", "ctrl+shift+Right")
        program.find("Chapter 4 starts at 3:00.126")
        go_to(program, "3:30")
        program.click("4. Heard here")
        program.key("ctrl+d")
        program.find("5. New chapter")
        write(program, "Second half")
        program.find("5. Second half")
        program.key("Up", "ctrl+j")
        program.find("5. Deserts")
        program.key("Down", "Delete")
        program.find("5. Stargate")
        program.key("ctrl+z")
        program.find("5. Deserts")
        program.key("ctrl+shift+z")
        program.find("5. Stargate")
    with Program(desktop, tmp_path / "profile", "--null-audio") as program:
        program.find("4. Heard here")
        program.find("5. Stargate")
        program.find("From the show notes, changed by you (6).")
