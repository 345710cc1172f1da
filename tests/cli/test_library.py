"""`earmark add` of a feed, `list`, `episodes`, `get`: by themselves, interrupted, and beside a running player."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from house import NOTES, feed
from player.__main__ import main
from player.storage import listening
from player.storage.database import open_writer
from player.system.paths import Profile
from seeded import NOW, fill
from terminal import Terminal
from webserver import Route, WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its status, and what it wrote on both streams."""
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def refusal(capsys: Capture, profile: Path, *arguments: str) -> str:
    """The one sentence of a command that ends with 3."""
    status, out, err = run(capsys, profile, *arguments)
    assert (status, out) == (3, "")
    assert err.startswith("earmark: ")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    return err


def test_from_an_address_to_a_file(capsys: Capture, profile: Path, publisher: WebServer, audio: Path) -> None:
    assert run(capsys, profile, "list") == (1, "", "No podcast yet; subscribe with “earmark add ADDRESS”.\n")
    added = run(capsys, profile, "add", publisher.url("/feed.xml"))
    assert added == (0, "A podcast: 1 episode\n", "")
    assert run(capsys, profile, "add", publisher.url("/feed.xml")) == added
    assert len(publisher.asked("/feed.xml")) == 1, "what is there is not fetched again"
    status, out, _ = run(capsys, profile, "list")
    assert (status, out.split(maxsplit=1)[1]) == (0, "A podcast  (1 episode)\n")
    for name in ("podc", out.split()[0], publisher.url("/feed.xml")):
        status, out, _ = run(capsys, profile, "episodes", name)
        assert status == 0
        assert out.endswith("—  The episode  (3 chapters)\n")
    status, out, err = run(capsys, profile, "get", "episode")
    assert status == 0
    assert Path(out.strip()).read_bytes() == audio.read_bytes()
    assert err.splitlines()[-1].startswith("The episode: 0.2 of 0.2 MB (100 %)")
    assert "\r" not in err
    assert run(capsys, profile, "get", "episode") == (0, out, "")
    assert len(publisher.asked("/audio.mp3")) == 1
    assert "(0:30, 3 chapters, downloaded)" in run(capsys, profile, "episodes", "podcast")[1]


def test_what_is_not_there(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    assert "There is no podcast “Nobody” here" in refusal(capsys, profile, "episodes", "Nobody")
    assert "There is no episode “Nothing” here" in refusal(capsys, profile, "get", "Nothing")


def test_episodes_for_programs(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    more = (
        '<podcast:soundbite startTime="10.5" duration="3">Export</podcast:soundbite>'
        '<podcast:soundbite startTime="1" duration="2"/>'
        '<podcast:transcript url="a.vtt" type="text/vtt" language="en" rel="captions"/><podcast:transcript url="b"/>'
    )
    body = feed(
        publisher, NOTES, more="<item><title>Bare</title><pubDate>Mon, 03 Feb 2025 10:00:00 GMT</pubDate></item>"
    )
    publisher["/feed.xml"] = Route(body.replace(b"</item>", more.encode() + b"</item>", 1), "application/rss+xml")
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    status, out, err = run(capsys, profile, "episodes", "podcast", "--json")
    assert (status, err) == (0, "")
    episode, bare = sorted(
        (json.loads(line) for line in out.splitlines()), key=lambda each: str(each["title"]), reverse=True
    )
    assert episode == {
        "id": episode["id"],
        "guid": "one",
        "title": "The episode",
        "podcast": episode["podcast"],
        "published": None,
        "duration": None,
        "url": publisher.url("/audio.mp3"),
        "state": "none",
        "file": None,
        "position": 0,
        "played": False,
        "chapters": 3,
        "soundbites": [
            {"startTime": 10.5, "duration": 3, "title": "Export"},
            {"startTime": 1, "duration": 2, "title": "The episode"},
        ],
        "transcripts": [
            {"url": publisher.url("/a.vtt"), "type": "text/vtt", "language": "en", "captions": True},
            {"url": publisher.url("/b"), "type": None, "language": None, "captions": False},
        ],
    }
    assert (bare["published"], bare["url"], bare["soundbites"]) == ("2025-02-03T10:00:00+00:00", None, [])


def test_lists_over_all_podcasts(capsys: Capture, profile: Path) -> None:
    made = Profile(profile)
    profile.mkdir()
    library = fill(made)
    writer = open_writer(made.database)
    listening.set_played(writer, library.others, True, NOW)
    listening.store_position(writer, library.episodes[1], 60_000, NOW)
    writer.close()

    def titles(*arguments: str) -> list[str]:
        status, out, _ = run(capsys, profile, "list", *arguments, "--json")
        assert (status == 0) is bool(out)
        return [json.loads(line)["title"] for line in out.splitlines()]

    assert titles("played", "--sort", "title") == ["Acquired 1", "Acquired 2", "Acquired 3"]
    assert titles("in-progress") == ["Lex Fridman Podcast 11"]
    assert titles("new", "--limit", "2", "--sort", "oldest") == ["Lex Fridman Podcast 1", "Lex Fridman Podcast 2"]
    assert titles("--with-chapters", "--downloaded", "--unplayed") == ["Lex Fridman Podcast 12"]
    assert titles("--title", "acquired 2") == ["Acquired 2"]
    assert len(titles()) == 15
    assert titles("played", "--downloaded") == []
    _, out, _ = run(capsys, profile, "list", "--sort", "least-left", "--limit", "1")
    assert out.endswith("  Lex Fridman Podcast 11  (Lex Fridman Podcast, 5:15:58)\n")
    _, out, _ = run(capsys, profile, "episodes", "acq", "--sort", "oldest")
    assert [line.split("  ")[-2] for line in out.splitlines()] == ["Acquired 1", "Acquired 2", "Acquired 3"]
    assert run(capsys, profile, "episodes", "acq", "--unplayed") == (1, "", "No episode is in this list.\n")


def test_addresses_that_are_none(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    publisher["/page"] = Route(b"<!doctype html><title>Our show</title>", "text/html")
    publisher["/broken"] = Route(b"", status=500)
    assert "is not a podcast feed but a web page (“Our show”)" in refusal(
        capsys, profile, "add", publisher.url("/page")
    )
    assert "HTTP 404" in refusal(capsys, profile, "add", publisher.url("/nothing"))
    assert "HTTP 500" in refusal(capsys, profile, "add", publisher.url("/broken"))
    assert "connection was refused" in refusal(capsys, profile, "add", "http://127.0.0.1:1/feed.xml")
    assert "not a valid address" in refusal(capsys, profile, "add", "http://x.org:99999/")
    assert "An empty address" in refusal(capsys, profile, "add", "")
    assert run(capsys, profile, "list")[0] == 1


def test_a_page_in_place_of_audio(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    publisher["/audio.mp3"] = Route(b"<html><title>Moved</title></html>", "text/html")
    assert "is not audio but a web page (“Moved”)" in refusal(capsys, profile, "get", "episode")
    assert "(3 chapters, failed)" in run(capsys, profile, "episodes", "podcast")[1]


def test_a_server_that_is_down(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    publisher["/audio.mp3"] = Route(b"", status=503)
    assert "HTTP 503" in refusal(capsys, profile, "get", "episode")
    assert "There is no" not in run(capsys, profile, "episodes", "podcast")[1]


def test_an_interrupted_download_goes_on(terminal: Terminal, publisher: WebServer, audio: Path) -> None:
    publisher["/audio.mp3"] = Route(audio, etag='"1"', stall_after=100_000)
    assert terminal.here("add", publisher.url("/feed.xml")).status == 0
    with terminal.start("get", "episode") as getting:
        getting.wait_for("The episode:")
        assert publisher.reached.wait(30)
        getting.interrupt()
        ended = getting.ended()
    assert ended.status == 130
    assert ended.out == ""
    assert "Stopped; what has arrived is kept." in ended.err
    assert "Traceback" not in ended.err
    publisher["/audio.mp3"] = Route(audio, etag='"1"')
    again = terminal.here("get", "episode")
    assert again.status == 0
    assert Path(again.out.strip()).read_bytes() == audio.read_bytes()
    first, second = publisher.asked("/audio.mp3")
    assert "Range" not in first.headers
    assert 0 < int(second.headers["Range"].removeprefix("bytes=").rstrip("-")) <= 100_000


def test_a_silent_server_does_not_hold_up_who_has_enough(terminal: Terminal, publisher: WebServer) -> None:
    publisher["/silent.xml"] = Route(b"<rss>" * 1000, "application/rss+xml", stall_after=100)
    with terminal.start("add", publisher.url("/silent.xml")) as adding:
        assert publisher.reached.wait(30)
        began = time.monotonic()
        adding.interrupt()
        ended = adding.ended()
        assert time.monotonic() - began < 10
    assert (ended.status, ended.out, ended.err) == (130, "", "")
    assert terminal.here("list").status == 1


def test_a_player_that_runs_does_the_work(
    terminal: Terminal, publisher: WebServer, audio: Path, tmp_path: Path
) -> None:
    publisher["/other.xml"] = Route(publisher["/feed.xml"].body, "application/rss+xml")
    with terminal.start("play", str(audio), "--null-audio") as player:
        terminal.wait_for_state("playing")
        added = terminal.run("add", publisher.url("/feed.xml"))
        assert (added.status, added.out) == (0, "A podcast: 1 episode\n")
        got = terminal.run("get", "The episode")
        assert got.status == 0
        assert Path(got.out.strip()).read_bytes() == audio.read_bytes()
        assert "(100 %)" in got.err
        wrong = terminal.run("add", publisher.url("/nothing"))
        assert (wrong.status, wrong.out) == (3, "")
        assert "HTTP 404" in wrong.err
        listed = terminal.here("list")
        assert "A podcast" in listed.out
        assert "Your files" in listed.out
        player.interrupt()
        assert player.ended().status == 130


# --- profiles that cannot be used

EVERY_COMMAND = (
    ("list",),
    ("add", "http://127.0.0.1:1/feed.xml"),
    ("episodes", "1"),
    ("get", "1"),
    ("refresh",),
    ("queue",),
    ("queue", "add", "1"),
    ("queue", "remove", "1"),
    ("play", "1", "--null-audio"),
    ("sample",),
)


@pytest.mark.parametrize("command", [*EVERY_COMMAND, ("ctl", "status")])
def test_a_profile_that_cannot_be_written(capsys: Capture, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert "a part of that path is a file" in refusal(capsys, file / "profile", *command)
    assert "there is a file of that name" in refusal(capsys, file, *command)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_a_damaged_library_is_left_as_it_is(capsys: Capture, profile: Path, command: tuple[str, ...]) -> None:
    profile.mkdir()
    library = profile / "library.sqlite3"
    library.write_bytes(b"this was a library" * 100)
    assert "it is damaged, or no library of Earmark" in refusal(capsys, profile, *command)
    assert library.read_bytes() == b"this was a library" * 100


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_a_library_of_a_newer_earmark_is_left_as_it_is(
    capsys: Capture, profile: Path, publisher: WebServer, command: tuple[str, ...]
) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    set_version(profile, 999)
    assert "a newer Earmark has written it" in refusal(capsys, profile, *command)
    set_version(profile, set_version(profile, 0))
    assert rows(profile, "SELECT title FROM podcast") == [("A podcast",)]


def set_version(profile: Path, version: int) -> int:
    """Write another schema version; the one before."""
    (before,) = rows(profile, "PRAGMA user_version")[0]
    rows(profile, f"PRAGMA user_version = {version}")
    return int(before)


def rows(profile: Path, statement: str) -> list[Any]:
    connection = sqlite3.connect(profile / "library.sqlite3")
    try:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found
    finally:
        connection.close()
