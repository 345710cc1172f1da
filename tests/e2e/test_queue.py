"""The queue as a listener uses it: chapters by key, sorted with the mouse, heard one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop import Desktop, Program, hear_jump, place_heard
from loudspeaker import Recorder
from webserver import WebServer

NEAR = 0.05
"""How exact a jump is, is measured elsewhere."""

pytestmark = pytest.mark.e2e


def drag(desktop: Desktop, thing: dict[str, Any], onto: dict[str, Any]) -> None:
    """Drag a row to just above another one."""
    x, y = thing["x"] + thing["width"] // 2, thing["y"] + thing["height"] // 2
    desktop.run("xdotool", "mousemove", str(x), str(y), "mousedown", "1")
    for to in (y - 15, y - 30, onto["y"] + 12, onto["y"] + 6, onto["y"] + 5):
        desktop.run("xdotool", "mousemove", str(x), str(to), "sleep", "0.05")
    desktop.run("xdotool", "mouseup", "1")


def test_chapters_are_queued_sorted_and_heard(desktop: Desktop, tmp_path: Path, small_publisher: WebServer) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.open(small_publisher.url("/feed.xml"))
        program.click("The episode")
        program.click("5. Stargate")
        program.wait_until(lambda: abs((place_heard(recorder) or 0) - 362) < 10, "Stargate is heard")
        program.key("Down", "q")
        program.find("“Farewell” plays next.")
        program.key("Up", "Up", "Up", "Up", "q")
        program.find("“Rivers” is number 2 in the queue.")
        program.click("Queue")
        drag(desktop, program.find("2. Rivers"), onto=program.find("1. Farewell"))
        program.find("1. Rivers")
        before = recorder.now()
        program.key("n")
        assert abs(hear_jump(recorder, before, 60.0).error) <= NEAR
        program.key("ctrl+k")
        program.type("2:27")
        before = recorder.now()
        program.key("Return")
        hear_jump(recorder, before, 147.0)
        assert abs(hear_jump(recorder, before, 500.0, patience=9.0).error) <= NEAR, "Rivers ends, Farewell begins"
        program.find("Nothing is queued")
