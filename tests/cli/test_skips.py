"""`earmark skip`: rules listed, tried, added, switched and removed, by itself and beside a running player."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from newsroom import publish
from player.__main__ import main
from player.app.chapters import store_marks
from player.core.model import ChapterSource, EpisodeId, Mark
from player.storage.database import open_writer
from player.system.paths import Profile
from webserver import WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")

TRIED = """\
Skips 1 chapter, 1:00, in 1 of the newest 1 episode with chapters:
     1:00 Our sponsor (1:00)  ·  One
"""


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str]:
    status = main(["skip", *arguments, "--profile", str(profile)])
    return status, capsys.readouterr().out


@pytest.fixture
def news(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    """A podcast with an episode of three chapters."""
    assert main(["add", publish(publisher, "One", name="news"), "--profile", str(profile)]) == 0
    with closing(open_writer(Profile(profile).database)) as library:
        marks = (Mark(0, "Hello"), Mark(60_000, "Our sponsor"), Mark(120_000, "Talk"))
        store_marks(library, EpisodeId(1), ChapterSource.DOCUMENT, marks, 1)
    capsys.readouterr()


@pytest.mark.usefixtures("news")
def test_rules(capsys: Capture, profile: Path) -> None:
    none = "There are no rules; “earmark skip add sponsor” makes one.\n"
    assert run(capsys, profile) == (1, none)
    assert run(capsys, profile, "try", "sponsor", "--podcast", "new") == (0, TRIED)
    status, told = run(capsys, profile, "add", "*sponsor*", "--up-to", "5", "--podcast", "news")
    assert (status, told) == (0, f"  1  *sponsor*, up to 5 min  ·  news\n{TRIED}")
    nothing = "Skips nothing in the newest 1 episode with chapters.\n"
    assert run(capsys, profile, "add", "=Intro")[1].endswith(nothing)
    assert run(capsys, profile, "off", "2") == (
        0,
        "  1  =Intro  ·  all podcasts\n  2  *sponsor*, up to 5 min (off)  ·  news\n",
    )
    assert run(capsys, profile, "on", "2")[1].endswith("min  ·  news\n")
    assert run(capsys, profile, "remove", "1") == (0, "  1  *sponsor*, up to 5 min  ·  news\n")
    (rule,) = json.loads(run(capsys, profile, "--json")[1])["rules"]
    assert rule == {
        "number": 1,
        "podcast": 1,
        "title": "news",
        "rule": "*sponsor*",
        "words": "*sponsor*",
        "match": "pattern",
        "longest": 300.0,
        "on": True,
    }


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("arguments", [("add", "…"), ("remove", "3"), ("add", "ad", "--podcast", "nobody")])
def test_what_there_is_not(capsys: Capture, profile: Path, arguments: tuple[str, ...]) -> None:
    assert run(capsys, profile, *arguments)[0] == 3
