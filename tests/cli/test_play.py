"""`earmark play`: a process that plays, judged by what it prints, by where the place is kept, and by its end."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest

from terminal import Terminal
from webserver import Route, WebServer


def kept_place(profile: Path) -> int:
    """The place in the one episode that was heard, in milliseconds."""
    connection = sqlite3.connect(profile / "library.sqlite3")
    try:
        ((position,),) = connection.execute("SELECT position FROM listening").fetchall()
    finally:
        connection.close()
    return int(position)


def test_a_file_is_played_to_its_end(terminal: Terminal, audio: Path) -> None:
    ended = terminal.run("play", str(audio), "--null-audio", "--at", "0:28", "--speed", "2")
    assert ended.status == 0
    assert ended.out.splitlines()[0] == "thirty"
    assert ended.err == ""
    assert "(0:30, downloaded)" in terminal.here("episodes", "Your files").out
    counted = json.loads(terminal.here("stats", "--json").out)
    assert counted["audio"] == pytest.approx(2, abs=0.15)
    assert counted["listened"] == pytest.approx(1, abs=0.15)


def test_an_episode_is_fetched_and_played_from_a_chapter(terminal: Terminal, publisher: WebServer) -> None:
    assert terminal.here("add", publisher.url("/feed.xml")).status == 0
    with terminal.start("play", "The episode", "--chapter", "stargate", "--null-audio") as playing:
        playing.wait_for("0:20  Stargate")
        playing.interrupt()
        ended = playing.ended()
    assert ended.status == 130
    assert ended.out.splitlines() == ["The episode", "0:20  Stargate"]
    assert ended.err == ""


def test_it_sounds_as_is_asked_for_this_time(terminal: Terminal, audio: Path) -> None:
    with terminal.start("play", str(audio), "--null-audio", "--speed", "2", "--trim", "strong", "--mono") as playing:
        status = terminal.wait_for_state("playing")
        playing.interrupt()
        assert playing.ended().status == 130
    assert [status[name] for name in ("speed", "trimming", "levelled", "mono")] == [2.0, "strong", False, True]
    with terminal.start("play", str(audio), "--null-audio"):
        assert terminal.wait_for_state("playing")["speed"] == 1.0
    wrong = terminal.run("play", str(audio), "--speed", "9")
    assert wrong.status == 2
    assert "“9” is not a speed from 0.5 to 4" in wrong.err


def test_chapters_are_told_as_they_come(terminal: Terminal, publisher: WebServer) -> None:
    terminal.here("add", publisher.url("/feed.xml"))
    with terminal.start("play", "The episode", "--at", "9.5s", "--null-audio") as playing:
        playing.wait_for("0:10  Export controls")
        playing.interrupt()
        assert playing.ended().out.splitlines()[1:] == ["0:09  Introduction", "0:10  Export controls"]


def test_ctrl_c_keeps_the_place_and_play_goes_on_there(terminal: Terminal, profile: Path, audio: Path) -> None:
    with terminal.start("play", str(audio), "--null-audio", "--at", "0:12") as playing:
        place = terminal.wait_for_state("playing")["position"]
        playing.interrupt()
        assert playing.ended().status == 130
    kept = kept_place(profile)
    assert place <= kept < place + 5000
    with terminal.start("play", str(audio), "--null-audio"):
        assert kept <= terminal.wait_for_state("playing")["position"] < kept + 5000


def test_killed_it_is_at_most_five_seconds_behind(terminal: Terminal, profile: Path, audio: Path) -> None:
    with terminal.start("play", str(audio), "--null-audio", "--at", "0:03") as playing:
        while (place := terminal.wait_for_state("playing")["position"]) < 5000:
            time.sleep(0.02)
        playing.kill()
    assert 3000 <= kept_place(profile) <= place + 1000
    assert kept_place(profile) >= place - 5000
    with terminal.start("play", str(audio), "--null-audio"):
        assert terminal.wait_for_state("playing")["position"] >= place - 5000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gone.mp3",), "there is neither such a file nor an episode of that title"),
        (("Nothing",), "There is no episode “Nothing” here"),
        (("The episode", "--chapter", "Nothing"), "There is no chapter “Nothing” here"),
        (("long.mp3", "--at", "1:00:00"), "There is no place “1:00:00” here"),
        (("page.mp3",), "is not audio but a web page (“Log in”); choose an audio file"),
        (("noise.mp3",), "is not audio but data of an unknown kind"),
        (("head.mp3",), "cannot be"),
        (("empty.mp3",), "it is empty"),
        ((".",), "it is a folder"),
    ],
)
def test_what_cannot_be_played(
    terminal: Terminal,
    publisher: WebServer,
    audio: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.mp3").write_text("<!doctype html><title>Log in</title>", encoding="utf-8")
    (tmp_path / "noise.mp3").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "head.mp3").write_bytes(b"ID3\x04\0\0\0\0\0\0" + bytes(5000))
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "long.mp3").symlink_to(audio)
    terminal.here("add", publisher.url("/feed.xml"))
    ended = terminal.run("play", *arguments, "--null-audio")
    assert ended.status == 3
    assert words in ended.err
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("earmark: ")


def test_a_page_in_place_of_the_episode(terminal: Terminal, publisher: WebServer) -> None:
    terminal.here("add", publisher.url("/feed.xml"))
    publisher["/audio.mp3"] = Route(b"<!doctype html><title>Moved</title>", "text/html")
    ended = terminal.run("play", "The episode", "--null-audio")
    assert (ended.status, ended.out) == (3, "The episode\n")
    assert "is not audio but a web page (“Moved”); nothing was kept of it." in ended.err


def test_a_cut_file_ends_where_it_ends(terminal: Terminal, tmp_path: Path, audio: Path) -> None:
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(audio.read_bytes()[: audio.stat().st_size // 10])
    ended = terminal.run("play", str(cut), "--null-audio", "--at", "0:02")
    assert ended.status == 0
    assert ended.err == ""


def test_no_sound_device_says_so(tmp_path: Path, audio: Path) -> None:
    terminal = Terminal(tmp_path / "profile", PULSE_SERVER="unix:/nowhere", XDG_RUNTIME_DIR=str(tmp_path))
    ended = terminal.run("play", str(audio))
    assert ended.status == 3
    assert "No sound can be played" in ended.err.splitlines()[-1]
    assert "--null-audio" in ended.err


def test_a_player_that_runs_plays_it(
    terminal: Terminal, publisher: WebServer, tmp_path: Path, audio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(audio.parent)
    terminal.here("add", publisher.url("/feed.xml"))
    with terminal.start("play", str(audio), "--null-audio"):
        terminal.wait_for_state("playing")
        asked = terminal.run("play", "The episode", "--chapter", "Stargate")
        assert (asked.status, asked.out) == (0, "The running player plays it.\n")
        status = terminal.wait_for_state("playing")
        assert (status["title"], status["chapter_title"]) == ("The episode", "Stargate")
        assert terminal.run("play", audio.name, "--at", "0:07").status == 0
        status = terminal.wait_for_state("playing")
        assert status["title"] == "thirty"
        assert 7000 <= status["position"] < 15_000
        wrong = terminal.run("play", "Nothing")
        assert (wrong.status, wrong.out) == (3, "")
        assert "There is no episode “Nothing” here" in wrong.err
