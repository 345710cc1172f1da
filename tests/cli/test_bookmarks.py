"""`earmark bookmarks` and `earmark LINK`: by themselves, and beside a running player."""

from __future__ import annotations

import csv
import io
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


def test_made_listed_found_exported_and_taken_away(
    capsys: Capture, profile: Path, publisher: WebServer, tmp_path: Path
) -> None:
    status, out, err = run(capsys, profile, "bookmarks")
    assert (status, out) == (1, "")
    assert err.startswith("There are no bookmarks")
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    made = run(capsys, profile, "bookmarks", "add", "episode", "--at", "0:21.5", "--text", "Chips, and why")
    assert made == (0, "1      0:21  Chips, and why  (A podcast, The episode, Stargate)\n", "")
    made = run(capsys, profile, "bookmarks", "add", "episode", "--at", "11", "--until", "0:15")
    assert made[1] == "2  0:11–0:15  Export controls  (A podcast, The episode)\n"
    assert run(capsys, profile, "bookmarks")[1].splitlines() == [
        "2  0:11–0:15  Export controls  (A podcast, The episode)",
        "1      0:21  Chips, and why  (A podcast, The episode, Stargate)",
    ]
    (found,) = run(capsys, profile, "bookmarks", "list", "chips", "star", "--json")[1].splitlines()
    facts = json.loads(found)
    assert (facts["number"], facts["start"], facts["chapter"], facts["text"]) == (1, 21.5, "Stargate", "Chips, and why")
    assert facts["link"].endswith("?t=21.5")
    assert run(capsys, profile, "bookmarks", "list", "nothing") == (1, "", "No bookmark has “nothing”.\n")
    (hit,) = run(capsys, profile, "search", "chips", "--json")[1].splitlines()
    assert json.loads(hit) | {"of": "The episode", "chapter": "Stargate", "startTime": 21.5} == json.loads(hit)
    target = tmp_path / "marks.csv"
    assert run(capsys, profile, "bookmarks", "export", str(target))[0] == 0
    table = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"), newline="")))
    assert [row["start"] for row in table] == ["11.0", "21.5"]
    assert run(capsys, profile, "bookmarks", "export", "-")[1].startswith("# Bookmarks\n\n## The episode\n")
    assert json.loads(run(capsys, profile, "bookmarks", "export", "-", "--json")[1])["format"] == "earmark-bookmarks"
    assert run(capsys, profile, "bookmarks", "--csv")[1].startswith("podcast,episode,chapter,start,end")
    assert run(capsys, profile, "bookmarks", "remove", "1", "2") == (0, "", "")
    assert run(capsys, profile, "bookmarks")[0] == 1


def test_what_is_not_there(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    run(capsys, profile, "bookmarks", "add", "episode")
    for arguments, words in (
        (("add", "Nothing"), "There is no episode “Nothing” here"),
        (("add",), "No Earmark is running with this profile"),
        (("remove", "1", "7"), "There is no bookmark “7” here"),
    ):
        status, out, err = run(capsys, profile, "bookmarks", *arguments)
        assert (status, out) == (3, "")
        assert err.startswith(f"earmark: {words}")
    assert run(capsys, profile, "bookmarks")[0] == 0, "nothing was taken away"


def test_a_player_that_runs_does_the_work(
    terminal: Terminal, publisher: WebServer, audio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("player.window.has_display", lambda: False)
    with terminal.start("play", str(audio), "--null-audio") as player:
        terminal.wait_for_state("playing")
        made = terminal.here("bookmarks", "add", "--text", "Here")
        assert (made.status, made.out[:3]) == (0, "1  ")
        facts = json.loads(terminal.here("bookmarks", "--json").out)
        assert (facts["text"], facts["feed"], facts["guid"]) == ("Here", "files:", str(audio))
        link = facts["link"].partition("?")[0]
        behind = terminal.here("bookmarks", "add", "thirty", "--at", "9:00:00")
        assert (behind.status, "There is no place in it “9:00:00”" in behind.err) == (3, True)
        assert terminal.here("ctl", "pause").status == 0
        assert terminal.here(f"{link}?t=12.5").status == 0
        assert terminal.status()["position"] >= 12_500
        assert terminal.here("ctl", "open", f"{link}?t=20").status == 0
        assert terminal.status()["position"] >= 20_000
        wrong = terminal.here("earmark://episode/https%3A%2F%2Fx.org/g?t=1")
        assert (wrong.status, "the podcast at https://x.org is not in the library" in wrong.err) == (3, True)
        assert terminal.here("bookmarks", "remove", "1").status == 0
        assert terminal.here("bookmarks").status == 1
        assert "There is no bookmark “1”" in terminal.here("bookmarks", "remove", "1").err
        player.interrupt()
        player.ended()
    ended = terminal.here(f"{link}?t=1")
    assert (ended.status, "No Earmark is running" in ended.err) == (3, True)
