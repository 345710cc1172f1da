"""Downloads change their folder: whole and half ones, while others run and one plays, and through kills."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from house import NOTES, House, build, feed
from player.app import moving
from player.app.downloads import Downloads
from player.core.errors import DiskFullError, FileError
from player.core.events import DownloadsMoved, DownloadsMoving, ProblemReported
from player.core.model import DownloadState, EpisodeId, EpisodeQuery
from player.net import relocating
from webserver import Route, WebServer

HALF = 100_000


class Killed(BaseException):
    """The program ends here."""


def fetched(house: House, publisher: WebServer) -> tuple[EpisodeId, EpisodeId, EpisodeId]:
    """Two episodes that are here, and one of which half has come."""
    more = "".join(
        f'<item><title>{name}</title><guid>{name}</guid><enclosure url="{publisher.url(f"/{name}.mp3")}"/></item>'
        for name in ("two", "half")
    )
    for name, cut in (("two", None), ("half", HALF)):
        audio = publisher["/audio.mp3"].body
        publisher[f"/{name}.mp3"] = Route(audio, "audio/mpeg", etag=f'"{name}"', cut_after=cut)
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=more), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    by_title = {
        each.title: each.id
        for each in house.services.library.episodes(house.services.library.episode_ids(EpisodeQuery(podcast=podcast)))
    }
    ids = (by_title["The episode"], by_title["two"], by_title["half"])
    for episode in ids:
        house.services.downloads.start(episode)
    publisher["/half.mp3"].cut_after = None
    return ids


@pytest.fixture
def ids(house: House, publisher: WebServer) -> tuple[EpisodeId, EpisodeId, EpisodeId]:
    return fetched(house, publisher)


@pytest.fixture(params=["the same disk", "another disk"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files can be linked on the same disk only."""
    if request.param == "another disk":
        monkeypatch.setattr(os, "link", refused)


def refused(*_: object) -> None:
    raise OSError(18, "Invalid cross-device link")


def files(folder: Path) -> list[str]:
    """All that is in a folder, folders too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) if folder.exists() else []


def path_of(house: House, episode: EpisodeId) -> Path:
    return Path(house.services.library.download(episode).path or "")


def has_all(house: House, folder: Path, ids: tuple[EpisodeId, ...], audio: Path) -> bool:
    """Whether all three lie in a folder, and the half one can be gone on with."""
    paths = [path_of(house, each) for each in ids]
    assert [folder in each.parents for each in paths] == [True] * 3
    assert [each.read_bytes() == audio.read_bytes() for each in paths[:2]] == [True] * 2
    part = paths[2].with_name(f"{paths[2].name}.part")
    return part.read_bytes() == audio.read_bytes()[:HALF]


@pytest.mark.usefixtures("links")
def test_all_moves_and_new_downloads_go_there(
    house: House, ids: tuple[EpisodeId, EpisodeId, EpisodeId], publisher: WebServer, audio: Path, tmp_path: Path
) -> None:
    folder, before = tmp_path / "other", house.services.profile.downloads
    house.services.moving.move_to(folder)
    assert has_all(house, folder, ids, audio)
    assert files(before) == []
    told = [fact for fact in house.facts if isinstance(fact, DownloadsMoving | DownloadsMoved)]
    assert told[0] == DownloadsMoving(0, 2 * audio.stat().st_size + HALF)
    assert told[-1] == DownloadsMoved(is_whole=True)
    assert house.services.moving.progress is None
    house.services.downloads.start(ids[2])
    assert path_of(house, ids[2]).read_bytes() == audio.read_bytes()
    assert publisher.asked("/half.mp3")[-1].headers["Range"] == f"bytes={HALF}-"
    house.services.downloads.remove(ids[0])
    house.services.downloads.start(ids[0])
    assert folder in path_of(house, ids[0]).parents
    house.services.moving.move_to(None)
    assert path_of(house, ids[0]).read_bytes() == audio.read_bytes()
    assert before in path_of(house, ids[0]).parents
    assert files(folder) == []
    assert house.services.settings.value.downloads_folder == house.services.settings.value.downloads_left == ""


def steps(monkeypatch: pytest.MonkeyPatch, last: int) -> list[str]:
    """Kill the program before the step of this number of all that change anything; the steps that were begun."""
    begun: list[str] = []

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            begun.append(name)
            if len(begun) > last:
                raise Killed
            return call(*args, **kwargs)

        return step

    for owner, name in (
        (os, "link"),
        (shutil, "copystat"),
        (relocating, "sync_folder"),
        (relocating, "delete_download"),
        (relocating, "drop_copied"),
        (Downloads, "_note"),
        (moving.Moving, "_on_moved"),
    ):
        monkeypatch.setattr(owner, name, counted(name, getattr(owner, name)))
    return begun


@pytest.mark.parametrize("by", ["link", "copy"])
def test_a_kill_anywhere_loses_nothing_and_the_next_start_ends_it(
    by: str, publisher: WebServer, audio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last, is_over = 0, False
    while not is_over:
        profile, folder = tmp_path / f"profile{last}", tmp_path / f"other{last}"
        house = build(profile)
        ids = fetched(house, publisher)
        with monkeypatch.context() as dying:
            if by == "copy":
                dying.setattr(os, "link", refused)
            steps(dying, last)
            try:
                house.services.moving.move_to(folder)
                is_over = True
            except Killed:
                pass
            monkeypatch.setattr(house.services.downloads, "_note", lambda _: None)
            house.services.close()
        again = build(profile)
        for episode in ids[:2]:
            assert path_of(again, episode).read_bytes() == audio.read_bytes(), "also before it goes on"
        again.services.moving.go_on()
        assert has_all(again, folder, ids, audio)
        assert files(profile / "downloads") == []
        assert not [name for name in files(folder) if name.endswith(".moving")]
        assert again.services.settings.value.downloads_left == ""
        again.services.close()
        last += 1
    assert last > 8


def test_what_plays_keeps_its_old_file_until_it_is_closed(
    house: House, ids: tuple[EpisodeId, EpisodeId, EpisodeId], tmp_path: Path
) -> None:
    old = path_of(house, ids[0])
    house.services.playback.open(ids[0])
    house.services.moving.move_to(tmp_path / "other")
    assert old.exists()
    assert path_of(house, ids[0]) != old
    assert house.services.settings.value.downloads_left
    house.services.playback.open(ids[1])
    assert not old.exists()
    assert house.services.settings.value.downloads_left == ""


def test_what_is_begun_meanwhile_waits_until_it_is_moved(
    house: House,
    ids: tuple[EpisodeId, EpisodeId, EpisodeId],
    audio: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy, seen = relocating.copy_download, []

    def copy_download(old: Path, new: Path, *others: Any) -> Path | None:
        if "half" in old.name:
            house.services.downloads.start(ids[2])
            seen.append(house.services.downloads.is_running(ids[2]))
        elif "two" in old.name:
            house.services.downloads.remove(ids[1])
        return copy(old, new, *others)

    monkeypatch.setattr(relocating, "copy_download", copy_download)
    house.services.moving.move_to(tmp_path / "other")
    assert seen == [False]
    assert house.services.library.download(ids[2]).state is DownloadState.COMPLETE
    assert path_of(house, ids[2]).read_bytes() == audio.read_bytes()
    assert house.services.library.download(ids[1]).state is DownloadState.NONE
    assert [name for name in files(tmp_path) if "two" in name] == [], "what was removed meanwhile is nowhere"


def test_a_name_that_is_taken_there_is_left_alone(
    house: House, ids: tuple[EpisodeId, EpisodeId, EpisodeId], audio: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "other" / path_of(house, ids[0]).relative_to(house.services.profile.downloads)
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"somebody else's")
    house.services.moving.move_to(tmp_path / "other")
    assert taken.read_bytes() == b"somebody else's"
    assert path_of(house, ids[0]) == taken.with_name("The episode [1] (2).mp3")
    assert path_of(house, ids[0]).read_bytes() == audio.read_bytes()


def test_a_folder_that_cannot_be_is_refused_and_nothing_has_changed(
    house: House,
    ids: tuple[EpisodeId, EpisodeId, EpisodeId],
    audio: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = house.services.profile.downloads
    for wrong in (before / "inside", before.parent, audio, audio / "below"):
        with pytest.raises(FileError):
            house.services.moving.move_to(wrong)
    monkeypatch.setattr(moving, "_disk_of", lambda _: -1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Disk", (), {"total": 10**12, "free": 10**8 + 10})())
    with pytest.raises(DiskFullError, match="room"):
        house.services.moving.move_to(tmp_path / "other")
    assert has_all(house, before, ids, audio)
    assert house.services.settings.value.downloads_folder == ""


def test_trouble_on_the_way_is_told_and_it_can_be_gone_on_with(
    house: House,
    ids: tuple[EpisodeId, EpisodeId, EpisodeId],
    audio: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise FileError("disk", "the disk could not be written")

    with monkeypatch.context() as broken:
        broken.setattr(relocating, "copy_download", fail)
        house.services.moving.move_to(tmp_path / "other")
    assert [fact.error.reason for fact in house.facts if isinstance(fact, ProblemReported)][-1:] == [  # type: ignore[attr-defined]
        "the disk could not be written"
    ]
    assert has_all(house, house.services.profile.downloads, ids, audio)
    house.services.moving.go_on()
    assert has_all(house, tmp_path / "other", ids, audio)


def test_a_folder_whose_disk_is_not_there_is_not_made_anew(
    house: House, ids: tuple[EpisodeId, EpisodeId, EpisodeId], tmp_path: Path
) -> None:
    folder = tmp_path / "disk"
    house.services.moving.move_to(folder)
    folder.rename(tmp_path / "taken away")
    house.services.downloads.start(ids[2])
    download = house.services.library.download(ids[2])
    assert download.state is DownloadState.FAILED
    assert "connect its disk" in (download.problem or "")
    assert not folder.exists()
