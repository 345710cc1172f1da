"""Lists of chapters, one for each source of an episode, and the pictures in them.

Must not know how a list is read from its source, nor which list is shown (`core.choice`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from sqlite3 import Connection
from typing import Any

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, EpochMillis, Picture
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.search import drop_chapters, take_chapters


def store_list(
    connection: Connection,
    episode: EpisodeId,
    chapter_list: ChapterList,
    now: EpochMillis,
    content_hash: str | None = None,
    pictures: Iterable[Picture] = (),
) -> None:
    """Keep what a source says, read `now`, in place of what it said before. An episode that is gone is passed over.

    `content_hash` names the content that was read (a file, a document), to see later whether it is still the same.
    Of `pictures` those are kept that have bytes and that a chapter of the list shows.
    """
    with transaction(connection):
        drop_list(connection, episode, chapter_list.source)
        sql = """
            INSERT INTO chapter_list (episode, source, content_hash, stored_at, origin)
            SELECT id, ?, ?, ?, ? FROM episode WHERE id = ? RETURNING id
        """
        made = row(connection, sql, (chapter_list.source, content_hash, now, chapter_list.origin, episode))
        if made is None:
            return
        entries = [*((each, 0) for each in chapter_list.chapters), *((each, 1) for each in chapter_list.hidden)]
        change_many(
            connection,
            """
            INSERT INTO chapter (list, place, start, end, title, link, picture, level, is_hidden)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                (made[0], place, each.start, each.end, each.title, each.link, each.picture, each.level, is_hidden)
                for place, (each, is_hidden) in enumerate(entries)
            ],
        )
        shown = {each.picture for each, _ in entries}
        change_many(
            connection,
            "INSERT OR IGNORE INTO picture (list, reference, media_type, data) VALUES (?, ?, ?, ?)",
            [
                (made[0], each.reference, each.media_type, each.data)
                for each in pictures
                if each.data is not None and each.reference in shown
            ],
        )


def lists(connection: Connection, episode: EpisodeId) -> list[ChapterList]:
    """The lists of all sources that have one."""
    sql = """
        SELECT s.source, s.origin, s.stored_at, c.start, c.end, c.title, c.link, c.picture, c.level, c.is_hidden
        FROM chapter_list s LEFT JOIN chapter c ON c.list = s.id
        WHERE s.episode = ? ORDER BY s.id, c.place
    """
    return [
        _list(source, list(group))
        for source, group in groupby(rows(connection, sql, (episode,)), key=lambda found: str(found[0]))
    ]


def _list(source: str, found: list[tuple[Any, ...]]) -> ChapterList:
    _, origin, read_at, *_ = found[0]
    entries = [(Chapter(*facts), is_hidden) for _, _, _, *facts, is_hidden in found if facts[0] is not None]
    return ChapterList(
        ChapterSource(source),
        tuple(chapter for chapter, is_hidden in entries if not is_hidden),
        tuple(chapter for chapter, is_hidden in entries if is_hidden),
        origin,
        read_at,
    )


def picture(connection: Connection, reference: str) -> Picture | None:
    """The picture with this `Picture.reference`, or None when no list that is kept has its bytes."""
    found = row(connection, "SELECT data, media_type FROM picture WHERE reference = ?", (reference,))
    return Picture(data=found[0], media_type=found[1]) if found else None


def content_hash(connection: Connection, episode: EpisodeId, source: ChapterSource) -> str | None:
    """The name of the content that a source's list was read from, or None."""
    sql = "SELECT content_hash FROM chapter_list WHERE episode = ? AND source = ?"
    found = row(connection, sql, (episode, source))
    return found[0] if found else None


def drop_list(connection: Connection, episode: EpisodeId, source: ChapterSource) -> None:
    """Forget what a source said."""
    change(connection, "DELETE FROM chapter_list WHERE episode = ? AND source = ?", (episode, source))


def store_shown(connection: Connection, episode: EpisodeId, chapters: Iterable[Chapter]) -> None:
    """Keep which chapters are shown: their number for lists of episodes, their titles and starts for the search."""
    shown = [(episode, place, each.start, each.title) for place, each in enumerate(chapters)]
    sql = "SELECT episode, place, start, title FROM shown_chapter WHERE episode = ? ORDER BY place"
    stored = rows(connection, sql, (episode,))
    if stored == shown:
        return
    with transaction(connection):
        if stored:
            drop_chapters(connection, episode)
        change(connection, "DELETE FROM shown_chapter WHERE episode = ?", (episode,))
        change_many(connection, "INSERT INTO shown_chapter (episode, place, start, title) VALUES (?, ?, ?, ?)", shown)
        take_chapters(connection, episode)
        change(connection, "UPDATE episode SET chapter_count = ? WHERE id = ?", (len(shown), episode))


def episodes_with_lists(connection: Connection, after: EpisodeId, count: int) -> tuple[EpisodeId, ...]:
    """The next `count` episodes after that one, by id, that have chapters from anywhere or edits of the listener's."""
    sql = """
        SELECT episode FROM chapter_list WHERE episode > ? UNION SELECT episode FROM chapter_edit WHERE episode > ?
        ORDER BY episode LIMIT ?
    """
    return tuple(EpisodeId(found[0]) for found in rows(connection, sql, (after, after, count)))
