"""Finding words in titles with LIKE: every word must occur somewhere, whatever its case.

Must not know which tables hold the titles.
"""

from __future__ import annotations


def patterns(words: str) -> list[str]:
    r"""One LIKE pattern (ESCAPE '\') for each word; at most eight words count.

    LIKE ignores case in ASCII only. Other letters become `_`, any one character: what is found must be asked `holds`.
    """
    return [f"%{_escaped(word)}%" for word in words.split()[:8]]


def condition(column: str, words: str) -> str:
    """The condition for `patterns(words)` on a column, true when there are no words."""
    return " AND ".join([rf"{column} LIKE ? ESCAPE '\'" for _ in patterns(words)]) or "TRUE"


def holds(title: str, words: str) -> bool:
    """Whether a title that fits the patterns really holds all the words."""
    if words.isascii():
        return True
    folded = title.casefold()
    return all(word.casefold() in folded for word in words.split()[:8])


def _escaped(word: str) -> str:
    return "".join(f"\\{letter}" if letter in "%_\\" else letter if letter.isascii() else "_" for letter in word)
