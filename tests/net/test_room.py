"""Room on a disk: asked for before anything is written, and looked at again meanwhile."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from player.core.errors import DiskFullError
from player.net.download import Transfer
from player.net.room import LOOK_EVERY, Room
from webserver import Route, WebServer, body_of

MB = 1_000_000


class Disk(NamedTuple):
    """As `shutil.disk_usage` gives it."""

    total: int
    used: int
    free: int


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> list[Disk]:
    """A disk of which the test says how much is free: the last of the list."""
    disks = [Disk(1000_000 * MB, 0, 0)]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disks[-1])
    return disks


@pytest.mark.parametrize(
    ("total", "free", "size", "is_enough"),
    [
        (500_000 * MB, 300 * MB, 200 * MB, True),
        (500_000 * MB, 300 * MB, 201 * MB, False),
        (500_000 * MB, 50 * MB, 0, True),
        (500_000 * MB, 50 * MB, 1, False),
        (1000 * MB, 15 * MB, 5 * MB, True),
        (1000 * MB, 15 * MB, 6 * MB, False),
    ],
)
def test_some_room_is_left_to_all_others(
    disk: list[Disk], tmp_path: Path, total: int, free: int, size: int, is_enough: bool
) -> None:
    disk.append(Disk(total, total - free, free))
    if is_enough:
        Room(tmp_path).require(size)
    else:
        with pytest.raises(DiskFullError) as caught:
            Room(tmp_path).require(size)
        assert caught.value.path == str(tmp_path)


def test_it_is_looked_again_while_a_file_grows(disk: list[Disk], tmp_path: Path) -> None:
    place = Room(tmp_path)
    disk.append(Disk(500_000 * MB, 0, 300 * MB))
    place.require(50 * MB)
    disk.append(Disk(500_000 * MB, 0, 0))
    place.took(LOOK_EVERY - 1)
    with pytest.raises(DiskFullError, match="the disk is full"):
        place.took(1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "earmark-test", folder], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("length", ["right", "chunked"])
def test_a_real_disk_that_fills_up_keeps_what_has_come(
    small_disk: Path, client: httpx.Client, server: WebServer, length: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = body_of(3 * MB)
    server["/a.mp3"] = Route(body, etag='"1"', length=length)
    if length == "right":
        # As if others had filled it up between the look and the writing.
        monkeypatch.setattr(Room, "require", lambda *_: None)
    target = small_disk / "show" / "a.mp3"

    def transfer() -> Transfer:
        return Transfer(client, server.url("/a.mp3"), target, on_progress=lambda _: None, is_cancelled=lambda: False)

    with pytest.raises(DiskFullError):
        transfer().run()
    part = target.with_name("a.mp3.part")
    came = part.read_bytes()
    assert len(came) > MB
    assert body.startswith(came)

    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    assert transfer().run() is not None
    assert target.read_bytes() == body
    assert server.asked("/a.mp3")[-1].headers["Range"] == f"bytes={len(came)}-"
