"""`earmark clip` and `earmark transcript`: what they print, what they write, and their exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from house import NOTES, feed
from player.__main__ import main
from player.system.paths import open_profile
from player.system.single_instance import InstanceLock
from webserver import Route, WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>First words\n\n00:12.000 --> 00:14.000\n<v Ben>Then others\n"


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def subscribed(capsys: Capture, profile: Path, publisher: WebServer) -> Path:
    """A profile with an episode that has a transcript."""
    tag = b'<podcast:transcript url="/t.vtt" type="text/vtt"/></item>'
    publisher["/feed.xml"] = Route(feed(publisher, NOTES).replace(b"</item>", tag), "application/rss+xml")
    publisher["/t.vtt"] = Route(VTT, "text/vtt")
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    return profile


def test_the_transcript_under_its_chapters(capsys: Capture, subscribed: Path, publisher: WebServer) -> None:
    expected = "# Introduction\n\n[0:01] Ann: First words\n\n# Export controls\n\n[0:12] Ben: Then others\n\n"
    assert run(capsys, subscribed, "transcript", "episode") == (0, expected, "")
    assert run(capsys, subscribed, "transcript", "1", "--text")[1] == "Ann: First words\n\nBen: Then others\n\n"
    assert len(publisher.asked("/t.vtt")) == 1, "it is kept"
    told = json.loads(run(capsys, subscribed, "transcript", "1", "--json")[1])
    assert told["segments"][0] == {"speaker": "Ann", "startTime": 1.0, "endTime": 2.0, "body": "First words"}


def test_beside_a_running_player(capsys: Capture, subscribed: Path, publisher: WebServer) -> None:
    lock = InstanceLock(open_profile(subscribed))
    status, out, _ = run(capsys, subscribed, "transcript", "1", "--text")
    assert (status, out) == (0, "Ann: First words\n\nBen: Then others\n\n")
    publisher["/t.vtt"] = Route(b"", status=404)
    status, out, err = run(capsys, subscribed, "transcript", "1")
    lock.release()
    assert (status, out) == (3, "")
    assert err.startswith("earmark: The transcript was not read: ")


def test_no_transcript(capsys: Capture, profile: Path, publisher: WebServer) -> None:
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    words = "earmark: The feed names no transcript of “The episode”.\n"
    assert run(capsys, profile, "transcript", "1") == (1, "", words)


@pytest.fixture
def downloaded(capsys: Capture, subscribed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile with an episode that is here; commands run in a folder of their own."""
    run(capsys, subscribed, "get", "1")
    folder = tmp_path / "clips"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return subscribed


def test_a_chapter_by_number_and_by_title(capsys: Capture, downloaded: Path) -> None:
    assert run(capsys, downloaded, "clip", "1", "--chapter", "3") == (
        *(0, "Stargate - The episode.mp3\n", "0:10, copied\n"),
    )
    status, out, _ = run(capsys, downloaded, "clip", "episode", "--chapter", "starg", "--exact")
    assert (status, out) == (0, "Stargate - The episode (2).mp3\n")
    assert {path.name for path in Path().iterdir()} == {"Stargate - The episode.mp3", "Stargate - The episode (2).mp3"}


def test_a_span_into_a_file(capsys: Capture, downloaded: Path, tmp_path: Path) -> None:
    lock = InstanceLock(open_profile(downloaded))
    target = tmp_path / "mine"
    status, out, err = run(capsys, downloaded, "clip", "1", "--from", "0:05", "--to", "7.5", "-o", str(target))
    lock.release()
    assert (status, out, err) == (0, f"{target}.mp3\n", "0:02, copied\n")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 2),
        (("--from", "0:05"), 2),
        (("--chapter", "1", "--from", "1", "--to", "2"), 2),
        (("--from", "5", "--to", "5"), 2),
        (("--chapter", "nowhere"), 3),
        (("--from", "50", "--to", "60"), 3),
    ],
)
def test_what_cannot_be_meant(capsys: Capture, downloaded: Path, arguments: tuple[str, ...], status: int) -> None:
    found, out, err = run(capsys, downloaded, "clip", "1", *arguments)
    assert (found, out) == (status, "")
    assert err.startswith("earmark: ")
    assert list(Path().iterdir()) == []


def test_the_episode_itself_stays(capsys: Capture, downloaded: Path) -> None:
    path = run(capsys, downloaded, "get", "1")[1].strip()
    before = Path(path).read_bytes()
    assert run(capsys, downloaded, "clip", "1", "--chapter", "1", "-o", path)[0] == 3
    assert Path(path).read_bytes() == before
