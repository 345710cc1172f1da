"""How lists of chapters, kept as a row for each chapter and once more for what is shown, become one text each.

Must not know the other tables; `schema` has all migrations.
"""

from __future__ import annotations


def _seconds(millis: str) -> str:
    return f"iif({millis} % 1000, {millis} / 1000.0, {millis} / 1000)"


# `stop` is an end that is not the start of the chapter that follows: see storage.packed_chapters.
_PACKED = f"""
    SELECT list, json_group_array(json(entry)) AS packed FROM (
        SELECT list, CASE
            WHEN is_hidden THEN json_array(start, title, stop, link, picture, level, 1)
            WHEN level <> 0 THEN json_array(start, title, stop, link, picture, level)
            WHEN picture IS NOT NULL THEN json_array(start, title, stop, link, picture)
            WHEN link IS NOT NULL THEN json_array(start, title, stop, link)
            WHEN stop IS NOT NULL THEN json_array(start, title, stop)
            ELSE json_array(start, title)
        END AS entry
        FROM (
            SELECT list, place, title, link, picture, level, is_hidden, {_seconds("start")} AS start,
                {_seconds("stop")} AS stop
            FROM (SELECT *, nullif(end, lead(start) OVER (PARTITION BY list ORDER BY place)) AS stop FROM chapter)
        )
        ORDER BY list, place
    ) GROUP BY list
"""
_PLACES = f"json_group_array(json_array({_seconds('start')}, title))"

LISTS_AS_TEXTS = (
    # A list is read and written as a whole, and is stored so: a text instead of a row for each chapter. Those that are
    # shown are marked instead of being kept once more. Both were a third of the database.
    "ALTER TABLE chapter_list ADD COLUMN is_shown INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE chapter_list ADD COLUMN chapters TEXT NOT NULL DEFAULT '[]'",
    f"UPDATE chapter_list SET chapters = packed FROM ({_PACKED}) WHERE list = id",
    f"""
    UPDATE chapter_list SET is_shown = 1 WHERE id IN (
        SELECT min(read.id)
        FROM (
            SELECT l.id, l.episode, {_PLACES} AS places
            FROM chapter_list l JOIN (SELECT * FROM chapter WHERE NOT is_hidden ORDER BY list, place) c ON c.list = l.id
            GROUP BY l.id
        ) read
        JOIN (
            SELECT episode, {_PLACES} AS places FROM (SELECT * FROM shown_chapter ORDER BY episode, place)
            GROUP BY episode
        ) shown ON shown.episode = read.episode AND shown.places = read.places
        GROUP BY read.episode
    )
    """,
    # `source` is storage.chapters.AS_SHOWN where what is shown is in no list, as after edits; then nothing but starts
    # and titles is kept.
    f"""
    INSERT INTO chapter_list (episode, source, stored_at, is_shown, chapters)
    SELECT episode, 'shown', 0, 1, {_PLACES} FROM (SELECT * FROM shown_chapter ORDER BY episode, place) s
    WHERE NOT EXISTS (SELECT 1 FROM chapter_list l WHERE l.episode = s.episode AND l.is_shown) GROUP BY episode
    """,
    "DROP TABLE shown_chapter",
    "DROP TABLE chapter",
)
