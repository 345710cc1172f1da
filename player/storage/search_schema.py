"""The indexes of the search, and the triggers that keep them right in the transaction of whatever changes the texts.

Must not know how they are asked. Titles, shown chapters and notes each have an index of FTS5
(https://sqlite.org/fts5.html) with a row for each episode. They keep neither texts nor places in texts, so they are
small; to take a text out, FTS5 must be told it again.
"""

from __future__ import annotations

_WEEK_MILLIS = 604_800_000
_LAST_WEEK = 8191
_WEEK_ROWS = 1 << 14

_INDEX = "fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii'{})"
_BEGINNINGS = ", prefix = '1 2 3'"

# The first free row of an episode's week, and where that is full a row behind all others. New weeks have low rows, so
# that FTS5, which gives rows as they rise, gives the newest hits first; small numbers make small lists.
_FIRST_ROW = f"({_LAST_WEEK} - max(0, min({_LAST_WEEK}, {{0}}.sorted_at / {_WEEK_MILLIS}))) * {_WEEK_ROWS}"
_PLACE_EPISODE = f"""
    INSERT INTO search_row (place, episode)
    SELECT CASE WHEN used IS NULL THEN first WHEN used + 1 < first + {_WEEK_ROWS} THEN used + 1
        ELSE (SELECT max(place) + 1 FROM search_row) END, new.id
    FROM (
        SELECT first, (SELECT max(place) FROM search_row WHERE place >= first AND place < first + {_WEEK_ROWS}) AS used
        FROM (SELECT {_FIRST_ROW.format("new")} AS first)
    );
"""

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


TAKE_CHAPTERS = _take("chapter_index", _CHAPTERS.format("?"))
"""Takes the shown chapters of an episode, which are stored, into the index."""
DROP_CHAPTERS = _drop("chapter_index", _CHAPTERS.format("?"))
"""Takes the shown chapters of an episode, which are still stored, out of the index."""

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
        {_PLACE_EPISODE}
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
"""Shown chapters change as a list, with the statements above; all else with the triggers."""
