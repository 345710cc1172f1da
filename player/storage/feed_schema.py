"""The migrations for asking feeds, for what they say and lead to, and how they are read; `storage.schema` runs them.

Must not know what is done with the tables. None is edited once it was released.
"""

from __future__ import annotations

from player.storage.listing_schema import MOVING

ASKING_FEEDS = (
    # How asking went: see core.refreshing.AskState.
    "ALTER TABLE podcast ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE podcast ADD COLUMN ask_after INTEGER",
    "ALTER TABLE podcast ADD COLUMN is_ended INTEGER NOT NULL DEFAULT 0",
    # Whether the feed wants a name and a password; these are in the system's keyring, and never here.
    "ALTER TABLE podcast ADD COLUMN has_account INTEGER NOT NULL DEFAULT 0",
    # Where the next page with older episodes is; NULL before the feed was read, empty when there is none any more.
    "ALTER TABLE podcast ADD COLUMN next_page TEXT",
    # core.feed_facts.PodcastFacts as JSON, NULL where the feed says nothing of them.
    "ALTER TABLE podcast ADD COLUMN facts TEXT",
    # Where feeds were before they moved.
    """
    CREATE TABLE former_address (
        url TEXT PRIMARY KEY,
        podcast INTEGER NOT NULL REFERENCES podcast ON DELETE CASCADE,
        left_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX former_address_of_podcast ON former_address (podcast)",
    # core.feed_facts.EpisodeFacts as JSON, only for episodes of which the feed says something.
    """
    CREATE TABLE episode_facts (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        content TEXT NOT NULL
    ) STRICT
    """,
    # Two podcasts that turn out to be one become one.
    *MOVING,
    # They stand in feeds that were read before: each is read once more.
    "UPDATE podcast SET etag = NULL, last_modified = NULL, body_hash = NULL",
)
"""Columns and tables of `storage.feed_asking` and `storage.feed_extras`."""

READING_FEEDS = (
    # What an episode's item was when it was read: see formats.feed_items.
    "ALTER TABLE episode ADD COLUMN item_digest BLOB",
    # Episodes whose texts are to be looked through for chapters: see storage.unread.
    """
    CREATE TABLE unread (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        podcast INTEGER NOT NULL REFERENCES podcast ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX unread_of_podcast ON unread (podcast DESC, episode)",
    # Where the program was killed between storing a feed and its chapters, these are missing.
    """
    INSERT INTO unread (episode, podcast) SELECT id, podcast FROM episode
    WHERE chapter_count = 0 AND chapters_hash IS NOT NULL
    """,
)
"""What `storage.unread` keeps, and by what `storage.feeds` knows items again."""

TRANSCRIPTS = (
    # What was read of the transcripts that feeds lead to: see storage.transcripts.
    """
    CREATE TABLE kept_transcript (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        url TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT,
        asked_at INTEGER,
        problem TEXT,
        content BLOB
    ) STRICT
    """,
)
"""The table of `storage.transcripts`."""

FOLDERS = (
    # The names of core.folders as a JSON array.
    "ALTER TABLE podcast ADD COLUMN folder TEXT NOT NULL DEFAULT '[]'",
)
"""In which folder the listener keeps a podcast."""
