"""The indexes of the search, and the triggers that remember what they lack, in the transaction that changes the texts.

Must not know how they are asked, nor how they are worked on (`search_index`). Titles, shown chapters and notes each
have an index of FTS5 (https://sqlite.org/fts5.html) with a row for each episode. They keep neither texts nor places in
texts, so they are small; to take a text out, FTS5 must be told it again.
"""

from __future__ import annotations

_WEEK_MILLIS = 604_800_000
_LAST_WEEK = 8191
_WEEK_ROWS = 1 << 14

_INDEX = "fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii'{})"
_BEGINNINGS = ", prefix = '1 2 3'"

# New weeks have low rows, so that FTS5, which gives rows as they rise, gives the newest hits first; small numbers make
# small lists.
_FIRST_ROW = f"({_LAST_WEEK} - max(0, min({_LAST_WEEK}, {{0}}.sorted_at / {_WEEK_MILLIS}))) * {_WEEK_ROWS}"
# The first free row of an episode's week, and where that is full a row behind all others.
_PLACE_EPISODE = f"""
    INSERT INTO search_row (place, episode)
    SELECT CASE WHEN used IS NULL THEN first WHEN used + 1 < first + {_WEEK_ROWS} THEN used + 1
        ELSE (SELECT max(place) + 1 FROM search_row) END, {{episode}}
    FROM (
        SELECT first, (SELECT max(place) FROM search_row WHERE place >= first AND place < first + {_WEEK_ROWS}) AS used
        FROM ({{first}})
    )"""

_TITLE = "SELECT place, search_words({0}.title) FROM search_row WHERE episode = {0}.id"
_CHAPTERS = """
    SELECT r.place, search_words(group_concat(c.title, ' '))
    FROM search_row r JOIN shown_chapter c ON c.episode = r.episode
    WHERE r.episode = {0} GROUP BY r.episode
"""
_NOTES = "SELECT place, search_notes({0}) FROM search_row WHERE episode = {1}"
_OF_OLD = "SELECT text FROM notes WHERE episode = old.id AND place = 0"


def _take(index: str, words: str) -> str:
    return f"INSERT INTO {index} (rowid, words) {words}"


def _drop(index: str, words: str) -> str:
    return f"INSERT INTO {index} ({index}, rowid, words) SELECT 'delete', * FROM ({words})"


SEARCH = (
    """
    CREATE TABLE search_row (
        place INTEGER PRIMARY KEY,
        episode INTEGER NOT NULL UNIQUE REFERENCES episode ON DELETE CASCADE
    ) STRICT
    """,
    # Beginnings of up to three letters have lists of their own, as they are in most titles. They would be half of the
    # index of the notes, which are asked for beginnings of five letters and more only.
    f"CREATE VIRTUAL TABLE title_index USING {_INDEX.format(_BEGINNINGS)}",
    f"CREATE VIRTUAL TABLE chapter_index USING {_INDEX.format(_BEGINNINGS)}",
    f"CREATE VIRTUAL TABLE notes_index USING {_INDEX.format('')}",
    # What is there already, in rising order of rows. The functions are `indexed` and `readable` of core.search_text:
    # who changes what they give adds a migration that fills the indexes anew.
    f"""
    INSERT INTO search_row (place, episode)
    SELECT CASE WHEN number < {_WEEK_ROWS} THEN first + number ELSE {(_LAST_WEEK + 1) * _WEEK_ROWS} + id END AS row, id
    FROM (
        SELECT first, id, row_number() OVER (PARTITION BY first ORDER BY sorted_at DESC, id DESC) - 1 AS number
        FROM (SELECT {_FIRST_ROW.format("episode")} AS first, sorted_at, id FROM episode)
    ) ORDER BY row
    """,
    """
    INSERT INTO title_index (rowid, words)
    SELECT r.place, search_words(title) FROM search_row r JOIN episode e ON e.id = r.episode ORDER BY r.place
    """,
    """
    INSERT INTO chapter_index (rowid, words)
    SELECT r.place, search_words((SELECT group_concat(title, ' ') FROM shown_chapter c WHERE c.episode = r.episode))
    FROM search_row r WHERE r.episode IN (SELECT episode FROM shown_chapter) ORDER BY r.place
    """,
    """
    INSERT INTO notes_index (rowid, words)
    SELECT r.place, search_notes(n.text) FROM search_row r JOIN notes n ON n.episode = r.episode AND n.place = 0
    ORDER BY r.place
    """,
    f"""
    CREATE TRIGGER episode_added AFTER INSERT ON episode BEGIN
        {_PLACE_EPISODE.format(first=f"SELECT {_FIRST_ROW.format('new')} AS first", episode="new.id")};

        {_take("title_index", _TITLE.format("new"))};
    END
    """,
    f"""
    CREATE TRIGGER episode_renamed AFTER UPDATE OF title ON episode WHEN old.title <> new.title BEGIN
        {_drop("title_index", _TITLE.format("old"))};
        {_take("title_index", _TITLE.format("new"))};
    END
    """,
    # Before, for with the episode go its notes and chapters; also when its podcast is removed.
    f"""
    CREATE TRIGGER episode_removed BEFORE DELETE ON episode BEGIN
        {_drop("title_index", _TITLE.format("old"))};
        {_drop("chapter_index", _CHAPTERS.format("old.id"))};
        {_drop("notes_index", _NOTES.format(f"({_OF_OLD})", "old.id") + f" AND EXISTS ({_OF_OLD})")};
        DELETE FROM search_row WHERE episode = old.id;
    END
    """,
    f"""
    CREATE TRIGGER notes_added AFTER INSERT ON notes WHEN new.place = 0 BEGIN
        {_take("notes_index", _NOTES.format("new.text", "new.episode"))};
    END
    """,
    f"""
    CREATE TRIGGER notes_removed AFTER DELETE ON notes WHEN old.place = 0 BEGIN
        {_drop("notes_index", _NOTES.format("old.text", "old.episode"))};
    END
    """,
)
"""The indexes, filled; triggers take words in and out at once, but for those of shown chapters. See `SEARCH_LATER`."""


def _remember(episode: str) -> str:
    """Remembers an episode with its texts as they were when they were indexed, unless it is remembered already."""
    return f"""
        INSERT INTO search_pending (episode, place, title, chapters, notes)
        SELECT r.episode, r.place, e.title, {_SHOWN}, {_NOTES_OF}
        FROM search_row r JOIN episode e ON e.id = r.episode
        WHERE r.episode = {episode} AND NOT EXISTS (SELECT 1 FROM search_pending WHERE episode = {episode});
    """


_SHOWN = "(SELECT chapters FROM chapter_list WHERE episode = r.episode AND is_shown)"
_NOTES_OF = "(SELECT text FROM notes WHERE episode = r.episode AND place = 0)"

SEARCH_LATER = (
    *(
        f"DROP TRIGGER {name}"
        for name in ("episode_added", "episode_renamed", "episode_removed", "notes_added", "notes_removed")
    ),
    # Episodes whose texts are not in the indexes as they are now. Those that have a `place` there are in them with the
    # texts kept here. An episode that is gone stays until its words are out.
    """
    CREATE TABLE search_pending (
        episode INTEGER PRIMARY KEY,
        place INTEGER,
        title TEXT,
        chapters TEXT,
        notes TEXT
    ) STRICT
    """,
    "CREATE INDEX search_pending_placed ON search_pending (episode) WHERE place IS NOT NULL",
    """
    CREATE TRIGGER episode_added AFTER INSERT ON episode BEGIN
        INSERT INTO search_pending (episode) VALUES (new.id);
    END
    """,
    f"""
    CREATE TRIGGER episode_renamed BEFORE UPDATE OF title ON episode WHEN old.title <> new.title BEGIN
        {_remember("old.id")}
    END
    """,
    # Before, for with the episode go its notes and chapters; also when its podcast is removed.
    f"CREATE TRIGGER episode_removed BEFORE DELETE ON episode BEGIN {_remember('old.id')} END",
    f"CREATE TRIGGER notes_added BEFORE INSERT ON notes WHEN new.place = 0 BEGIN {_remember('new.episode')} END",
    f"CREATE TRIGGER notes_removed BEFORE DELETE ON notes WHEN old.place = 0 BEGIN {_remember('old.episode')} END",
    f"CREATE TRIGGER shown_added BEFORE INSERT ON chapter_list WHEN new.is_shown BEGIN {_remember('new.episode')} END",
    f"""
    CREATE TRIGGER shown_changed BEFORE UPDATE OF is_shown, chapters ON chapter_list
    WHEN old.is_shown OR new.is_shown BEGIN {_remember("old.episode")} END
    """,
    f"""
    CREATE TRIGGER shown_removed BEFORE DELETE ON chapter_list
    WHEN old.is_shown BEGIN {_remember("old.episode")} END
    """,
    # What was written an episode at a time is a quarter smaller in one part.
    *(
        f"INSERT INTO {index} ({index}) VALUES ('optimize')"
        for index in ("title_index", "chapter_index", "notes_index")
    ),
)
"""What changes is remembered, no more, and the indexes are brought up to date soon after: an episode without chapters
is stored in 0.06 ms instead of 0.23; where many are due, each takes 0.10 to 0.13 ms to be indexed, with 15 chapters."""

PLACE_EPISODE = (
    _PLACE_EPISODE.format(
        first=f"SELECT {_FIRST_ROW.format('episode')} AS first FROM episode WHERE id = ?1", episode="?1"
    )
    + " RETURNING place"
)
"""Gives an episode a row in the indexes."""


def take(index: str) -> str:
    """Takes the words of a row into an index."""
    return f"INSERT INTO {index} (rowid, words) VALUES (?, ?)"


def drop(index: str) -> str:
    """Takes the words of a row out of an index again."""
    return f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)"
