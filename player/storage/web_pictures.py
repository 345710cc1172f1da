"""Pictures of chapters that were fetched from the web: which are here, and for which podcasts they are wanted.

Must not know where their bytes are kept, nor how they are fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from player.core.model import EpochMillis, PodcastId
from player.storage.database import change, change_many, row, rows


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture by its address. `size` is that of its bytes, 0 when there are none.

    `asked_at` is when its server was last asked, `used_at` when it was last shown; `has_failed` tells that the last
    answer was of no use.
    """

    url: str
    asked_at: EpochMillis
    used_at: EpochMillis
    size: int = 0
    etag: str | None = None
    last_modified: str | None = None
    has_failed: bool = False


def wish(connection: Connection, podcast: PodcastId) -> bool | None:
    """Whether pictures from the web are wanted for a podcast; None when the listener has not said."""
    found = row(connection, "SELECT shows_pictures FROM podcast WHERE id = ?", (podcast,))
    return None if found is None or found[0] is None else bool(found[0])


def store_wish(connection: Connection, podcast: PodcastId, *, is_wanted: bool) -> None:
    """Keep what the listener said."""
    change(connection, "UPDATE podcast SET shows_pictures = ? WHERE id = ?", (int(is_wanted), podcast))


def pictures(connection: Connection, urls: Iterable[str]) -> dict[str, KeptPicture]:
    """What is known of these addresses."""
    sql = """
        SELECT url, asked_at, used_at, size, etag, last_modified, has_failed <> 0 FROM web_picture
        WHERE url IN (SELECT value FROM json_each(?))
    """
    found = rows(connection, sql, (json.dumps(list(urls)),))
    return {url: KeptPicture(url, *facts) for url, *facts in found}


def store_picture(connection: Connection, picture: KeptPicture) -> None:
    """Keep what is known of a picture now."""
    sql = """
        INSERT OR REPLACE INTO web_picture (url, asked_at, used_at, size, etag, last_modified, has_failed)
        VALUES (?, ?, ?, ?, ?, ?, ?)
    """
    facts = (picture.asked_at, picture.used_at, picture.size, picture.etag, picture.last_modified, picture.has_failed)
    change(connection, sql, (picture.url, *facts))


def used(connection: Connection, urls: Iterable[str], now: EpochMillis) -> None:
    """Keep that these were shown."""
    change_many(connection, "UPDATE web_picture SET used_at = ? WHERE url = ?", [(now, url) for url in urls])


def take_out(connection: Connection, room: int) -> list[str]:
    """Forget those that were not shown for the longest, until the rest takes at most `room` bytes; their addresses."""
    sql = """
        SELECT url FROM (
            SELECT url, sum(size) OVER (ORDER BY used_at DESC, url ROWS UNBOUNDED PRECEDING) AS taken FROM web_picture
            WHERE size > 0
        ) WHERE taken > ?
    """
    found = [str(url) for (url,) in rows(connection, sql, (room,))]
    change_many(connection, "DELETE FROM web_picture WHERE url = ?", [(url,) for url in found])
    return found
