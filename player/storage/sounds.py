"""How podcasts sound.

Must not know what a sound is like, nor which one is for all podcasts.
"""

from __future__ import annotations

from sqlite3 import Connection

from player.core.model import PodcastId
from player.core.sound import Sound, Trimming, clamp_speed
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
