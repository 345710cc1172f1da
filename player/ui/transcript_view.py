"""The text of a transcript: paragraphs by speaker under the titles of chapters, with the words that are heard marked.

Must not know services, nor where the transcript comes from. Only what is seen of a long text is laid out.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from player.app.transcripts import HeardTranscript
from player.core.model import Millis
from player.core.timecode import format_timecode
from player.core.transcript import Paragraph, Transcript, paragraphs, segment_at
from player.ui.theme import colours, mixed
from player.ui.widgets import ThinScrollBar, sized

MOST_MATCHES = 999
_NOTHING = HeardTranscript(Transcript(()))
_WITH_TIME = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_TEXT_FLAGS = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class TranscriptView(QPlainTextEdit):
    """`seek_asked(position)` when a passage is clicked, or chosen by Enter; `seen_changed()` when it scrolls."""

    seek_asked = Signal(int)
    seen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found = _NOTHING
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._heard: int | None = None
        self._hovered: int | None = None
        self._matches: list[QTextCursor] = []
        self._match = 0
        self._pressed: QPoint | None = None
        self.setReadOnly(True)
        self.setTextInteractionFlags(_TEXT_FLAGS)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(self.tr("Transcript"))
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.seen_changed.emit())

    # --- showing

    def show_transcript(self, found: HeardTranscript | None) -> None:
        """Show another transcript, from its top; None for nothing."""
        self._found = found or _NOTHING
        self._heard = self._hovered = None
        self._matches = []
        self._write()
        self._paint_marks()

    def _write(self) -> None:
        self._begins, self._ends = [], []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        formats = _Formats(self.font(), self.palette())
        starts = self._found.starts
        for part in paragraphs(self._found.transcript, starts, [each.start for each in self._found.chapters]):
            self._write_paragraph(cursor, part, formats)
        cursor.endEditBlock()

    def _write_paragraph(self, cursor: QTextCursor, part: Paragraph, formats: _Formats) -> None:
        if part.first:
            cursor.insertText("\n\n", formats.gap)
        if part.chapter is not None:
            untitled = self.tr("Chapter {number}").format(number=part.chapter + 1)
            cursor.insertText(f"{self._found.chapters[part.chapter].title or untitled}\n", formats.title)
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

    def changeEvent(self, event: QEvent) -> None:
        """Colours and sizes follow another palette or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._begins:
            place = self.verticalScrollBar().value()
            self._write()
            self._paint_marks()
            self.verticalScrollBar().setValue(place)

    # --- what is heard

    def show_heard(self, position: Millis | None) -> None:
        """Mark the words that are heard at a position. They are kept in view, unless the listener looked elsewhere."""
        heard = segment_at(self._found.starts, position) if position is not None else None
        if heard == self._heard:
            return
        was_seen = self._heard is None or self.is_heard_seen
        self._heard = heard
        self._paint_marks()
        if heard is not None and was_seen and self._pressed is None:
            self.show_what_is_heard(is_asked=False)
        self.seen_changed.emit()

    @property
    def is_heard_seen(self) -> bool:
        """Whether the marked words are in view; also where none are marked."""
        if self._heard is None or self._heard >= len(self._ends):
            # Nothing is marked, or the text is just being written.
            return True
        top, bottom = (self.cursorRect(self._cursor(place)) for place in self._span(self._heard))
        return bottom.bottom() > 0 and top.top() < self.viewport().height()

    def show_what_is_heard(self, *, is_asked: bool = True) -> None:
        """Scroll to the marked words; where it is not asked for, only when they are near an edge."""
        if self._heard is None:
            return
        begin, end = (self.cursorRect(self._cursor(place)) for place in self._span(self._heard))
        margin = 2 * self.fontMetrics().lineSpacing()
        if is_asked or begin.top() < 0 or end.bottom() > self.viewport().height() - margin:
            self._centre(self._begins[self._heard])

    def _centre(self, place: int) -> None:
        """Bring a place into the middle, and leave the caret and what is selected as they are."""
        own = self.textCursor()
        with QSignalBlocker(self):
            self.setTextCursor(self._cursor(place))
            self.centerCursor()
            value = self.verticalScrollBar().value()
            self.setTextCursor(own)
        self.verticalScrollBar().setValue(value)

    # --- finding

    def find_words(self, words: str) -> int:
        """Mark what has these words, and go to the first of it from the top of the view on. How many there are."""
        self._matches = []
        at = QTextCursor(self.document())
        while words and len(self._matches) < MOST_MATCHES:
            at = self.document().find(words, at)
            if at.isNull():
                break
            self._matches.append(QTextCursor(at))
        top = self.cursorForPosition(QPoint(0, 0)).position()
        self._match = next((n for n, each in enumerate(self._matches) if each.position() >= top), 0)
        self._show_match()
        return len(self._matches)

    def step_match(self, step: int) -> None:
        """Go to the next match, or with -1 to the one before; around the ends."""
        if self._matches:
            self._match = (self._match + step) % len(self._matches)
            self._show_match()

    @property
    def match(self) -> int:
        """The number of the match that is shown, from 0."""
        return self._match

    def _show_match(self) -> None:
        self._paint_marks()
        if self._matches:
            place = self.cursorRect(self._matches[self._match])
            if place.top() < 0 or place.bottom() > self.viewport().height():
                self._centre(self._matches[self._match].selectionStart())

    # --- marks

    def _paint_marks(self) -> None:
        shades = colours(self.palette())
        marks = []
        if self._hovered is not None and self._hovered != self._heard:
            marks.append(self._mark(self._selected(self._hovered), mixed(shades.page, shades.text, 0.07)))
        if self._heard is not None and self._heard < len(self._begins):
            marks.append(self._mark(self._selected(self._heard), shades.accent_soft))
        found = mixed(shades.page, shades.accent, 0.35)
        for number, match in enumerate(self._matches):
            strong = number == self._match
            marks.append(self._mark(match, shades.accent if strong else found, shades.on_accent if strong else None))
        self.setExtraSelections(marks)

    def _mark(self, cursor: QTextCursor, behind: QColor, ink: QColor | None = None) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setBackground(behind)
        if ink is not None:
            form.setForeground(ink)
        made.cursor = cursor
        made.format = form
        return made

    def _span(self, number: int) -> tuple[int, int]:
        return self._begins[number], self._ends[number]

    def _cursor(self, place: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return cursor

    def _selected(self, number: int) -> QTextCursor:
        begin, end = self._span(number)
        cursor = self._cursor(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # --- gestures

    def segment_near(self, place: int) -> int | None:
        """The number of the segment at a place of the text; of what stands above a paragraph, its first one."""
        number = bisect_right(self._begins, place) - 1
        if number >= 0 and place <= self._ends[number]:
            return number
        return number + 1 if number + 1 < len(self._begins) else None

    def _segment_under(self, point: QPoint) -> int | None:
        if not self._found.starts:
            return None
        cursor = self.cursorForPosition(point)
        line = self.cursorRect(cursor)
        if not line.top() <= point.y() <= line.bottom():
            return None
        return self.segment_near(cursor.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click may follow."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects nothing goes to the passage."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        place = event.position().toPoint()
        far = QGuiApplication.styleHints().startDragDistance()
        is_click = pressed is not None and (place - pressed).manhattanLength() < far
        if is_click and not self.textCursor().hasSelection():
            self._seek(self._segment_under(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The passage under the mouse shows, since a click goes there."""
        super().mouseMoveEvent(event)
        self._hover(self._segment_under(event.position().toPoint()) if self._pressed is None else None)

    def leaveEvent(self, event: QEvent) -> None:
        """No passage is under the mouse."""
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, number: int | None) -> None:
        if number != self._hovered:
            self._hovered = number
            shape = Qt.CursorShape.IBeamCursor if number is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self._paint_marks()

    def event(self, event: QEvent) -> bool:
        """The key that copies with the time is no shortcut of the window here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _copies(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the passage of the caret; Ctrl+Shift+C copies with the time."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._seek(self.segment_near(self.textCursor().position()) if self._found.starts else None)
        elif _copies(event):
            self.copy_with_time(None)
        else:
            super().keyPressEvent(event)

    def _seek(self, number: int | None) -> None:
        if number is not None:
            self.seek_asked.emit(self._found.starts[number])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a passage."""
        number = self._segment_under(event.pos())
        menu = self.createStandardContextMenu()
        play = QAction(self.tr("Play from here"), menu)
        play.setEnabled(number is not None)
        play.triggered.connect(lambda _checked: self._seek(number))
        copy = QAction(self.tr("Copy with time"), menu)
        copy.setShortcut(QKeySequence.fromString("Ctrl+Shift+C"))
        copy.setEnabled(number is not None or self.textCursor().hasSelection())
        copy.triggered.connect(lambda _checked: self.copy_with_time(number))
        standard = menu.actions()
        menu.insertActions(standard[0], [play, copy]) if standard else menu.addActions([play, copy])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def copy_with_time(self, number: int | None) -> None:
        """Put what is selected on the clipboard, else the passage, with its time and speaker: "[1:02] Ann: words"."""
        cursor = self.textCursor()
        first = self.segment_near(cursor.selectionStart()) if cursor.hasSelection() else number
        if first is None:
            first = self.segment_near(cursor.position())
        if first is None:
            return
        segments = self._found.transcript.segments
        words = segments[first].text
        if cursor.hasSelection():
            last = self.segment_near(cursor.selectionEnd())
            words = " ".join(each.text for each in segments[first : (len(segments) if last is None else last + 1)])
        speaker = _speaker_at(self._found.transcript, first)
        time = f"[{format_timecode(self._found.starts[first])}] " if self._found.starts else ""
        QGuiApplication.clipboard().setText(f"{time}{speaker}{words}")


def _speaker_at(transcript: Transcript, number: int) -> str:
    """Who says a segment, with a colon: who is not named goes on."""
    before = [each.speaker for each in transcript.segments[: number + 1] if each.speaker]
    return f"{before[-1]}: " if before else ""


class _Formats:
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


def _copies(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_C and event.modifiers() == _WITH_TIME
