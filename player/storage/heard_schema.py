"""The table of what was heard of each episode.

Must not know what is done with it (`storage.heard`).
"""

from __future__ import annotations

HEARD = (
    # In the time of the file, in milliseconds: "0-808123,900000-960000". Of one that is played and has no row, all was.
    """
    CREATE TABLE heard (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        spans TEXT NOT NULL
    ) STRICT
    """,
    # Who has come to a place has most likely heard what lies before it.
    """
    INSERT INTO heard (episode, spans)
    SELECT episode, '0-' || position FROM listening WHERE position > 0 AND NOT is_played
    """,
)
