"""A library that an older Earmark wrote keeps all that is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, FoundKind, PodcastId
from player.core.search_query import read_query
from player.core.search_text import indexed
from player.core.time_listened import Month, MonthOfPodcast, Sums
from player.storage import chapters, database, episodes, feeds, search, time_listened
from player.storage.database import open_writer, row, rows
from player.storage.lists_schema import LISTS_AS_TEXTS
from player.storage.packed_chapters import places
from player.storage.schema import APPLICATION_ID, MIGRATIONS
from player.storage.search_index import bring_all_up_to_date
from player.storage.search_schema import SEARCH, SEARCH_LATER

# As version 1 wrote it; this text is never changed.
VERSION_1 = """
CREATE TABLE podcast (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, feed_url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, link TEXT, description TEXT NOT NULL DEFAULT '', author TEXT, image_url TEXT,
    added_at INTEGER NOT NULL, refreshed_at INTEGER, problem TEXT, etag TEXT, last_modified TEXT, body_hash TEXT
) STRICT;
CREATE TABLE episode (id INTEGER PRIMARY KEY AUTOINCREMENT,
    podcast INTEGER NOT NULL REFERENCES podcast ON DELETE CASCADE,
    guid TEXT NOT NULL, title TEXT NOT NULL, link TEXT, published INTEGER, sorted_at INTEGER NOT NULL, duration INTEGER,
    measured INTEGER, enclosure_url TEXT, enclosure_type TEXT, enclosure_length INTEGER, image_url TEXT,
    chapter_count INTEGER NOT NULL DEFAULT 0, details_hash BLOB, chapters_hash BLOB, UNIQUE (podcast, guid)) STRICT;
CREATE INDEX episode_newest ON episode (sorted_at DESC, id DESC);
CREATE INDEX episode_newest_of_podcast ON episode (podcast, sorted_at DESC, id DESC);
CREATE TABLE notes (episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE, place INTEGER NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (episode, place)) STRICT;
CREATE TABLE chapter_list (id INTEGER PRIMARY KEY, episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
    source TEXT NOT NULL, content_hash TEXT, stored_at INTEGER NOT NULL, UNIQUE (episode, source)) STRICT;
CREATE TABLE chapter (list INTEGER NOT NULL REFERENCES chapter_list ON DELETE CASCADE, place INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, title TEXT NOT NULL, link TEXT, PRIMARY KEY (list, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE download (episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE, state TEXT NOT NULL, path TEXT,
    received INTEGER NOT NULL DEFAULT 0, total INTEGER, problem TEXT, etag TEXT, last_modified TEXT) STRICT;
CREATE TABLE listening (episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 0, is_played INTEGER NOT NULL DEFAULT 0, changed_at INTEGER NOT NULL) STRICT;
CREATE TABLE audio_index (episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
    content BLOB NOT NULL) STRICT;
CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO podcast (id, kind, feed_url, title, added_at) VALUES (3, 'feed', 'https://x.org/feed', 'The Show', 1000);
INSERT INTO episode (id, podcast, guid, title, sorted_at, duration, chapter_count) VALUES (8, 3, 'a', 'A', 5, 60000, 2);
INSERT INTO notes VALUES (8, 0, 'The notes');
INSERT INTO chapter_list (id, episode, source, content_hash, stored_at) VALUES (4, 8, 'outline', 'hash', 77);
INSERT INTO chapter VALUES (4, 0, 0, 30000, 'Introduction', NULL), (4, 1, 30000, 60000, 'Stargate', 'https://x.org/s');
INSERT INTO download (episode, state, path, received) VALUES (8, 'complete', '/audio.mp3', 10);
INSERT INTO listening VALUES (8, 31000, 0, 78);
INSERT INTO session VALUES ('playback', '{"episode": 8}');
"""


def write_version_1(path: Path) -> None:
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    old.commit()
    old.close()


def tables(path: Path) -> list[tuple[str, str, str, int]]:
    """Every column of every table, and every index."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        """
        SELECT t.name, c.name, c.type, c."notnull" FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' UNION ALL
        SELECT name, '', '', 0 FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%' ORDER BY 1, 2
        """
    ).fetchall()
    connection.close()
    return found


def test_a_library_of_version_1_loses_nothing(path: Path) -> None:
    write_version_1(path)
    connection = open_writer(path)
    assert row(connection, "PRAGMA user_version") == (len(MIGRATIONS),)
    episode = episodes.episode(connection, EpisodeId(8))
    assert (episode.title, episode.position, episode.chapter_count) == ("A", 31_000, 2)
    assert episode.download.path == "/audio.mp3"
    assert feeds.podcast(connection, PodcastId(3)).title == "The Show"
    assert episodes.notes(connection, EpisodeId(8)) == "The notes"
    assert chapters.lists(connection, EpisodeId(8)) == [
        ChapterList(
            ChapterSource.OUTLINE,
            (Chapter(0, 30_000, "Introduction"), Chapter(30_000, 60_000, "Stargate", "https://x.org/s")),
            read_at=77,
        )
    ]
    assert chapters.content_hash(connection, EpisodeId(8), ChapterSource.OUTLINE) == "hash"
    connection.close()


def test_an_old_library_becomes_what_a_new_one_is(path: Path, tmp_path: Path) -> None:
    write_version_1(path)
    open_writer(path).close()
    new = tmp_path / "new.db"
    open_writer(new).close()
    assert tables(path) == tables(new)


def test_an_old_library_is_searched(path: Path) -> None:
    write_version_1(path)
    old = sqlite3.connect(path)
    # More than a week has rows for.
    old.execute("INSERT INTO episode (id, podcast, guid, title, sorted_at) VALUES (9, 3, 'b', 'Älter', 0)")
    old.executemany(
        "INSERT INTO episode (id, podcast, guid, title, sorted_at) VALUES (?, 3, ?, 'many', 5)",
        [(id_, str(id_)) for id_ in range(10, 16_400)],
    )
    old.commit()
    old.close()
    connection = open_writer(path)
    chapters.store_shown(connection, EpisodeId(8), (Chapter(30_000, 60_000, "Stargate"),))
    bring_all_up_to_date(connection)
    limits = dict.fromkeys((FoundKind.EPISODE, FoundKind.CHAPTER, FoundKind.NOTES), 9)

    def found(words: str) -> list[tuple[str, int | None]]:
        groups = search.search(connection, read_query(words), 0, limits)
        return [(hit.title, hit.episode) for _, hits in groups for hit in hits]

    assert found("stargate") == [("Stargate", 8)]
    assert found("notes") == [("The notes", 8)]
    assert found("alter") == [("Älter", 9)]
    assert len(found("many")) == 9
    feeds.remove_podcast(connection, PodcastId(3))
    bring_all_up_to_date(connection)
    for index in ("title_index", "chapter_index", "notes_index"):
        connection.execute(f"CREATE VIRTUAL TABLE temp.of_{index} USING fts5vocab (main, {index}, row)")
        assert connection.execute(f"SELECT * FROM temp.of_{index}").fetchall() == []
    connection.close()


def migrate(path: Path, version: int, *statements: str) -> None:
    """Bring a library of version 1 to a later one, and change it there."""
    old = sqlite3.connect(path)
    old.create_function("search_words", 1, indexed)
    old.create_function("search_notes", 1, indexed)
    old.create_function("list_name", 1, indexed)
    for group in (*MIGRATIONS[1:version], statements):
        for statement in group:
            old.execute(statement)
    old.execute(f"PRAGMA user_version = {version}")
    old.commit()
    old.close()


def test_chapters_that_were_shown_before_there_was_an_index_are_found(path: Path) -> None:
    write_version_1(path)
    shown = "INSERT INTO shown_chapter VALUES (8, 0, 0, 'Introduction'), (8, 1, 30000, 'Stargate')"
    migrate(path, MIGRATIONS.index(SEARCH), shown)
    connection = open_writer(path)
    for words in ("intro", "stargate"):
        groups = list(search.search(connection, read_query(words), 0, {FoundKind.CHAPTER: 9}))
        assert [hit.episode for _, hits in groups for hit in hits] == [8]
    connection.close()


WITH_ROWS_FOR_CHAPTERS = MIGRATIONS.index(LISTS_AS_TEXTS + SEARCH_LATER)


def test_lists_of_rows_become_texts(path: Path) -> None:
    write_version_1(path)
    migrate(
        path,
        WITH_ROWS_FOR_CHAPTERS,
        "INSERT INTO episode (id, podcast, guid, title, sorted_at) VALUES (9, 3, 'b', 'B', 5), (10, 3, 'c', 'C', 5)",
        "INSERT INTO chapter_list (id, episode, source, stored_at) VALUES (5, 9, 'file', 1), (6, 9, 'document', 2)",
        """
        INSERT INTO chapter (list, place, start, end, title, link, picture, level, is_hidden) VALUES
            (5, 2, 7, 9, 'a gap before', NULL, 'https://x.org/p', 0, 0), (5, 0, 0, 5, 'One "ö"', NULL, NULL, 0, 0),
            (5, 1, 5, 6, 'within', NULL, NULL, 2, 0), (5, 3, 9, 9, '', 'https://x.org', NULL, 0, 1)
        """,
        "INSERT INTO shown_chapter VALUES (8, 1, 30000, 'Stargate'), (8, 0, 0, 'Introduction'), (10, 0, 0, 'Alone')",
        """
        INSERT INTO shown_chapter VALUES (9, 0, 0, 'One "ö"'), (9, 2, 7, 'a gap before'), (9, 1, 5, 'within')
        """,
    )
    connection = open_writer(path)
    assert chapters.lists(connection, EpisodeId(9)) == [
        ChapterList(
            ChapterSource.FILE,
            (
                Chapter(0, 5, 'One "ö"'),
                Chapter(5, 6, "within", level=2),
                Chapter(7, 9, "a gap before", picture="https://x.org/p"),
            ),
            (Chapter(9, 9, "", "https://x.org"),),
            read_at=1,
        ),
        ChapterList(ChapterSource.DOCUMENT, (), read_at=2),
    ]
    assert chapters.lists(connection, EpisodeId(10)) == []
    shown = {
        (episode, source): places(packed)
        for episode, source, packed in rows(
            connection, "SELECT episode, source, chapters FROM chapter_list WHERE is_shown"
        )
    }
    assert shown == {
        (8, "outline"): [(0, "Introduction"), (30_000, "Stargate")],
        (9, "file"): [(0, 'One "ö"'), (5, "within"), (7, "a gap before")],
        (10, "shown"): [(0, "Alone")],
    }
    connection.close()


def test_room_that_a_migration_frees_is_given_back(path: Path) -> None:
    write_version_1(path)
    title = "'" + "x" * 100 + "'"
    migrate(
        path,
        WITH_ROWS_FOR_CHAPTERS,
        f"""
        WITH RECURSIVE number(place) AS (SELECT 2 UNION ALL SELECT place + 1 FROM number WHERE place < 2000)
        INSERT INTO chapter (list, place, start, end, title) SELECT 4, place, place, place, {title} FROM number
        """,
        f"INSERT INTO shown_chapter SELECT 8, place, start, {title} FROM chapter WHERE list = 4",
    )
    connection = open_writer(path)
    assert row(connection, "PRAGMA freelist_count") == (0,)
    assert row(connection, "PRAGMA journal_mode") == ("wal",)
    assert row(connection, "PRAGMA page_size") == (16_384,)
    assert len(chapters.lists(connection, EpisodeId(8))[0].chapters) == 2001
    connection.close()


def test_a_library_that_others_read_is_migrated_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BUSY_MILLIS", 0)
    write_version_1(path)
    migrate(path, WITH_ROWS_FOR_CHAPTERS)
    with closing(sqlite3.connect(path)) as old:
        old.execute("PRAGMA journal_mode = WAL")
    monkeypatch.setattr(database, "_WORTH_COMPACTING", 1000)
    reader = database.open_reader(path)
    reader.execute("BEGIN")
    assert row(reader, "SELECT count(*) FROM chapter") == (2,)
    connection = open_writer(path)
    assert row(connection, "PRAGMA journal_mode") == ("wal",)
    assert len(chapters.lists(connection, EpisodeId(8))[0].chapters) == 2
    assert row(reader, "SELECT count(*) FROM chapter") == (2,)
    reader.close()
    connection.close()


def test_the_first_migration_is_the_one_that_was_released(path: Path, tmp_path: Path) -> None:
    write_version_1(path)
    built = tmp_path / "built.db"
    connection = sqlite3.connect(built)
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.close()
    assert tables(built) == tables(path)


def test_what_was_listened_to_by_day_is_kept_by_month(path: Path) -> None:
    write_version_1(path)
    old = sqlite3.connect(path)
    with_days = MIGRATIONS.index(SEARCH)
    for statements in MIGRATIONS[1:with_days]:
        for statement in statements:
            old.execute(statement)
    days = [("2025-01-31", 10, 5, 1), ("2025-02-01", 20, -3, 2), ("2025-02-28", 40, 9, 0)]
    old.executemany("INSERT INTO listened VALUES (3, ?, ?, ?, ?)", days)
    old.execute(f"PRAGMA user_version = {with_days}")
    old.commit()
    old.close()
    connection = open_writer(path)
    show = ("https://x.org/feed", "The Show")
    assert time_listened.all_rows(connection) == (
        MonthOfPodcast(*show, Month(2025, 1), Sums(10, 5, 0, 1, 0)),
        MonthOfPodcast(*show, Month(2025, 2), Sums(60, 9, 3, 2, 0)),
    )
    connection.close()
