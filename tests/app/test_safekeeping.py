"""After an unclean end the library is checked; it is backed up each week; and a damaged one gives way to its backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from house import House, build
from player.app.compose import read_catalogue
from player.app.safekeeping import BACKUP_EVERY, Repair, Repaired, backup_of, find_damage, repair
from player.core.errors import DamagedLibraryError, NoBackupError, ProfileError, ProfileInUseError
from player.core.events import ProblemReported
from player.core.model import EpisodeQuery, EpochMillis, FetchedEpisode, FetchedFeed
from player.storage import backups
from player.storage.database import change
from player.storage.feeds import add_podcast, store_feed
from player.storage.listening import store_position
from player.system.paths import Profile

NOW = 1_760_000_000_000
ALL = EpisodeQuery()
Start = Callable[[], House]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def start(profile: Profile) -> Start:
    def start() -> House:
        house = build(profile.folder)
        house.services.safekeeping.start()
        return house

    return start


def subscribe(house: House, title: str) -> None:
    house.services._writer.submit(lambda connection: add_podcast(connection, f"{title}:", title, 0)).result()


def problems(house: House) -> list[str]:
    return [fact.error.reason for fact in house.facts if isinstance(fact, ProblemReported)]  # type: ignore[attr-defined]


def made_at(profile: Profile) -> EpochMillis | None:
    backup = backup_of(profile)
    return None if backup is None else backup.made_at


def orphan(house: House) -> None:
    """A row that belongs to nothing, as after a power cut with a disk that lies."""

    def write() -> None:
        connection = house.services._writer._connection
        change(connection, "PRAGMA foreign_keys = OFF")
        change(connection, "INSERT INTO notes VALUES (99, 0, 'of no episode')")

    write()


def killed(house: House, profile: Profile) -> None:
    """Close the house, and leave what a kill leaves."""
    house.services.close()
    profile.open_marker.touch()


def test_a_clean_end_leaves_one_file_and_no_marker(start: Start, profile: Profile) -> None:
    house = start()
    assert profile.open_marker.exists()
    house.services.close()
    assert not profile.open_marker.exists()
    files = {path.name: path.stat().st_size for path in profile.folder.glob("library*")}
    assert [name for name, size in files.items() if size and not name.endswith("-shm")] == [profile.database.name]


def test_after_a_kill_a_good_library_is_as_before(start: Start, profile: Profile) -> None:
    killed(start(), profile)
    house = start()
    assert problems(house) == []
    house.services.close()
    assert not profile.open_marker.exists()


def test_after_a_kill_damage_is_found_each_time_and_never_backed_up(start: Start, profile: Profile) -> None:
    house = start()
    house.home.tick()
    assert made_at(profile) == house.clock.now
    orphan(house)
    killed(house, profile)
    for _ in range(2):
        house = start()
        house.clock.now += 2 * BACKUP_EVERY
        house.home.tick()
        assert problems(house) == ["it is damaged (rows that belong to nothing: 1)"]
        house.services.close()
        assert profile.open_marker.exists()
    assert made_at(profile) == house.clock.now - 2 * BACKUP_EVERY


def test_damage_that_anybody_meets_is_looked_for_at_the_next_start(start: Start, profile: Profile) -> None:
    house = start()
    house.services.bus.publish(ProblemReported(DamagedLibraryError(str(profile.folder), "it is damaged")))
    house.services.close()
    assert profile.open_marker.exists()


def test_a_backup_each_week(start: Start, profile: Profile) -> None:
    house = start()
    assert made_at(profile) is None
    first = house.clock.now
    for wait, expected in ((0, first), (BACKUP_EVERY - 1, first), (1, first + BACKUP_EVERY)):
        house.clock.now += wait
        house.home.tick()
        assert made_at(profile) == expected
    house.clock.now = first
    house.home.tick()
    assert made_at(profile) == first, "a clock that was set back keeps no backup out"
    house.services.close()
    house.home.tick()


def test_a_full_disk_is_told_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_backup(*_: object) -> bool:
        raise ProfileError("profile", "the disk is full")

    monkeypatch.setattr(backups, "write_backup", write_backup)
    house = start()
    for _ in range(3):
        house.home.tick()
    assert problems(house) == ["the disk is full"]
    house.services.close()


def test_a_check_is_given_up_at_the_end(start: Start, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(start(), profile)
    house = build(profile.folder)
    check = backups.check

    def closed_meanwhile(connection: Connection) -> None:
        connection.set_progress_handler(house.services.safekeeping.close, 1)
        check(connection)

    monkeypatch.setattr(backups, "check", closed_meanwhile)
    house.services.safekeeping.start()
    assert problems(house) == []
    house.services.close()
    assert profile.open_marker.exists(), "it is checked the next time"


def test_a_damaged_library_gives_way_to_its_backup(start: Start, profile: Profile) -> None:
    house = start()
    subscribe(house, "kept")
    house.home.tick()
    subscribe(house, "lost")
    with pytest.raises(ProfileInUseError):
        repair(profile, Repair.RESTORE, NOW)
    assert find_damage(profile) is None
    house.services.close()
    profile.database.write_bytes(b"no library" * 1000)
    with pytest.raises(DamagedLibraryError):
        start()
    assert isinstance(find_damage(profile), DamagedLibraryError)
    done = repair(profile, Repair.RESTORE, NOW)
    assert done == Repaired(backup_of(profile), profile.folder / "library-damaged-20251009-085320.sqlite3")
    house = start()
    assert [each.title for each in house.services.library.podcasts()] == ["kept"]
    house.services.close()


def wounded(library_file: Path, table: str) -> None:
    """Nonsense over the first page of a table."""
    with closing(sqlite3.connect(library_file)) as library:
        (page,) = library.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        (size,) = library.execute("PRAGMA page_size").fetchone()
    with library_file.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


@pytest.mark.parametrize(
    ("table", "saved", "titles"), [("transcript", 2, ["kept", "since then"]), ("listening", 0, ["kept"])]
)
def test_what_a_damaged_library_still_tells_is_saved(
    start: Start, profile: Profile, table: str, saved: int, titles: list[str]
) -> None:
    house = start()
    subscribe(house, "kept")
    house.home.tick()

    def listen(connection: Connection) -> None:
        podcast = add_podcast(connection, "since then:", "since then", 0)
        episodes = tuple(FetchedEpisode(guid, guid) for guid in "ab")
        new = store_feed(connection, podcast, FetchedFeed("since then", None, "", None, None, episodes), NOW).new
        for episode in new:
            store_position(connection, episode, 5000, NOW)

    house.services._writer.submit(listen).result()
    house.services.close()
    wounded(profile.database, table)
    assert repair(profile, Repair.RESTORE, NOW).saved == saved
    assert find_damage(profile) is None
    house = start()
    assert [each.title for each in house.services.library.podcasts()] == titles
    positions = {each.position for each in house.services.library.episodes(house.services.library.episode_ids(ALL))}
    assert positions == ({5000} if saved else set())
    house.services.close()


def test_a_backup_that_is_damaged_itself_is_none(start: Start, profile: Profile) -> None:
    house = start()
    house.home.tick()
    house.services.close()
    profile.database.write_bytes(b"damaged" * 1000)
    wounded(profile.backup, "transcript")
    with pytest.raises(NoBackupError):
        repair(profile, Repair.RESTORE, NOW)
    assert profile.database.read_bytes() == b"damaged" * 1000


def test_who_goes_back_gets_the_backup_as_it_was(start: Start, profile: Profile) -> None:
    house = start()
    subscribe(house, "kept")
    house.home.tick()
    subscribe(house, "not wanted")
    house.services.close()
    assert repair(profile, Repair.RESTORE, NOW, saves=False).saved == 0
    house = start()
    assert [each.title for each in house.services.library.podcasts()] == ["kept"]
    house.services.close()


def test_a_library_that_is_gone_is_not_begun_anew_behind_the_listeners_back(start: Start, profile: Profile) -> None:
    house = start()
    subscribe(house, "kept")
    house.home.tick()
    house.services.close()
    profile.database.unlink()

    def read() -> None:
        with read_catalogue(profile):
            pass

    for begin in (start, read):
        with pytest.raises(DamagedLibraryError) as caught:
            begin()
        assert caught.value.reason == "it is gone, and a backup of it is there"
    assert not profile.database.exists()
    assert repair(profile, Repair.EMPTY, NOW) == Repaired(None, None)
    house = start()
    assert house.services.library.podcasts() == []
    house.services.close()
    (aside,) = profile.folder.glob("library-backup-damaged-*")
    shutil.copy(aside, profile.backup)
    assert repair(profile, Repair.RESTORE, NOW).backup is not None
    profile.backup.unlink()
    with pytest.raises(NoBackupError):
        repair(profile, Repair.RESTORE, NOW)
