"""Words in a tool tip as they are: Qt takes a tip that looks like HTML for HTML, and titles may look so.

Must not know whose words they are.
"""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(words: str) -> str:
    """What to give Qt for a tool tip that reads `words`: the same, but for words such as “What does <table> do?”."""
    if not Qt.mightBeRichText(words):
        return words
    return Qt.convertFromPlainText(words, Qt.WhiteSpaceMode.WhiteSpaceNormal)
