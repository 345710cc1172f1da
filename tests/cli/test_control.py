"""`earmark ctl`: against a player that runs, and without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.__main__ import main
from terminal import Ended, Terminal
from webserver import WebServer

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def playing(terminal: Terminal, publisher: WebServer) -> Iterator[Terminal]:
    """A terminal beside a player that plays the episode without sound."""
    assert terminal.here("add", publisher.url("/feed.xml")).status == 0
    with terminal.start("play", "The episode", "--null-audio"):
        terminal.wait_for_state("playing")
        yield terminal


def test_the_whole_conversation(playing: Terminal) -> None:
    status = playing.status()
    assert (status["title"], status["podcast"]) == ("The episode", "A podcast")
    assert (status["chapter"], status["chapter_title"], status["chapters"]) == (0, "Introduction", 3)
    assert (status["speed"], status["duration"], status["muted"]) == (1.0, 30_000, False)
    assert playing.run("ctl", "next-chapter") == Ended(0, "", "")
    status = playing.status()
    assert (status["chapter_title"], status["state"]) == ("Export controls", "playing")
    assert 10_000 <= status["position"] < 15_000
    assert playing.here("ctl", "previous-chapter").status == 0
    assert playing.status()["chapter"] in (0, 1)
    for words, chapter, position in (("0:21", "Stargate", 21_000), ("stargate", "Stargate", 20_000), ("3s", "I", 3000)):
        done = playing.here("ctl", "goto", words)
        assert (done.status, done.out, done.err) == (0, "", "")
        status = playing.status()
        assert status["chapter_title"].startswith(chapter)
        assert position <= status["position"] < position + 5000
    assert playing.here("ctl", "pause").status == 0
    place = playing.wait_for_state("paused")["position"]
    assert playing.status()["position"] == place
    assert playing.here("ctl", "pause").status == 0
    assert playing.here("ctl", "play").status == 0
    assert playing.wait_for_state("playing")["position"] >= place
    assert playing.here("ctl", "toggle").status == 0
    playing.wait_for_state("paused")
    assert playing.here("ctl", "toggle").status == 0
    playing.wait_for_state("playing")


def test_sound_is_told(playing: Terminal) -> None:
    for arguments in (("speed", "1.5x"), ("trim", "medium"), ("level", "on"), ("mono", "on"), ("mono", "off")):
        done = playing.here("ctl", *arguments)
        assert (done.status, done.out, done.err) == (0, "", "")
    status = playing.status()
    assert [status[name] for name in ("speed", "trimming", "levelled", "mono")] == [1.5, "medium", True, False]


def test_status_for_people(playing: Terminal) -> None:
    playing.here("ctl", "pause")
    playing.wait_for_state("paused")
    playing.here("ctl", "goto", "Stargate")
    assert playing.here("ctl", "status").out == ("paused: A podcast · The episode\n0:20 of 0:30, Stargate, 1×\n")


def test_a_place_that_is_not_there(playing: Terminal) -> None:
    before = playing.status()
    for words in ("Nothing of that kind", "25:70", "0:31"):
        done = playing.here("ctl", "goto", words)
        assert (done.status, done.out) == (3, "")
        assert f"There is no chapter or time “{words}” here" in done.err
    assert playing.status()["position"] - before["position"] < 10_000


def test_files_and_feeds_are_opened(
    playing: Terminal, publisher: WebServer, audio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(audio.parent)
    assert playing.here("ctl", "open", audio.name).status == 0
    status = playing.wait_for_state("playing")
    assert (status["title"], status["podcast"], status["chapters"]) == ("thirty", "Your files", 0)
    assert playing.run("ctl", "open", publisher.url("/feed.xml")).status == 0
    page = tmp_path / "page.mp3"
    page.write_text("<!doctype html><title>Log in</title>", encoding="utf-8")
    for what, words in (
        ("gone.mp3", "there is no such file"),
        (str(page), "is not audio but a web page (“Log in”)"),
        (publisher.url("/nothing"), "HTTP 404"),
    ):
        done = playing.run("ctl", "open", what)
        assert (done.status, done.out) == (3, "")
        assert words in done.err
    assert playing.status()["title"] == "thirty", "what is wrong does not disturb what plays"


@pytest.mark.usefixtures("qapp")
def test_without_a_player(capsys: Capture, profile: Path) -> None:
    for arguments in (["status"], ["status", "--json"], ["play"], ["goto", "1:00"], ["open", "a.mp3"]):
        assert main(["ctl", *arguments, "--profile", str(profile)]) == 3
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err == "earmark: No Earmark is running with this profile; start it with “earmark” first.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["speed", "9"], "“speed” wants a number from 0.5 to 4, not “9”."),
        (["trim", "hard"], "“trim” wants off, gentle, medium or strong, not “hard”."),
        (["level", "yes"], "“level” wants on or off, not “yes”."),
    ],
)
def test_a_sound_that_is_none(capsys: Capture, profile: Path, arguments: list[str], words: str) -> None:
    assert main(["ctl", *arguments, "--profile", str(profile)]) == 2
    assert capsys.readouterr().err == f"earmark ctl: {words}\n"


@pytest.mark.parametrize(
    "arguments", [["goto"], ["open"], ["speed"], ["play", "1:00"], ["status", "now"], ["next-chapter", "3"]]
)
def test_wrong_use(capsys: Capture, profile: Path, arguments: list[str]) -> None:
    assert main(["ctl", *arguments, "--profile", str(profile)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"earmark ctl: “{arguments[0]}” ")
    assert "see “earmark ctl --help”" in printed.err
