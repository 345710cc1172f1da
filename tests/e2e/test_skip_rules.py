"""A rule by title is made at a chapter in the window, and what it means is not heard any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Clipboard, Desktop, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import find_landings

OUTLINE = "0:00 Hello\n1:40 Our sponsor\n3:20 Whales\n7:05 A word from a sponsor\n8:00 Good bye\n"

pytestmark = pytest.mark.e2e


def test_chapters_of_a_title_are_not_heard(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.find("Welcome")
        program.ctl("open", str(audio))
        program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
        with Clipboard(desktop, OUTLINE):
            program.press("Paste outline")
            program.find("2. Our sponsor")
        program.click_at(program.find("2. Our sponsor"), button=3)
        program.click("Skip always by title…")
        program.take_keyboard("Skip by title")
        program.find("Would skip 1 chapter, 1:40")
        program.type("sponsor")
        program.find("Would skip 2 chapters, 2:35")
        program.key("Return")
        program.take_keyboard()
        program.find("2. Our sponsor · skipped")
        program.find("4. A word from a sponsor · skipped")
        before = recorder.now()
        program.ctl("goto", "1:38.5")
        hear_jump(recorder, before, 98.5)
        program.wait_until(lambda: program.status()["position"] > 201_000, "the chapter behind it is heard")
        recorder.wait(0.3)
        until, behind = find_landings(recorder.sound(before), RATE, hop=0.05)[-2:]
        assert until.position + until.until - until.at == pytest.approx(100.0, abs=0.06)
        assert behind.position == pytest.approx(200.0, abs=0.06)
