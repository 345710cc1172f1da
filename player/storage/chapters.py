"""Lists of chapters, one for each source of an episode, and the pictures in them.

Must not know how a list is read from its source, nor which list is shown (`core.choice`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from sqlite3 import Connection

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, EpochMillis, Picture
from player.storage.bookmarks import follow_chapters, with_bookmarks
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.packed_chapters import pack, pack_places, places, unpack

AS_SHOWN = "shown"
"""What stands for the source where the chapters that are shown of an episode are not those of any list."""


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
    sql = """
        INSERT INTO chapter_list (episode, source, content_hash, stored_at, origin, chapters)
        SELECT id, ?, ?, ?, ?, ? FROM episode WHERE id = ?
        ON CONFLICT (episode, source) DO UPDATE SET content_hash = excluded.content_hash,
            stored_at = excluded.stored_at, origin = excluded.origin, chapters = excluded.chapters
        RETURNING id
    """
    packed = pack(chapter_list.chapters, chapter_list.hidden)
    facts = (chapter_list.source, content_hash, now, chapter_list.origin, packed, episode)
    shown = {each.picture for each in (*chapter_list.chapters, *chapter_list.hidden)}
    with transaction(connection):
        stored = row(connection, sql, facts)
        if stored is None:
            return
        change(connection, "DELETE FROM picture WHERE list = ?", stored)
        change_many(
            connection,
            "INSERT OR IGNORE INTO picture (list, reference, media_type, data) VALUES (?, ?, ?, ?)",
            [
                (stored[0], each.reference, each.media_type, each.data)
                for each in pictures
                if each.data is not None and each.reference in shown
            ],
        )


def lists(connection: Connection, episode: EpisodeId) -> list[ChapterList]:
    """The lists of all sources that have one."""
    sql = "SELECT source, chapters, origin, stored_at FROM chapter_list WHERE episode = ? AND source <> ? ORDER BY id"
    return [
        ChapterList(ChapterSource(source), *unpack(packed), origin, read_at)
        for source, packed, origin, read_at in rows(connection, sql, (episode, AS_SHOWN))
    ]


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
    """Keep which chapters are shown: their number for lists of episodes, their titles and starts for the search.

    Where a source's list has them just so, it is marked; else, as after edits, they are kept beside the lists.
    """
    shown = [(each.start, each.title) for each in chapters]
    sql = "SELECT id, source = ?, is_shown, chapters FROM chapter_list WHERE episode = ? ORDER BY id"
    found = rows(connection, sql, (AS_SHOWN, episode))
    same = next((id_ for id_, _, _, packed in found if places(packed) == shown), None) if shown else None
    with transaction(connection):
        for id_, is_own, is_shown, _ in found:
            if is_own and id_ != same:
                change(connection, "DELETE FROM chapter_list WHERE id = ?", (id_,))
            elif is_shown != (id_ == same):
                change(connection, "UPDATE chapter_list SET is_shown = ? WHERE id = ?", (id_ == same, id_))
        if shown and same is None:
            sql = "INSERT INTO chapter_list (episode, source, stored_at, is_shown, chapters) VALUES (?, ?, 0, 1, ?)"
            change(connection, sql, (episode, AS_SHOWN, pack_places(shown)))
        sql = "UPDATE episode SET chapter_count = ?1 WHERE id = ?2 AND chapter_count <> ?1"
        change(connection, sql, (len(shown), episode))
        follow_chapters(connection, episode, shown)


def without_lists(connection: Connection, episodes: Collection[EpisodeId]) -> frozenset[EpisodeId]:
    """Those of the episodes that have no list from any source, and no edits or anchors of the listener's."""
    sql = """
        WITH wanted AS (SELECT value AS id FROM json_each(?))
        SELECT id FROM wanted WHERE id NOT IN (
            SELECT episode FROM chapter_list WHERE episode IN wanted
            UNION SELECT episode FROM chapter_edit WHERE episode IN wanted
            UNION SELECT episode FROM anchor WHERE episode IN wanted
        )
    """
    return frozenset(EpisodeId(id_) for (id_,) in rows(connection, sql, (json.dumps(list(episodes)),)))


def store_first_lists(
    connection: Connection, source: ChapterSource, lists: Iterable[tuple[EpisodeId, str]], now: EpochMillis
) -> None:
    """Keep the list that a source gives of each of many episodes, and that it is shown; `store_list`, `store_shown`.

    For episodes that are `without_lists`: the only list is the one that is shown, as it is. The lists are packed
    (`storage.packed_chapters`) and have no hidden entries.
    """
    packed = [(chapters, episode) for episode, chapters in lists]
    with transaction(connection):
        sql = "INSERT INTO chapter_list (episode, source, stored_at, is_shown, chapters) VALUES (?, ?, ?, 1, ?)"
        change_many(connection, sql, [(episode, source, now, chapters) for chapters, episode in packed])
        change_many(connection, "UPDATE episode SET chapter_count = json_array_length(?) WHERE id = ?", packed)
        by_episode = {episode: chapters for chapters, episode in packed}
        for episode in with_bookmarks(connection, by_episode):
            follow_chapters(connection, episode, places(by_episode[episode]))


def episodes_with_lists(connection: Connection, after: EpisodeId, count: int) -> tuple[EpisodeId, ...]:
    """The next `count` episodes after that one, by id, that have chapters from anywhere or edits of the listener's."""
    sql = """
        SELECT episode FROM chapter_list WHERE episode > ? UNION SELECT episode FROM chapter_edit WHERE episode > ?
        ORDER BY episode LIMIT ?
    """
    return tuple(EpisodeId(found[0]) for found in rows(connection, sql, (after, after, count)))
