"""What is not downloaded plays while it arrives, in the real window: its beginning, over a stall, and far ahead.

Judged by what the sink's monitor records and by what the window says.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from desktop import Desktop, Program, Publisher, hear_jump, place_heard
from desktop.publisher import STARGATE
from loudspeaker import RATE, Recorder
from timecoded import find_landings
from webserver import Route

LINE = 2_000_000
"""Bytes a second that the line brings: all of it takes two minutes and a half."""
STALL_AT = 72_000
"""After so many bytes the line falls silent: between four and five seconds of sound."""
EXACT = 0.010
SILENCE = 1e-4

pytestmark = [pytest.mark.e2e, pytest.mark.alone]


def heard_seconds(sound: npt.NDArray[np.float32]) -> float:
    """How much of it is not silent, to 2 ms: where the sound ran dry, its last piece may come after a short gap."""
    block = RATE // 500
    whole = sound[: len(sound) // block * block].reshape(-1, block)
    return int(np.count_nonzero(np.abs(whole).max(axis=1) > SILENCE)) / 500


def test_it_plays_while_it_arrives(desktop: Desktop, tmp_path: Path, publisher: Publisher) -> None:
    server = publisher.server
    server["/audio.mp3"] = Route(publisher.audio, "audio/mpeg", etag='"1"', rate=LINE, stall_at=STALL_AT)
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.open(publisher.feed_url)
        program.click("#459")
        program.find("Show notes")
        began = recorder.now()
        program.press("Play")
        assert abs(hear_jump(recorder, began, 0.0).error) <= EXACT, "the beginning is heard"
        program.find("Buffering")
        assert program.see("Pause"), "who wants silence can have it"
        program.wait_until(lambda: place_heard(recorder) is None, "nothing more is heard")
        server.resume.set()
        program.wait_until(lambda: place_heard(recorder) is not None, "it goes on by itself")
        assert not program.see("Buffering")
        heard = find_landings(recorder.sound(began), RATE, hop=0.05)
        before, behind = max(pairwise(heard), key=lambda pair: pair[1].at - pair[0].until)
        assert behind.at - before.until > 0.1
        between = recorder.sound(began)[round(before.at * RATE) : round(behind.at * RATE)]
        assert behind.position == pytest.approx(before.position + heard_seconds(between), abs=0.02)
        stargate = program.find("24. Stargate")
        clicked = recorder.now()
        program.click_at(stargate)
        jump = hear_jump(recorder, clicked, STARGATE)
        assert abs(jump.error) <= EXACT
        assert jump.wait < 1.0, "the download takes two minutes to come that far"
        assert program.status()["chapter_title"] == "Stargate"
        assert not program.see("≈"), "the place is known"
