"""The listener's bookmarks: made, read as lists, changed, taken away and brought back.

Must not know what words were typed (`core.search_query`), nor where chapters come from.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from sqlite3 import Connection
from typing import Any

from player.core.accounts import split_account
from player.core.bookmarks import Bookmark, BookmarkId, ListedBookmark, clean_text, moved, stop_meant
from player.core.errors import NotFoundError
from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.phrases import Phrase
from player.core.search_query import Query
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.packed_chapters import places

_COLUMNS = "b.id, b.episode, b.start, b.stop, b.text, b.made_at, b.chapter"
_JOINED = "bookmark b JOIN episode e ON e.id = b.episode JOIN podcast p ON p.id = e.podcast"


def of_episode(connection: Connection, episode: EpisodeId) -> tuple[Bookmark, ...]:
    """The bookmarks of an episode, in rising order of start."""
    sql = f"SELECT {_COLUMNS} FROM bookmark b WHERE episode = ? ORDER BY start, id"
    return tuple(_bookmark(found) for found in rows(connection, sql, (episode,)))


def bookmark(connection: Connection, bookmark: BookmarkId) -> Bookmark:
    """One bookmark. Raises NotFoundError."""
    found = row(connection, f"SELECT {_COLUMNS} FROM bookmark b WHERE id = ?", (bookmark,))
    if found is None:
        raise NotFoundError(Phrase("reasons", "bookmark"), str(bookmark))
    return _bookmark(found)


def count(connection: Connection) -> int:
    """How many there are."""
    ((found,),) = rows(connection, "SELECT count(*) FROM bookmark")
    return int(found)


def newest_ids(connection: Connection, query: Query) -> list[BookmarkId]:
    """The ids of those that have all words in their text, or in what they belong to: the newest first.

    All are looked at: ten thousand take 20 to 45 ms. Without words it is their index alone that is read, in 4 ms.
    """
    if not query.terms:
        sql = "SELECT id FROM bookmark ORDER BY made_at DESC, id DESC"
        return [BookmarkId(found) for (found,) in rows(connection, sql)]
    sql = f"""
        SELECT b.id, b.text || ' / ' || b.chapter || ' / ' || e.title || ' / ' || p.title
        FROM {_JOINED} ORDER BY b.made_at DESC, b.id DESC
    """
    return [BookmarkId(found) for found, words in rows(connection, sql) if query.is_in(words)]


def listed(connection: Connection, ids: Sequence[BookmarkId]) -> list[ListedBookmark]:
    """Bookmarks with what they belong to, in the order of the ids; what is gone is left out."""
    sql = f"""
        SELECT {_COLUMNS}, e.title, p.title, p.feed_url, e.guid
        FROM json_each(?) wanted CROSS JOIN bookmark b ON b.id = wanted.value
        CROSS JOIN episode e ON e.id = b.episode CROSS JOIN podcast p ON p.id = e.podcast ORDER BY wanted.key
    """
    found = rows(connection, sql, (json.dumps(list(ids)),))
    return [
        ListedBookmark(_bookmark(columns), episode, podcast, split_account(feed_url)[0], guid)
        for *columns, episode, podcast, feed_url, guid in found
    ]


def add(
    connection: Connection,
    episode: EpisodeId,
    start: Millis,
    now: EpochMillis,
    *,
    stop: Millis | None = None,
    text: str = "",
) -> BookmarkId:
    """Make one. Raises NotFoundError when the episode is gone."""
    sql = """
        INSERT INTO bookmark (episode, start, stop, text, chapter, made_at)
        SELECT id, ?, ?, ?, ?, ? FROM episode WHERE id = ? RETURNING id
    """
    chapter = _title_at(_shown(connection, episode), start)
    values = (start, stop_meant(start, stop), clean_text(text), chapter, now, episode)
    found = row(connection, sql, values)
    if found is None:
        raise NotFoundError(Phrase("reasons", "episode"), str(episode))
    return BookmarkId(found[0])


def set_text(connection: Connection, bookmark: BookmarkId, text: str) -> None:
    """Give one another line of text. One that is gone is passed over."""
    change(connection, "UPDATE bookmark SET text = ? WHERE id = ?", (clean_text(text), bookmark))


def set_stop(connection: Connection, bookmark: BookmarkId, stop: Millis | None) -> None:
    """Let one end at `stop`, or (None, or not behind its start) be a place. One that is gone is passed over."""
    sql = "UPDATE bookmark SET stop = iif(?1 > start, ?1, NULL) WHERE id = ?2"
    change(connection, sql, (stop, bookmark))


def remove(connection: Connection, ids: Iterable[BookmarkId]) -> tuple[Bookmark, ...]:
    """Take bookmarks away; returns what they were, for `restore`."""
    wanted = (json.dumps(list(ids)),)
    found = rows(connection, f"SELECT {_COLUMNS} FROM bookmark b WHERE id IN (SELECT value FROM json_each(?))", wanted)
    change(connection, "DELETE FROM bookmark WHERE id IN (SELECT value FROM json_each(?))", wanted)
    return tuple(map(_bookmark, found))


def restore(connection: Connection, bookmarks: Iterable[Bookmark]) -> None:
    """Bring back what was taken away, under the same ids. Those of episodes that are gone are passed over."""
    sql = """
        INSERT OR IGNORE INTO bookmark (id, episode, start, stop, text, chapter, made_at)
        SELECT ?, id, ?, ?, ?, ?, ? FROM episode WHERE id = ?
    """
    with transaction(connection):
        for each in bookmarks:
            chapter = _title_at(_shown(connection, each.episode), each.start)
            change(connection, sql, (each.id, each.start, each.stop, each.text, chapter, each.made_at, each.episode))


def move(connection: Connection, episode: EpisodeId, to: Callable[[Millis], Millis]) -> None:
    """Move the bookmarks of an episode to where `to` says that their places are now: its audio is another one."""
    with transaction(connection):
        shown = _shown(connection, episode)
        changed = [moved(each, to) for each in of_episode(connection, episode)]
        change_many(
            connection,
            "UPDATE bookmark SET start = ?, stop = ?, chapter = ? WHERE id = ?",
            [(each.start, each.stop, _title_at(shown, each.start), each.id) for each in changed],
        )


def with_bookmarks(connection: Connection, episodes: Iterable[EpisodeId]) -> list[EpisodeId]:
    """Which of these episodes have bookmarks, in rising order."""
    sql = "SELECT DISTINCT episode FROM bookmark WHERE episode IN (SELECT value FROM json_each(?)) ORDER BY episode"
    return [EpisodeId(found) for (found,) in rows(connection, sql, (json.dumps(list(episodes)),))]


def follow_chapters(connection: Connection, episode: EpisodeId, shown: Sequence[tuple[Millis, str]]) -> None:
    """Other chapters are shown of an episode, with these starts and titles: its bookmarks are in those."""
    found = [(each, _title_at(shown, each.start)) for each in of_episode(connection, episode)]
    change_many(
        connection,
        "UPDATE bookmark SET chapter = ? WHERE id = ?",
        [(title, each.id) for each, title in found if title != each.chapter],
    )


def _shown(connection: Connection, episode: EpisodeId) -> list[tuple[Millis, str]]:
    found = row(connection, "SELECT chapters FROM chapter_list WHERE episode = ? AND is_shown", (episode,))
    return places(found[0]) if found else []


def _title_at(shown: Sequence[tuple[Millis, str]], place: Millis) -> str:
    number = bisect_right(shown, place, key=lambda each: each[0])
    return shown[number - 1][1] if number else ""


def _bookmark(columns: Sequence[Any]) -> Bookmark:
    return Bookmark(*columns)
