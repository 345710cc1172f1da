"""Listening by chapter with the keyboard: one alone, again and again, which were heard, and what a restart keeps."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from desktop import Clipboard, Desktop, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import find_landings

OUTLINE = "0:00 Hello\n0:08 Whales\n3:20 Rivers\n3:27 Deserts\n9:20 Good bye\n"

pytestmark = pytest.mark.e2e


def test_listening_by_chapter(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    profile = tmp_path / "profile"
    with Recorder(desktop.sound) as recorder:
        with Program(desktop, profile) as program:
            program.find("Welcome")
            program.ctl("open", str(audio))
            with Clipboard(desktop, OUTLINE):
                program.press("Paste outline")
                program.find("3. Rivers")
            before = recorder.now()
            # One chapter alone: it ends, and nothing follows.
            program.click("3. Rivers")
            hear_jump(recorder, before, 200.0)
            program.key("o")
            program.wait_until(lambda: program.status()["state"] == "paused", "the chapter is over")
            assert program.status()["position"] == 207_000
            assert place_heard(recorder) is None
            program.find("3. Rivers · heard")
            # A loop from here to here.
            program.ctl("goto", "5:00")
            program.ctl("play")
            program.wait_until(lambda: program.status()["position"] > 300_500, "it plays")
            program.key("l")
            program.find("The loop begins at 5:00")
            begin = program.status()["position"]
            program.wait_until(lambda: program.status()["position"] > begin + 1_500, "it goes on")
            before = recorder.now()
            program.key("l")
            program.find("Again and again from 5:00")
            recorder.wait(5.0)
            laps = [each for each in find_landings(recorder.sound(before), RATE, hop=0.05) if each.position < 301.9]
            assert len(laps) >= 3
            for one, two in pairwise(laps[1:]):
                assert two.position == pytest.approx(one.position, abs=0.02), "each lap begins at the same place"
                assert two.at - one.until == pytest.approx(0.0, abs=0.06), "there is no gap"
            assert len({round(each.until - each.at, 1) for each in laps[1:-1]}) == 1, "and ends at the same one"
            program.key("l")
            program.find("The loop is over.")
            program.key("u")
            program.wait_until(lambda: program.status()["chapter_title"] == "Good bye", "the next unheard is played")
            # The row that was clicked has the focus still.
            program.key("h")
            program.find("“Rivers” is marked as not heard.")
            program.press("Undo")
            program.find("3. Rivers · heard")
            program.key("BackSpace")
            program.wait_until(lambda: program.status()["chapter_title"] == "Deserts", "the jump is undone")
            program.key("space")
            program.wait_until(lambda: program.status()["state"] == "paused", "it is silent")
        with Program(desktop, profile) as program:
            program.find("3. Rivers · heard")
            program.key("shift+BackSpace")
            program.wait_until(lambda: program.status()["chapter_title"] == "Good bye", "the jump is known still")
