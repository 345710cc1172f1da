"""`earmark downloads`: what is on its way, its order, and clean-ups, without a player."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsroom import publish
from player.__main__ import main
from player.cli import downloads
from player.cli.progress import ProgressLine
from webserver import Route, WebServer

NEITHER = {"again_in": None, "problem": None}
Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its status, and what it wrote on both streams."""
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def listed(capsys: Capture, profile: Path) -> list[tuple[str, str]]:
    out = run(capsys, profile, "downloads", "--json")[1]
    return [(each["title"], each["state"]) for each in map(json.loads, out.splitlines())]


def test_listed_ordered_paused_and_fetched(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    assert run(capsys, profile, "downloads")[0] == 1
    run(capsys, profile, "add", publish(publisher, "One", "Two"))
    audio = publisher["/audio.mp3"]
    publisher["/audio.mp3"] = Route(b"", status=500)
    for title in ("One", "Two"):
        assert run(capsys, profile, "get", title)[0] == 3
    assert listed(capsys, profile) == [("One", "waiting"), ("Two", "waiting")]
    assert run(capsys, profile, "downloads", "move", "Two", "first") == (0, "", "")
    assert run(capsys, profile, "downloads", "pause", "One") == (0, "", "")
    assert listed(capsys, profile) == [("Two", "waiting"), ("One", "paused")]
    publisher["/audio.mp3"] = audio
    status, _, err = run(capsys, profile, "downloads", "resume")
    assert status == 0, err
    assert listed(capsys, profile) == []


def test_a_clean_up_is_a_dry_run_unless_it_is_meant(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publish(publisher, "One", "Two", "Three"))
    for title in ("One", "Two", "Three"):
        assert run(capsys, profile, "get", title)[0] == 0
    assert run(capsys, profile, "downloads", "keep", "One") == (0, "", "")
    status, out, err = run(capsys, profile, "downloads", "clean", "--keep", "newest:1")
    assert status == 0
    assert [line.split("MB")[1].strip() for line in out.splitlines()] == ["Two  (feed)"]
    assert err == "Would remove 1 file, 0.0 GB; nothing was changed. Add --yes to remove them.\n"
    files = profile / "downloads"
    assert len(list(files.rglob("*.mp3"))) == 3
    assert run(capsys, profile, "downloads", "clean", "--keep", "newest:1", "--yes")[2] == "Removed 1 file, 0.0 GB.\n"
    assert len(list(files.rglob("*.mp3"))) == 2
    assert run(capsys, profile, "downloads", "remove", "One") == (0, "", "")
    assert len(list(files.rglob("*.mp3"))) == 1
    assert run(capsys, profile, "downloads", "clean")[0] == 1


def test_watching_without_a_player_shows_the_list_at_once(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publish(publisher, "One"))
    publisher["/audio.mp3"] = Route(b"", status=500)
    assert run(capsys, profile, "get", "One")[0] == 3
    status, out, _ = run(capsys, profile, "downloads", "--watch")
    assert status == 0
    assert "One  (feed)" in out


def test_watching_shows_how_it_goes_on_until_nothing_moves(
    capsys: Capture, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(state: str, received: int) -> dict[str, object]:
        facts = {"episode": 1, "podcast": "feed", "title": "One", "state": state, "received": received, "total": 200}
        return {"ok": True, "held": False, "downloads": [{**facts, "rate": 50.0, "left": 3000} | NEITHER]}

    answers = [answer("waiting", 0), answer("running", 50), answer("running", 100), answer("paused", 150)]
    shown: list[tuple[int, int | None]] = []
    monkeypatch.setattr(downloads, "_asked", lambda *_: answers.pop(0))
    monkeypatch.setattr(downloads, "request", lambda *_: answers.pop(0))
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(ProgressLine, "show", lambda _, received, total, *__: shown.append((received, total)))
    status, out, _ = run(capsys, profile, "downloads", "--watch")
    assert status == 0
    assert shown == [(0, None), (50, 200), (100, 200)]
    assert out.splitlines() == ["    1  One  (feed)  paused, " + out.split("paused, ")[1].rstrip("\n")]
    assert answers == []
