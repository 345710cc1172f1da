"""Lists of chapters, one for each source of an episode.

Must not know how a list is read from its source, nor which list is taken (`core.chapters`).
"""

from __future__ import annotations

from itertools import groupby
from sqlite3 import Connection

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, EpochMillis
from player.storage.database import change, change_many, row, rows, transaction


def store_list(
    connection: Connection,
    episode: EpisodeId,
    chapter_list: ChapterList,
    now: EpochMillis,
    content_hash: str | None = None,
) -> None:
    """Keep what a source says, in place of what it said before. An episode that is gone is passed over.

    `content_hash` names the content that was read (a file, a document), to see later whether it is still the same.
    """
    with transaction(connection):
        drop_list(connection, episode, chapter_list.source)
        sql = """
            INSERT INTO chapter_list (episode, source, content_hash, stored_at)
            SELECT id, ?, ?, ? FROM episode WHERE id = ? RETURNING id
        """
        made = row(connection, sql, (chapter_list.source, content_hash, now, episode))
        if made is None:
            return
        change_many(
            connection,
            "INSERT INTO chapter (list, place, start, end, title, link) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (made[0], place, each.start, each.end, each.title, each.link)
                for place, each in enumerate(chapter_list.chapters)
            ],
        )


def lists(connection: Connection, episode: EpisodeId) -> list[ChapterList]:
    """The lists of all sources that have one."""
    sql = """
        SELECT s.source, c.start, c.end, c.title, c.link FROM chapter_list s LEFT JOIN chapter c ON c.list = s.id
        WHERE s.episode = ? ORDER BY s.id, c.place
    """
    return [
        ChapterList(
            ChapterSource(source),
            tuple(Chapter(start, end, title, link) for _, start, end, title, link in group if start is not None),
        )
        for source, group in groupby(rows(connection, sql, (episode,)), key=lambda found: str(found[0]))
    ]


def content_hash(connection: Connection, episode: EpisodeId, source: ChapterSource) -> str | None:
    """The name of the content that a source's list was read from, or None."""
    sql = "SELECT content_hash FROM chapter_list WHERE episode = ? AND source = ?"
    found = row(connection, sql, (episode, source))
    return found[0] if found else None


def drop_list(connection: Connection, episode: EpisodeId, source: ChapterSource) -> None:
    """Forget what a source said."""
    change(connection, "DELETE FROM chapter_list WHERE episode = ? AND source = ?", (episode, source))


def set_chapter_count(connection: Connection, episode: EpisodeId, count: int) -> None:
    """Keep how many chapters the chosen list has, for lists of episodes."""
    change(connection, "UPDATE episode SET chapter_count = ? WHERE id = ?", (count, episode))
