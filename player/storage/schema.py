"""The tables, as numbered migrations; `PRAGMA user_version` of a database says how many of them it has had.

Must not know what is done with the tables. A migration that was released is never edited: a new one is added.
"""

from __future__ import annotations

from player.storage.audio_schema import AUDIO_VERSIONS
from player.storage.bookmark_schema import BOOKMARKS
from player.storage.feed_schema import ASKING_FEEDS, FOLDERS, READING_FEEDS, TRANSCRIPTS
from player.storage.heard_schema import HEARD
from player.storage.listing_schema import LISTING
from player.storage.lists_schema import LISTS_AS_TEXTS
from player.storage.rules_schema import SKIP_RULES
from player.storage.search_schema import SEARCH, SEARCH_LATER

APPLICATION_ID = 0x4561726D
"""`PRAGMA application_id` of an Earmark database ("Earm"), so that another program's file is not taken for one."""

_FIRST = (
    # AUTOINCREMENT: an id is never given twice, so that one that a view or a transfer holds keeps its meaning.
    """
    CREATE TABLE podcast (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        feed_url TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        link TEXT,
        description TEXT NOT NULL DEFAULT '',
        author TEXT,
        image_url TEXT,
        added_at INTEGER NOT NULL,
        refreshed_at INTEGER,
        problem TEXT,
        etag TEXT,
        last_modified TEXT,
        body_hash TEXT
    ) STRICT
    """,
    # `sorted_at` is `published`, or when the episode was seen first. `duration` is the feed's, `measured` ours.
    # `details_hash` and `chapters_hash` are those of core.updates.describe; NULL for the listener's own files.
    """
    CREATE TABLE episode (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        podcast INTEGER NOT NULL REFERENCES podcast ON DELETE CASCADE,
        guid TEXT NOT NULL,
        title TEXT NOT NULL,
        link TEXT,
        published INTEGER,
        sorted_at INTEGER NOT NULL,
        duration INTEGER,
        measured INTEGER,
        enclosure_url TEXT,
        enclosure_type TEXT,
        enclosure_length INTEGER,
        image_url TEXT,
        chapter_count INTEGER NOT NULL DEFAULT 0,
        details_hash BLOB,
        chapters_hash BLOB,
        UNIQUE (podcast, guid)
    ) STRICT
    """,
    "CREATE INDEX episode_newest ON episode (sorted_at DESC, id DESC)",
    "CREATE INDEX episode_newest_of_podcast ON episode (podcast, sorted_at DESC, id DESC)",
    # All texts of an episode, place 0 the best one. In a table of their own, so that lists never read past them.
    """
    CREATE TABLE notes (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        place INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) STRICT
    """,
    """
    CREATE TABLE chapter_list (
        id INTEGER PRIMARY KEY,
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        source TEXT NOT NULL,
        content_hash TEXT,
        stored_at INTEGER NOT NULL,
        UNIQUE (episode, source)
    ) STRICT
    """,
    """
    CREATE TABLE chapter (
        list INTEGER NOT NULL REFERENCES chapter_list ON DELETE CASCADE,
        place INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        title TEXT NOT NULL,
        link TEXT,
        PRIMARY KEY (list, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE download (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        state TEXT NOT NULL,
        path TEXT,
        received INTEGER NOT NULL DEFAULT 0,
        total INTEGER,
        problem TEXT,
        etag TEXT,
        last_modified TEXT
    ) STRICT
    """,
    """
    CREATE TABLE listening (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        position INTEGER NOT NULL DEFAULT 0,
        is_played INTEGER NOT NULL DEFAULT 0,
        changed_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE audio_index (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        content BLOB NOT NULL
    ) STRICT
    """,
    "CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

_CHAPTERS_OF_MANY_SOURCES = (
    # `picture` is a core.model.Picture.reference: an address, or the key of the picture in the table below.
    "ALTER TABLE chapter ADD COLUMN picture TEXT",
    "ALTER TABLE chapter ADD COLUMN level INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE chapter ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE chapter_list ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
    # Pictures live and die with the list that shows them; a picture that many of its chapters show is kept once.
    """
    CREATE TABLE picture (
        list INTEGER NOT NULL REFERENCES chapter_list ON DELETE CASCADE,
        reference TEXT NOT NULL,
        media_type TEXT,
        data BLOB NOT NULL,
        UNIQUE (list, reference)
    ) STRICT
    """,
    "CREATE INDEX picture_reference ON picture (reference)",
    # What the listener changed, in the order of `place`, those from some place on undone. A chapter is named by the
    # start and the title that its source gives (`start`, `title`), the one that it swallows as well (`next_…`); `at`
    # and `new_title` are what it gets. Not tied to chapter_list: a list that is read again leaves it untouched.
    """
    CREATE TABLE chapter_edit (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        source TEXT NOT NULL,
        place INTEGER NOT NULL,
        is_undone INTEGER NOT NULL,
        kind TEXT NOT NULL,
        start INTEGER,
        title TEXT,
        next_start INTEGER,
        next_title TEXT,
        at INTEGER,
        new_title TEXT,
        PRIMARY KEY (episode, source, place)
    ) STRICT, WITHOUT ROWID
    """,
    # Where a published time is heard in the audio that is here, as the listener said it.
    """
    CREATE TABLE anchor (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        timeline TEXT NOT NULL,
        published INTEGER NOT NULL,
        actual INTEGER NOT NULL,
        PRIMARY KEY (episode, timeline, published)
    ) STRICT, WITHOUT ROWID
    """,
    # The source of chapters that the listener asked for, NULL for the choice by rule.
    "ALTER TABLE podcast ADD COLUMN chapter_source TEXT",
    "ALTER TABLE episode ADD COLUMN chapter_source TEXT",
    # Whether published times follow the chapters in the audio file where these tell how they were moved.
    "ALTER TABLE episode ADD COLUMN follows_file INTEGER NOT NULL DEFAULT 1",
)

_CHAPTER_DOCUMENTS = (
    # Where an episode's chapter document lies, and what its server last said: see storage.documents.KeptDocument.
    """
    CREATE TABLE chapter_document (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        url TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT,
        asked_at INTEGER,
        entries INTEGER,
        problem TEXT
    ) STRICT
    """,
    # The addresses stand in feeds that were read before: each is read once more, even when nothing in it changed.
    "UPDATE podcast SET etag = NULL, last_modified = NULL, body_hash = NULL",
)

_FEED_EXTRAS = (
    # Passages that the publisher recommends, in the order of the feed; times in milliseconds, as published.
    """
    CREATE TABLE soundbite (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        place INTEGER NOT NULL,
        start INTEGER NOT NULL,
        length INTEGER NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE transcript (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        place INTEGER NOT NULL,
        url TEXT NOT NULL,
        media_type TEXT,
        language TEXT,
        is_captions INTEGER NOT NULL,
        PRIMARY KEY (episode, place)
    ) STRICT, WITHOUT ROWID
    """,
    # They stand in feeds that were read before: each is read once more.
    "UPDATE podcast SET etag = NULL, last_modified = NULL, body_hash = NULL",
)

_SOUND = (
    # How a podcast sounds where that is not as all others do: see core.sound.Sound.
    """
    CREATE TABLE podcast_sound (
        podcast INTEGER PRIMARY KEY REFERENCES podcast ON DELETE CASCADE,
        speed REAL NOT NULL,
        trimming TEXT NOT NULL,
        is_levelled INTEGER NOT NULL,
        is_mono INTEGER NOT NULL
    ) STRICT
    """,
    # What was listened to on each day of the listener's calendar (2025-02-03), in milliseconds: core.sound.Listened.
    """
    CREATE TABLE listened (
        podcast INTEGER NOT NULL REFERENCES podcast ON DELETE CASCADE,
        day TEXT NOT NULL,
        heard INTEGER NOT NULL,
        by_speed INTEGER NOT NULL,
        by_trimming INTEGER NOT NULL,
        PRIMARY KEY (podcast, day)
    ) STRICT, WITHOUT ROWID
    """,
)

_CHAPTERS_AS_SHOWN = (
    # What an anchor step of the history changed, as JSON: see storage.chapter_edits.
    "ALTER TABLE chapter_edit ADD COLUMN anchors TEXT",
    # The chapters that are shown of each episode: chosen, edited, moved and filled by app.chapter_view, for the search.
    """
    CREATE TABLE shown_chapter (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        place INTEGER NOT NULL,
        start INTEGER NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (episode, place)
    ) STRICT, WITHOUT ROWID
    """,
    # They are worked out in the background: the id of the last episode that was, until all are.
    "INSERT INTO session (key, value) VALUES ('shown_up_to', '0')",
    # Pictures of chapters that were fetched from the web: see storage.web_pictures.
    """
    CREATE TABLE web_picture (
        url TEXT PRIMARY KEY,
        size INTEGER NOT NULL DEFAULT 0,
        etag TEXT,
        last_modified TEXT,
        asked_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        has_failed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    # Whether the listener wants pictures from the web for a podcast; NULL until they have said so or not.
    "ALTER TABLE podcast ADD COLUMN shows_pictures INTEGER",
)

_QUEUE = (
    # What is played next, in the order of `place`. A whole episode has no `start`; a chapter is kept as it was heard,
    # in the time of the file, not tied to chapter_list; without a `stop` it goes to the end of the file.
    """
    CREATE TABLE queue_entry (
        id INTEGER PRIMARY KEY,
        place INTEGER NOT NULL,
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        start INTEGER,
        stop INTEGER,
        title TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX queue_entry_of_episode ON queue_entry (episode)",
)

_SKIPS = (
    # Chapters that are left out in playing, named by what their source gives them: see core.skips.SkipMark.
    """
    CREATE TABLE skip_mark (
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        start INTEGER NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (episode, start, title)
    ) STRICT, WITHOUT ROWID
    """,
)

_TIME_LISTENED = (
    # What was listened to in each month of the listener's calendar (2025-02), in milliseconds: core.time_listened.Sums.
    # Not tied to podcast: it stays when one is removed, and counts on when one comes back.
    """
    CREATE TABLE time_listened (
        feed_url TEXT NOT NULL,
        month TEXT NOT NULL,
        title TEXT NOT NULL,
        heard INTEGER NOT NULL,
        by_speed INTEGER NOT NULL,
        by_slowness INTEGER NOT NULL,
        by_trimming INTEGER NOT NULL,
        by_skips INTEGER NOT NULL,
        PRIMARY KEY (feed_url, month)
    ) STRICT, WITHOUT ROWID
    """,
    # A feed that moves takes what was listened to along.
    """
    CREATE TRIGGER time_listened_move AFTER UPDATE OF feed_url ON podcast WHEN new.feed_url <> old.feed_url
    BEGIN
        INSERT INTO time_listened
        SELECT new.feed_url, month, title, heard, by_speed, by_slowness, by_trimming, by_skips
        FROM time_listened WHERE feed_url = old.feed_url
        ON CONFLICT (feed_url, month) DO UPDATE SET title = excluded.title, heard = heard + excluded.heard,
            by_speed = by_speed + excluded.by_speed, by_slowness = by_slowness + excluded.by_slowness,
            by_trimming = by_trimming + excluded.by_trimming, by_skips = by_skips + excluded.by_skips;
        DELETE FROM time_listened WHERE feed_url = old.feed_url;
    END
    """,
    """
    INSERT INTO time_listened
    SELECT p.feed_url, substr(l.day, 1, 7), p.title, sum(l.heard), sum(max(0, l.by_speed)), sum(max(0, -l.by_speed)),
        sum(max(0, l.by_trimming)), 0
    FROM listened l JOIN podcast p ON p.id = l.podcast GROUP BY p.feed_url, substr(l.day, 1, 7)
    """,
    "DROP TABLE listened",
)

_PODCAST_RULES = (
    # What the listener sets for a podcast: see core.podcast_rules. Times in milliseconds; `most` is NULL for all.
    """
    CREATE TABLE podcast_rules (
        podcast INTEGER PRIMARY KEY REFERENCES podcast ON DELETE CASCADE,
        intro INTEGER NOT NULL DEFAULT 0,
        outro INTEGER NOT NULL DEFAULT 0,
        most INTEGER DEFAULT 0,
        contains TEXT NOT NULL DEFAULT '',
        lacks TEXT NOT NULL DEFAULT '',
        only_with_chapters INTEGER NOT NULL DEFAULT 0,
        keep TEXT NOT NULL DEFAULT 'all',
        announces INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # A podcast without a row is new, and gets what the settings say of new ones: those that are here are not.
    "INSERT INTO podcast_rules (podcast) SELECT id FROM podcast WHERE kind = 'feed'",
    # Downloads that the listener wants to be kept, whatever the rule of the podcast says.
    "CREATE TABLE kept_download (episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE) STRICT",
)

_ORDER_OF_DOWNLOADS = (
    # Which of the downloads comes first: as they were asked for, until the listener orders those that are not whole.
    "ALTER TABLE download ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
    "UPDATE download SET place = episode",
    "CREATE INDEX download_place ON download (place)",
)

_TAGS_DUE = (
    # Whether chapters and cover are still to be written into the file, which came while the listener wanted that.
    "ALTER TABLE download ADD COLUMN is_tagging_due INTEGER NOT NULL DEFAULT 0",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _CHAPTERS_OF_MANY_SOURCES,
    _CHAPTER_DOCUMENTS,
    _FEED_EXTRAS,
    _SOUND,
    _CHAPTERS_AS_SHOWN,
    _QUEUE,
    _SKIPS,
    SEARCH,
    _TIME_LISTENED,
    _PODCAST_RULES,
    LISTING,
    LISTS_AS_TEXTS + SEARCH_LATER,
    ASKING_FEEDS,
    READING_FEEDS,
    SKIP_RULES,
    TRANSCRIPTS,
    HEARD,
    _ORDER_OF_DOWNLOADS,
    BOOKMARKS,
    AUDIO_VERSIONS,
    _TAGS_DUE,
    FOLDERS,
)
"""What each version adds: after statement group n, the database has `user_version` n + 1."""
