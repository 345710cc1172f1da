"""A file of the listener's own: dragged onto the window, given an outline from the clipboard, jumped in, scrubbed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Clipboard, Desktop, Dragged, Program, hear_jump, place_heard
from loudspeaker import RATE, Recorder
from timecoded import find_landings

EXACT = 0.010
OUTLINE = "What we talked about:\n\n0:00 Hello\n1:40 Whales\n3:20 Eels and other fish\n7:05 Good bye\n"

pytestmark = pytest.mark.e2e


def test_a_file_gets_chapters_from_the_clipboard(desktop: Desktop, tmp_path: Path, audio: Path) -> None:
    with Recorder(desktop.sound) as recorder, Program(desktop, tmp_path / "profile") as program:
        program.find("Welcome")
        with Dragged(desktop, audio.as_uri()) as dragged:
            dragged.over(700, 400)
            program.find(f"Play “{audio.name}”")
            assert dragged.drop() == "CopyAction"
            program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
        with Clipboard(desktop, OUTLINE):
            program.press("Paste outline")
            program.find("4 chapters taken from the pasted outline")
        for title, target in (("3. Eels", 200.0), ("4. Good bye", 425.0), ("2. Whales", 100.0)):
            row = program.find(title)
            before = recorder.now()
            program.click_at(row)
            assert abs(hear_jump(recorder, before, target).error) <= EXACT
        assert program.status()["chapter_title"] == "Whales"
        program.press("Undo")
        program.wait_until(lambda: program.status()["chapters"] == 0, "the outline is taken back")
        with Clipboard(desktop, "0:00 Hello\n3:20 Eels\n4:00 Crabs\n"):
            program.key("ctrl+v")
            program.find("3. Crabs")
        with Clipboard(desktop, "No times in this."):
            program.key("ctrl+v")
            program.find("No chapters found in the pasted text")
            assert program.see("3. Crabs"), "what was there stays"
            line = program.find("Timeline")
            places = [round(line["x"] + line["width"] * part / 100) for part in range(20, 55, 5)]
            height = str(line["y"] + line["height"] // 2)
            before = recorder.now()
            desktop.run("xdotool", "mousemove", str(places[0]), height, "mousedown", "1")
            for place in places[1:]:
                desktop.run("xdotool", "mousemove", str(place), height, "sleep", "0.2")
            recorder.wait(0.3)
            heard = [each.position for each in find_landings(recorder.sound(before), RATE)]
            assert [each for each in heard if each > 145] == pytest.approx([150, 180, 210, 240, 270, 300], abs=4), heard
            before = recorder.now()
            desktop.run("xdotool", "mouseup", "1")
            assert abs(hear_jump(recorder, before, 300.0).error) <= 1
            program.find("Back to 1:4")
