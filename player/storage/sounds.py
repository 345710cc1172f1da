"""How podcasts sound, and how long they were listened to.

Must not know what a sound is like, nor which one is for all podcasts.
"""

from __future__ import annotations

from sqlite3 import Connection

from player.core.model import PodcastId
from player.core.sound import Listened, Sound, Trimming, clamp_speed
from player.storage.database import change, row


def sound(connection: Connection, podcast: PodcastId) -> Sound | None:
    """The podcast's own sound; None where it sounds as all do."""
    sql = "SELECT speed, trimming, is_levelled, is_mono FROM podcast_sound WHERE podcast = ?"
    found = row(connection, sql, (podcast,))
    if found is None:
        return None
    speed, trimming, is_levelled, is_mono = found
    is_known = trimming in set(Trimming)
    return Sound(clamp_speed(speed), Trimming(trimming) if is_known else Trimming.OFF, bool(is_levelled), bool(is_mono))


def store_sound(connection: Connection, podcast: PodcastId, sound: Sound | None) -> None:
    """Keep the podcast's own sound; None: it sounds as all do. A podcast that is gone is passed over."""
    change(connection, "DELETE FROM podcast_sound WHERE podcast = ?", (podcast,))
    if sound is not None:
        sql = """
            INSERT INTO podcast_sound (podcast, speed, trimming, is_levelled, is_mono)
            SELECT id, ?, ?, ?, ? FROM podcast WHERE id = ?
        """
        values = (sound.speed, sound.trimming.value, int(sound.is_levelled), int(sound.is_mono))
        change(connection, sql, (*values, podcast))


def add_listened(connection: Connection, podcast: PodcastId, day: str, more: Listened) -> None:
    """Add what was listened to on a day (2025-02-03). A podcast that is gone is passed over."""
    sql = """
        INSERT INTO listened (podcast, day, heard, by_speed, by_trimming)
        SELECT id, ?, ?, ?, ? FROM podcast WHERE id = ?
        ON CONFLICT (podcast, day) DO UPDATE SET heard = heard + excluded.heard,
            by_speed = by_speed + excluded.by_speed, by_trimming = by_trimming + excluded.by_trimming
    """
    change(connection, sql, (day, round(more.heard), round(more.by_speed), round(more.by_trimming), podcast))


def listened(connection: Connection, podcast: PodcastId) -> Listened:
    """What was listened to in all."""
    sql = "SELECT sum(heard), sum(by_speed), sum(by_trimming) FROM listened WHERE podcast = ?"
    found = row(connection, sql, (podcast,))
    return Listened(*(number or 0 for number in found)) if found else Listened()
