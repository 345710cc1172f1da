"""Every older version's library, as it lay on a disk, is brought up to date and keeps all that is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from oldlibraries import ROWS, content, make, stored, tables, unpack
from player.core.model import EpisodeId, FoundKind, PodcastId
from player.core.search_query import read_query
from player.core.time_listened import Sums
from player.storage import chapters, episodes, exchange, feed_extras, feeds, listening, play_queue, time_listened
from player.storage.backups import check
from player.storage.database import open_writer, row, rows
from player.storage.packed_chapters import places
from player.storage.schema import MIGRATIONS
from player.storage.search import search
from player.storage.search_index import bring_all_up_to_date

OLD = range(1, len(MIGRATIONS))
FORGOTTEN = {"podcast": {"etag", "last_modified", "body_hash"}}
"""What later versions forgot on purpose: feeds are read once more."""
BECAME_OTHERS = {"listened", "chapter", "shown_chapter"}
"""Tables whose rows were made into others; each has a test of its own below."""


@pytest.fixture(params=OLD, ids=lambda version: f"version {version}")
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def old(version: int, path: Path) -> dict[str, list[dict[str, object]]]:
    """What is in all tables of an old library that lies at `path`."""
    unpack(version, path)
    with closing(sqlite3.connect(path)) as library:
        return {table: content(library, table) for table in tables(library)}


@pytest.fixture
def library(old: dict[str, list[dict[str, object]]], path: Path) -> Iterator[Connection]:
    assert old
    with closing(open_writer(path)) as library:
        yield library


def schema(library: Connection) -> dict[str, str]:
    return dict(rows(library, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))


def test_nothing_is_lost_or_changed(old: dict[str, list[dict[str, object]]], library: Connection) -> None:
    assert row(library, "PRAGMA user_version") == (len(MIGRATIONS),)
    for table, before in old.items():
        assert len(before) >= ROWS, f"the library of old has no rows in {table}"
        if table in BECAME_OTHERS:
            continue
        after = content(library, table)
        for each in before:
            kept = {name: value for name, value in each.items() if name not in FORGOTTEN.get(table, ())}
            assert any(kept.items() <= now.items() for now in after), f"{table} has lost {each}"
    check(library)


def test_time_listened_is_kept_by_the_month(old: dict[str, list[dict[str, object]]], library: Connection) -> None:
    """From version 5 to 9 it was kept by the day, and by podcast."""
    found = {(each.feed_url, str(each.month)): each.sums for each in time_listened.all_rows(library)}
    for each in old.get("listened", ()):
        url, month = f"podcast feed_url {each['podcast']}", str(each["day"])[:7]
        sums = (each["heard"], each["by_speed"], 0, each["by_trimming"], 0)
        assert found[url, month] == Sums(*sums)  # type: ignore[arg-type]


def test_chapters_are_kept_in_their_lists(old: dict[str, list[dict[str, object]]], library: Connection) -> None:
    """Up to version 12 each was a row, and those that were shown were kept once more."""
    for each in old.get("chapter", ()):
        (kept,) = chapters.lists(library, EpisodeId(int(str(each["list"]))))
        (entry,) = kept.hidden if each.get("is_hidden") else kept.chapters
        facts = (entry.start, entry.end, entry.title, entry.link, entry.picture, entry.level)
        before = (
            *(each[name] for name in ("start", "end", "title", "link")),
            each.get("picture"),
            each.get("level", 0),
        )
        assert facts == before
    shown = dict(rows(library, "SELECT episode, chapters FROM chapter_list WHERE is_shown"))
    for each in old.get("shown_chapter", ()):
        assert places(shown[each["episode"]]) == [(each["start"], each["title"])]


def test_it_has_what_a_new_one_has(library: Connection, tmp_path: Path) -> None:
    with closing(open_writer(tmp_path / "new.db")) as new:
        assert set(schema(library)) == set(schema(new))
        wanted = {name: {tuple(column) for column in rows(new, f"PRAGMA table_info('{name}')")} for name in schema(new)}
    found = {name: {tuple(column) for column in rows(library, f"PRAGMA table_info('{name}')")} for name in wanted}
    # A column that was added stands last, wherever a new table has it.
    assert {name: {column[1:] for column in columns} for name, columns in found.items()} == {
        name: {column[1:] for column in columns} for name, columns in wanted.items()
    }


def test_the_program_understands_it(library: Connection) -> None:
    first = EpisodeId(1)
    assert [each.title for each in feeds.list_podcasts(library)] == ["podcast title 1", "podcast title 2"]
    episode = episodes.episode(library, first)
    assert (episode.title, episode.podcast, episode.position) == ("episode title 1", 1, 1001)
    assert episode.download.path == "download path 1"
    assert episodes.notes(library, first) == "notes text 1"
    assert {each.source for each in chapters.lists(library, first)} == {"file"}
    assert listening.session_value(library, "session key 1") == "session value 1"
    assert listening.audio_index(library, first) is not None
    assert len(play_queue.entries(library)) in (0, ROWS)
    assert len(feed_extras.soundbites(library, first)) in (0, 1)
    assert [len(each.episodes) for each in exchange.gather_podcasts(library)] == [1, 1]
    # From version 13 on words may still wait for the indexes, as they do when a program is killed.
    bring_all_up_to_date(library)
    (group,) = search(library, read_query("episode title 1"), 0, {FoundKind.EPISODE: 9})
    assert [hit.episode for hit in group[1]] == [1]
    feeds.remove_podcast(library, PodcastId(1))
    check(library)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_no_migration_that_was_released_is_another_one_now(version: int, tmp_path: Path) -> None:
    if version == len(MIGRATIONS) and not stored(version).exists():
        return  # it is made when the next one is added
    unpack(version, tmp_path / "stored.db")
    make(version, tmp_path / "made.db")
    with (
        closing(sqlite3.connect(tmp_path / "stored.db")) as before,
        closing(sqlite3.connect(tmp_path / "made.db")) as now,
    ):
        assert schema(before) == schema(now)
        assert {name: content(before, name) for name in tables(before)} == {
            name: content(now, name) for name in tables(now)
        }
