"""The transcript of an episode as a part of its page: fetched when it is seen, found in, and read along.

Must not know how a transcript is fetched, nor how its text is laid out (`transcript_view`).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from player.app.compose import Services
from player.app.transcripts import HeardTranscript
from player.core.events import ChaptersChanged, PositionChanged, TranscriptChanged
from player.core.model import EpisodeId, Millis
from player.ui.buttons import FlatButton, Look
from player.ui.chip_row import Chip, ChipRow
from player.ui.listen import listen
from player.ui.search_field import SearchField
from player.ui.texts import shown
from player.ui.transcript_view import MOST_MATCHES, TranscriptView
from player.ui.widgets import WrappedLabel


class TranscriptPart(QWidget):
    """`seek_asked(position)` when the listener wants to hear a passage; the position is one of the file."""

    seek_asked = Signal(int)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._episode: EpisodeId | None = None
        self._shown: HeardTranscript | None = None
        self._is_stale = False
        self._found_count = 0
        self.view = TranscriptView()
        self.view.seek_asked.connect(self.seek_asked)
        self.view.seen_changed.connect(self._show_way_back)
        self.view.written.connect(self._on_written)
        self.state = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.chips = ChipRow()
        self.field = SearchField(self.tr("Find in the transcript"), self.tr("Find in the transcript"))
        self.field.line.textChanged.connect(self._on_typed)
        self.field.escaped.connect(self._on_find_left)
        self.field.line.installEventFilter(self)
        self.count = QLabel()
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.way_back = FlatButton(self.tr("To what is heard"), "", Look.PLAIN, parent=self.view)
        self.way_back.clicked.connect(lambda _checked: self.view.show_what_is_heard())
        self.way_back.hide()
        self._arrange()
        listen(self, services.bus, TranscriptChanged, lambda fact: self._read_if(fact.id))
        listen(self, services.bus, ChaptersChanged, self._on_chapters_changed)
        listen(self, services.bus, PositionChanged, self._on_position_changed)

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        self.finding = QWidget()
        row = QHBoxLayout(self.finding)
        row.setContentsMargins(0, 0, 0, unit // 3)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.finding.hide()
        self._above = QVBoxLayout()
        self._above.addWidget(self.state)
        self._above.addWidget(self.chips)
        self._above.addWidget(self.finding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._above)
        column.addWidget(self.view, 1)

    def leave_free(self, left: int, right: int) -> None:
        """Write nothing into the margins; the scroll bar stands at the end of one."""
        self._above.setContentsMargins(left, 0, right, 0)
        bar = self.view.verticalScrollBar().sizeHint().width()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left -= bar
        else:
            right -= bar
        self.view.setViewportMargins(left, 0, right, 0)

    # --- showing

    def show_episode(self, episode: EpisodeId | None) -> None:
        """Show another episode's transcript, as soon as it is looked at."""
        if episode != self._episode:
            self._episode, self._shown = episode, None
            self._on_find_left()
            self.view.show_transcript(None)
            self._is_stale = True
        if self.isVisible():
            self._wake()

    def showEvent(self, event: QShowEvent) -> None:
        """Now it is wanted."""
        super().showEvent(event)
        self._wake()

    def _wake(self) -> None:
        if self._episode is not None:
            self._services.transcripts.want(self._episode)
            self._read()

    def _read_if(self, episode: EpisodeId) -> None:
        if episode == self._episode:
            self._is_stale = True
            if self.isVisible():
                self._read()

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        """Its headings, and perhaps all times."""
        for episode in fact.ids:
            self._read_if(episode)

    def _read(self) -> None:
        episode = self._episode
        if episode is None:
            return
        if not self._is_stale:
            self._show_state()
            self._mark_heard()
            return
        self._is_stale = False
        self._services.jobs.when_done(
            self._services.transcripts.load(episode), lambda found: self._on_loaded(episode, found)
        )

    def _on_loaded(self, episode: EpisodeId, found: HeardTranscript | None) -> None:
        if episode != self._episode:
            return
        if found != self._shown:
            place = self.view.verticalScrollBar().value() if self._shown is not None else 0
            self._shown = found
            self.view.show_transcript(found, place)
        self._show_state()
        self._mark_heard()

    def _show_state(self) -> None:
        """That it is being fetched, or why it is not here."""
        episode = self._episode
        if episode is None:
            return
        words, chips = "", list[Chip]()
        problem = self._services.transcripts.problem(episode)
        if self._services.transcripts.is_asking(episode) and self._shown is None:
            words = self.tr("Fetching the transcript…")
        elif problem and not self._services.transcripts.is_asking(episode):
            words = shown(problem)
            chips.append(Chip(self.tr("Try again"), lambda: self._services.transcripts.ask_again(episode)))
            address = self._services.transcripts.documents(episode)
            if address:
                url = QUrl(address[0].url)
                chips.append(Chip(self.tr("Open in the browser"), lambda: QDesktopServices.openUrl(url)))
        elif self._shown is not None and not self._shown.starts:
            words = self.tr("This transcript does not tell when its words are said.")
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.chips.show_chips(*chips)
        self.chips.setVisible(bool(chips))
        self.view.setVisible(self._shown is not None)

    # --- what is heard

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self._episode and self.isVisible():
            self.view.show_heard(fact.position)

    def _mark_heard(self) -> None:
        playback = self._services.playback
        is_open = playback.state.episode == self._episode
        position: Millis | None = playback.position() if is_open else None
        self.view.show_heard(position)

    def _show_way_back(self) -> None:
        self.way_back.setVisible(not self.view.is_heard_seen)
        self._place_way_back()

    def _place_way_back(self) -> None:
        size, room = self.way_back.sizeHint(), self.view.viewport().size()
        self.way_back.resize(size)
        self.way_back.move(max(0, (room.width() - size.width()) // 2), room.height() - size.height() - 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The way back stays at the lower edge."""
        super().resizeEvent(event)
        self._place_way_back()

    # --- finding

    def begin_find(self) -> bool:
        """Let the listener type what is to be found. False where there is no text."""
        if self._shown is None or not self.isVisible():
            return False
        self.finding.show()
        self.field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.line.selectAll()
        return True

    def _on_written(self) -> None:
        """What was looked for before the text was there, is now."""
        if self.field.line.text().strip():
            self._on_typed(self.field.line.text())

    def _on_typed(self, words: str) -> None:
        self._found_count = self.view.find_words(words.strip())
        self._show_count()

    def _show_count(self) -> None:
        count = self._found_count
        if not self.field.line.text().strip():
            words = ""
        elif not count:
            words = self.tr("not there")
        else:
            most = f"{count}+" if count == MOST_MATCHES else str(count)
            words = self.tr("{number} of {count}").format(number=self.view.match + 1, count=most)
        self.count.setText(words)

    def _on_find_left(self) -> None:
        had_focus = self.field.line.hasFocus()
        self.finding.hide()
        self.field.line.clear()
        if had_focus:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, Enter and Down go to the next match, Shift+Enter and Up to the one before."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            enter = -1 if is_back else 1
            keys = {Qt.Key.Key_Return: enter, Qt.Key.Key_Enter: enter, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = keys.get(Qt.Key(event.key()), 0)
            if step:
                self.view.step_match(step)
                self._show_count()
                return True
        return super().eventFilter(watched, event)
