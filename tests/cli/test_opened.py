"""Files, addresses and links where a command would stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.cli.arguments import parse
from player.cli.opened import split_opened

LINK = "earmark://episode/f/g?t=1"


def test_a_link_stands_where_a_command_would() -> None:
    assert split_opened([LINK]) == ((LINK,), [])
    assert split_opened(["--profile", "x", "--verbose", LINK]) == ((LINK,), ["--profile", "x", "--verbose"])
    assert split_opened([LINK, "--profile", "x"]) == ((LINK,), ["--profile", "x"])
    for others in ([], ["--verbose"], ["add", LINK], ["--profile", LINK], ["list"], ["ctl", "open", "a.mp3"]):
        assert split_opened(others) == ((), others)


def test_several_of_every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk").touch()
    words = ["a b.mp3", "sub/list.opml", "feed://x.org/rss", "https://x.org", "pcast:x.org/feed", "file:///a.mp3"]
    opened, options = split_opened(["--verbose", *words, "--profile", "p", "--null-audio"])
    assert opened == (str(tmp_path / "a b.mp3"), str(tmp_path / "sub/list.opml"), *words[2:])
    assert options == ["--verbose", "--profile", "p", "--null-audio"]
    assert split_opened(["talk"]) == ((str(tmp_path / "talk"),), []), "a file that looks like a command"


def test_the_window_gets_them() -> None:
    options = parse(["--null-audio", "/a.mp3", "https://x.org/feed"])
    assert (options.run, options.opened, options.null_audio) == (None, ("/a.mp3", "https://x.org/feed"), True)
    assert parse([]).opened == ()
    assert parse(["list"]).opened == ()


def test_what_is_neither_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["nonsense"])
    assert "invalid choice: 'nonsense'" in capsys.readouterr().err
