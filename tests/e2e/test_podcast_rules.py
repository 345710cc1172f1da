"""What is to be left out at both ends is set in the window, and is not heard; who goes to the start hears it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Desktop, Program, hear_jump
from loudspeaker import RATE, Recorder
from terminal import Terminal
from timecoded import find_landings
from webserver import WebServer

pytestmark = pytest.mark.e2e


def test_both_ends_are_not_heard(desktop: Desktop, tmp_path: Path, small_publisher: WebServer) -> None:
    profile = tmp_path / "profile"
    for command in (("add", small_publisher.url("/feed.xml")), ("get", "1")):
        assert Terminal(profile).here(*command).status == 0
    with Recorder(desktop.sound) as recorder, Program(desktop, profile) as program:
        program.click("A podcast")
        program.press("Podcast settings")
        program.take_keyboard("Podcast settings")
        program.click("Seconds to skip at the start")
        program.key("ctrl+a")
        program.type("75")
        program.click("Seconds to skip at the end")
        program.key("ctrl+a")
        program.type("20")
        program.press("Save")
        program.take_keyboard()
        program.click("The episode")
        before = recorder.now()
        program.press("Play")
        assert abs(hear_jump(recorder, before, 75.0).error) <= 0.01
        before = recorder.now()
        program.ctl("goto", "0:00")
        assert abs(hear_jump(recorder, before, 0.0).error) <= 0.01
        before = recorder.now()
        program.ctl("goto", "9:39")
        program.wait_until(lambda: program.status()["state"] == "ended", "it ends twenty seconds before its end")
        recorder.wait(0.3)
        last = find_landings(recorder.sound(before), RATE, hop=0.05)[-1]
        end = program.status()["duration"] / 1000 - 20
        assert last.position + last.until - last.at == pytest.approx(end, abs=0.06)
        program.find("played")
