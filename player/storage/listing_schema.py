"""What lists are filtered, sorted and counted by: two narrow tables, and the triggers that keep them right.

Must not know how they are asked. Of 100 000 episodes `episode` has 26 MB, the table here 6: a list is read from an
index of the narrow one alone, and marking thousands as played changes few pages. Counting the episodes anew from an
index took 9 ms for the sidebar, and more with more of them; the kept counts take 0.1 ms.
"""

from __future__ import annotations

PLAYED = 1
BEGUN = 2
DOWNLOAD = 4
"""There is a download in whatever state."""
DOWNLOADED = 8
HAS_CHAPTERS = 16

HEARING = PLAYED | BEGUN
"""With neither, an episode is new; it never has both."""
_COUNTED = HEARING | DOWNLOAD | HAS_CHAPTERS

_HEARD = f"CASE WHEN {{0}}.is_played THEN {PLAYED} WHEN {{0}}.position > 0 THEN {BEGUN} ELSE 0 END"
_FETCHED = f"{DOWNLOAD} + {DOWNLOADED} * ({{0}}.state = 'complete')"
_TOLD = f"{HAS_CHAPTERS} * ({{0}}.chapter_count > 0)"
_LENGTH = "coalesce({0}.measured, {0}.duration)"

_LISTEN = f"""
    UPDATE episode_listing SET traits = traits & ~{HEARING} | {_HEARD.format("new")},
        time_left = CASE WHEN NOT new.is_played THEN max(0, length - new.position) END
    WHERE episode = new.episode
"""
_FETCH = f"""
    UPDATE episode_listing SET traits = traits & ~{DOWNLOAD | DOWNLOADED} | {_FETCHED.format("new")}
    WHERE episode = new.episode
"""


def _count(change: str) -> str:
    """Adds an episode to the counts of its podcast (`+ new`) or takes it out (`- old`)."""
    sign, of = change.split()
    return f"""
        UPDATE podcast_listing SET episodes = episodes {sign} 1,
            fresh = fresh {sign} ({of}.traits & {HEARING} = 0), begun = begun {sign} ({of}.traits & {BEGUN} <> 0),
            played = played {sign} ({of}.traits & {PLAYED} <> 0),
            downloads = downloads {sign} ({of}.traits & {DOWNLOAD} <> 0),
            with_chapters = with_chapters {sign} ({of}.traits & {HAS_CHAPTERS} <> 0)
        WHERE podcast = {of}.podcast
    """


def _sum(trait: str) -> str:
    return f"coalesce(sum(l.traits & {trait}), 0)"


_TABLES = (
    # The counts are of the episodes that lists of those names show. `name` is list_name of the title.
    """
    CREATE TABLE podcast_listing (
        podcast INTEGER PRIMARY KEY REFERENCES podcast ON DELETE CASCADE,
        name TEXT NOT NULL,
        episodes INTEGER NOT NULL DEFAULT 0,
        fresh INTEGER NOT NULL DEFAULT 0,
        begun INTEGER NOT NULL DEFAULT 0,
        played INTEGER NOT NULL DEFAULT 0,
        downloads INTEGER NOT NULL DEFAULT 0,
        with_chapters INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # `time_left` is NULL of what was played, or whose length is not known; `traits` are those above, added up.
    """
    CREATE TABLE episode_listing (
        episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
        podcast INTEGER NOT NULL,
        sorted_at INTEGER NOT NULL,
        name TEXT NOT NULL,
        length INTEGER,
        time_left INTEGER,
        traits INTEGER NOT NULL
    ) STRICT
    """,
    # What is there already. The function is list_name of core.search_text: who changes it adds a migration.
    f"""
    INSERT INTO episode_listing (episode, podcast, sorted_at, name, length, time_left, traits)
    SELECT e.id, e.podcast, e.sorted_at, list_name(e.title), {_LENGTH.format("e")},
        CASE WHEN NOT coalesce(l.is_played, 0) THEN max(0, {_LENGTH.format("e")} - coalesce(l.position, 0)) END,
        {_TOLD.format("e")} + iif(l.episode IS NULL, 0, {_HEARD.format("l")})
            + iif(d.episode IS NULL, 0, {_FETCHED.format("d")})
    FROM episode e LEFT JOIN listening l ON l.episode = e.id LEFT JOIN download d ON d.episode = e.id ORDER BY e.id
    """,
    f"""
    INSERT INTO podcast_listing (podcast, name, episodes, fresh, begun, played, downloads, with_chapters)
    SELECT p.id, list_name(p.title), count(l.episode), {_sum(f"{HEARING} = 0")}, {_sum(f"{BEGUN} <> 0")},
        {_sum(f"{PLAYED} <> 0")}, {_sum(f"{DOWNLOAD} <> 0")}, {_sum(f"{HAS_CHAPTERS} <> 0")}
    FROM podcast p LEFT JOIN episode_listing l ON l.podcast = p.id GROUP BY p.id
    """,
)

_INDEXES = (
    # Every one holds all that a list needs, so that no row of the table is looked up.
    "CREATE INDEX podcast_by_name ON podcast_listing (name, podcast)",
    "CREATE INDEX listing_newest ON episode_listing (sorted_at DESC, episode DESC, traits, name)",
    "CREATE INDEX listing_of_podcast ON episode_listing (podcast, sorted_at DESC, episode DESC, traits)",
    "CREATE INDEX listing_by_name ON episode_listing (name, episode, traits)",
    "CREATE INDEX listing_by_length ON episode_listing (length, episode, traits)",
    "CREATE INDEX listing_by_time_left ON episode_listing (time_left, episode, traits)",
    # What few of all episodes are in is found without looking through all.
    *(
        f"CREATE INDEX listing_{name} ON episode_listing (sorted_at DESC, episode DESC, traits) WHERE {where}"
        for name, where in (
            ("new", f"traits & {HEARING} = 0"),
            ("begun", f"traits & {BEGUN} <> 0"),
            ("played", f"traits & {PLAYED} <> 0"),
            ("downloads", f"traits & {DOWNLOAD} <> 0"),
            ("with_chapters", f"traits & {HAS_CHAPTERS} <> 0"),
        )
    ),
    # Nobody asks the broad table for an order any more.
    "DROP INDEX episode_newest",
    "DROP INDEX episode_newest_of_podcast",
)

_TRIGGERS = (
    """
    CREATE TRIGGER podcast_listed AFTER INSERT ON podcast BEGIN
        INSERT INTO podcast_listing (podcast, name) VALUES (new.id, list_name(new.title));
    END
    """,
    """
    CREATE TRIGGER podcast_listed_anew AFTER UPDATE OF title ON podcast WHEN old.title <> new.title BEGIN
        UPDATE podcast_listing SET name = list_name(new.title) WHERE podcast = new.id;
    END
    """,
    f"""
    CREATE TRIGGER episode_listed AFTER INSERT ON episode BEGIN
        INSERT INTO episode_listing (episode, podcast, sorted_at, name, length, time_left, traits)
        VALUES (new.id, new.podcast, new.sorted_at, list_name(new.title), {_LENGTH.format("new")},
            {_LENGTH.format("new")}, {_TOLD.format("new")});
    END
    """,
    # One for each thing that changes: an index is written anew when a column of it is set, though it stays the same.
    """
    CREATE TRIGGER episode_listed_by_date AFTER UPDATE OF sorted_at ON episode WHEN old.sorted_at <> new.sorted_at BEGIN
        UPDATE episode_listing SET sorted_at = new.sorted_at WHERE episode = new.id;
    END
    """,
    """
    CREATE TRIGGER episode_listed_by_name AFTER UPDATE OF title ON episode WHEN old.title <> new.title BEGIN
        UPDATE episode_listing SET name = list_name(new.title) WHERE episode = new.id;
    END
    """,
    f"""
    CREATE TRIGGER episode_listed_by_length AFTER UPDATE OF measured, duration ON episode
    WHEN {_LENGTH.format("old")} IS NOT {_LENGTH.format("new")} BEGIN
        UPDATE episode_listing SET length = {_LENGTH.format("new")}, time_left = CASE WHEN traits & {PLAYED} = 0 THEN
            max(0, {_LENGTH.format("new")} - coalesce((SELECT position FROM listening WHERE episode = new.id), 0)) END
        WHERE episode = new.id;
    END
    """,
    f"""
    CREATE TRIGGER episode_listed_by_chapters AFTER UPDATE OF chapter_count ON episode
    WHEN (old.chapter_count > 0) <> (new.chapter_count > 0) BEGIN
        UPDATE episode_listing SET traits = traits & ~{HAS_CHAPTERS} | {_TOLD.format("new")} WHERE episode = new.id;
    END
    """,
    f"CREATE TRIGGER listening_begun AFTER INSERT ON listening BEGIN {_LISTEN}; END",
    f"""
    CREATE TRIGGER listening_changed AFTER UPDATE OF position, is_played ON listening
    WHEN old.position <> new.position OR old.is_played <> new.is_played BEGIN {_LISTEN}; END
    """,
    f"""
    CREATE TRIGGER listening_forgotten AFTER DELETE ON listening BEGIN
        UPDATE episode_listing SET traits = traits & ~{HEARING}, time_left = length WHERE episode = old.episode;
    END
    """,
    f"CREATE TRIGGER download_begun AFTER INSERT ON download BEGIN {_FETCH}; END",
    f"""
    CREATE TRIGGER download_changed AFTER UPDATE OF state ON download
    WHEN (old.state = 'complete') <> (new.state = 'complete') BEGIN {_FETCH}; END
    """,
    f"""
    CREATE TRIGGER download_forgotten AFTER DELETE ON download BEGIN
        UPDATE episode_listing SET traits = traits & ~{DOWNLOAD | DOWNLOADED} WHERE episode = old.episode;
    END
    """,
    f"CREATE TRIGGER listing_counted AFTER INSERT ON episode_listing BEGIN {_count('+ new')}; END",
    f"""
    CREATE TRIGGER listing_counted_anew AFTER UPDATE OF traits ON episode_listing
    WHEN old.traits & {_COUNTED} <> new.traits & {_COUNTED} BEGIN {_count("- old")}; {_count("+ new")}; END
    """,
    f"CREATE TRIGGER listing_counted_out AFTER DELETE ON episode_listing BEGIN {_count('- old')}; END",
)

LISTING = (*_TABLES, *_INDEXES, *_TRIGGERS)

MOVING = (
    """
    CREATE TRIGGER episode_listed_by_podcast AFTER UPDATE OF podcast ON episode WHEN old.podcast <> new.podcast BEGIN
        UPDATE episode_listing SET podcast = new.podcast WHERE episode = new.id;
    END
    """,
    f"""
    CREATE TRIGGER listing_counted_elsewhere AFTER UPDATE OF podcast ON episode_listing
    WHEN old.podcast <> new.podcast BEGIN {_count("- old")}; {_count("+ new")}; END
    """,
)
"""A part of the migration that lets episodes go from one podcast to another (`storage.merging`)."""
