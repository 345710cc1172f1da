"""How the parts of a transcript look: its words, who says them and when, the titles of chapters, the gaps between.

Must not know a transcript.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

from player.ui.theme import colours
from player.ui.widgets import sized


class TranscriptFormats:
    """How the parts of a paragraph look."""

    def __init__(self, font: QFont, palette: QPalette) -> None:
        shades = colours(palette)
        self.words = _format(font, shades.text)
        self.speaker = _format(sized(font, 1.0, QFont.Weight.DemiBold), shades.text)
        self.time = _format(sized(font, 0.88), shades.muted)
        self.title = _format(sized(font, 1.2, QFont.Weight.Bold), shades.text)
        self.gap = _format(sized(font, 0.6), shades.text)


def _format(font: QFont, ink: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font)
    made.setForeground(ink)
    return made
