"""`earmark export` and `earmark import`, alone and beside a player."""

from __future__ import annotations

import io
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from player.app.course import Course
from player.core.errors import ClosedError
from player.storage import exchange
from player.system.paths import Profile
from player.system.single_instance import InstanceLock
from seeded import fill
from terminal import Terminal
from webserver import Route, WebServer


@pytest.fixture
def filled(profile: Path) -> Path:
    profile.mkdir()
    fill(Profile(profile))
    return profile


def test_out_and_in_again(terminal: Terminal, publisher: WebServer, tmp_path: Path) -> None:
    assert terminal.here("add", publisher.url("/feed.xml")).status == 0
    assert terminal.here("queue", "add", "1").status == 0
    file = tmp_path / "mine.json"
    done = terminal.here("export", str(file))
    assert (done.status, done.out, done.err) == (0, "", f"1 podcast written to {file}\n")
    other = Terminal(tmp_path / "other")
    done = other.here("import", str(file))
    assert (done.status, done.err) == (0, "")
    assert done.out == "1 podcast added, 0 known before; what is yours in 0 episodes; 1 for the queue\n"
    assert "The episode" in other.here("queue").out
    assert "(1 episode)" in other.here("list").out
    done = other.here("import", "--json", str(file))
    assert json.loads(done.out) == {"added": 0, "known": 1, "episodes": 0, "queued": 1, "problems": []}


def test_a_feed_that_cannot_be_had_is_there_all_the_same(
    terminal: Terminal, publisher: WebServer, tmp_path: Path
) -> None:
    terminal.here("add", publisher.url("/feed.xml"))
    terminal.here("export", str(tmp_path / "mine.json"))
    publisher["/feed.xml"] = Route(b"", status=503)
    other = Terminal(tmp_path / "other")
    done = other.here("import", str(tmp_path / "mine.json"))
    assert done.status == 3
    assert done.err.startswith("earmark: A podcast: 127.0.0.1 has a problem of its own (HTTP 503)")
    assert "A podcast" in other.here("list").out


def test_through_standard_streams(filled: Path, terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run("export", "-", "--opml")
    assert done.status == 0
    assert 'xmlUrl="http://127.0.0.1:1/lex.xml"' in done.out
    assert json.loads(terminal.run("export", "-").out)["format"] == "earmark-library"


def test_from_standard_input(terminal: Terminal, publisher: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    opml = f"<opml version='2.0'><body><outline xmlUrl='{publisher.url('/feed.xml')}'/></body></opml>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(opml.encode())))
    done = terminal.here("import", "-")
    assert (done.status, done.out) == (0, "1 podcast added, 0 known before\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[1]")))
    done = terminal.here("import", "-")
    assert done.status == 3
    assert done.err == "earmark: standard input cannot be read: it is JSON, but no library that Earmark exported.\n"


def test_what_cannot_be_read_or_written(filled: Path, terminal: Terminal, tmp_path: Path) -> None:
    for command in (("import", str(tmp_path / "gone")), ("export", str(tmp_path / "gone" / "x"))):
        done = terminal.here(*command)
        assert done.status == 3
        assert "no such file" in done.err


def test_beside_a_player(filled: Path, terminal: Terminal, tmp_path: Path, audio: Path) -> None:
    file = tmp_path / "mine.json"
    with terminal.start("play", str(audio), "--null-audio") as running:
        terminal.wait_for_state("playing")
        assert terminal.here("ctl", "pause").status == 0
        assert terminal.here("export", str(file)).status == 0
        done = terminal.here("import", str(file))
        assert done.out == "0 podcasts added, 2 known before; what is yours in 0 episodes; 0 for the queue\n"
        file.write_text("nonsense", encoding="utf-8")
        done = terminal.here("import", str(file))
        assert done.status == 3
        assert "it is no OPML document" in done.err
        assert terminal.here("restore", "--force").status == 3
        running.interrupt()
        running.ended()


def test_ctrl_c_leaves_all_as_it_was(
    filled: Path, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.json"
    terminal.here("export", str(file))
    document = json.loads(file.read_bytes())
    document["podcasts"].append({**document["podcasts"][0], "feed": "http://127.0.0.1:1/another"})
    file.write_text(json.dumps(document), encoding="utf-8")
    before = terminal.here("list").out
    lay_in, is_called_off = exchange.lay_in, threading.Event()

    class Watched(Course):
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value)
            if name == "is_cancelled" and value:
                is_called_off.set()

    def lay_in_and_interrupt(*arguments: Any) -> exchange.LaidIn:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        assert is_called_off.wait(60)
        return lay_in(*arguments)

    monkeypatch.setattr("player.cli.exchange.Course", Watched)
    monkeypatch.setattr(exchange, "lay_in", lay_in_and_interrupt)
    done = terminal.here("import", str(file))
    assert (done.status, done.out) == (130, "")
    assert done.err == "earmark: nothing was imported; the library is as it was\n"
    assert terminal.here("list").out == before


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"ok": True, "called_off": True}, "earmark: nothing was imported; the library is as it was\n"),
        ({"ok": True, "added": 1, "known": 0}, "earmark: interrupted; 1 podcast added, 0 known before\n"),
        ({"ok": False, "error": "There is no import “1”."}, ""),
    ],
)
def test_ctrl_c_calls_off_what_a_player_imports(
    profile: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], said: str
) -> None:
    asked: list[tuple[str, str]] = []

    def request(_: Profile, command: str, *, ticket: str, **__: object) -> dict[str, Any]:
        asked.append((command, ticket))
        if command == "import":
            raise KeyboardInterrupt
        return answer

    profile.mkdir()
    lock = InstanceLock(Profile(profile))
    monkeypatch.setattr("player.cli.exchange.request", request)
    done = terminal.here("import", "mine.json")
    lock.release()
    assert (done.status, done.out, done.err) == (130, "", said)
    assert [command for command, _ in asked] == ["import", "call-off"]
    assert asked[0][1] == asked[1][1] != ""


def test_a_player_that_is_closed_while_it_imports(
    profile: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def request(*_: object, **__: object) -> dict[str, Any]:
        raise ClosedError

    profile.mkdir()
    lock = InstanceLock(Profile(profile))
    monkeypatch.setattr("player.cli.exchange.request", request)
    done = terminal.here("import", "mine.json")
    lock.release()
    assert (done.status, done.out) == (3, "")
    assert done.err == "earmark: Earmark was closed while it imported; import the same again to have all of it.\n"
