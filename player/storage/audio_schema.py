"""The table of which audio was fetched of each episode.

Must not know what is done with it (`storage.audio_versions`).
"""

from __future__ import annotations

AUDIO_VERSIONS = (
    # Which bytes were fetched last of an episode, as a hash; stays when they are removed, and `left_at` then says where
    # in them the listener was.
    """
    CREATE TABLE audio_version (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        digest BLOB NOT NULL,
        left_at INTEGER
    ) STRICT
    """,
)
