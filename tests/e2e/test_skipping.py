"""A chapter is marked in the window and left out by what is heard, without a gap; a click plays it all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Clipboard, Desktop, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import find_landings

OUTLINE = "0:00 Hello\n1:40 Whales\n3:20 Sponsor\n7:05 Good bye\n"

pytestmark = pytest.mark.e2e


def test_a_marked_chapter_is_not_heard(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.find("Welcome")
        program.ctl("open", str(audio))
        program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
        with Clipboard(desktop, OUTLINE):
            program.press("Paste outline")
            program.find("3. Sponsor")
        before = recorder.now()
        program.click("3. Sponsor")
        hear_jump(recorder, before, 200.0)
        program.key("s")
        program.find("3. Sponsor · skipped")
        program.find("“Sponsor” is skipped from now on.")
        program.wait_until(lambda: program.status()["chapter_title"] == "Good bye", "what was heard is left")
        before = recorder.now()
        program.ctl("goto", "3:18.5")
        hear_jump(recorder, before, 198.5)
        program.wait_until(lambda: program.status()["position"] > 426_000, "the chapter behind it is heard")
        recorder.wait(0.3)
        sound = recorder.sound(before)
        until, behind = find_landings(sound, RATE, hop=0.05)[-2:]
        assert until.position + until.until - until.at == pytest.approx(200.0, abs=0.06)
        assert behind.position == pytest.approx(425.0, abs=0.06)
        assert behind.at - until.until == pytest.approx(0.0, abs=0.06), "there is no gap"
        before = recorder.now()
        program.click("3. Sponsor")
        assert abs(hear_jump(recorder, before, 200.0).error) <= 0.01
