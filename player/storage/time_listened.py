"""How long podcasts were listened to in each month, and what was saved. It stays when a podcast is removed.

Must not know what the sums mean, nor what month it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from player.core.model import PodcastId
from player.core.time_listened import Month, MonthOfPodcast, Sums, month_meant
from player.storage.database import change, change_many, row, rows

_SUMS = "heard, by_speed, by_slowness, by_trimming, by_skips"


def add(connection: Connection, podcast: PodcastId, month: Month, more: Sums) -> None:
    """Add what was listened to in a month. A podcast that is gone is passed over: it may go while it plays."""
    sql = f"""
        INSERT INTO time_listened (feed_url, month, title, {_SUMS})
        SELECT feed_url, ?, title, ?, ?, ?, ?, ? FROM podcast WHERE id = ?
        ON CONFLICT (feed_url, month) DO UPDATE SET title = excluded.title, heard = heard + excluded.heard,
            by_speed = by_speed + excluded.by_speed, by_slowness = by_slowness + excluded.by_slowness,
            by_trimming = by_trimming + excluded.by_trimming, by_skips = by_skips + excluded.by_skips
    """
    change(connection, sql, (str(month), *_values(more), podcast))


def sums_of(connection: Connection, podcast: PodcastId) -> Sums:
    """What was listened to of a podcast in all."""
    sql = f"""
        SELECT {", ".join(f"coalesce(sum({name}), 0)" for name in _SUMS.split(", "))}
        FROM time_listened WHERE feed_url = (SELECT feed_url FROM podcast WHERE id = ?)
    """
    found = row(connection, sql, (podcast,))
    return Sums(*found) if found else Sums()


def all_rows(connection: Connection) -> tuple[MonthOfPodcast, ...]:
    """All that is kept, the oldest first."""
    found = rows(connection, f"SELECT feed_url, title, month, {_SUMS} FROM time_listened ORDER BY month, feed_url")
    return tuple(MonthOfPodcast(url, title, month_meant(month), Sums(*sums)) for url, title, month, *sums in found)


def add_rows(connection: Connection, added: Iterable[MonthOfPodcast]) -> None:
    """Take in what another library, or an older copy of this one, has kept.

    Of two sums of the same month the larger one stays, so that nothing counts twice when a copy is read again.
    """
    sql = f"""
        INSERT INTO time_listened (feed_url, month, title, {_SUMS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (feed_url, month) DO UPDATE SET heard = max(heard, excluded.heard),
            by_speed = max(by_speed, excluded.by_speed), by_slowness = max(by_slowness, excluded.by_slowness),
            by_trimming = max(by_trimming, excluded.by_trimming), by_skips = max(by_skips, excluded.by_skips)
    """
    change_many(connection, sql, [(each.feed_url, str(each.month), each.title, *_values(each.sums)) for each in added])


def unite(connection: Connection, feed_url: str, into: str) -> None:
    """Count what was listened to of one feed as that of another, as when two turn out to be one."""
    sql = f"""
        INSERT INTO time_listened (feed_url, month, title, {_SUMS})
        SELECT ?, month, title, {_SUMS} FROM time_listened WHERE feed_url = ?
        ON CONFLICT (feed_url, month) DO UPDATE SET heard = heard + excluded.heard,
            by_speed = by_speed + excluded.by_speed, by_slowness = by_slowness + excluded.by_slowness,
            by_trimming = by_trimming + excluded.by_trimming, by_skips = by_skips + excluded.by_skips
    """
    change(connection, sql, (into, feed_url))
    change(connection, "DELETE FROM time_listened WHERE feed_url = ?", (feed_url,))


def _values(sums: Sums) -> tuple[int, ...]:
    return (sums.heard, sums.by_speed, sums.by_slowness, sums.by_trimming, sums.by_skips)
