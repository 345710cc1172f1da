"""`earmark queue` and `earmark ctl next`: by themselves, and beside a running player."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player.__main__ import main
from terminal import Terminal
from webserver import WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its status, and what it wrote on both streams."""
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_filled_listed_and_emptied(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    empty = "The queue is empty; add to it with “earmark queue add EPISODE”.\n"
    assert run(capsys, profile, "queue") == (1, "", empty)
    assert run(capsys, profile, "queue", "--json") == (1, "", empty)
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    assert run(capsys, profile, "queue", "add", "episode") == (0, "1  The episode\n", "")
    assert run(capsys, profile, "queue", "add", "episode", "--chapter", "export") == (0, "2  Export controls\n", "")
    assert run(capsys, profile, "queue", "add", "episode", "--chapter", "0:25", "--next")[1] == "1  Stargate\n"
    assert run(capsys, profile, "queue", "add", "episode", "--chapter", "export")[1] == "3  Export controls\n"
    status, out, _ = run(capsys, profile, "queue")
    assert status == 0
    assert out.splitlines() == [
        "1  Stargate  (A podcast, The episode, 0:20–end)",
        "2  The episode  (A podcast)",
        "3  Export controls  (A podcast, The episode, 0:10–0:20, 0:10)",
    ]
    listed = [json.loads(line) for line in run(capsys, profile, "queue", "--json")[1].splitlines()]
    assert [each["number"] for each in listed] == [1, 2, 3]
    assert listed[1]["chapter"] is None
    assert (listed[2]["chapter"], listed[2]["startTime"], listed[2]["duration"]) == ("Export controls", 10.0, 10.0)
    assert listed[0]["endTime"] is None
    assert run(capsys, profile, "queue", "remove", "2") == (0, "", "")
    assert "The episode  (A podcast)" not in run(capsys, profile, "queue")[1]


def test_what_is_not_there(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    for arguments, words in (
        (("add", "Nothing"), "There is no episode “Nothing” here"),
        (("add", "episode", "--chapter", "Nothing"), "There is no chapter “Nothing” here"),
        (("remove", "1"), "There is no entry of the queue “1” here"),
    ):
        status, out, err = run(capsys, profile, "queue", *arguments)
        assert (status, out) == (3, "")
        assert err.startswith(f"earmark: {words}")


def test_a_player_that_runs_does_the_work(terminal: Terminal, publisher: WebServer, audio: Path) -> None:
    terminal.here("add", publisher.url("/feed.xml"))
    assert terminal.here("queue", "add", "The episode").status == 0
    with terminal.start("play", str(audio), "--null-audio") as player:
        terminal.wait_for_state("playing")
        added = terminal.here("queue", "add", "The episode", "--chapter", "Introduction", "--next")
        assert added.out == "1  Introduction\n"
        wrong = terminal.here("queue", "remove", "7")
        assert (wrong.status, wrong.out) == (3, "")
        assert "There is no entry of the queue “7”" in wrong.err
        assert terminal.here("queue", "remove", "2").status == 0
        assert terminal.here("ctl", "next").status == 0
        player.wait_for("The episode")
        player.wait_for("0:00  Introduction")
        # What plays is no longer in the queue: nothing is left in it.
        terminal.wait_for_status(1, "queue")
        assert terminal.here("ctl", "goto", "0:08").status == 0
        ended = player.ended()
    assert ended.status == 0, "at the end of the chapter, and of the queue, it ends"
    assert ended.out.splitlines()[:3] == ["thirty", "The episode", "0:00  Introduction"]
