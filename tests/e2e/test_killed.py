"""A power cut while it plays and downloads: the next start has the place, and the download goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Desktop, Program, place_heard
from loudspeaker import Recorder
from webserver import Route, WebServer

pytestmark = pytest.mark.e2e


def test_killed_while_playing_and_downloading(
    desktop: Desktop, tmp_path: Path, small_publisher: WebServer, audio: Path
) -> None:
    profile = tmp_path / "profile"
    small_publisher["/audio.mp3"] = Route(audio, etag='"1"', rate=200_000)
    with Recorder(desktop.sound) as recorder:
        program = Program(desktop, profile)
        with program:
            program.ctl("open", str(audio))
            program.wait_until(lambda: (place_heard(recorder) or 99) < 20, "the beginning is heard")
            program.ctl("goto", "5:00")
            program.open(small_publisher.url("/feed.xml"))
            program.click("A podcast")
            program.click("The episode")
            program.press("Download")
            program.find("kB/s")
            program.wait_until(lambda: (place_heard(recorder) or 0) > 305, "five seconds are heard from there")
            heard = place_heard(recorder)
            program.kill()
        small_publisher["/audio.mp3"] = Route(audio, etag='"1"')
        with Program(desktop, profile) as program:
            assert heard is not None
            program.wait_until(lambda: program.status()["state"] == "paused", "the place is there again")
            assert heard - 5 <= program.status()["position"] / 1000 <= heard + 0.5
            program.key("space")
            program.wait_until(lambda: abs((place_heard(recorder) or 0) - heard) < 6, "it goes on from there")
            program.click("Downloads")
            program.find("Nothing is on its way")
            program.click("The episode")
            program.find("downloaded, ")
    first, second = small_publisher.asked("/audio.mp3")
    assert "Range" not in first.headers
    assert int(second.headers["Range"].removeprefix("bytes=").rstrip("-")) > 0
    (done,) = (profile / "downloads").rglob("*.mp3")
    assert done.read_bytes() == audio.read_bytes()
