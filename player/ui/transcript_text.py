"""A transcript as a text: paragraphs by speaker under the titles of chapters, written in portions.

Must not know what is heard, found or clicked. Only what is seen of a long text is laid out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from player.app.transcripts import HeardTranscript
from player.core.timecode import format_timecode
from player.core.transcript import Paragraph, Transcript, each_paragraph
from player.ui.spaced_lines import SpacedLines
from player.ui.transcript_formats import TranscriptFormats
from player.ui.widgets import ThinScrollBar

PORTION = 0.008
"""For so many seconds at once a text is written; with what Qt then does the window waits about twice as long."""
NOTHING = HeardTranscript(Transcript(()))
_TEXT_FLAGS = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class TranscriptText(QPlainTextEdit):
    """`portion_written()` when there is more of it, `written()` when there is all: for a short one that is at once."""

    portion_written = Signal()
    written = Signal()

    def __init__(self, untitled: str) -> None:
        """`untitled` is what a chapter without a title is called, by its `{number}`."""
        super().__init__()
        text = QTextDocument(self)
        text.setDocumentLayout(SpacedLines(text))
        self.setDocument(text)
        self._untitled = untitled
        self._found = NOTHING
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._rest: Iterator[Paragraph] | None = None
        self._wanted_place = 0
        self._formats = TranscriptFormats(self.font(), self.palette())
        self._portions = QTimer(self, singleShot=True)
        self._portions.timeout.connect(self._write_portion)
        self.setReadOnly(True)
        self.setTextInteractionFlags(_TEXT_FLAGS)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)

    @property
    def is_written(self) -> bool:
        """Whether all of the text is there: a long one is written in portions, between other events."""
        return self._rest is None

    def _write(self, place: int) -> None:
        self._begins, self._ends = [], []
        self.clear()
        self._wanted_place = place
        self._formats = TranscriptFormats(self.font(), self.palette())
        starts = [each.start for each in self._found.chapters]
        self._rest = each_paragraph(self._found.transcript, self._found.starts, starts)
        self._write_portion()

    def _write_portion(self) -> None:
        """Write on for as long as nobody notices."""
        if self._rest is None:
            return
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        until = monotonic() + PORTION
        for part in self._rest:
            self._write_paragraph(cursor, part, self._formats)
            if monotonic() >= until:
                self._portions.start()
                break
        else:
            self._rest = None
        cursor.endEditBlock()
        self.portion_written.emit()
        if self._rest is None:
            if self._wanted_place:
                self.verticalScrollBar().setValue(self._wanted_place)
            self.written.emit()

    def _is_there(self, number: int | None) -> bool:
        return number is not None and number < len(self._ends)

    def _write_paragraph(self, cursor: QTextCursor, part: Paragraph, formats: TranscriptFormats) -> None:
        if part.first:
            cursor.insertText("\n\n", formats.gap)
        if part.chapter is not None:
            title = self._found.chapters[part.chapter].title or self._untitled.format(number=part.chapter + 1)
            cursor.insertText(f"{title}\n", formats.title)
            cursor.insertText("\n", formats.gap)
        starts = self._found.starts
        time = format_timecode(starts[part.first]) if starts else ""
        if part.speaker:
            cursor.insertText(f"{part.speaker}  ", formats.speaker)
        if time or part.speaker:
            cursor.insertText(f"{time}\n", formats.time)
        for number in range(part.first, part.stop):
            self._begins.append(cursor.position())
            cursor.insertText(self._found.transcript.segments[number].text, formats.words)
            self._ends.append(cursor.position())
            if number + 1 < part.stop:
                cursor.insertText(" ", formats.words)

    def segment_near(self, place: int) -> int | None:
        """The number of the segment at a place of the text; of what stands above a paragraph, its first one."""
        number = bisect_right(self._begins, place) - 1
        if number >= 0 and place <= self._ends[number]:
            return number
        return number + 1 if number + 1 < len(self._begins) else None

    def _span(self, number: int) -> tuple[int, int]:
        return self._begins[number], self._ends[number]

    def _cursor(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return cursor

    def _selected(self, number: int) -> QTextCursor:
        return self._between(*self._span(number))

    def _between(self, begin: int, end: int) -> QTextCursor:
        cursor = self._cursor(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor
