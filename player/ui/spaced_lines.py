"""Air between the lines of a plain text: Qt's own layout of such texts knows none.

Must not know what the text says.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

LINE_HEIGHT = 1.35
"""A line with the air above the next one, in heights of its letters; show notes have as much."""


class SpacedLines(QPlainTextDocumentLayout):
    """Lays out what is looked at only, as Qt's does, and then moves the lines of it apart."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """How much room a paragraph takes. Whoever draws it, or looks for a place in it, asks for that first."""
        rect = super().blockBoundingRect(block)
        lines = block.layout()
        top = 0.0
        for number in range(lines.lineCount()):
            line = lines.lineAt(number)
            # Laid out anew, as where the width is another one, they stand close together again.
            if line.y() != top:
                line.setPosition(QPointF(line.x(), top))
            top += round(line.height() * LINE_HEIGHT)
        rect.setHeight(top)
        return rect
