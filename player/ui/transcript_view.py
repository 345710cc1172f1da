"""The text of a transcript: paragraphs by speaker under the titles of chapters, with the words that are heard marked.

Must not know services, nor where the transcript comes from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from player.app.transcripts import HeardTranscript
from player.core.model import Millis
from player.core.timecode import format_timecode
from player.core.transcript import Transcript, segment_at
from player.ui.theme import colours, mixed
from player.ui.transcript_text import NOTHING, TranscriptText

MOST_MATCHES = 999
_WITH_TIME = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class TranscriptView(TranscriptText):
    """`seek_asked(position)` when a passage is clicked, or chosen by Enter; `seen_changed()` when it scrolls."""

    seek_asked = Signal(int)
    seen_changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Chapter {number}"))
        self._heard: int | None = None
        self._hovered: int | None = None
        self._matches: list[tuple[int, int]] = []
        self._match = 0
        self._pressed: QPoint | None = None
        self._is_followed = False
        # Not at once: Qt scrolls in the middle of moving its cursor, and then takes no marks.
        self._marking = QTimer(self, singleShot=True)
        self._marking.timeout.connect(self._paint_marks)
        self.setAccessibleName(self.tr("Transcript"))
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.portion_written.connect(self._on_portion_written)

    # --- showing

    def show_transcript(self, found: HeardTranscript | None, place: int = 0) -> None:
        """Show another transcript, scrolled to `place` of the scroll bar; None for nothing."""
        self._found = found or NOTHING
        self._heard = self._hovered = None
        self._is_followed = False
        self._matches = []
        self._write(place)

    def changeEvent(self, event: QEvent) -> None:
        """Colours and sizes follow another palette or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._begins:
            self._write(self.verticalScrollBar().value() or self._wanted_place)

    def _on_portion_written(self) -> None:
        if not self._is_followed and self._is_there(self._heard):
            self._is_followed = True
            self.show_what_is_heard(is_asked=False)
        self._paint_marks()

    def _on_scrolled(self) -> None:
        if self._matches:
            self._marking.start()
        self.seen_changed.emit()

    # --- what is heard

    def show_heard(self, position: Millis | None) -> None:
        """Mark the words that are heard at a position. They are kept in view, unless the listener looked elsewhere."""
        heard = segment_at(self._found.starts, position) if position is not None else None
        if heard == self._heard:
            return
        was_seen = self._heard is None or self.is_heard_seen
        self._heard = heard
        self._is_followed = self._is_followed or self._is_there(heard)
        self._paint_marks()
        if heard is not None and was_seen and self._pressed is None:
            self.show_what_is_heard(is_asked=False)
        self.seen_changed.emit()

    @property
    def is_heard_seen(self) -> bool:
        """Whether the marked words are in view; also where none are marked, or are not written yet."""
        if self._heard is None or not self._is_there(self._heard):
            return True
        top, bottom = (self.cursorRect(self._cursor(place)) for place in self._span(self._heard))
        return bottom.bottom() > 0 and top.top() < self.viewport().height()

    def show_what_is_heard(self, *, is_asked: bool = True) -> None:
        """Scroll to the marked words; where it is not asked for, only when they are near an edge."""
        if self._heard is None or not self._is_there(self._heard):
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
        document, place = self.document(), 0
        while words and len(self._matches) < MOST_MATCHES:
            found = document.find(words, place)
            if found.isNull():
                break
            place = found.selectionEnd()
            self._matches.append((found.selectionStart(), place))
        top = self.cursorForPosition(QPoint(0, 0)).position()
        self._match = next((n for n, (_, end) in enumerate(self._matches) if end >= top), 0)
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
        if self._matches:
            begin, end = self._matches[self._match]
            place = self.cursorRect(self._cursor(end))
            if place.top() < 0 or place.bottom() > self.viewport().height():
                self._centre(begin)
        self._paint_marks()

    # --- marks

    def _paint_marks(self) -> None:
        shades = colours(self.palette())
        marks = []
        if self._hovered is not None and self._hovered != self._heard:
            marks.append(self._mark(self._selected(self._hovered), mixed(shades.page, shades.text, 0.07)))
        if self._heard is not None and self._is_there(self._heard):
            marks.append(self._mark(self._selected(self._heard), shades.accent_soft))
        found = mixed(shades.page, shades.accent, 0.35)
        for number in self._seen_matches():
            match, strong = self._between(*self._matches[number]), number == self._match
            marks.append(self._mark(match, shades.accent if strong else found, shades.on_accent if strong else None))
        self.setExtraSelections(marks)

    def _seen_matches(self) -> range:
        """The matches that are in view: a thousand marks at once take 40 ms."""
        if not self._matches:
            return range(0)
        ends = (QPoint(0, 0), QPoint(self.viewport().width(), self.viewport().height()))
        top, bottom = (self.cursorForPosition(each).position() for each in ends)
        first = bisect_left(self._matches, top, key=lambda each: each[1])
        return range(first, bisect_right(self._matches, bottom, key=lambda each: each[0]))

    def _mark(self, cursor: QTextCursor, behind: QColor, ink: QColor | None = None) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setBackground(behind)
        if ink is not None:
            form.setForeground(ink)
        made.cursor = cursor
        made.format = form
        return made

    # --- gestures

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


def _copies(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_C and event.modifiers() == _WITH_TIME
