"""`earmark restore`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from player.storage.backups import write_backup
from player.storage.database import open_reader
from player.system.paths import Profile
from seeded import NOW, fill
from terminal import Terminal


def test_a_damaged_library_comes_back(terminal: Terminal, profile: Path) -> None:
    kept = Profile(profile)
    profile.mkdir()
    fill(kept)
    with closing(open_reader(kept.database)) as reader:
        write_backup(reader, kept.backup, NOW)
    sound = terminal.here("restore")
    assert (sound.status, sound.err) == (1, "")
    assert sound.out.startswith("The library is as it should be, and was left so;")
    assert "The backup is of 2025-10-09" in sound.out
    kept.database.write_bytes(b"damaged" * 1000)
    for command in (("list",), ("queue", "add", "1"), ("episodes", "Lex")):
        done = terminal.here(*command)
        assert done.status == 3
        assert "cannot be used: it is damaged, or no library of Earmark. “earmark restore” brings back" in done.err
    done = terminal.here("restore")
    assert done.status == 0
    assert "it is damaged" in done.err
    first, second = done.out.splitlines()
    assert first.startswith("The library is as it was on 2025-10-09")
    assert first.endswith(": 2 podcasts, 15 episodes.")
    assert Path(second.removeprefix("What it was before lies at ").removesuffix(".")).read_bytes() == b"damaged" * 1000
    assert "Acquired" in terminal.here("list").out
    assert terminal.here("restore", "--force").out.startswith("The library is as it was on 2025-10-09")


def test_without_a_backup_only_an_empty_library_is_left(terminal: Terminal, profile: Path) -> None:
    profile.mkdir()
    kept = Profile(profile)
    kept.database.write_bytes(b"damaged" * 1000)
    done = terminal.here("restore")
    assert done.status == 3
    assert "There is no backup" in done.err
    assert "--empty" in done.err
    assert kept.database.read_bytes() == b"damaged" * 1000
    done = terminal.here("restore", "--empty")
    assert (done.status, done.out.splitlines()[0]) == (0, "The library is empty now.")
    assert terminal.here("list").status == 1
