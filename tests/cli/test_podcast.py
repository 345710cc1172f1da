"""`earmark podcast`: what is set for a podcast, shown and changed, by itself and beside a running player."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsroom import publish
from player.__main__ import main
from terminal import Terminal
from webserver import WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")

SHOWN = """\
news
  folder         none
  sound          as other podcasts (speed 1, trim off, level off, mono off)
  intro          0 s
  outro          0 s
  auto-download  never
  keep           all
  announce       off
  chapters from  best
  pictures       off
"""
CHANGED = """\
news
  folder         News / World
  sound          speed 1.5, trim medium, level on, mono off
  intro          30 s
  outro          90.5 s
  auto-download  newest:3, title has “long talk”, title has not “trailer”, only with chapters
  keep           newest:1 (would remove 1 download now, 0 MB)
  announce       on
  chapters from  side-file
  pictures       on
"""
ALL = (
    *("--speed", "1.5", "--trim", "medium", "--level", "on", "--intro", "30", "--outro", "1:30.5"),
    *("--auto-download", "newest:3", "--title-has", "long talk", "--title-has-not", "trailer"),
    *("--only-with-chapters", "on", "--keep", "newest:1", "--announce", "on", "--chapters-from", "side-file"),
    *("--pictures", "on", "--folder", " News /  World"),
)


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its status, and what it wrote on both streams."""
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def news(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    """A podcast of two episodes, which are downloaded."""
    run(capsys, profile, "add", publish(publisher, "One", "Two", name="news"))
    for episode in ("One", "Two"):
        assert run(capsys, profile, "get", episode)[0] == 0


@pytest.mark.usefixtures("news")
def test_shown_and_changed(capsys: Capture, profile: Path) -> None:
    assert run(capsys, profile, "podcast", "new") == (0, SHOWN, "")
    assert run(capsys, profile, "podcast", "new", *ALL) == (0, CHANGED, "")
    assert run(capsys, profile, "podcast", "new", "--trim", "medium") == (0, CHANGED, "")
    found: dict[str, Any] = json.loads(run(capsys, profile, "podcast", "1", "--json", "--mono", "on")[1])
    size = found.pop("would_remove")["bytes"]
    assert size > 100_000
    assert found == {
        "podcast": 1,
        "title": "news",
        "folder": "News / World",
        "own_sound": True,
        "speed": 1.5,
        "trimming": "medium",
        "levelled": True,
        "mono": True,
        "intro": 30.0,
        "outro": 90.5,
        "auto_download": "newest:3",
        "title_has": "long talk",
        "title_has_not": "trailer",
        "only_with_chapters": True,
        "keep": "newest:1",
        "announce": True,
        "chapters_from": "side_file",
        "pictures": True,
        "skips": [],
    }
    back = (
        *("--like-others", "--intro", "0", "--outro", "0", "--auto-download", "never", "--title-has", ""),
        *("--title-has-not", "", "--only-with-chapters", "off", "--keep", "all", "--announce", "off"),
        *("--chapters-from", "best", "--pictures", "off", "--folder", ""),
    )
    assert run(capsys, profile, "podcast", "new", *back) == (0, SHOWN, "")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--intro", "1801"),
        ("--intro", "soon"),
        ("--outro", "-1"),
        ("--auto-download", "newest:0"),
        ("--keep", "played"),
        ("--level", "yes"),
        ("--chapters-from", "listener"),
        ("--speed", "9"),
    ],
)
def test_wrong_use(capsys: Capture, profile: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, profile, "podcast", "new", f"{wrong[0]}={wrong[1]}")
    assert ended.value.code == 2
    assert f"argument {wrong[0]}: “{wrong[1]}” is" in capsys.readouterr().err


def test_a_podcast_that_is_not_there(capsys: Capture, profile: Path) -> None:
    status, out, err = run(capsys, profile, "podcast", "new", "--intro", "3")
    assert (status, out) == (3, "")
    assert "There is no podcast “new” here" in err


@pytest.mark.usefixtures("news")
def test_a_player_that_runs_does_the_work(terminal: Terminal) -> None:
    with terminal.start("play", "One", "--null-audio"):
        terminal.wait_for_state("playing")
        done = terminal.here("podcast", "news", *ALL)
        changed = CHANGED.replace(" (would remove 1 download now, 0 MB)", "")
        assert (done.status, done.out) == (0, changed), "what plays is not removed"
        assert terminal.status()["speed"] == 1.5, "what plays sounds like it at once"
        wrong = terminal.here("podcast", "olds")
        assert (wrong.status, wrong.out) == (3, "")
        assert "There is no podcast “olds” here" in wrong.err
