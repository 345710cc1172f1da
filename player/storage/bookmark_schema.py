"""The table of bookmarks, the index of their words, and the triggers that keep the index.

Must not know what bookmarks are for (`core.bookmarks`). They are few, so the index is kept at once, not later as those
of `search_schema` are; like these it holds no text. Its rows are the bookmarks' ids, which rise as they are made.
"""

from __future__ import annotations

_DROP = "INSERT INTO bookmark_index (bookmark_index, rowid, words) VALUES ('delete', old.id, {})"
_TAKE = "INSERT INTO bookmark_index (rowid, words) VALUES (new.id, {})"
# The function is `indexed` of core.search_text. A chapter's title counts as the bookmark's, as does its own text.
_WORDS = "search_words({0}.text || ' ' || {0}.chapter)"
_DROPPED, _TAKEN = _DROP.format(_WORDS.format("old")), _TAKE.format(_WORDS.format("new"))

BOOKMARKS = (
    # In the time of the file, as the place of playing is; without a `stop` it is a place, no span. `chapter` is the
    # title of the chapter that is shown there: storage.chapters keeps it so.
    """
    CREATE TABLE bookmark (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
        start INTEGER NOT NULL,
        stop INTEGER,
        text TEXT NOT NULL DEFAULT '',
        chapter TEXT NOT NULL DEFAULT '',
        made_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX bookmark_of_episode ON bookmark (episode, start)",
    "CREATE INDEX bookmark_newest ON bookmark (made_at, id)",
    """
    CREATE VIRTUAL TABLE bookmark_index USING fts5
        (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii', prefix = '1 2 3')
    """,
    f"CREATE TRIGGER bookmark_added AFTER INSERT ON bookmark BEGIN {_TAKEN}; END",
    f"CREATE TRIGGER bookmark_removed AFTER DELETE ON bookmark BEGIN {_DROPPED}; END",
    f"""
    CREATE TRIGGER bookmark_changed AFTER UPDATE OF id, text, chapter ON bookmark
    WHEN old.id <> new.id OR old.text <> new.text OR old.chapter <> new.chapter
    BEGIN {_DROPPED}; {_TAKEN}; END
    """,
)
