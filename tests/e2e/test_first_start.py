"""The first start: what the window says, the sample, a jump that is heard; and a second start beside it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from desktop import Desktop, Program
from loudspeaker import RATE, Recorder
from player.audio.hearing import find_sound

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "tour.mp3"
JUMPING, UNDO = 41, 119

pytestmark = pytest.mark.e2e


def sound_of(path: Path, first: float, seconds: float) -> npt.NDArray[np.float32]:
    """A stretch of a file, mono, at the recorder's rate."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(str(path)) as container:
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate(parts)[round(first * RATE) : round((first + seconds) * RATE)]


def hear(recorder: Recorder, clicked_at: int, place: float) -> float:
    """Listen until the second behind `place` of the sample has been heard; how long after the click it began."""
    wanted = sound_of(SAMPLE, place + 0.05, 1.0)
    while recorder.now() - clicked_at < 6 * RATE:
        recorder.wait(0.5)
        heard = find_sound(wanted, recorder.sound(clicked_at))
        if heard is not None and heard[1] > 0.9:
            return heard[0] / RATE - 0.05
    raise AssertionError(f"{place} s of the sample was not heard")


def test_the_window_explains_itself_and_the_sample_plays(desktop: Desktop, tmp_path: Path) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        words = program.find("Earmark plays podcasts")["name"]
        assert len(re.findall(r"[.!?](?:\s|$)", words)) == 2
        for name in ("Try the built-in sample", "Add podcast", "Import OPML", "Open audio file"):
            assert program.find(name, role="Button")
        program.press("Try the built-in sample")
        program.click("A tour in twelve chapters")
        program.find("12. Now it is your turn")
        before = recorder.now()
        program.click("3. Jumping")
        assert hear(recorder, before, JUMPING) < 4
        before = recorder.now()
        program.click("7. Undo a jump")
        assert 0 < hear(recorder, before, UNDO) < 1


def window_in_front(desktop: Desktop) -> str:
    """The window that a click in the middle of the screen would hit."""
    desktop.run("xdotool", "mousemove", "600", "400")
    return str(re.findall(r"WINDOW=(\d+)", desktop.run("xdotool", "getmouselocation", "--shell"))[0])


def test_a_second_start_brings_the_window_to_the_front(desktop: Desktop, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with Program(desktop, profile, "--null-audio") as program:
        program.find("Welcome")
        mine = window_in_front(desktop)
        with Program(desktop, tmp_path / "another", "--null-audio") as other:
            other.find("Welcome")
            assert window_in_front(desktop) != mine
            command = [sys.executable, "-m", "player", "--profile", str(profile)]
            second = subprocess.run(
                command, env=desktop.environment, capture_output=True, text=True, check=False, timeout=60
            )
            assert (second.returncode, second.stderr) == (0, "")
            assert second.stdout == "Earmark is already running with this profile; its window is in front now.\n"
            program.wait_until(lambda: window_in_front(desktop) == mine, "the first window is in front")
            other.kill()
