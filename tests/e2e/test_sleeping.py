"""The sleep timer is set in the window, and what is heard fades out and ends just where the chapter does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop import Clipboard, Desktop, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import find_landings

OUTLINE = "0:00 Hello\n1:40 Whales\n3:20 Sponsor\n7:05 Good bye\n"

pytestmark = pytest.mark.e2e


def test_a_chapter_fades_out_at_its_end(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.find("Welcome")
        program.ctl("open", str(audio))
        program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
        with Clipboard(desktop, OUTLINE):
            program.press("Paste outline")
            program.find("3. Sponsor")
        before = recorder.now()
        program.ctl("goto", "3:08")
        hear_jump(recorder, before, 188.0)
        program.key("z")
        program.press("End of this chapter")
        assert program.status()["sleep"] < 12_000
        program.wait_until(lambda: program.status()["state"] == "paused", "the chapter is over", patience=20)
        recorder.wait(0.5)
        sound = recorder.sound(before)
        assert program.status()["position"] == 200_000
        assert program.status()["sleep"] is None
        start = next(each for each in find_landings(sound, RATE) if abs(each.position - 188) < 1)
        end = round((start.at + 200.0 - start.position) * RATE)
        levels = [
            float(np.sqrt(np.mean(sound[end + at - RATE // 4 : end + at] ** 2)))
            for at in range(-5 * RATE, 1, RATE // 4)
        ]
        full = levels[0]
        assert levels[:4] == pytest.approx([full] * 4, rel=0.1)
        # Over four seconds it becomes softer all the time, and no step of it is a click.
        assert np.all(np.diff(levels[5:]) < 0)
        assert levels[-1] < full / 100
        assert not sound[end + RATE // 20 :].any()
        before = recorder.now()
        program.key("space")
        assert abs(hear_jump(recorder, before, 200.0).error) <= 0.01
        recorder.wait(0.5)
        again = recorder.sound(before)[-RATE // 4 :]
        assert float(np.sqrt(np.mean(again**2))) == pytest.approx(full, rel=0.1)
