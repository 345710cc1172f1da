"""`earmark refresh`: by itself, and beside a running player."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from house import NOTES, feed
from player.__main__ import main
from terminal import Terminal
from webserver import Route, WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")

MORE = "<item><title>Another</title><guid>two</guid></item>"


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_what_is_new_is_told(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    status, out, err = run(capsys, profile, "refresh")
    assert (status, out) == (1, "")
    assert "earmark add" in err
    publisher["/other.xml"] = Route(feed(publisher, NOTES).replace(b"A podcast", b"Other"), "application/rss+xml")
    for path in ("/feed.xml", "/other.xml"):
        run(capsys, profile, "add", publisher.url(path))
    assert run(capsys, profile, "refresh") == (0, "Nothing new in 2 podcasts\n", "")
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=MORE), "application/rss+xml")
    assert run(capsys, profile, "refresh", "other") == (0, "Nothing new in 1 podcast\n", "")
    assert run(capsys, profile, "refresh") == (0, "A podcast: 1 new episode\n", "")
    publisher["/other.xml"] = Route(b"", status=503)
    status, out, err = run(capsys, profile, "refresh")
    assert (status, out) == (3, "Nothing new in 2 podcasts\n")
    assert err.startswith("earmark: Other: 127.0.0.1 has a problem of its own (HTTP 503)")
    status, out, err = run(capsys, profile, "refresh", "--json")
    assert (status, err) == (3, "")
    one, other = map(json.loads, out.splitlines())
    assert one == {"podcast": 1, "title": "A podcast", "new": 0, "problem": None}
    assert "HTTP 503" in other["problem"]
    assert run(capsys, profile, "refresh", "nobody")[0] == 3


def test_a_running_player_does_it(terminal: Terminal, publisher: WebServer, audio: Path) -> None:
    terminal.here("add", publisher.url("/feed.xml"))
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=MORE), "application/rss+xml")
    with terminal.start("play", str(audio), "--null-audio") as player:
        terminal.wait_for_state("playing")
        done = terminal.run("refresh")
        assert (done.status, done.out, done.err) == (0, "A podcast: 1 new episode\n", "")
        player.interrupt()
        assert player.ended().status == 130
