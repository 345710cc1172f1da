"""The command line: what it takes, what it refuses, and help that is worth reading."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from player.cli.arguments import parse


def test_options_stand_before_or_after_the_command() -> None:
    for arguments in (["--profile", "/p", "list"], ["list", "--profile", "/p"]):
        assert parse(arguments).profile == Path("/p")
    assert parse(["list"]).profile is None
    assert parse(["play", "x", "--null-audio"]).null_audio
    assert not parse(["play", "x"]).null_audio
    for arguments in (["--profile", "/p", "queue", "add", "x"], ["queue", "add", "x", "--profile", "/p"]):
        assert (parse(arguments).profile, parse(arguments).episode) == (Path("/p"), "x")


def test_times_are_read() -> None:
    assert parse(["play", "x", "--at", "1:08:52"]).at == 4_132_000
    assert parse(["chapters", "x", "--duration", "5:15:58"]).duration == 18_958_000


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["chapters"],
        ["chapters", "x", "--duration", "soon"],
        ["chapters", "x", "--format", "poem"],
        ["chapters", "x", "--prefer", "gossip"],
        ["tag", "x.mp3"],
        ["ctl", "dance"],
        ["queue", "shuffle"],
        ["queue", "remove", "first"],
        ["play", "x", "--at", "1:00", "--chapter", "Stargate"],
        ["list", "--profile", "/p", "--temp-profile"],
        ["list", "old"],
        ["list", "--limit", "0"],
        ["episodes", "1", "--sort", "size"],
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(arguments)
    assert caught.value.code == 2
    assert "usage: earmark" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["chapters", "tag", "add", "list", "episodes", "get", "play", "sample", "ctl", "queue"]
)
def test_every_command_is_in_the_help_and_has_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])
    assert f"\n    {command} " in capsys.readouterr().out
    with pytest.raises(SystemExit) as caught:
        parse([command, "--help"])
    assert caught.value.code == 0
    assert "--profile DIR" in capsys.readouterr().out


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    script = (
        "import sys; from player.cli.arguments import parse\n"
        "try: parse(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'PySide6', 'httpx', 'av', 'numpy', 'feedparser', 'mutagen', 'sqlite3'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
