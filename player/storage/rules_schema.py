"""The tables of rules by which chapters are skipped: a migration of `storage.schema`.

Must not know what a rule means.
"""

from __future__ import annotations

SKIP_RULES = (
    # Chapters that are skipped for their titles, of a podcast or (NULL) of all: see core.skip_rules.
    """
    CREATE TABLE skip_rule (
        id INTEGER PRIMARY KEY,
        podcast INTEGER REFERENCES podcast ON DELETE CASCADE,
        words TEXT NOT NULL,
        how TEXT NOT NULL,
        longest INTEGER,
        is_on INTEGER NOT NULL DEFAULT 1
    ) STRICT
    """,
    "CREATE UNIQUE INDEX skip_rule_once ON skip_rule (podcast, words, how, coalesce(longest, 0))",
    # A mark by which a chapter is heard, whatever rules say.
    "ALTER TABLE skip_mark ADD COLUMN is_heard INTEGER NOT NULL DEFAULT 0",
)
