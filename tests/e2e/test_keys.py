"""The keys of playing and jumping: what each of them lets be heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop import Desktop, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import read_position
from webserver import WebServer

EXACT = 0.010
STEP = 0.3
"""A step by key counts from what is heard when the key arrives, which the test knows only roughly."""

pytestmark = pytest.mark.e2e


class Keys:
    """Presses keys and listens."""

    def __init__(self, program: Program, recorder: Recorder) -> None:
        self._program = program
        self._recorder = recorder

    def jump(self, key: str, to: float, within: float = EXACT) -> None:
        """The key leads exactly there."""
        before = self._recorder.now()
        self._program.key(key)
        assert abs(hear_jump(self._recorder, before, to).error) <= within

    def go_to(self, words: str, to: float) -> None:
        """Ctrl+K and these words lead exactly there."""
        self._program.key("ctrl+k")
        self._program.type(words)
        self.jump("Return", to=to)

    def step(self, key: str, by: float) -> None:
        """The key leads so far from here."""
        here = self.place()
        before = self._recorder.now()
        self._program.key(key)
        self._recorder.wait(0.6)
        passed = (self._recorder.now() - before) / RATE
        assert self.place() == pytest.approx(here + by + passed, abs=STEP)

    def place(self) -> float:
        """Where in the file one is now."""
        found: list[float | None] = []

        def is_heard() -> bool:
            found.append(place_heard(self._recorder))
            return found[-1] is not None

        self._program.wait_until(is_heard, "something is heard")
        assert found[-1] is not None
        return found[-1] + 0.15

    def is_silent(self) -> bool:
        """Whether nothing is heard now."""
        start = self._recorder.now()
        self._recorder.wait(0.15)
        return bool(np.max(np.abs(self._recorder.sound(start)), initial=0) < 1e-3)


def test_each_key_is_heard(desktop: Desktop, tmp_path: Path, small_publisher: WebServer) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        keys = Keys(program, recorder)
        program.open(small_publisher.url("/feed.xml"))
        program.click("The episode")
        program.find("Show notes")
        program.press("Play")
        program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
        keys.jump("alt+Right", to=60)
        keys.jump("Next", to=150)
        keys.jump("5", to=360)
        keys.go_to("farewell", to=500)
        keys.go_to("7:35", to=455)
        keys.jump("Prior", to=360)
        before_the_jump = keys.place()
        keys.jump("alt+Left", to=250)
        keys.jump("BackSpace", to=before_the_jump, within=STEP)
        keys.step("Right", by=30)
        keys.step("Left", by=-15)
        check_sound_keys(program, recorder, keys)
        program.key("space")
        program.wait_until(keys.is_silent, "it is paused")
        program.key("space")
        program.wait_until(lambda: place_heard(recorder) is not None, "it goes on")


def check_sound_keys(program: Program, recorder: Recorder, keys: Keys) -> None:
    """Mute and speed, by ear."""
    program.key("m")
    program.wait_until(keys.is_silent, "it is mute")
    place = program.status()["position"]
    program.key("m")
    program.wait_until(lambda: place_heard(recorder) is not None, "it is heard again")
    assert program.status()["position"] > place, "muted it goes on"
    program.key("bracketright")
    program.key("bracketright")
    program.wait_until(lambda: program.status()["speed"] == 1.1, "it is faster")
    recorder.wait(1.0)
    start = recorder.now()
    recorder.wait(1.15)
    sound = recorder.sound(start)
    first, second = (read_position(sound[at:], RATE, speed=1.1) for at in (0, RATE))
    assert first is not None
    assert second is not None
    assert second - first == pytest.approx(1.1, abs=0.03)
    program.key("bracketleft")
    program.key("bracketleft")
    program.wait_until(lambda: program.status()["speed"] == 1.0, "it is as before")
